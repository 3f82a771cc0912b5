package dev.hearth.runtime.settings;

import dev.hearth.runtime.effect.Limit;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be set: its key, its type, its default and what it may be.
 *
 * <p>To add one, add a constant and name it in {@link #all}; the code that obeys it asks {@link
 * Settings#get}.
 *
 * @param <T> the type of its values; of those that have a size a greater one allows more
 */
public final class Setting<T extends Comparable<T>> {
  public static final Setting<Long> OPERATIONS =
      count("limits.operations", 256, 10_000, "Operations of a run at the same time; more wait");
  public static final Setting<Long> WAITING_OPERATIONS =
      count("limits.waitingOperations", 100_000, 10_000_000, "Operations of a run that may wait");
  public static final Setting<Long> RESULT_BYTES =
      bytes("limits.resultBytes", "64MiB", "1GiB", "Size of what one operation may answer");
  public static final Setting<Long> STEP_RESULT_BYTES =
      bytes("limits.stepResultBytes", "1MiB", "16MiB", "Size of the recorded result of a step");
  public static final Setting<Long> JOURNAL_LOG_BYTES =
      bytes("limits.journalLogBytes", "64MiB", "16GiB", "Size of all recorded log lines of a run");
  public static final Setting<Long> MEMORY =
      bytes(
          "limits.memory",
          "1024GiB",
          "1024GiB",
          "Heap in use at which a run is ended; at most seven eighths of what Java may take");
  public static final Setting<Duration> GRACE =
      duration("timeouts.grace", "5s", "1h", "Time for `finally` blocks after a run was stopped");
  public static final Setting<Long> RUNS_KEEP =
      new Setting<>(
          "runs.keep",
          "How many of the latest runs that ended are kept in any case",
          "200",
          SettingType.COUNT,
          "1000000",
          Setter.USER);
  public static final Setting<Duration> RUNS_KEEP_FOR =
      new Setting<>(
          "runs.keepFor",
          "How long every run that ended is kept in any case",
          "30d",
          SettingType.DURATION,
          "36500d",
          Setter.USER);
  public static final Setting<LogLevel> LOG_LEVEL =
      ofUser(
          "log.level",
          "info",
          SettingType.LEVEL,
          "How much Hearth tells in its own log: error, warn, info, debug or trace");
  public static final Setting<Long> LOG_FILE_BYTES =
      new Setting<>(
          "log.fileBytes",
          "Size at which Hearth's own log begins anew",
          "4MiB",
          SettingType.BYTES,
          "1GiB",
          Setter.USER);
  public static final Setting<Long> LOG_KEEP =
      new Setting<>(
          "log.keep",
          "How many full files of Hearth's own log are kept",
          "5",
          SettingType.COUNT,
          "1000",
          Setter.USER);
  public static final Setting<String> SECRETS_IDENTITY =
      ofUser(
          "secrets.identity",
          "",
          SettingType.FILE,
          "Key that opens the secrets: an identity file of age or an SSH key");

  private final String key;
  private final String summary;
  private final String fallback;
  private final SettingType<T> type;
  private final @Nullable T most;
  private final Setter setter;

  /** Who may set it in a file. */
  private enum Setter {
    USER,
    /** The user; and a project, which may come from a stranger, lower than the user did. */
    PROJECT
  }

  private Setting(
      String key,
      String summary,
      String fallback,
      SettingType<T> type,
      @Nullable String most,
      Setter setter) {
    this.key = key;
    this.summary = summary;
    this.fallback = fallback;
    this.type = type;
    this.most = most == null ? null : type.parse(most);
    this.setter = setter;
  }

  /** One that only the user can set, as it has no size that a project could lower. */
  private static <T extends Comparable<T>> Setting<T> ofUser(
      String key, String fallback, SettingType<T> type, String summary) {
    return new Setting<>(key, summary, fallback, type, null, Setter.USER);
  }

  /** The limits that the gate keeps. */
  private static final Map<Limit, Setting<Long>> GATE_LIMITS =
      Arrays.stream(Limit.values())
          .collect(
              Collectors.toMap(l -> l, Setting::of, (a, b) -> a, () -> new EnumMap<>(Limit.class)));

  private static Setting<Long> of(Limit limit) {
    var size = Long.toString(limit.defaultValue());
    return switch (limit) {
      case CONNECTIONS_PER_HOST ->
          count(
              limit.setting(),
              limit.defaultValue(),
              10_000,
              "Open connections to one host; more wait");
      case PROCESSES ->
          count(
              limit.setting(),
              limit.defaultValue(),
              10_000,
              "Child processes at the same time; more wait");
      case FILE_READ_BYTES ->
          bytes(limit.setting(), size + "B", "1GiB", "Size of a file read at once");
      case PROCESS_OUTPUT_BYTES ->
          bytes(limit.setting(), size + "B", "1GiB", "Size of a child process's collected output");
    };
  }

  /** The setting of a limit that the gate keeps. */
  public static Setting<Long> ofLimit(Limit limit) {
    return Objects.requireNonNull(GATE_LIMITS.get(limit));
  }

  private static Setting<Long> count(String key, long fallback, long most, String summary) {
    return new Setting<>(
        key,
        summary,
        Long.toString(fallback),
        SettingType.COUNT,
        Long.toString(most),
        Setter.PROJECT);
  }

  private static Setting<Long> bytes(String key, String fallback, String most, String summary) {
    return new Setting<>(key, summary, fallback, SettingType.BYTES, most, Setter.PROJECT);
  }

  private static Setting<Duration> duration(
      String key, String fallback, String most, String summary) {
    return new Setting<>(key, summary, fallback, SettingType.DURATION, most, Setter.PROJECT);
  }

  /** All settings there are, in the order in which they are listed. */
  public static List<Setting<?>> all() {
    var own =
        Stream.of(
            OPERATIONS,
            WAITING_OPERATIONS,
            RESULT_BYTES,
            STEP_RESULT_BYTES,
            JOURNAL_LOG_BYTES,
            MEMORY);
    var others =
        Stream.of(
            GRACE, RUNS_KEEP, RUNS_KEEP_FOR, LOG_LEVEL, LOG_FILE_BYTES, LOG_KEEP, SECRETS_IDENTITY);
    return Stream.of(own, GATE_LIMITS.values().stream(), others)
        .<Setting<?>>flatMap(settings -> settings)
        .toList();
  }

  /** Its name in files and on the command line, such as {@code limits.stepResultBytes}. */
  public String key() {
    return key;
  }

  /** Its variable, such as {@code HEARTH_LIMITS_STEP_RESULT_BYTES}. */
  public String variable() {
    return "HEARTH_"
        + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether a project's file may lower it. */
  boolean projectMayLower() {
    return setter == Setter.PROJECT;
  }

  /** What it is for, in one line. */
  public String summary() {
    return summary;
  }

  /** Its value when nobody set it. */
  public T fallback() {
    return type.parse(fallback);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException with the second half of a sentence for the user: what it must
   *     be
   */
  T parse(String text) {
    T value;
    try {
      value = type.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it must be " + type.form(), e);
    }
    var least = type.least();
    if (least != null
        && most != null
        && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
      throw new IllegalArgumentException(
          "it must be from " + type.format(least) + " to " + type.format(most));
    }
    return value;
  }

  /** A value as one would write it. */
  String format(T value) {
    return type.format(value);
  }

  @Override
  public String toString() {
    return key;
  }
}
