package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a registry is shown: name and password, or tokens, each for what it is good for. It learns
 * what the registry wants from its challenges. Safe from any thread.
 */
final class RegistryTokens {
  /** Larger than any token. */
  private static final long ANSWER_BYTES = 1024L * 1024;

  private final RegistryAddress where;
  private final Http http;
  private final Supplier<Optional<RegistryLogin>> login;

  /** What is sent as {@code Authorization}, by the scope for which it was made. */
  private final Map<String, Secret> known = new ConcurrentHashMap<>();

  RegistryTokens(RegistryAddress where, Http http, Supplier<Optional<RegistryLogin>> login) {
    this.where = where;
    this.http = http;
    this.login = login;
  }

  /** With what is known to be wanted for the scope. */
  HttpRequest authorized(HttpRequest request, String scope) {
    var shown = known.get(scope);
    return shown == null ? request : request.header("Authorization", shown.reveal());
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
        known.put(scope, basic(account));
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

  private Secret token(RegistryChallenge.Bearer bearer, String scope, String call) {
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
      return Secret.of("Bearer " + token);
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
