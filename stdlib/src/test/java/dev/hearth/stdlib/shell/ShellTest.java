package dev.hearth.stdlib.shell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:shell} seen from a recipe, with the programs of this machine. */
@Timeout(60)
class ShellTest {
  private final Path folder;
  private final RecipeTester tester;

  ShellTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester =
        RecipeTester.of(
            Hearth.builder()
                .home(folder.resolve("home"))
                .environment(
                    name -> name.equals("PATH") ? Optional.of("/usr/bin:/bin") : Optional.empty())
                .build());
  }

  private RunResult run(String body) throws IOException, InterruptedException {
    var recipe =
        """
        import { $ } from 'hearth:shell';
        export const recipe = { permissions: { all: true } };
        export default async ({ log }) => {
        %s
        };
        """
            .formatted(body.indent(2).stripTrailing());
    return tester.run(
        Files.writeString(folder.resolve("recipe.js"), recipe), request -> request.allow("all"));
  }

  private JsonNode value(String body) throws IOException, InterruptedException {
    var result = run(body);
    assertThat(tester.error()).isEmpty();
    return requireNonNull(result.value());
  }

  @Test
  void a_command_is_its_outputs_and_its_exit_code() throws Exception {
    var output = value("return $`sh -c ${'echo out; echo err >&2; exit 3'}`.nothrow();");

    assertThat(output.path("stdout").asText()).isEqualTo("out\n");
    assertThat(output.path("stderr").asText()).isEqualTo("err\n");
    assertThat(output.path("exitCode").asInt()).isEqualTo(3);
    assertThat(output.path("signal").isNull()).isTrue();
    assertThat(output.path("ok").asBoolean()).isFalse();
  }

  @Test
  void a_failure_is_an_error_at_its_line_with_the_last_words() throws Exception {
    var result = run("const missing = '/no such';\nawait $`ls ${missing}`;");

    assertThat(tester.error())
        .isEqualTo(
            """
            error: `ls` ended with exit status 2.                          shell.exit-status
              at recipe.js:5:9
                 5 |   await $`ls ${missing}`;
                   |         ^
              hint: It said: `/usr/bin/ls: cannot access '/no such': No such file or directory`. Correct that, or take the status as a result with `nothrow`.
            """);
    assertThat(result.exitStatus()).isEqualTo(4);
    assertThat(requireNonNull(result.error()).details())
        .containsEntry("exitCode", 2)
        .containsEntry(
            "stderr", "/usr/bin/ls: cannot access '/no such': No such file or directory\n");
  }

  @Test
  void a_failure_that_nobody_awaits_fails_the_run() throws Exception {
    run("$`false`;\nawait $`sleep 0.2`;");

    assertThat(tester.error()).startsWith("error: `false` ended with exit status 1.");
  }

  @Test
  void values_are_words_whatever_is_in_them() throws Exception {
    var all =
        value(
            """
            const nasty = '$(touch pwned) `id` "quoted" \\\\ \\n; rm -rf $HOME';
            const plain = await $`printf '%s|%s|%s|%s' ${nasty} ${['a b', 'c']} ${5}`;
            const shell = await $`printf '%s|' ${nasty} ${['a b', 'c']} ${5} | cat`;
            return [plain.stdout, shell.stdout, nasty];
            """);
    var expected = all.get(2).asText() + "|a b|c|5";

    assertThat(all.get(0).asText()).isEqualTo(expected);
    assertThat(all.get(1).asText()).isEqualTo(expected + "|");
  }

  @Test
  void what_is_no_word_is_refused_before_anything_runs() throws Exception {
    assertThat(
            value(
                """
                const told = [];
                for (const wrong of [undefined, null, {}, () => 1, [[1]], Symbol.iterator]) {
                  try { await $`touch ${wrong}`; } catch (e) { told.push(e.code); }
                }
                try { await $`touch ${'a\\0b'}`; } catch (e) { told.push(e.code); }
                try { await $`touch 'a`; } catch (e) { told.push(e.code); }
                try { await $``; } catch (e) { told.push(e.code); }
                try { await $({ input: 'x' })`cat`; } catch (e) { told.push(e.message); }
                try { await $({ shell: 'python' })`cat | cat`; } catch (e) { told.push(e.code); }
                return told;
                """))
        .extracting(JsonNode::asText)
        .containsExactly(
            "shell.value",
            "shell.value",
            "shell.value",
            "shell.value",
            "shell.value",
            "shell.value",
            "process.malformed",
            "shell.malformed",
            "shell.malformed",
            "`shell.run` was called with a wrong argument: `options` has no option `input`.",
            "shell.unknown-shell");
  }

  @Test
  void options_and_their_chained_forms_mean_the_same() throws Exception {
    assertThat(
            value(
                """
                const where = '/usr';
                const a = await $({ cwd: where, env: { GREETING: 'hi' } })`sh -c ${'pwd; echo $GREETING; cat'}`;
                const b = await $({ stdin: 'text' })`cat`;
                const c = await $`cat`.stdin(new Uint8Array([104, 105]));
                const d = await $({ shell: 'dash' })`echo $0`;
                const e = await $`echo $0`;
                return [a, b, c, d, e].map(String);
                """))
        .extracting(JsonNode::asText)
        .containsExactly("/usr\nhi", "text", "hi", "dash", "bash");
  }

  @Test
  void an_output_is_read_as_text_lines_json_and_bytes() throws Exception {
    assertThat(
            value(
                """
                const a = await $`echo ${'{"n":[1]}'}`.json();
                const b = await $`printf ${'x\\\\ny\\\\n'}`.lines();
                const c = await $`printf ${'\\\\377\\\\000'}`.bytes();
                const d = await $`echo text`.text();
                let e;
                try { await $`echo {`.json(); } catch (error) { e = error.code; }
                return [a, b, [...c], d, e, (await $`echo ${await $`echo inner`}`).stdout];
                """))
        .hasToString(
            "[{\"n\":[1]},[\"x\",\"y\"],[255,0],\"text\\n\",\"shell.not-json\",\"inner\\n\"]");
  }

  @Test
  void commands_are_joined_without_a_shell() throws Exception {
    assertThat(
            value(
                """
                const sorted = await $`printf ${'b\\\\na\\\\nc\\\\n'}`.pipe($`sort`).pipe($`head -n 2`).lines();
                const endless = await $`yes`.pipe($`head -n 1`);
                let failed;
                try { await $`cat /nothing`.pipe($`cat`); } catch (e) { failed = [e.code, e.details.exitCode]; }
                return [sorted, endless.stdout, failed];
                """))
        .hasToString("[[\"a\",\"b\"],\"y\\n\",[\"shell.exit-status\",1]]");
  }

  @Test
  void a_hundred_pipelines_at_once_do_not_wait_for_one_another_for_ever() throws Exception {
    assertThat(
            value(
                """
                const all = Array.from({ length: 100 }, (_, i) => $`echo ${i}`.pipe($`cat`).pipe($`cat`).text());
                return (await Promise.all(all)).map(Number).reduce((a, b) => a + b);
                """))
        .hasToString("4950");
  }

  @Test
  void lines_come_one_by_one_and_leaving_the_loop_ends_the_command() throws Exception {
    assertThat(
            value(
                """
                const seen = [];
                for await (const line of $`yes`.lines()) {
                  if (seen.push(line) === 100000) break;
                }
                for await (const line of $`printf ${'1\\\\r\\\\n2'}`) seen.push(line);
                let failed;
                try {
                  for await (const line of $`sh -c ${'echo last; echo why >&2; exit 9'}`.lines()) seen.push(line);
                } catch (e) { failed = [e.code, e.details.exitCode, e.details.stderr]; }
                return [seen.length, ...seen.slice(-3), failed];
                """))
        .hasToString("[100003,\"1\",\"2\",\"last\",[\"shell.exit-status\",9,\"why\\n\"]]");
  }

  @Test
  void a_silent_command_is_ended_with_its_grandchildren_when_the_time_is_over() throws Exception {
    var pids = folder.resolve("pids");
    var script = "sleep 1000 & echo $! $$ > " + pids + "; wait";
    run("await $`sh -c ${'" + script + "'}`.timeout('300ms');");

    assertThat(tester.error())
        .startsWith("error: `/usr/bin/sh` ran longer than 300 ms and was ended.");
    assertThat(living(pids)).isEmpty();
  }

  @Test
  void lines_of_a_silent_command_end_with_the_time_limit_and_with_a_signal() throws Exception {
    assertThat(
            value(
                """
                const told = [];
                try { for await (const _ of $({ timeout: '200ms' })`sleep 1000`.lines()); }
                catch (e) { told.push(e.code); }
                const controller = new AbortController();
                setTimeout(() => controller.abort(new Error('enough')), 200);
                try { for await (const _ of $({ signal: controller.signal })`sleep 1000`.lines()); }
                catch (e) { told.push(e.message); }
                const other = new AbortController();
                setTimeout(() => other.abort(new Error('enough too')), 200);
                try { await $({ signal: other.signal })`sleep 1000`; }
                catch (e) { told.push(e.message); }
                return told;
                """))
        .hasToString("[\"process.timed-out\",\"enough\",\"enough too\"]");
  }

  @Test
  void one_that_ignores_sigterm_is_killed() throws Exception {
    var pids = folder.resolve("pids");
    var script = "trap \"\" TERM; echo $$ > " + pids + "; while true; do sleep 0.1; done";
    run("await $`sh -c ${'" + script + "'}`.timeout('300ms');");

    assertThat(tester.error())
        .startsWith("error: `/usr/bin/sh` ran longer than 300 ms and was ended.");
    assertThat(living(pids)).isEmpty();
  }

  private static List<String> living(Path pids) throws IOException {
    return Stream.of(Files.readString(pids).strip().split(" ")).filter(ShellTest::lives).toList();
  }

  /** Where nobody reaps orphans, the dead stay in the list. */
  private static boolean lives(String pid) {
    try {
      return !Files.readString(Path.of("/proc", pid, "stat")).contains(") Z");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void too_much_output_is_an_error_that_names_the_setting() throws Exception {
    run("await $`head -c 20000000 /dev/zero`;");

    assertThat(tester.error())
        .contains("`/usr/bin/head` wrote more than the 16777216 bytes that are kept of its output.")
        .contains("limits.processOutputBytes");
  }

  @Test
  void what_verbose_commands_write_is_logged_as_it_comes() throws Exception {
    run("const v = $({ verbose: true });\nawait v`echo one`; await v`echo two`.quiet();");

    assertThat(tester.log()).containsExactly("info one");
  }

  @Test
  void only_granted_programs_start_and_a_shell_is_one_of_its_own() throws Exception {
    var recipe =
        """
        import { $ } from 'hearth:shell';
        export const recipe = { permissions: { exec: ['echo'] } };
        export default async () => {
          const told = [await $`echo yes`.text()];
          for (const command of [() => $`cat /etc/hostname`, () => $`echo a | cat`]) {
            try { await command(); } catch (e) { told.push(e.message); }
          }
          return told;
        };
        """;
    var result =
        tester.run(
            Files.writeString(folder.resolve("recipe.js"), recipe),
            request -> request.allow("exec=echo"));

    assertThat(result.error()).isNull();
    assertThat(result.value())
        .extracting(JsonNode::asText)
        .containsExactly(
            "yes\n",
            "hearth:shell may not run `cat`: it was not granted.",
            "hearth:shell may not run `bash`: it was not granted.");
  }

  @Test
  void what_comes_too_late_is_told() throws Exception {
    assertThat(
            value(
                """
                const command = $`echo x`;
                await command;
                const told = [];
                for (const late of [() => command.nothrow(), () => command.pipe($`cat`.nothrow()), () => command.bytes()]) {
                  try { await late(); } catch (e) { told.push(e.code); }
                }
                const lines = [];
                for await (const line of command.lines()) lines.push(line);
                return [...told, ...lines];
                """))
        .hasToString(
            "[\"shell.already-running\",\"shell.already-running\",\"shell.already-running\",\"x\"]");
  }
}
