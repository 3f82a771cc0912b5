package dev.hearth.runtime.permission;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which hosts a permission speaks of. A pattern of names never covers a private address. */
public sealed interface HostPattern {
  /** Host names as the name system knows them; also `_` which real zones use. */
  Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_]([a-z0-9_-]{0,62}))*");

  /** {@code *}: every public host. */
  record Any() implements HostPattern {
    @Override
    public String toString() {
      return "*";
    }
  }

  /**
   * One host by its name.
   *
   * @param name in lower case, without a final dot
   */
  record Name(String name) implements HostPattern {
    // Reserved for local use, or kept out of the public root because networks use them so.
    private static final Set<String> LOCAL =
        Set.of("local", "lan", "home", "internal", "intranet", "private", "corp", "localdomain");

    /** Whether no public name server can answer for it: {@code nas}, {@code nas.lan}. */
    public boolean isLocal() {
      return name.indexOf('.') < 0
          || LOCAL.contains(name.substring(name.lastIndexOf('.') + 1))
          || name.endsWith(".home.arpa");
    }

    /** Whether it means the machine it is used on, by RFC 6761. */
    public boolean isThisMachine() {
      return name.equals("localhost") || name.endsWith(".localhost");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * {@code *.example.org}: all names below a domain, not the domain itself.
   *
   * @param domain in lower case, without the {@code *.}
   */
  record Below(String domain) implements HostPattern {
    @Override
    public String toString() {
      return "*." + domain;
    }
  }

  /** Hosts by address, whatever their name. */
  record Addresses(IpRange range) implements HostPattern {
    @Override
    public String toString() {
      return range.isIpv6() ? "[" + range + "]" : range.toString();
    }
  }

  /**
   * The pattern that is written so, or the host that is asked for; empty when it is no host.
   *
   * @param text {@code example.org}, {@code *.example.org}, {@code *}, {@code 10.0.0.0/8}, {@code
   *     2001:db8::1}; IPv6 with or without brackets
   */
  static Optional<HostPattern> parse(String text) {
    if (text.equals("*")) {
      return Optional.of(new Any());
    }
    var bracketed = text.startsWith("[") && text.endsWith("]");
    var inner = bracketed ? text.substring(1, text.length() - 1) : text;
    var range = IpRange.parse(inner);
    if (range.isPresent() || bracketed) {
      return range.map(Addresses::new);
    }
    if (text.startsWith("*.")) {
      return name(text.substring(2)).map(Below::new);
    }
    return name(text).map(Name::new);
  }

  private static Optional<String> name(String text) {
    var bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    var lower = bare.toLowerCase(Locale.ROOT);
    return lower.length() <= 253 && NAME.matcher(lower).matches()
        ? Optional.of(lower)
        : Optional.empty();
  }

  /** Whether every host of {@code other} is one of these. */
  default boolean covers(HostPattern other) {
    return switch (this) {
      case Any() ->
          switch (other) {
            case Any(), Name(_), Below(_) -> true;
            case Addresses(var range) -> range.isPublic();
          };
      case Name _ -> equals(other);
      case Below(var domain) ->
          switch (other) {
            case Name(var name) -> name.endsWith("." + domain);
            case Below(var below) -> below.equals(domain) || below.endsWith("." + domain);
            case Any(), Addresses(_) -> false;
          };
      case Addresses(var range) -> other instanceof Addresses(var inner) && range.covers(inner);
    };
  }
}
