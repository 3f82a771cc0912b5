package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.settings.Places;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks that recipes declare, between runs of one process and of several. */
class RunLocksTest {
  private static final String RECIPE =
      """
      export const recipe = {
        params: { vmid: { type: 'integer', default: 100 }, wait: { type: 'boolean', default: false } },
        lock: 'vm/{vmid}',
      };
      export default async ({ params }) => {
        if (params.wait) await new Promise((resolve) => setTimeout(resolve, 3_600_000));
      };
      """;

  private final Path state;
  private final Path recipe;
  private final Hearth hearth;
  private final List<String> warnings = new ArrayList<>();

  RunLocksTest(@TempDir Path temp) throws Exception {
    state = Places.in(temp.resolve("home")).state();
    recipe = Files.writeString(temp.resolve("recipe.js"), RECIPE);
    hearth =
        Hearth.builder()
            .home(temp.resolve("home"))
            .bindings(List.of())
            .environment(name -> Optional.empty())
            .build();
  }

  private RunResult run(long vmid) throws Exception {
    return hearth.run(
        RunRequest.of(recipe).param("vmid", vmid),
        event -> {
          if (event instanceof RunEvent.Logged line) {
            warnings.add(line.level() + " " + line.message());
          }
        });
  }

  @Test
  void a_run_that_cannot_begin_holds_nothing_and_leaves_no_journal() throws Exception {
    var library = Files.createDirectory(recipe.resolveSibling("lib"));
    Files.writeString(library.resolve("x.js"), "export const x = 1;");
    Files.writeString(library.resolve("package.json"), "{ \"hearth\": ");
    var importing =
        Files.writeString(recipe.resolveSibling("importing.js"), "import './lib/x.js';\n" + RECIPE);
    assertThatThrownBy(() -> hearth.run(RunRequest.of(importing)))
        .isInstanceOf(HearthException.class);
    assertThat(hearth.surroundings().runs().list(10)).isEmpty();
    Files.writeString(library.resolve("package.json"), "{}");
    assertThat(hearth.run(RunRequest.of(importing)).exitStatus()).isZero();
    assertThat(warnings).isEmpty();
  }

  private Process holder(String lock) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LockUntilKilled.class.getName(),
                state.toString(),
                lock,
                "20261123-035401-k7p2")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("held");
    return process;
  }

  @Test
  void a_run_of_another_process_keeps_others_out_until_it_is_killed_and_that_is_told()
      throws Exception {
    var process = holder("vm/100");
    try {
      assertThatThrownBy(() -> run(100))
          .isInstanceOfSatisfying(
              HearthException.class,
              e -> {
                assertThat(e.sentence())
                    .isEqualTo(
                        "`vm/100` is held by run 20261123-035401-k7p2, which is still running in"
                            + " process %s.",
                        process.pid());
                assertThat(e.hint())
                    .isEqualTo(
                        "Wait for its end: `hearth runs logs 20261123-035401-k7p2 --follow` ends with"
                            + " it.");
              });
      assertThat(run(101).succeeded()).isTrue();
      assertThat(hearth.surroundings().runs().list(9)).hasSize(1); // the refused one left no trace
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(warnings).isEmpty();
    assertThat(run(100).succeeded()).isTrue();
    assertThat(warnings)
        .containsExactly(
            "WARN `vm/100` was held by run 20261123-035401-k7p2, whose process is gone: see what it"
                + " left with `hearth runs show 20261123-035401-k7p2`.");
  }

  @Test
  void an_id_that_was_given_to_another_process_holds_nothing() throws Exception {
    var locks = new RunLocks(state, Clock.system());
    locks.take("vm/100").by("20261123-035401-k7p2");
    var file = state.resolve("locks.json");
    var other = 1; // began long ago; a parent may have begun in the same tick of the clock
    Files.writeString(
        file,
        Files.readString(file)
            .replace("\"pid\" : " + ProcessHandle.current().pid(), "\"pid\" : " + other));
    assertThat(run(100).succeeded()).isTrue();
  }

  @Test
  void two_runs_of_one_process_exclude_each_other_and_the_end_of_one_frees_the_name()
      throws Exception {
    var began = new CompletableFuture<String>();
    var first =
        hearth.start(
            RunRequest.of(recipe).param("wait", true),
            event -> {
              if (event instanceof RunEvent.Started started) {
                began.complete(started.run());
              }
            });
    var id = began.get();
    assertThatThrownBy(() -> run(100)).hasMessageStartingWith("`vm/100` is held by run " + id);
    first.stop();
    assertThat(first.await().exitStatus()).isEqualTo(130);
    assertThat(run(100).succeeded()).isTrue();
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_simulated_world_that_nobody_shares_needs_no_lock() throws Exception {
    var locks = new RunLocks(state, Clock.system());
    locks.take("vm/100");
    assertThat(hearth.run(RunRequest.of(recipe).simulated()).succeeded()).isTrue();
  }

  @Test
  void a_lock_names_parameters_that_exist_and_are_no_secrets() throws Exception {
    Files.writeString(recipe, RECIPE.replace("{vmid}", "{vmld}"));
    assertThatThrownBy(() -> run(100)).hasMessageContaining("`{vmld}` is a parameter");
  }
}
