package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.ssh.TargetReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which engine the user's Docker configuration means: {@code DOCKER_HOST}, then {@code
 * DOCKER_CONTEXT}, then the current context, then the sockets that engines have by themselves. The
 * order is that of Docker's own client.
 */
final class DockerContexts {
  private static final String DEFAULT = "default";
  private static final Path USUAL_SOCKET = Path.of("/var/run/docker.sock");

  private final Effects user;

  DockerContexts(Effects user) {
    this.user = user;
  }

  /**
   * An engine by its name.
   *
   * @param host as {@code DOCKER_HOST} writes it
   * @param certs the folder of ca.pem, cert.pem and key.pem
   */
  record Context(String name, String host, Optional<Path> certs) {}

  /** The one that {@code docker} without further words speaks to. */
  Context current() {
    var host = variable("DOCKER_HOST");
    if (host.isPresent()) {
      var verified = variable("DOCKER_TLS_VERIFY").isPresent();
      var certs = variable("DOCKER_CERT_PATH").map(Path::of).orElseGet(this::folder);
      return new Context(
          DEFAULT, host.get(), verified ? Optional.of(certs.toAbsolutePath()) : Optional.empty());
    }
    return variable("DOCKER_CONTEXT")
        .or(this::chosen)
        .filter(name -> !name.equals(DEFAULT))
        .map(this::require)
        .orElseGet(this::byItself);
  }

  private Optional<String> chosen() {
    return Optional.of(config().path("currentContext").asText("")).filter(name -> !name.isEmpty());
  }

  /** Docker's own socket, a rootless engine's, or Podman's: the first that is there. */
  private Context byItself() {
    var runtime =
        variable("XDG_RUNTIME_DIR").filter(folder -> folder.startsWith("/")).map(Path::of);
    var socket =
        Stream.of(
                Optional.of(USUAL_SOCKET),
                runtime.map(folder -> folder.resolve("docker.sock")),
                runtime.map(folder -> folder.resolve("podman/podman.sock")),
                Optional.of(Path.of("/run/podman/podman.sock")))
            .flatMap(Optional::stream)
            .filter(user.files()::exists)
            .findFirst()
            .orElse(USUAL_SOCKET);
    return new Context(DEFAULT, "unix://" + socket, Optional.empty());
  }

  /** The context of that name; fails where there is none. */
  Context require(String name) {
    return find(name).orElseThrow(() -> new HearthException(DockerError.CONTEXT_NOT_FOUND, name));
  }

  /** The context of that name, which {@code docker context ls} shows. */
  Optional<Context> find(String name) {
    if (name.equals(DEFAULT)) {
      return Optional.of(byItself());
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.+-]*")) {
      return Optional.empty(); // no name of a context
    }
    var id = sha256(name);
    var file = folder().resolve("contexts/meta").resolve(id).resolve("meta.json");
    return user.files().exists(file) ? Optional.of(read(name, id, file)) : Optional.empty();
  }

  private Context read(String name, String id, Path file) {
    var endpoint = json(file).path("Endpoints").path("docker");
    var host = endpoint.path("Host").asText("");
    if (host.isEmpty()) {
      throw new HearthException(DockerError.CONTEXT_MALFORMED, name, "it has no host");
    }
    if (endpoint.path("SkipTLSVerify").asBoolean(false)) {
      throw new HearthException(DockerError.TLS_UNVERIFIED, name);
    }
    var tls = folder().resolve("contexts/tls").resolve(id).resolve("docker");
    var isThere =
        List.of("ca.pem", "cert.pem").stream()
            .anyMatch(part -> user.files().exists(tls.resolve(part)));
    return new Context(name, host, isThere ? Optional.of(tls) : Optional.empty());
  }

  /** Where {@code config.json} is, if there is one. */
  Path configFile() {
    return folder().resolve("config.json");
  }

  /** {@code config.json}; an empty object where there is none. */
  JsonNode config() {
    var file = configFile();
    return user.files().exists(file) ? json(file) : JsonNodeFactory.instance.objectNode();
  }

  private JsonNode json(Path file) {
    try {
      return Engine.MAPPER.readTree(user.files().readText(file));
    } catch (JacksonException e) {
      throw new HearthException(DockerError.CONFIG_MALFORMED, file).causedBy(e);
    }
  }

  private Path folder() {
    return variable("DOCKER_CONFIG")
        .map(folder -> Path.of(folder).toAbsolutePath())
        .orElseGet(() -> TargetReader.homeOf(user).resolve(".docker"));
  }

  private Optional<String> variable(String name) {
    return user.environment().get(name).filter(value -> !value.isBlank());
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
