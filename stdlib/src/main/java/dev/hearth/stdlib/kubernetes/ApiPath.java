package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A path of the API, percent-encoded, out of which no name can break. */
record ApiPath(String text) {
  private static final Pattern RAW = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?|/");
  private static final Pattern UP = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)|%2f|%5c|%00");

  /** A path in parts; a part is a name, and never more than one step. */
  static ApiPath of(String... parts) {
    var text = new StringBuilder();
    for (var part : parts) {
      text.append('/').append(encoded(part));
    }
    return new ApiPath(text.toString());
  }

  /** This, and a step of it below. */
  ApiPath then(String part) {
    return new ApiPath(text + "/" + encoded(part));
  }

  /** A path that a recipe wrote. */
  static ApiPath parse(String given) {
    if (!RAW.matcher(given).matches() || UP.matcher(given).find()) {
      throw new HearthException(KubernetesError.PATH_WRONG, shown(given));
    }
    return new ApiPath(given);
  }

  /**
   * Fails for what the API takes for no name: it may not be a step up, nor have a slash.
   *
   * @param what such as {@code name}
   */
  static String name(String given, String what) {
    if (given.isEmpty()
        || given.equals(".")
        || given.equals("..")
        || given.length() > 253
        || given
            .chars()
            .anyMatch(c -> c == '/' || c == '%' || c == '\\' || c <= ' ' || c == 0x7f)) {
      throw new HearthException(KubernetesError.NAME_WRONG, shown(given), what);
    }
    return given;
  }

  static String shown(String text) {
    var visible = text.replaceAll("\\p{Cntrl}", "?");
    return visible.length() > 100 ? visible.substring(0, 100) + "…" : visible;
  }

  /** What may stand in a part of a path or a query. */
  static String encoded(String part) {
    var text = new StringBuilder();
    for (var octet : part.getBytes(StandardCharsets.UTF_8)) {
      int c = octet & 0xff;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~:".indexOf(c) >= 0;
      if (plain) {
        text.append((char) c);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", c));
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
