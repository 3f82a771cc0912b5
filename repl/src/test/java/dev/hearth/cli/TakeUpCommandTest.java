package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.run.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code hearth resume} and {@code hearth undo}, as they are typed after a run stopped half-way.
 */
class TakeUpCommandTest {
  private final TypedCommand hearth = new TypedCommand();
  private final Path home;
  private final Path recipe;

  TakeUpCommandTest(@TempDir Path temp) {
    home = temp;
    recipe = temp.resolve("trip.js");
    hearth.at(temp.resolve("home"));
  }

  /** Fails in its second step until {@link #trainRuns}. */
  private String stoppedRun() throws Exception {
    Files.writeString(
        recipe,
        """
        import { fs } from 'hearth:fs';
        export const recipe = { permissions: { read: ['train'] } };
        export default async ({ step }) => {
          const ticket = await step('buy', () => 'T1', { undo: (it) => console.log(`gave ${it} back`) });
          await step('travel', async () => {
            if (!(await fs.exists('%s'))) throw new Error('no train');
          });
          return { ticket };
        };
        """
            .formatted(recipe.resolveSibling("train")));
    var allowed = "--allow-read=" + recipe.resolveSibling("train");
    assertThat(hearth.type("run", recipe.toString(), allowed)).isEqualTo(11);
    return store().list(1).getFirst().run();
  }

  private RunStore store() {
    return new RunStore(home.resolve("home/state"), Clock.system());
  }

  private void trainRuns() throws Exception {
    Files.createFile(recipe.resolveSibling("train"));
  }

  private String err() {
    return hearth.err().replaceAll(" [\\d.]+m?s\n", " 9ms\n").replace(recipe.toString(), "trip.js");
  }

  @Test
  void a_run_that_stopped_names_both_ways_on() throws Exception {
    var run = stoppedRun();
    assertThat(err())
        .endsWith(
            """
            ✗ stopped after 1 finished step in 9ms
              next: hearth resume %s, or hearth undo %1$s
            """
                .formatted(run));
    hearth.type("runs", "show", run);
    assertThat(hearth.out())
        .endsWith("\nnext: hearth resume %s, or hearth undo %1$s\n".formatted(run));
    hearth.type("runs", "list");
    assertThat(hearth.err())
        .isEqualTo(
            "Go on with one that stopped or crashed by `hearth resume RUN`, or take it back by `hearth"
                + " undo RUN`.\n");
  }

  @Test
  void resume_goes_on_by_the_last_four_characters_and_prints_the_value() throws Exception {
    var run = stoppedRun();
    trainRuns();
    assertThat(hearth.type("resume", run.substring(run.length() - 4))).isZero();
    assertThat(err())
        .isEqualTo(
            """
            ▸ trip.js  run %s
              going on where it stopped
              ↷ buy  done before
              … travel
              ✓ travel  9ms
            ✓ done in 9ms
            """
                .formatted(run));
    assertThat(hearth.out()).isEqualTo("ticket  T1\n");
  }

  @Test
  void undo_takes_back_and_says_so_and_a_second_one_has_nothing_to_do() throws Exception {
    var run = stoppedRun();
    assertThat(hearth.type("undo", run)).isZero();
    assertThat(err())
        .isEqualTo(
            """
            ▸ trip.js  run %s
              undoing what it did
              ↶ undoing: buy
              ↶ undone: buy
            ✓ 1 step undone in 9ms
            """
                .formatted(run));
    assertThat(hearth.out()).isEqualTo("gave T1 back\n");

    assertThat(hearth.type("undo", run)).isEqualTo(2);
    assertThat(hearth.err()).startsWith("error: Run " + run + " is undone already.");
    hearth.type("runs", "list");
    assertThat(hearth.out()).contains("  undone  ");
  }

  @Test
  void a_step_whose_end_nobody_knows_is_asked_about_before_anything_runs() throws Exception {
    var run = stoppedRun();
    var journal = Path.of(store().show(run).journal());
    var lines = Files.readAllLines(journal);
    // As SIGKILL leaves it: without the end of the last step, and torn.
    Files.writeString(journal, String.join("\n", lines.subList(0, lines.size() - 2)) + "\n{\"v\"");
    replaceProcess(journal);

    assertThat(hearth.type("resume", run)).isEqualTo(11);
    assertThat(hearth.err().replaceAll("\\s+", " "))
        .isEqualTo(
            ("error: Nobody knows whether these steps did their work: `travel`. run.step-open hint:"
                    + " Look at what they change, then type `hearth resume %s --redo travel` to do it"
                    + " again, or `--skip travel` if it is done; or take all back with `hearth undo"
                    + " %1$s`. ")
                .formatted(run));
    assertThat(hearth.type("resume", run, "--skip", "travl")).isEqualTo(2);
    assertThat(hearth.err()).contains("hint: Did you mean `--skip travel`?");
    assertThat(hearth.type("resume", run, "--skip", "travel")).isZero();
    assertThat(hearth.out()).isEqualTo("ticket  T1\n");
  }

  private static void replaceProcess(Path journal) throws Exception {
    var gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(
        journal,
        Files.readString(journal)
            .replace("\"pid\":" + ProcessHandle.current().pid(), "\"pid\":" + gone.pid()));
  }

  @Test
  void json_lines_tell_all_of_it() throws Exception {
    var run = stoppedRun();
    trainRuns();
    assertThat(hearth.type("resume", run, "--json")).isZero();
    assertThat(hearth.out().lines())
        .allMatch(line -> line.contains("\"run\":\"" + run + "\"") && line.contains("\"time\":"))
        .extracting(line -> line.replaceAll(".*\"type\":\"([^\"]*)\".*", "$1"))
        .isEqualTo(
            List.of(
                "started",
                "taken-up",
                "step-passed",
                "step-started",
                "audited",
                "step-finished",
                "finished"));
  }

  @Test
  void a_step_that_is_not_open_is_neither_redone_nor_skipped() throws Exception {
    var run = stoppedRun();
    assertThat(hearth.type("resume", run, "--redo", "buy")).isEqualTo(2);
    assertThat(hearth.err())
        .isEqualTo(
            """
            error: `--redo` names the step `buy`, which is not open in run %s.  run.step-not-open
              hint: See the steps of the run with `hearth runs show %1$s`.
            """
                .formatted(run));
  }
}
