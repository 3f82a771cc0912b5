package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of ansible-core, such as {@code 2.19.11} or {@code 2.20.0rc1}.
 *
 * @param minor the 19 of 2.19.11
 */
record CoreVersion(String text, int minor) implements Comparable<CoreVersion> {
  /** Three numbers, and what comes before a release; so it is never an option, a path or a URL. */
  private static final Pattern FORM =
      Pattern.compile("(2)\\.([0-9]{1,4})\\.([0-9]{1,4})((?:a|b|rc)[0-9]{1,3})?");

  /** A release is newer than what came before it: `~` is behind all letters. */
  private static final Comparator<CoreVersion> ORDER =
      Comparator.<CoreVersion>comparingInt(version -> version.number(1))
          .thenComparingInt(version -> version.number(2))
          .thenComparingInt(version -> version.number(3))
          .thenComparing(version -> version.letters())
          .thenComparingInt(version -> version.letterNumber());

  /**
   * The last of each line of Pythons, the newest first: of these one is taken where none is named.
   */
  private static final List<String> DEFAULTS = List.of("2.21.3", "2.19.11", "2.17.14", "2.15.13");

  /** The oldest that this binding works with. */
  private static final int OLDEST = 14;

  /** The newest of which is known which Pythons run it; pip knows it of later ones. */
  private static final int LATEST = 21;

  static CoreVersion of(String text) {
    return parse(text)
        .filter(version -> version.minor >= OLDEST)
        .orElseThrow(
            () ->
                new HearthException(
                    AnsibleError.OPTION,
                    "version",
                    "is no version of ansible-core from 2.14.0 on, such as 2.19.11"));
  }

  static Optional<CoreVersion> parse(String text) {
    var matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new CoreVersion(text, Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** What is installed where no version is asked for; empty for a Python that none runs on. */
  static Optional<CoreVersion> newestFor(int python) {
    return DEFAULTS.stream()
        .map(CoreVersion::of)
        .filter(version -> version.runsOn(python))
        .findFirst();
  }

  /** Whether a Python 3 of this minor runs it, as its documentation says. */
  boolean runsOn(int python) {
    return oldestPython() <= python && (minor > LATEST || python <= oldestPython() + 2);
  }

  /**
   * Every second line gives up one Python: 2.14 and 2.15 begin with 3.9, 2.16 and 2.17 with 3.10.
   */
  private int oldestPython() {
    return Math.min(minor, LATEST) / 2 + 2;
  }

  /** The Pythons that it runs on, in words. */
  String pythons() {
    return minor > LATEST
        ? "3." + oldestPython() + " or newer"
        : "3." + oldestPython() + " to 3." + (oldestPython() + 2);
  }

  private String part(int group) {
    var matcher = FORM.matcher(text);
    return matcher.matches() && matcher.group(group) != null ? matcher.group(group) : "";
  }

  private int number(int group) {
    return Integer.parseInt(part(group));
  }

  private String letters() {
    var before = part(4).replaceAll("[0-9]", "");
    return before.isEmpty() ? "~" : before;
  }

  private int letterNumber() {
    var number = part(4).replaceAll("[^0-9]", "");
    return number.isEmpty() ? 0 : Integer.parseInt(number);
  }

  @Override
  public int compareTo(CoreVersion other) {
    return ORDER.compare(this, other);
  }
}
