package dev.hearth.runtime.settings;

import dev.hearth.runtime.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What values of a setting look like.
 *
 * @param form for messages: {@code a whole number, such as 256}
 * @param least the smallest value that makes sense; {@code null} for what has no size
 */
record SettingType<T extends Comparable<T>>(
    String form, @Nullable T least, Function<String, T> reader, Function<T, String> writer) {
  static final SettingType<Long> COUNT =
      new SettingType<>("a whole number, such as 256", 1L, Long::parseLong, String::valueOf);
  static final SettingType<Long> BYTES =
      new SettingType<>(
          "a size with its unit, such as 512KiB, 64MiB or 1GiB",
          1L << 10,
          SettingType::parseBytes,
          SettingType::formatBytes);
  static final SettingType<Duration> DURATION =
      new SettingType<>(
          "a time with its unit, such as 500ms, 30s, 5m, 2h or 30d",
          Duration.ofMillis(1),
          DurationText::parse,
          SettingType::formatDuration);

  /** As it was written; {@link Places#resolve} finds the file. */
  static final SettingType<String> FILE =
      new SettingType<>(
          "the path of a file that begins with `/` or `~/`", null, SettingType::parseFile, f -> f);

  static final SettingType<LogLevel> LEVEL =
      new SettingType<>(
          "one of error, warn, info, debug and trace", null, LogLevel::parse, LogLevel::text);

  /** As many digits as a long has room for in GiB. */
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

  private static String parseFile(String text) {
    var isPath = text.isEmpty() || text.startsWith("/") || text.startsWith("~/");
    if (!isPath || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  T parse(String text) {
    return reader.apply(text);
  }

  String format(T value) {
    return writer.apply(value);
  }

  private static String formatDuration(Duration time) {
    var days = time.toDays();
    return days > 0 && time.equals(Duration.ofDays(days)) ? days + "d" : DurationText.format(time);
  }

  private static long parseBytes(String text) {
    var size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException(text);
    }
    return Long.parseLong(size.group(1)) * (1L << (10 * UNITS.indexOf(size.group(2))));
  }

  private static String formatBytes(long bytes) {
    var unit = 0;
    var rest = bytes;
    while (rest % 1024 == 0 && rest > 0 && unit < UNITS.size() - 1) {
      rest /= 1024;
      unit++;
    }
    return rest + UNITS.get(unit);
  }
}
