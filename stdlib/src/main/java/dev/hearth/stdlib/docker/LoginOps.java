package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Op;
import org.jspecify.annotations.Nullable;

/** Logins to registries, for one run. */
final class LoginOps {
  private final Engine engine;
  private final DockerCredentials credentials;

  LoginOps(Engine engine, DockerCredentials credentials) {
    this.engine = engine;
    this.credentials = credentials;
  }

  /**
   * Who logs in.
   *
   * @param registry host and port; absent: the Hub
   */
  record Login(@Nullable String registry, String username, String password) {}

  /** What was logged in to. */
  record LoggedIn(String registry, String username) {}

  /** The engine asks the registry; from then on, and to the end of the run, the login is used. */
  @Op(writes = true)
  LoggedIn login(Login request) {
    var registry = request.registry() == null ? ImageReference.HUB : request.registry();
    if (!ImageReference.isRegistry(registry)) {
      throw new HearthException(
          DockerError.IMAGE_MALFORMED, VisibleText.of(registry), "it is no host of a registry");
    }
    var key = DockerCredentials.key(registry);
    var login = new RegistryLogin(key, request.username(), Secret.of(request.password()), false);
    var answer = engine.answer(EngineCall.post("/auth").json(login.node()));
    if (!answer.isGood()) { // engines say 401 or 500, whatever the registry said
      throw new HearthException(
          DockerError.LOGIN_REFUSED, registry, request.username(), answer.words());
    }
    var token = answer.body().path("IdentityToken").asText("");
    credentials.remember(
        token.isEmpty() ? login : new RegistryLogin(key, "", Secret.of(token), true));
    return new LoggedIn(registry, request.username());
  }
}
