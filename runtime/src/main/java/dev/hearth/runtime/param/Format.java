package dev.hearth.runtime.param;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.permission.IpRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The {@code format} of a string. */
enum Format {
  HOSTNAME("hostname", "be a host name such as `pve1.example.org`"),
  IPV4("ipv4", "be an IPv4 address such as `192.168.1.10`"),
  IPV6("ipv6", "be an IPv6 address such as `2001:db8::10`"),
  CIDR("cidr", "be an address with a prefix such as `192.168.1.10/24`"),
  EMAIL("email", "be an e-mail address such as `me@example.org`"),
  URI("uri", "be a URI such as `https://example.org/`"),
  DATE("date", "be a date such as `2026-01-31`"),
  DATE_TIME("date-time", "be a time such as `2026-01-31T12:00:00Z`"),
  DURATION("duration", "be a duration such as `30s`, `5m` or `2h`");

  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}\\z)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,126}");
  private static final Pattern DOTTED =
      Pattern.compile(
          "(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})");
  private static final Pattern LEADING_ZERO = Pattern.compile("(?:^|\\.)0[0-9]");
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}");
  private static final int LONGEST = 4_096;

  private final String word;
  private final String duty;

  Format(String word, String duty) {
    this.word = word;
    this.duty = duty;
  }

  static Optional<Format> of(String word) {
    return Stream.of(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Stream.of(values()).map(format -> format.word).toList();
  }

  Rule rule() {
    return new Rule(
        duty, value -> value.textValue().length() <= LONGEST && holds(value.textValue()));
  }

  private boolean holds(String text) {
    return switch (this) {
      case HOSTNAME -> isHostname(text);
      case IPV4 -> isIpv4(text);
      case IPV6 -> isIpv6(text);
      case CIDR -> isCidr(text);
      case EMAIL -> isEmail(text);
      case URI -> isUri(text);
      case DATE -> isDate(text);
      case DATE_TIME -> isDateTime(text);
      case DURATION -> isDuration(text);
    };
  }

  private static boolean isHostname(String text) {
    return HOST.matcher(text).matches();
  }

  private static boolean isIpv4(String text) {
    return DOTTED.matcher(text).matches() && !LEADING_ZERO.matcher(text).find();
  }

  private static boolean isIpv6(String text) {
    return HEXADECIMAL.matcher(text).matches() && IpRange.parse(text).isPresent();
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
      return false;
    }
    var address = text.substring(0, slash);
    int prefix = Integer.parseInt(text.substring(slash + 1));
    return (isIpv4(address) && prefix <= 32) || (isIpv6(address) && prefix <= 128);
  }

  private static boolean isEmail(String text) {
    int at = text.lastIndexOf('@');
    return at > 0
        && MAILBOX.matcher(text.substring(0, at)).matches()
        && !text.substring(0, at).matches("\\..*|.*\\.|.*\\.\\..*")
        && isHostname(text.substring(at + 1));
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isDuration(String text) {
    try {
      DurationText.parse(text);
      return text.equals(text.strip());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
