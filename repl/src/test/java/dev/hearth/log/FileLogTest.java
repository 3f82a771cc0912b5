package dev.hearth.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.settings.LogLevel;
import dev.hearth.runtime.settings.SettingsError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a line of the log looks like, and what becomes of one that nobody can write. */
@DisabledOnOs(OS.WINDOWS)
class FileLogTest {
  private static final String SECRET = "Tr0ub4dor-and-3\nsecond \"line\"";

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final FileLog log;

  FileLogTest(@TempDir Path home) {
    this.home = home;
    for (var place : List.of("CONFIG", "STATE")) {
      environment.put(
          "HEARTH_" + place + "_HOME", home.resolve(place.toLowerCase(Locale.ROOT)).toString());
    }
    this.log = new FileLog(name -> Optional.ofNullable(environment.get(name)));
  }

  private static LogLine line(LogLevel level, String message) {
    return LogLine.of(level, "somebody", message);
  }

  @Test
  void nothing_is_made_before_the_first_line_and_then_only_for_the_user() throws Exception {
    assertThat(log.writes(LogLevel.INFO)).isTrue();
    assertThat(home.resolve("state")).doesNotExist();
    assertThat(log.write(line(LogLevel.INFO, "it began"))).contains(LogLines.file(home));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(LogLines.file(home))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("state/log"))))
        .isEqualTo("rwx------");
    var read = LogLines.in(home).getFirst();
    assertThat(read.fieldNames())
        .toIterable()
        .containsExactly("time", "level", "process", "logger", "message");
    assertThat(Instant.parse(read.path("time").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(read.path("process").asLong()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void a_level_tells_all_that_is_worse_and_nothing_else() throws Exception {
    environment.put("HEARTH_LOG_LEVEL", "warn");
    for (var level : LogLevel.values()) {
      assertThat(log.writes(level)).isEqualTo(level.compareTo(LogLevel.WARN) <= 0);
      var _ = log.write(line(level, "said"));
    }
    assertThat(LogLines.said(home)).containsExactly("error said", "warn said");
  }

  @Test
  void a_secret_is_masked_wherever_it_stands_in_a_line() throws Exception {
    log.secretKnown(Secret.of(SECRET));
    log.about("20261126-020000-k3f9");
    var _ =
        log.write(
            new LogLine(
                    LogLevel.ERROR,
                    "logger of " + SECRET,
                    line(LogLevel.ERROR, "sent " + SECRET).said())
                .with("name " + SECRET, "it is " + SECRET)
                .thrown(new IOException("first " + SECRET, new IOException("then " + SECRET))));
    log.refused("run", new HearthException(SettingsError.UNKNOWN, SECRET, "x").with("it", SECRET));
    var text = Files.readString(LogLines.file(home));
    assertThat(text).doesNotContain("Tr0ub4dor", "second", "secon", "line\\\\\"");
    var read = LogLines.in(home).getFirst();
    assertThat(read.path("message").asText()).isEqualTo("sent ***");
    assertThat(read.path("logger").asText()).isEqualTo("logger of ***");
    assertThat(read.path("run").asText()).isEqualTo("20261126-020000-k3f9");
    assertThat(read.at("/fields/name ***").asText()).isEqualTo("it is ***");
    assertThat(read.at("/error/exception").asText()).isEqualTo("java.io.IOException");
    assertThat(read.at("/error/stack").asText())
        .startsWith("java.io.IOException: first ***\n\tat dev.hearth.log.FileLogTest.")
        .contains("\nCaused by: java.io.IOException: then ***\n");
  }

  @Test
  void nothing_in_a_line_steers_a_terminal_or_ends_it() throws Exception {
    var hostile = "\u001b[2J\u009b31m\u202edrow\r\nsecond\u2028\u0000\u007f\ud800 ü 漢 😀";
    var _ = log.write(line(LogLevel.WARN, hostile));
    var text = Files.readString(LogLines.file(home));
    assertThat(text.lines()).hasSize(1);
    assertThat(text.strip().codePoints())
        .allMatch(c -> c >= ' ' && (c < 0x7f || Character.isLetter(c) || c == 0x1f600));
    assertThat(text).contains("ü 漢 😀");
    assertThat(LogLines.in(home).getFirst().path("message").asText()).isEqualTo(hostile);
  }

  @Test
  void a_text_without_end_is_cut_off_and_says_so() throws Exception {
    log.secretKnown(Secret.of("hunter2hunter2"));
    var _ = log.write(line(LogLevel.WARN, "x".repeat((256 << 10) - 7) + "hunter2hunter2 and more"));
    var message = LogLines.in(home).getFirst().path("message").asText();
    assertThat(message.substring(message.length() - 20)).isEqualTo("xxx*** and… (5 more)");
  }

  @Test
  void secrets_are_those_of_one_command_and_of_its_logs_in_other_environments() throws Exception {
    log.secretKnown(Secret.of("hunter2hunter2"));
    var sameCommand = log.in(name -> Optional.ofNullable(environment.get(name)));
    sameCommand.info("hunter2hunter2");
    new FileLog(name -> Optional.ofNullable(environment.get(name))).info("hunter2hunter2");
    assertThat(LogLines.said(home)).containsExactly("info ***", "info hunter2hunter2");
  }

  @Test
  void settings_that_are_wrong_leave_the_log_at_its_defaults() throws Exception {
    environment.put("HEARTH_LOG_LEVEL", "loud");
    log.info("it began");
    assertThat(LogLines.said(home)).containsExactly("info it began");
  }

  @Test
  void what_cannot_be_written_is_left_out_without_a_word() throws Exception {
    var state = home.resolve("state");
    var obstacles = new ArrayList<String>();
    Files.writeString(state, "a file where the folder should be");
    obstacles.add(String.valueOf(log.write(line(LogLevel.ERROR, "lost"))));
    Files.delete(state);
    Files.createDirectories(state.resolve("log"));
    Files.setPosixFilePermissions(
        state.resolve("log"), PosixFilePermissions.fromString("rwxrwxrwx"));
    obstacles.add(String.valueOf(log.write(line(LogLevel.ERROR, "open to others"))));
    Files.setPosixFilePermissions(
        state.resolve("log"), PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(LogLines.file(home), home.resolve("elsewhere"));
    obstacles.add(String.valueOf(log.write(line(LogLevel.ERROR, "through a link"))));
    assertThat(obstacles).containsOnly("Optional.empty");
    assertThat(home.resolve("elsewhere")).doesNotExist();
    assertThat(log.failed("here", new IllegalStateException("a bug"))).isEmpty();
    Files.delete(LogLines.file(home));
    log.info("there it is again");
    assertThat(LogLines.said(home)).containsExactly("info there it is again");
  }

  @Test
  void without_a_place_for_files_there_is_no_log_and_no_failure() {
    environment.put("HEARTH_STATE_HOME", "relative");
    assertThat(log.failed("here", new IllegalStateException("a bug"))).isEmpty();
    assertThat(log.writes(LogLevel.INFO)).isFalse();
  }

  @Test
  void a_bug_in_what_the_log_asks_is_not_a_second_one() {
    var broken =
        new FileLog(
            _ -> {
              throw new IllegalStateException("no environment");
            });
    assertThat(broken.failed("here", new IllegalStateException("a bug"))).isEmpty();
  }
}
