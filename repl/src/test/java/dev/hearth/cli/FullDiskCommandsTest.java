package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands where no file can grow by a byte, which is to a program what a full disk is: they say
 * so, and what was there before is there afterwards.
 */
@DisabledOnOs(OS.WINDOWS)
class FullDiskCommandsTest {
  private final Path temp;

  FullDiskCommandsTest(@TempDir Path temp) {
    this.temp = temp;
  }

  private Path home(String name) {
    return temp.resolve("home").resolve(name);
  }

  private record Outcome(int status, String out, String err) {}

  private Outcome type(String input, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 0; exec \"$@\"", "bash"));
    command.addAll(JavaCommand.hearth(List.of("-XX:-UsePerfData"), List.of(words)));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
    for (var place : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
      builder
          .environment()
          .put("HEARTH_" + place + "_HOME", home(place.toLowerCase(Locale.ROOT)).toString());
    }
    builder.environment().put("HEARTH_STANDBY", "off");
    var process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, err.replace(temp.toString(), "TEMP"));
  }

  private List<String> files(String place) throws IOException {
    try (var all = Files.list(home(place))) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".lock"))
          .toList();
    }
  }

  @Test
  void settings_stay_as_they_are() throws Exception {
    var settings = Files.createDirectories(home("config")).resolve("settings.json");
    var before = "{ \"limits\": { \"operations\": 64 } }";
    Files.writeString(settings, before);
    var outcome = type("", "config", "set", "limits.operations", "5");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: TEMP/home/config/settings.json cannot be written.  storage.not-written
              hint: Check the free space of its disk and that you may write there.
            """);
    assertThat(settings).hasContent(before);
    assertThat(files("config")).containsExactly("settings.json");
  }

  @Test
  void a_secret_that_cannot_be_kept_is_not_said_to_be() throws Exception {
    var outcome = type("geheim", "secrets", "set", "backup/token", "--stdin");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("cannot be written.", "storage.not-written")
        .doesNotContain("geheim", "\tat ");
    assertThat(files("config")).isEmpty();
  }

  @Test
  void a_run_that_cannot_be_recorded_does_not_begin_and_leaves_nothing() throws Exception {
    var recipe =
        Files.writeString(
            temp.resolve("recipe.js"),
            "export const recipe = { lock: 'x' }; export default () => console.log('it ran');");
    var outcome = type("", "run", recipe.toString());
    assertThat(outcome.err()).contains("cannot be written.").doesNotContain("\tat ", "java.");
    assertThat(outcome.status()).isIn(2, 4); // the lock or the journal, which comes first
    assertThat(outcome.out()).isEmpty();

    Files.writeString(recipe, "export default () => console.log('it ran');");
    var unlocked = type("", "run", recipe.toString());
    assertThat(unlocked.status()).isEqualTo(4);
    assertThat(unlocked.err())
        .contains("run.journal-not-written", "hint: Check the free space of its disk")
        .doesNotContain("\tat ", "java.");
    assertThat(unlocked.out()).isEmpty();
    assertThat(files("state")).doesNotContain("locks.json");
    try (var runs = Files.list(home("state").resolve("runs"))) {
      assertThat(runs).noneMatch(Files::isDirectory);
    }
  }
}
