package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Waits for a registry that says when it can be asked again, as long as that is soon. */
final class RegistryPatience {
  private static final int ATTEMPTS = 5;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final RegistryAddress where;
  private final Clock clock;

  RegistryPatience(RegistryAddress where, Clock clock) {
    this.where = where;
    this.clock = clock;
  }

  /** Whether it was waited, and the answer closed, so that the registry can be asked again. */
  boolean waits(HttpRequest request, HttpResponse answer, int attempt) {
    boolean isPassing = answer.status() == 429 || answer.status() == 503;
    var wanted = wanted(answer).filter(time -> time.compareTo(LONGEST) <= 0);
    if (!isPassing || attempt >= ATTEMPTS || wanted.isEmpty()) {
      return false;
    }
    answer.close();
    try {
      clock.sleep(wanted.get());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, request).causedBy(e);
    }
  }

  /** What it means that a registry takes no more, although it was waited for. */
  HearthException ended(HttpResponse answer, String call) {
    var error = new HearthException(RegistryError.REGISTRY_BUSY, where.host(), call);
    return wanted(answer).map(time -> error.with("retryAfter", time.toSeconds())).orElse(error);
  }

  /** Seconds, or a time. */
  private Optional<Duration> wanted(HttpResponse answer) {
    return answer.headers().first("Retry-After").map(String::strip).flatMap(this::parsed);
  }

  private Optional<Duration> parsed(String text) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      var time = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var wait = Duration.between(clock.now(), time);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
