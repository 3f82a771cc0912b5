package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The user's logins to registries: those of this run ({@code login}), then those that {@code docker
 * login} keeps, in {@code config.json} or with the helpers that it names. Safe from any thread.
 */
final class DockerCredentials {
  /** What Docker's own client calls the Hub where it keeps logins. */
  private static final String HUB_URL = "https://index.docker.io/v1/";

  /** The user name with which a helper says that it keeps a token. */
  private static final String TOKEN_USER = "<token>";

  private static final Duration HELPER_LIMIT = Duration.ofMinutes(1); // it may ask a person

  private final Connection connection;
  private final Effects effects;
  private final RunLogins logins;

  DockerCredentials(Connection connection, OpContext context) {
    this.connection = connection;
    this.effects = context.effects();
    this.logins = context.forRun(RunLogins.class, RunLogins::new);
  }

  /** The address of a registry as logins are kept under. */
  static String key(String registry) {
    return registry.equals(ImageReference.HUB) || registry.equals("index.docker.io")
        ? HUB_URL
        : registry;
  }

  /** Keeps a login for the rest of the run, for this connection. */
  void remember(RegistryLogin login) {
    logins.remember(connection, login);
  }

  /** The login to a registry, by its host and port; empty where nobody is logged in. */
  Optional<RegistryLogin> find(String registry) {
    var key = key(registry);
    return logins
        .find(connection, key)
        .or(() -> CredentialSources.of(connection).flatMap(sources -> kept(sources, key)));
  }

  /** The registries that the user has a login for, as far as that is known without asking. */
  List<String> registries() {
    var known = new TreeSet<>(logins.registries(connection));
    CredentialSources.of(connection)
        .map(this::config)
        .ifPresent(
            config -> {
              config.path("auths").fieldNames().forEachRemaining(name -> known.add(host(name)));
              config
                  .path("credHelpers")
                  .fieldNames()
                  .forEachRemaining(name -> known.add(host(name)));
            });
    return List.copyOf(known);
  }

  private Optional<RegistryLogin> kept(CredentialSources sources, String key) {
    var config = config(sources);
    var helper = helper(config, key);
    return helper.isEmpty() ? inFile(config, key) : withHelper(helper.get(), key);
  }

  private JsonNode config(CredentialSources sources) {
    try {
      return Engine.MAPPER.readTree(effects.files().readText(sources.config()));
    } catch (JacksonException e) {
      throw new HearthException(DockerError.CONFIG_MALFORMED, sources.config()).causedBy(e);
    }
  }

  /** The one of this registry, else the one for all. */
  private static Optional<String> helper(JsonNode config, String key) {
    var own = config.path("credHelpers");
    for (var name :
        key.equals(HUB_URL) ? List.of(key, "docker.io", "index.docker.io") : List.of(key)) {
      if (own.has(name)) {
        return Optional.of(own.path(name).asText());
      }
    }
    return Optional.of(config.path("credsStore").asText("")).filter(store -> !store.isEmpty());
  }

  private static Optional<RegistryLogin> inFile(JsonNode config, String key) {
    var auths = config.path("auths");
    if (auths.has(key)) {
      return login(auths.path(key), key);
    }
    for (var each : auths.properties()) {
      if (host(each.getKey()).equals(host(key))) {
        return login(each.getValue(), key);
      }
    }
    return Optional.empty();
  }

  private static Optional<RegistryLogin> login(JsonNode kept, String key) {
    var token = kept.path("identitytoken").asText("");
    if (!token.isEmpty()) {
      return Optional.of(new RegistryLogin(key, "", Secret.of(token), true));
    }
    var both = decoded(kept.path("auth").asText(""), key);
    var colon = both.indexOf(':');
    var username = colon < 0 ? kept.path("username").asText("") : both.substring(0, colon);
    var password = colon < 0 ? kept.path("password").asText("") : both.substring(colon + 1);
    return username.isEmpty()
        ? Optional.empty()
        : Optional.of(new RegistryLogin(key, username, Secret.of(password), false));
  }

  private static String decoded(String auth, String key) {
    try {
      var text = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      return text.replaceFirst("\0+$", "");
    } catch (IllegalArgumentException e) {
      throw new HearthException(DockerError.LOGIN_MALFORMED, key).causedBy(e);
    }
  }

  /** Without scheme and path. */
  private static String host(String address) {
    var host = address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    return host.equals("index.docker.io") ? ImageReference.HUB : host;
  }

  private Optional<RegistryLogin> withHelper(String helper, String key) {
    var program = CredentialSources.program(helper);
    var request =
        ProcessRequest.of(program, "get")
            .input(key.getBytes(StandardCharsets.UTF_8))
            .timeout(HELPER_LIMIT);
    try {
      var outcome = effects.processes().run(request);
      if (outcome.succeeded()) {
        return answered(Engine.MAPPER.readTree(outcome.output()), key);
      }
      // The protocol of helpers has no other way to say it than these words on its output.
      var said = outcome.outputText().strip();
      if (said.equals("credentials not found in native keychain")) {
        return Optional.empty();
      }
      throw new HearthException(
          DockerError.CREDENTIAL_HELPER, program, "it ended with status " + outcome.exitStatus());
    } catch (JacksonException e) {
      // Not with its cause, which quotes what was read.
      throw new HearthException(DockerError.CREDENTIAL_HELPER, program, "its answer is no JSON");
    } catch (java.io.IOException e) {
      throw new IllegalStateException("Reading an array does no input.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(DockerError.INTERRUPTED, program + " get").causedBy(e);
    }
  }

  private static Optional<RegistryLogin> answered(JsonNode answer, String key) {
    var username = answer.path("Username").asText("");
    var secret = Secret.of(answer.path("Secret").asText(""));
    return username.isEmpty()
        ? Optional.empty()
        : Optional.of(
            username.equals(TOKEN_USER)
                ? new RegistryLogin(key, "", secret, true)
                : new RegistryLogin(key, username, secret, false));
  }
}
