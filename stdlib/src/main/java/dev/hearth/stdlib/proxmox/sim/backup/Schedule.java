package dev.hearth.stdlib.proxmox.sim.backup;

import dev.hearth.stdlib.proxmox.config.ValueFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a job runs: a calendar event such as {@code mon..fri 02:30}, {@code sat 1:00,13:00} or
 * {@code *:0/30}. Dates, which real ones may have too, are not simulated.
 */
public final class Schedule {
  /** A calendar event as a parameter. */
  public static final ValueFormat FORMAT =
      ValueFormat.of(
          "pve-calendar-event",
          value ->
              parse(value).isPresent()
                  ? Optional.empty()
                  : Optional.of("invalid calendar event '" + value + "'\n"));

  private static final int SEARCHED_MINUTES = 8 * 24 * 60;
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Map<String, String> WORDS =
      Map.of(
          "minutely", "*:*",
          "hourly", "*:00",
          "daily", "00:00",
          "weekly", "mon 00:00");
  private static final Pattern DAY =
      Pattern.compile("([a-z]{3})[a-z]*(?:(?:\\.\\.|-)([a-z]{3})[a-z]*)?");
  private static final Pattern NUMBER =
      Pattern.compile("(\\*|\\d{1,2})(?:\\.\\.(\\d{1,2}))?(?:/(\\d{1,2}))?");

  private final Set<DayOfWeek> days;
  private final Set<Integer> hours;
  private final Set<Integer> minutes;

  private Schedule(Set<DayOfWeek> days, Set<Integer> hours, Set<Integer> minutes) {
    this.days = days;
    this.hours = hours;
    this.minutes = minutes;
  }

  /** Reads a calendar event; empty when it is none. */
  public static Optional<Schedule> parse(String text) {
    var lower = text.strip().toLowerCase(Locale.ROOT);
    var words = new ArrayList<>(List.of(WORDS.getOrDefault(lower, lower).split("\\s+", -1)));
    var days = EnumSet.allOf(DayOfWeek.class);
    if (words.size() > 1 || Character.isLetter(words.getFirst().charAt(0))) {
      var named = days(words.removeFirst());
      if (named == null) {
        return Optional.empty();
      }
      days = named;
    }
    var time = words.isEmpty() ? "00:00" : words.removeFirst();
    if (!words.isEmpty()) {
      return Optional.empty();
    }
    var parts = time.contains(":") ? time.split(":", -1) : new String[] {"*", time};
    var hours = parts.length == 2 ? numbers(parts[0], 24) : null;
    var minutes = parts.length == 2 ? numbers(parts[1], 60) : null;
    return hours == null || minutes == null
        ? Optional.empty()
        : Optional.of(new Schedule(days, hours, minutes));
  }

  private static @Nullable EnumSet<DayOfWeek> days(String text) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var part : text.split(",", -1)) {
      var match = DAY.matcher(part);
      if (!match.matches()) {
        return null;
      }
      int first = DAYS.indexOf(match.group(1));
      int last = match.group(2) == null ? first : DAYS.indexOf(match.group(2));
      if (first < 0 || last < first) {
        return null;
      }
      for (int day = first; day <= last; day++) {
        days.add(DayOfWeek.of(day + 1));
      }
    }
    return days;
  }

  private static @Nullable Set<Integer> numbers(String text, int end) {
    var numbers = new TreeSet<Integer>();
    for (var part : text.split(",", -1)) {
      var match = NUMBER.matcher(part);
      if (!match.matches()) {
        return null;
      }
      boolean isAny = match.group(1).equals("*");
      int first = isAny ? 0 : Integer.parseInt(match.group(1));
      var to = match.group(2);
      var step = match.group(3);
      int last = to != null ? Integer.parseInt(to) : isAny || step != null ? end - 1 : first;
      if (first >= end || last >= end || "0".equals(step)) {
        return null;
      }
      for (int n = first; n <= last; n += step == null ? 1 : Integer.parseInt(step)) {
        numbers.add(n);
      }
    }
    return numbers;
  }

  /** The first time after a time, in seconds since 1970. */
  public long after(long now) {
    var time =
        LocalDateTime.ofInstant(Instant.ofEpochSecond(now), ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.MINUTES);
    for (int i = 0; i < SEARCHED_MINUTES; i++) {
      time = time.plusMinutes(1);
      if (days.contains(time.getDayOfWeek())
          && hours.contains(time.getHour())
          && minutes.contains(time.getMinute())) {
        break;
      }
    }
    return time.toEpochSecond(ZoneOffset.UTC);
  }
}
