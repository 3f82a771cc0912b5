package dev.hearth.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.HearthLog;
import dev.hearth.runtime.secret.Redaction;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.settings.LogLevel;
import dev.hearth.runtime.settings.Places;
import dev.hearth.runtime.settings.Setting;
import dev.hearth.runtime.settings.Settings;
import dev.hearth.runtime.storage.JsonText;
import dev.hearth.runtime.storage.PrivateFolder;
import dev.hearth.runtime.storage.RollingLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hearth's own log: lines of JSON in {@code log/hearth.log} of the state folder.
 *
 * <p>A log must not be what stops a run. What cannot be written, as the disk is full or the folder
 * belongs to somebody else, is left out, and nothing is said about it: the run tells that itself,
 * whose journal stands beside. Settings that are wrong count as their defaults, as the command
 * tells them. Safe for several threads.
 */
public final class FileLog implements HearthLog {
  /** More than that of one text is cut off; a deep recursion's stack is some 100,000 letters. */
  private static final int LONGEST = 256 << 10;

  private final Environment environment;

  /** Of the command whose log this is, and gone with it: a standby process does many. */
  private final Redaction secrets;

  private volatile @Nullable Target target;
  private volatile @Nullable String run;

  /** Where lines go, and which; empty where there is no place for a log. */
  private record Target(Optional<RollingLines> lines, LogLevel level) {}

  /**
   * The log of a user. Nothing is read or made before the first line.
   *
   * @param environment says where, and how much
   */
  public FileLog(Environment environment) {
    this(environment, new Redaction());
  }

  private FileLog(Environment environment, Redaction secrets) {
    this.environment = environment;
    this.secrets = secrets;
  }

  /** The log of the same command, as another environment says where and how much. */
  public FileLog in(Environment other) {
    return new FileLog(other, secrets);
  }

  /** From now on lines are about this run; {@code null}: about none. */
  void about(@Nullable String id) {
    run = id;
  }

  /** Whether lines of this level are written. */
  boolean writes(LogLevel level) {
    return level.compareTo(level()) <= 0;
  }

  /** The setting {@code log.level}. */
  LogLevel level() {
    return target().level();
  }

  private Target target() {
    var known = target;
    if (known == null) {
      known = open();
      target = known;
    }
    return known;
  }

  private Target open() {
    try {
      var places = Places.of(environment);
      var settings = settings(places);
      var lines =
          new RollingLines(
              new PrivateFolder(places.state()).in("log"),
              "hearth.log",
              settings.get(Setting.LOG_FILE_BYTES),
              Math.toIntExact(settings.get(Setting.LOG_KEEP)));
      return new Target(Optional.of(lines), settings.get(Setting.LOG_LEVEL));
    } catch (HearthException e) { // there is no place for any file, as every command tells
      return new Target(Optional.empty(), LogLevel.ERROR);
    }
  }

  private Settings settings(Places places) {
    try {
      return Settings.ofUser(Map.of(), environment, places.config());
    } catch (HearthException e) { // the command tells it
      return Settings.defaults();
    }
  }

  @Override
  public void secretKnown(Secret secret) {
    secrets.add(secret);
  }

  @Override
  public Optional<String> failed(String where, Throwable bug) {
    var line =
        LogLine.of(LogLevel.ERROR, "hearth", "Hearth has a bug: it failed inside `" + where + "`.");
    try {
      return write(line.thrown(bug)).map(Path::toString);
    } catch (RuntimeException | OutOfMemoryError e) {
      return Optional.empty(); // it may be just the bug that is to be told, which is shown then
    }
  }

  /**
   * A command did not do what it was to do.
   *
   * @param command its words, without arguments: those may hold secrets
   */
  public void refused(String command, HearthException failure) {
    if (failure.kind() == ErrorKind.BUG) {
      return; // whatever failed has told it
    }
    var line =
        LogLine.of(LogLevel.WARN, "hearth", "`hearth " + command + "` failed.")
            .error(ErrorReport.of(failure));
    if (failure.getCause() != null && writes(LogLevel.DEBUG)) {
      line.stack(failure);
    }
    var _ = write(line);
  }

  /** Something went wrong that nobody waits for. */
  public void warn(String message, Throwable cause) {
    var line = LogLine.of(LogLevel.WARN, "hearth", message);
    var _ =
        write(
            cause instanceof HearthException e
                ? line.error(ErrorReport.of(e))
                : line.thrown(cause));
  }

  /** Something happened that is as it should be. */
  public void info(String message) {
    var _ = write(LogLine.of(LogLevel.INFO, "hearth", message));
  }

  /**
   * Writes a line.
   *
   * @return the file in which it stands now; empty when it is not written
   */
  Optional<Path> write(LogLine line) {
    var to = target();
    if (to.lines().isEmpty() || line.level().compareTo(to.level()) > 0) {
      return Optional.empty();
    }
    try {
      to.lines().get().append(bytes(line));
      return to.lines().map(RollingLines::path);
    } catch (IOException | HearthException e) {
      return Optional.empty(); // see above: nobody is told
    }
  }

  private byte[] bytes(LogLine line) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", Clock.system().now().toString())
            .put("level", line.level().text())
            .put("process", ProcessHandle.current().pid())
            .put("logger", secrets.mask(line.logger()));
    if (run != null) {
      json.put("run", run);
    }
    if (cut(secrets.mask(line.said())) instanceof ObjectNode said) {
      json.setAll(said);
    }
    return (JsonText.escaped(JsonText.of(json), FileLog::isSteering) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** After masking, so that no half of a secret is left over. */
  private static JsonNode cut(JsonNode node) {
    switch (node) {
      case ObjectNode object -> object.properties().forEach(it -> it.setValue(cut(it.getValue())));
      case TextNode text when text.textValue().length() > LONGEST -> {
        var whole = text.textValue();
        return TextNode.valueOf(
            whole.substring(0, LONGEST) + "… (" + (whole.length() - LONGEST) + " more)");
      }
      default -> {}
    }
    return node;
  }

  /** JSON escapes only the oldest of the controls that move a terminal's cursor. */
  private static boolean isSteering(int c) {
    return c >= 0x7f && SafeText.isHidden(c);
  }
}
