package dev.hearth.stdlib.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of a request, checked. */
final class HttpPureOps {
  private static final Duration ATTEMPT = Duration.ofSeconds(30);
  private static final Duration ALL = Duration.ofMinutes(2);
  private static final Duration FIRST_WAIT = Duration.ofMillis(300);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int RETRIES = 2;

  /** The same request twice does no more than once. */
  private static final List<String> IDEMPOTENT = List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private static final List<Integer> PASSING = List.of(408, 429, 500, 502, 503, 504);

  /** What a recipe may say about trying again. */
  record Retry(
      @Nullable Integer limit,
      @Nullable List<String> methods,
      @Nullable List<Integer> statuses,
      @Nullable Duration backoff,
      @Nullable Duration maxBackoff) {}

  /** What a recipe may say about a request, as far as it is data. */
  record Options(
      @Nullable String baseUrl,
      @Nullable Duration timeout,
      @Nullable Duration totalTimeout,
      @Nullable Retry retry,
      @Nullable Boolean anyStatus,
      @Nullable String redirect) {}

  /** The same with all that is usual filled in, in milliseconds. */
  record Settled(
      long timeout,
      long totalTimeout,
      int limit,
      List<String> methods,
      List<Integer> statuses,
      long backoff,
      long maxBackoff) {}

  @Op(pure = true)
  Settled settle(Options options) {
    var retry = options.retry() == null ? new Retry(null, null, null, null, null) : options.retry();
    int limit = Objects.requireNonNullElse(retry.limit(), RETRIES);
    if (limit < 0 || limit > 100) {
      throw new HearthException(HttpError.OPTION_WRONG, "retry.limit", "is 0 to 100");
    }
    return new Settled(
        positive("timeout", options.timeout(), ATTEMPT),
        positive("totalTimeout", options.totalTimeout(), ALL),
        limit,
        Objects.requireNonNullElse(retry.methods(), IDEMPOTENT).stream()
            .map(method -> method.toUpperCase(Locale.ROOT))
            .toList(),
        Objects.requireNonNullElse(retry.statuses(), PASSING),
        positive("retry.backoff", retry.backoff(), FIRST_WAIT),
        positive("retry.maxBackoff", retry.maxBackoff(), LONGEST_WAIT));
  }

  private static long positive(String name, @Nullable Duration given, Duration usual) {
    var duration = given == null ? usual : given;
    if (duration.isZero() || duration.isNegative()) {
      throw new HearthException(HttpError.OPTION_WRONG, name, "is longer than nothing");
    }
    return duration.toMillis();
  }

  /** An option that only JavaScript could look at. */
  record Wrong(String option, String what) {}

  @Op(pure = true)
  String wrong(Wrong wrong) {
    return failing(new HearthException(HttpError.OPTION_WRONG, wrong.option(), wrong.what()));
  }

  /** An operation whose whole point is its failure, which so is made where all are. */
  private static String failing(HearthException failure) {
    return Optional.<String>empty().orElseThrow(() -> failure);
  }
}
