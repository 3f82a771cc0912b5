package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.terminal.PseudoTerminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails before somebody who sits at a terminal, and the same where nobody does. */
class AskedOnTerminalTest {
  private static final String QUESTION =
      "[S]top, to resume it later, [u]ndo `buy`, [r]etry `travel`? ";

  private final Path temp;
  private final Path recipe;
  private final Map<String, String> environment;

  AskedOnTerminalTest(@TempDir Path temp) throws Exception {
    this.temp = temp;
    recipe =
        Files.writeString(
            temp.resolve("trip.js"),
            """
            import { fs } from 'hearth:fs';
            export const recipe = { permissions: { read: ['%s'] } };
            export default async ({ step }) => {
              const ticket = await step('buy', () => 'T1', { undo: (it) => console.log(`gave ${it} back`) });
              await step('travel', async () => {
                if (!(await fs.exists('%s'))) throw new Error('no train');
              });
              return ticket;
            };
            """
                .formatted(temp.resolve("train"), temp.resolve("train")));
    environment =
        Map.of(
            "LC_ALL", "C.UTF-8",
            "HEARTH_STANDBY", "off",
            "HEARTH_CONFIG_HOME", temp.resolve("config").toString(),
            "HEARTH_STATE_HOME", temp.resolve("state").toString(),
            "HEARTH_CACHE_HOME", temp.resolve("cache").toString());
  }

  private PseudoTerminal run(String... flags) throws Exception {
    var words = new ArrayList<>(List.of("run", recipe.toString(), "--yes", "--on-error=ask"));
    words.addAll(List.of(flags));
    var builder = new ProcessBuilder(JavaCommand.hearth(List.of(), words));
    builder.environment().putAll(environment);
    return new PseudoTerminal(builder);
  }

  @Test
  void a_retry_goes_on_where_it_failed() throws Exception {
    try (var terminal = run()) {
      terminal.see(QUESTION);
      Files.createFile(temp.resolve("train"));
      assertThat(terminal.type("r\r").status()).isZero();
      assertThat(terminal.shown())
          .containsSubsequence(
              "✓ buy",
              "✗ travel",
              "error: no train",
              QUESTION,
              "going on where it stopped",
              "↷ buy  done before",
              "✓ travel",
              "✓ done in",
              "T1");
    }
  }

  @Test
  void undo_takes_back_and_the_failure_is_told_once() throws Exception {
    try (var terminal = run()) {
      assertThat(terminal.see(QUESTION).type("x\r").see(QUESTION).type("u\r").status())
          .isEqualTo(1);
      assertThat(terminal.shown())
          .containsOnlyOnce("error: no train")
          .contains(
              "Please answer with one of the letters.", "gave T1 back", "✗ failed, 1 step undone");
    }
  }

  @Test
  void the_return_key_stops_and_says_how_to_go_on() throws Exception {
    try (var terminal = run()) {
      assertThat(terminal.see(QUESTION).type("\r").status()).isEqualTo(11);
      assertThat(terminal.shown())
          .contains("✗ stopped after 1 finished step", "next: hearth resume");
    }
  }

  @Test
  void ctrl_c_at_the_question_stops() throws Exception {
    try (var terminal = run()) {
      assertThat(terminal.see(QUESTION).type("\u0003").status()).isEqualTo(11);
      assertThat(terminal.shown()).contains("✗ stopped after 1 finished step");
    }
  }

  @Test
  void json_lines_tell_that_somebody_was_asked() throws Exception {
    try (var terminal = run("--json")) {
      assertThat(terminal.see(QUESTION).type("u\r").status()).isEqualTo(1);
      assertThat(terminal.shown())
          .containsSubsequence(
              "\"type\":\"asking\"", QUESTION, "\"type\":\"undoing\"", "\"type\":\"finished\"");
    }
  }

  @Test
  void where_nobody_can_be_asked_the_flag_is_refused_before_anything_runs() {
    var hearth = new TypedCommand().at(temp.resolve("home"));
    assertThat(hearth.type("run", recipe.toString(), "--yes", "--on-error=ask")).isEqualTo(2);
    assertThat(hearth.err())
        .isEqualTo(
            """
            error: `--on-error=ask` asks after a failure, and nobody can be asked here.  cli.cannot-ask
              hint: Use `--on-error=stop` or `--on-error=undo`.
            """);
    assertThat(temp.resolve("home/state/runs")).doesNotExist();
  }

  @Test
  void where_nobody_can_be_asked_a_recipe_that_wants_it_stops() throws Exception {
    Files.writeString(recipe, Files.readString(recipe).replace("{ perm", "{ onError: 'ask', perm"));
    var hearth = new TypedCommand().at(temp.resolve("home"));
    assertThat(hearth.type("run", recipe.toString(), "--yes")).isEqualTo(11);
    assertThat(hearth.err())
        .containsOnlyOnce("error: no train")
        .contains("warning: hearth: Nobody can be asked what becomes of this run, so it stops.\n");
  }
}
