package dev.hearth.runtime.effect.ssh;

import java.util.List;
import java.util.Locale;

/**
 * The patterns of ssh_config and known_hosts: {@code *} and {@code ?}, and {@code !} in front of
 * what must not match. Case matters in ssh_config and not in known_hosts.
 */
final class HostPattern {
  private HostPattern() {}

  /** The same as {@link #matchesAny}, in whatever case. */
  static boolean matchesAnyCase(List<String> patterns, String text) {
    return matchesAny(
        patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList(),
        text.toLowerCase(Locale.ROOT));
  }

  /** Whether one of the patterns matches and none of those with {@code !} does. */
  static boolean matchesAny(List<String> patterns, String text) {
    boolean matched = false;
    for (var pattern : patterns) {
      if (pattern.startsWith("!")) {
        if (matches(pattern.substring(1), text)) {
          return false;
        }
      } else if (matches(pattern, text)) {
        matched = true;
      }
    }
    return matched;
  }

  /** Whether the whole text is of this form; takes time in proportion to both lengths. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int afterStar = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        afterStar = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
