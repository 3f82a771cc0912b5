package dev.hearth.runtime.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names of runs, such as {@code 20261123-035401-k7p2}: the second in UTC, so that they sort, and
 * four characters that no one mistakes for others, so that runs of one second differ.
 */
final class RunId {
  private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int TAIL = 4;
  private static final Pattern FORM = Pattern.compile("\\d{8}-\\d{6}-[" + LETTERS + "]{4}");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunId() {}

  static String create(Instant now, RandomGenerator random) {
    var id = new StringBuilder(SECOND.format(now)).append('-');
    for (int i = 0; i < TAIL; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  static boolean is(String text) {
    return FORM.matcher(text).matches();
  }

  /** Whether {@code typed} may stand for {@code id}: its begin, or its last part. */
  static boolean fits(String id, String typed) {
    return !typed.isEmpty() && (id.startsWith(typed) || id.substring(16).equals(typed));
  }

  /** The second that the id tells; empty for one that no clock could have shown. */
  static Optional<Instant> time(String id) {
    try {
      return Optional.of(
          LocalDateTime.parse(id.substring(0, 15), SECOND).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
