package dev.hearth.runtime.engine.web;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.graalvm.shadowed.com.ibm.icu.text.IDNA;

/**
 * Hosts as the URL Standard reads them: domains (by UTS #46), IPv4 in any of its old spellings,
 * IPv6, and the opaque hosts of schemes nobody knows.
 *
 * <p>{@code java.net.IDN} speaks the IDNA of 2003, which leads some names elsewhere than browsers
 * go; the ICU that GraalJS brings for {@code Intl} speaks the right one and costs nothing more.
 */
final class UrlHost {
  private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";

  /** What a length or a hyphen may be is for the DNS to say, not for a URL. */
  private static final Set<IDNA.Error> TOLERATED =
      EnumSet.of(
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG,
          IDNA.Error.LEADING_HYPHEN,
          IDNA.Error.TRAILING_HYPHEN,
          IDNA.Error.HYPHEN_3_4);

  private UrlHost() {}

  /** The host as it stands in a serialized URL; empty when it is none. */
  static Optional<String> parse(String input, boolean isSpecial) {
    if (input.startsWith("[")) {
      return input.endsWith("]")
          ? Ipv6.parse(input.substring(1, input.length() - 1)).map(address -> "[" + address + "]")
          : Optional.empty();
    }
    if (!isSpecial) {
      return hasForbidden(input)
          ? Optional.empty()
          : Optional.of(PercentEncoding.C0_CONTROL.encode(input));
    }
    var decoded = new String(PercentEncoding.decode(input), StandardCharsets.UTF_8);
    return ascii(decoded).filter(UrlHost::isDomain).flatMap(UrlHost::numeric);
  }

  private static boolean hasForbidden(String host) {
    return host.chars().anyMatch(character -> FORBIDDEN.indexOf(character) >= 0);
  }

  private static boolean isDomain(String host) {
    return !host.isEmpty()
        && !hasForbidden(host)
        && host.chars().noneMatch(c -> c < ' ' || c == '%' || c >= 0x7f);
  }

  private static Optional<String> ascii(String domain) {
    var lower = domain.toLowerCase(Locale.ROOT);
    boolean plain = lower.chars().allMatch(c -> c < 0x80) && domain.chars().allMatch(c -> c < 0x80);
    if (plain && !lower.startsWith("xn--") && !lower.contains(".xn--")) {
      return Optional.of(lower);
    }
    var info = new IDNA.Info();
    var ascii = Idna.UTS46.nameToASCII(domain, new StringBuilder(), info);
    return TOLERATED.containsAll(info.getErrors())
        ? Optional.of(ascii.toString())
        : Optional.empty();
  }

  /** Loaded with the first name that is not plain. */
  private static final class Idna {
    static final IDNA UTS46 =
        IDNA.getUTS46Instance(
            IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE);
  }

  /** A domain as it is, a number as the IPv4 address it means. */
  private static Optional<String> numeric(String domain) {
    return Ipv4.isMeant(domain) ? Ipv4.parse(domain) : Optional.of(domain);
  }
}
