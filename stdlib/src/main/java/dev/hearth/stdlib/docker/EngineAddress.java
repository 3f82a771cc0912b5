package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an engine listens, as {@code DOCKER_HOST} writes it. */
sealed interface EngineAddress {
  /** A socket of this machine: {@code unix:///run/docker.sock}. */
  record Unix(Path socket) implements EngineAddress {
    @Override
    public String toString() {
      return "unix://" + socket;
    }
  }

  /**
   * A port, by TLS where the connection says whom to believe: {@code tcp://nas.lan:2376}.
   *
   * @param secure whether it was written as {@code https://}, which is TLS in any case
   */
  record Tcp(NetAddress address, boolean secure) implements EngineAddress {
    @Override
    public String toString() {
      return (secure ? "https://" : "tcp://") + address;
    }
  }

  /**
   * What {@code docker system dial-stdio} reaches on a host: {@code ssh://root@nas.lan}.
   *
   * @param host a name, an address, or an alias of ssh_config
   * @param socket what that host is told with {@code --host}; null for what its user means there
   */
  record Ssh(@Nullable String user, String host, @Nullable Integer port, @Nullable Path socket)
      implements EngineAddress {
    @Override
    public String toString() {
      return "ssh://"
          + (user == null ? "" : user + "@")
          + host
          + (port == null ? "" : ":" + port)
          + (socket == null ? "" : socket);
    }
  }

  /**
   * Reads what people write; port 2375 or 2376 where a TCP address has none.
   *
   * @param isSecure whether TLS is going to be spoken
   */
  static EngineAddress parse(String text, boolean isSecure) {
    var scheme = text.replaceFirst("://.*", "");
    var rest = text.substring(Math.min(text.length(), scheme.length() + 3));
    return switch (scheme) {
      case "unix" -> unix(text, rest);
      case "tcp", "http" -> tcp(text, rest, isSecure, false);
      case "https" -> tcp(text, rest, true, true);
      case "ssh" -> ssh(text);
      default -> throw malformed(text);
    };
  }

  private static EngineAddress unix(String text, String path) {
    if (!path.startsWith("/") || path.chars().anyMatch(Character::isISOControl)) {
      throw malformed(text);
    }
    return new Unix(Path.of(path).normalize());
  }

  private static EngineAddress tcp(String text, String rest, boolean tls, boolean secure) {
    var place = rest.replaceFirst("/$", "");
    boolean hasPort = place.matches("(.*[^:]|\\[.*]):[0-9]+");
    try {
      return new Tcp(NetAddress.parse(hasPort ? place : place + (tls ? ":2376" : ":2375")), secure);
    } catch (IllegalArgumentException e) {
      throw malformed(text).causedBy(e);
    }
  }

  private static EngineAddress ssh(String text) {
    try {
      var uri = new URI(text);
      var host = Optional.ofNullable(uri.getHost()).orElse("").replaceAll("[\\[\\]]", "");
      var user = uri.getRawUserInfo();
      boolean isPlain =
          host.matches("[A-Za-z0-9][A-Za-z0-9._:%-]*")
              && (user == null || user.matches("[A-Za-z0-9_][A-Za-z0-9._@-]*"))
              && uri.getQuery() == null
              && uri.getFragment() == null;
      if (!isPlain) {
        throw malformed(text);
      }
      var path = uri.getPath();
      return new Ssh(
          user,
          host,
          uri.getPort() < 0 ? null : uri.getPort(),
          path == null || path.length() < 2 ? null : Path.of(path).normalize());
    } catch (URISyntaxException e) {
      throw malformed(text).causedBy(e);
    }
  }

  /** The address without what looks like a password. */
  private static HearthException malformed(String text) {
    var shown = text.replaceFirst("//[^/@]*:[^/@]*@", "//***@");
    return new HearthException(DockerError.HOST_MALFORMED, shown).with("field", "host");
  }
}
