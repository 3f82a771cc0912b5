package dev.hearth.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.JavaCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What libraries and lost threads say, in a process of their own. */
@DisabledOnOs(OS.WINDOWS)
class ProcessLogTest {
  private static final String SECRET = "Tr0ub4dor-and-3";

  private final Path home;

  ProcessLogTest(@TempDir Path home) {
    this.home = home;
  }

  /** All that it prints, on both streams. */
  private String printed(List<String> command, Map<String, String> more) throws Exception {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
    builder.environment().put("HEARTH_STATE_HOME", home.resolve("state").toString());
    builder.environment().put("HEARTH_CONFIG_HOME", home.resolve("config").toString());
    builder.environment().put("HEARTH_STANDBY", "off");
    builder.environment().putAll(more);
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private String talk(String level) throws Exception {
    return printed(
        JavaCommand.of(List.of(), List.of(TalkativeLibraries.class.getName(), SECRET)),
        Map.of("HEARTH_LOG_LEVEL", level));
  }

  @Test
  void libraries_print_nothing_and_their_warnings_are_in_the_log_without_secrets()
      throws Exception {
    assertThat(talk("info")).isEmpty();
    assertThat(Files.readString(LogLines.file(home))).doesNotContain(SECRET, "Tr0ub4dor");
    assertThat(LogLines.said(home))
        .containsExactly(
            "warn leaked ***",
            "error failed",
            "warn sent ***",
            "error the JDK ***",
            "error Hearth has a bug: it failed inside `thread background`.");
    var lines = LogLines.in(home);
    assertThat(lines)
        .extracting(line -> line.path("logger").asText())
        .containsExactly(
            "okhttp3.OkHttpClient",
            "okhttp3.OkHttpClient",
            "org.apache.sshd.client",
            "sun.net.www",
            "hearth");
    assertThat(lines.get(1).at("/error/exception").asText()).isEqualTo("java.io.IOException");
    assertThat(lines.get(2).at("/error/stack").asText())
        .startsWith("java.io.IOException: broke at ***\n\tat ")
        .contains("TalkativeLibraries.main");
    assertThat(lines.get(4).at("/error/stack").asText())
        .startsWith("java.lang.IllegalStateException: lost ***\n\tat ");
  }

  @Test
  void libraries_tell_one_level_less_than_hearth_and_never_what_they_send() throws Exception {
    assertThat(talk("error")).isEmpty();
    assertThat(LogLines.said(home)).hasSize(3).allMatch(line -> line.startsWith("error "));
    Files.delete(LogLines.file(home));
    assertThat(talk("debug")).isEmpty();
    assertThat(LogLines.said(home))
        .contains("info said for information")
        .doesNotContain("debug said to debug");
    Files.delete(LogLines.file(home));
    assertThat(talk("trace")).isEmpty();
    assertThat(LogLines.said(home))
        .contains("debug said to debug")
        .noneMatch(line -> line.contains("bytes of"));
  }

  @Test
  void a_lost_threads_bug_is_shown_where_no_log_can_be_written() throws Exception {
    Files.writeString(home.resolve("state"), "a file where the folder should be");
    assertThat(talk("info"))
        .startsWith("Hearth has a bug in its thread background.\njava.lang.IllegalStateException")
        .doesNotContain("leaked", "sent");
  }

  @Test
  void an_empty_run_writes_its_lines_without_the_libraries_for_logging() throws Exception {
    var recipe = Files.writeString(home.resolve("recipe.js"), "export default () => {};");
    var classes = home.resolve("classes");
    var options = List.of("-Xlog:class+load:file=" + classes + ":none");
    var command = JavaCommand.of(options, List.of("dev.hearth.cli.Main", "run", recipe.toString()));
    assertThat(printed(command, Map.of())).contains("✓ done");
    assertThat(LogLines.said(home))
        .containsExactly("info The run began.", "info The run ended: done.");
    assertThat(Files.readString(classes))
        .contains("dev.hearth.log.FileLog ")
        .doesNotContain("org.slf4j.", "logback");
  }
}
