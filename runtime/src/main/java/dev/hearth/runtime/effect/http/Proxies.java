package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.secret.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which contacts go through which proxy. */
public final class Proxies {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

  private final Optional<Proxy> forHttp;
  private final Optional<Proxy> forHttps;
  private final List<String> exceptions;
  private final boolean evenHere;

  /** What a proxy speaks. */
  enum Kind {
    HTTP(80),
    /** HTTP over TLS, before anything is asked of it. */
    HTTPS(443),
    SOCKS5(1080);

    private final int port;

    Kind(int port) {
      this.port = port;
    }

    /** By the scheme of its URL; by either name of SOCKS it is the proxy that resolves names. */
    private static Optional<Kind> of(String scheme) {
      return switch (scheme.toLowerCase(Locale.ROOT)) {
        case "http" -> Optional.of(HTTP);
        case "https" -> Optional.of(HTTPS);
        case "socks5", "socks5h" -> Optional.of(SOCKS5);
        default -> Optional.empty();
      };
    }
  }

  /**
   * A proxy.
   *
   * @param user and its password, sent to the proxy unasked; empty without
   */
  record Proxy(Kind kind, NetAddress address, String user, Secret password) {}

  private Proxies(
      Optional<Proxy> forHttp,
      Optional<Proxy> forHttps,
      List<String> exceptions,
      boolean evenHere) {
    this.forHttp = forHttp;
    this.forHttps = forHttps;
    this.exceptions = exceptions;
    this.evenHere = evenHere;
  }

  public static Proxies none() {
    return new Proxies(Optional.empty(), Optional.empty(), List.of(), false);
  }

  /**
   * One proxy for all contacts, whatever the user's variables say: also for {@code localhost},
   * which then is the proxy's own machine.
   */
  public static Proxies always(String proxy) {
    var through = Optional.of(proxy(proxy));
    return new Proxies(through, through, List.of(), true);
  }

  /**
   * What {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY} say, each
   * also in lower case, which wins: proxies of HTTP, of HTTP over TLS ({@code https://}) and of
   * SOCKS ({@code socks5://}). {@code NO_PROXY} is a list of hosts (with all below them),
   * addresses, address blocks such as {@code 10.0.0.0/8}, each with a port if wanted, or {@code *}.
   * This machine itself is never reached through a proxy.
   *
   * @param environment looks up a variable
   */
  public static Proxies of(Function<String, Optional<String>> environment) {
    var all = variable(environment, "all_proxy");
    var exceptions = variable(environment, "no_proxy").orElse("");
    return new Proxies(
        variable(environment, "http_proxy").or(() -> all).map(Proxies::proxy),
        variable(environment, "https_proxy").or(() -> all).map(Proxies::proxy),
        Stream.of(exceptions.split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> entry.toLowerCase(Locale.ROOT))
            .toList(),
        false);
  }

  private static Optional<String> variable(
      Function<String, Optional<String>> environment, String name) {
    return environment
        .apply(name)
        .or(() -> environment.apply(name.toUpperCase(Locale.ROOT)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static Proxy proxy(String text) {
    try {
      var uri = new URI(text.contains("://") ? text : "http://" + text);
      var host = uri.getHost();
      if (host == null) {
        throw malformed(text);
      }
      var kind = Kind.of(uri.getScheme()).orElseThrow(() -> malformed(text));
      var address =
          new NetAddress(
              host.replaceAll("[\\[\\]]", ""), uri.getPort() < 0 ? kind.port : uri.getPort());
      var user = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
      return new Proxy(
          kind, address, decode(user[0]), Secret.of(user.length > 1 ? decode(user[1]) : ""));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw malformed(text).causedBy(e);
    }
  }

  private static HearthException malformed(String text) {
    return new HearthException(HttpError.PROXY_MALFORMED, text.replaceFirst("[^/@]*@", "***@"));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  Optional<Proxy> find(boolean https, NetAddress target) {
    var proxy = https ? forHttps : forHttp;
    return proxy
        .filter(found -> evenHere || !isThisMachine(target.host()))
        .filter(found -> exceptions.stream().noneMatch(entry -> matches(entry, target)));
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || (LITERAL.matcher(host).matches()
            && literal(host).map(InetAddress::isLoopbackAddress).orElse(false));
  }

  private static boolean matches(String entry, NetAddress target) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.contains("/")) {
      return isInBlock(entry, target.host());
    }
    var host = entry;
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
      if (!entry.substring(colon + 1).equals(Integer.toString(target.port()))) {
        return false;
      }
      host = entry.substring(0, colon);
    }
    host = host.replaceAll("^\\*?\\.|[\\[\\]]", "");
    return target.host().equals(host) || target.host().endsWith("." + host);
  }

  private static boolean isInBlock(String block, String host) {
    var parts = block.split("/", 2);
    var network = literal(parts[0]);
    var address = literal(host);
    if (network.isEmpty() || address.isEmpty() || !parts[1].matches("[0-9]{1,3}")) {
      return false;
    }
    var expected = network.get().getAddress();
    var actual = address.get().getAddress();
    int bits = Integer.parseInt(parts[1]);
    if (expected.length != actual.length || bits > expected.length * 8) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((expected[bit / 8] & mask) != (actual[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The address that a host is spelled as; empty for a name. */
  static Optional<InetAddress> literal(String host) {
    try {
      return LITERAL.matcher(host).matches()
          ? Optional.of(InetAddress.ofLiteral(host))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a name that only looks like an address
    }
  }
}
