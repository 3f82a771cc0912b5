package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a registry is shown: name and password, or tokens, each for what it is good for. It learns
 * what the registry wants from its challenges. Safe from any thread.
 */
final class RegistryTokens {
  /** Larger than any token. */
  private static final long ANSWER_BYTES = 1024L * 1024;

  /** What a token is good for at least, where who made it says nothing. */
  private static final long LEAST_SECONDS = 60;

  private final RegistryAddress where;
  private final Http http;
  private final Clock clock;
  private final Supplier<Optional<RegistryLogin>> login;

  /** What is shown, by the scope for which it was made. */
  private final Map<String, Shown> known = new ConcurrentHashMap<>();

  /**
   * What is sent as {@code Authorization}.
   *
   * @param challenge that it answers; null for what does not end
   * @param lateNanos when another one is better fetched before it is used
   */
  private record Shown(
      Secret header, RegistryChallenge.@Nullable Bearer challenge, long lateNanos) {}

  /**
   * For one registry.
   *
   * @param http follows no redirects: they would take what is secret along
   */
  RegistryTokens(
      RegistryAddress where, Http http, Clock clock, Supplier<Optional<RegistryLogin>> login) {
    this.where = where;
    this.http = http;
    this.clock = clock;
    this.login = login;
  }

  /**
   * With what is known to be wanted for the scope. A token that is about to end is replaced before:
   * a layer that is sent while it is fetched cannot be sent again.
   */
  HttpRequest authorized(HttpRequest request, String scope) {
    var shown = known.get(scope);
    if (shown != null && shown.challenge() != null && clock.nanoTime() - shown.lateNanos() >= 0) {
      shown = token(shown.challenge(), scope, request.method());
      known.put(scope, shown);
    }
    return shown == null ? request : request.header("Authorization", shown.header().reveal());
  }

  /** Answers a challenge, for the scope; fails when nobody is there to be told of. */
  void answer(RegistryChallenge challenge, String scope, String call) {
    switch (challenge) {
      case RegistryChallenge.Basic _ -> {
        var account =
            login
                .get()
                .filter(one -> !one.isToken())
                .orElseThrow(
                    () ->
                        new HearthException(
                            RegistryError.REGISTRY_LOGIN_WANTED, where.host(), call));
        known.put(scope, new Shown(basic(account), null, 0));
      }
      case RegistryChallenge.Bearer bearer -> known.put(scope, token(bearer, scope, call));
    }
  }

  /** Who is named when it was not enough. */
  String user() {
    return login
        .get()
        .map(one -> one.isToken() ? "the owner of the token" : "`" + one.username() + "`")
        .orElse("strangers");
  }

  boolean isLoggedIn() {
    return login.get().isPresent();
  }

  private Shown token(RegistryChallenge.Bearer bearer, String scope, String call) {
    var wanted =
        Stream.concat(bearer.scope().stream(), Stream.of(scope).filter(one -> !one.isEmpty()))
            .flatMap(all -> Stream.of(all.split(" ", -1)))
            .distinct();
    var account = login.get();
    var request =
        account
            .filter(RegistryLogin::isToken)
            .map(one -> withIdentity(bearer, wanted, one))
            .orElseGet(() -> asked(bearer, wanted, account));
    try (var answer = http.send(request)) {
      if (answer.status() == 401 || answer.status() == 403) {
        throw refused(call).with("realm", bearer.realm().toString());
      }
      var body = parsed(answer.body().bytes(ANSWER_BYTES));
      var token = body.path("token").asText(body.path("access_token").asText(""));
      if (answer.status() != 200 || token.isEmpty()) {
        throw new HearthException(
                RegistryError.REGISTRY_FAILED, where.host(), call, "it gave no token")
            .with("realm", bearer.realm().toString())
            .with("status", answer.status());
      }
      long seconds = Math.max(0, body.path("expires_in").asLong(LEAST_SECONDS));
      long late = Duration.ofSeconds(seconds).toNanos() / 4 * 3;
      return new Shown(Secret.of("Bearer " + token), bearer, clock.nanoTime() + late);
    }
  }

  HearthException refused(String call) {
    return isLoggedIn()
        ? new HearthException(RegistryError.REGISTRY_DENIED, where.host(), user(), call)
        : new HearthException(RegistryError.REGISTRY_LOGIN_WANTED, where.host(), call);
  }

  private static Secret basic(RegistryLogin login) {
    var both = (login.username() + ":" + login.secret().reveal()).getBytes(StandardCharsets.UTF_8);
    return Secret.of("Basic " + Base64.getEncoder().encodeToString(both));
  }

  private HttpRequest asked(
      RegistryChallenge.Bearer bearer, Stream<String> wanted, Optional<RegistryLogin> account) {
    var query =
        Stream.concat(
                bearer.service().map(name -> "service=" + encoded(name)).stream(),
                wanted.map(scope -> "scope=" + encoded(scope)))
            .collect(Collectors.joining("&"));
    var realm = bearer.realm().toString();
    var request = HttpRequest.get(realm + (realm.contains("?") ? "&" : "?") + query);
    return account.map(one -> request.header("Authorization", basic(one).reveal())).orElse(request);
  }

  private static HttpRequest withIdentity(
      RegistryChallenge.Bearer bearer, Stream<String> wanted, RegistryLogin account) {
    var form =
        "grant_type=refresh_token&client_id=hearth&refresh_token="
            + encoded(account.secret().reveal())
            + bearer.service().map(name -> "&service=" + encoded(name)).orElse("")
            + "&scope="
            + encoded(wanted.collect(Collectors.joining(" ")));
    return HttpRequest.post(
        bearer.realm().toString(), "application/x-www-form-urlencoded", HttpBody.of(form));
  }

  private JsonNode parsed(byte[] body) {
    try {
      return Engine.MAPPER.readTree(body);
    } catch (JacksonException e) {
      // Not with its cause, which quotes what was read.
      throw new HearthException(RegistryError.REGISTRY_NONE, where.host());
    } catch (IOException e) {
      throw new IllegalStateException("Reading an array does no input.", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
