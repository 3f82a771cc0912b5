package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registry that somebody wants to run.
 *
 * @param image of Distribution, 2 or 3
 * @param port where it is reached; with {@code address} the one of the engine's host
 * @param users names and passwords
 * @param storage a volume's name by {@code volume}, or a driver with its own settings, as
 *     Distribution writes them; absent: a volume of the registry's name
 * @param deletes whether images can be deleted
 * @param readOnly whether nothing can be pushed
 * @param proxy of which other registry it is the cache
 */
record RegistryServerSpec(
    String name,
    String image,
    @Nullable Integer port,
    @Nullable String address,
    @Nullable Map<String, String> users,
    @Nullable Tls tls,
    @Nullable ObjectNode storage,
    @Nullable Boolean deletes,
    @Nullable Boolean readOnly,
    @Nullable Proxy proxy) {

  static final int PORT = 5000;
  static final String FOLDER = "/etc/hearth-registry";
  static final String CONFIG = FOLDER + "/config.yml";
  static final String USERS = FOLDER + "/htpasswd";
  static final String CERTIFICATE = FOLDER + "/certificate.pem";
  static final String KEY = FOLDER + "/key.pem";
  private static final String DATA = "/var/lib/registry";
  static final String REPOSITORIES = DATA + "/docker/registry/v2/repositories";
  private static final int LAST_PORT = 65535;

  /** Certificate and key as PEM. */
  record Tls(String certificate, String key) {}

  /** A registry and who asks it. */
  record Proxy(String url, @Nullable String username, @Nullable String password) {}

  /** Fails for what could not be run, or not safely. */
  RegistryServerSpec checked() {
    if (port != null && (port < 1 || port > LAST_PORT)) {
      throw wrong("port", "is no port");
    }
    boolean isOpen = !Set.of("127.0.0.1", "::1").contains(address == null ? "" : address);
    if (users != null && !users.isEmpty() && tls == null && isOpen) {
      throw new HearthException(RegistryError.REGISTRY_SERVER_PLAIN);
    }
    for (var user : users == null ? Map.<String, String>of().entrySet() : users.entrySet()) {
      boolean bad =
          user.getKey().isEmpty()
              || user.getKey().contains(":")
              || user.getKey().chars().anyMatch(Character::isISOControl);
      if (bad) {
        throw wrong("users", "has a name that is empty or has a colon");
      }
      if (user.getValue().isEmpty() || user.getValue().length() > RegistryUsers.LONGEST) {
        throw wrong("users", "has a password that is empty or longer than 72 characters");
      }
    }
    if (storage != null && storage.has("volume") && storage.size() > 1) {
      throw wrong("storage", "has a volume and a driver");
    }
    if (storage != null && storage.has("filesystem")) {
      throw wrong(
          "storage", "keeps images in the container, and they end with it: name a `volume`");
    }
    return this;
  }

  private static HearthException wrong(String option, String why) {
    return new HearthException(RegistryError.REGISTRY_SERVER_WRONG, option, why);
  }

  boolean hasUsers() {
    return users != null && !users.isEmpty();
  }

  /** The volume for the images; empty where they are elsewhere. */
  Optional<String> volume() {
    if (storage == null) {
      return Optional.of(name);
    }
    return Optional.of(storage.path("volume").asText("")).filter(volume -> !volume.isEmpty());
  }

  /** The configuration; JSON is YAML as well. */
  String config() {
    var config = Engine.MAPPER.createObjectNode().put("version", "0.1");
    config.putObject("log").putObject("accesslog").put("disabled", true);
    var kept = config.putObject("storage");
    if (volume().isPresent()) {
      kept.putObject("filesystem").put("rootdirectory", DATA);
    } else if (storage != null) {
      kept.setAll(storage);
    }
    kept.putObject("delete").put("enabled", !Boolean.FALSE.equals(deletes));
    if (Boolean.TRUE.equals(readOnly)) {
      kept.putObject("maintenance").putObject("readonly").put("enabled", true);
    }
    var http = config.putObject("http").put("addr", ":" + PORT);
    if (tls != null) {
      http.putObject("tls").put("certificate", CERTIFICATE).put("key", KEY);
    }
    if (hasUsers()) {
      config.putObject("auth").putObject("htpasswd").put("realm", "Registry").put("path", USERS);
    }
    if (proxy != null) {
      var upstream = config.putObject("proxy").put("remoteurl", proxy.url());
      if (proxy.username() != null) {
        upstream.put("username", proxy.username()).put("password", proxy.password());
      }
    }
    return config.toPrettyString() + "\n";
  }

  /** What the container runs, by which it is known, too. */
  static JsonNode command() {
    return Engine.MAPPER.createArrayNode().add("serve").add(CONFIG);
  }

  /** The container, as the engine takes it. */
  ObjectNode container() {
    var body = Engine.MAPPER.createObjectNode().put("Image", image);
    body.set("Cmd", command());
    body.putArray("Env").add("OTEL_TRACES_EXPORTER=none");
    body.putObject("ExposedPorts").putObject(PORT + "/tcp");
    var host = body.putObject("HostConfig");
    host.putObject("RestartPolicy").put("Name", "unless-stopped");
    host.putObject("PortBindings")
        .putArray(PORT + "/tcp")
        .addObject()
        .put("HostIp", address == null ? "" : address)
        .put("HostPort", Integer.toString(port == null ? PORT : port));
    volume()
        .ifPresent(
            volume ->
                host.putArray("Mounts")
                    .addObject()
                    .put("Type", "volume")
                    .put("Source", volume)
                    .put("Target", DATA));
    return body;
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return name;
  }
}
