package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.WaitsFor;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in real containers. */
@WaitsFor("kubernetes")
class ExecContractTest {
  private static PodLab lab;

  @BeforeAll
  static void start(@TempDir Path folder) {
    lab =
        new PodLab(folder)
            .pod("box", PodLab.box("main"))
            .pod("two", PodLab.box("one") + ", " + PodLab.box("other"));
  }

  @AfterAll
  static void stop() {
    lab.remove();
  }

  @Test
  void a_command_is_run_to_its_end_and_both_outputs_and_its_status_come_back() {
    assertThat(
            lab.value(
                """
                const { stdout, stderr, exitCode, ok } =
                  await pod('box').exec(['sh', '-c', 'echo out; echo err >&2; exit 3'], { nothrow: true });
                return [stdout, stderr, exitCode, ok, (await pod('box').exec(['echo', "a  'b'", '$HOME'])).stdout];
                """))
        .isEqualTo("[\"out\\n\",\"err\\n\",3,false,\"a  'b' $HOME\\n\"]");
  }

  @Test
  void a_failure_says_which_command_failed_how_and_what_it_said_last() {
    assertThat(lab.failure("await pod('box').exec(['sh', '-c', 'echo no luck >&2; exit 7']);"))
        .isEqualTo(
            "kubernetes.exit-status: `sh -c echo no luck >&2; exit 7` ended with status 7 in Pod"
                + " `box` in namespace `"
                + lab.namespace()
                + "`.\nIt said: `no luck`. Correct that, or take the status as a result with"
                + " `nothrow`.");
  }

  @Test
  void text_and_bytes_are_read_to_their_end() {
    assertThat(
            lab.value(
                """
                const bytes = new Uint8Array(300_000).map((_, i) => i % 251);
                const text = await pod('box').exec(['cat'], { stdin: 'grüezi\\n' }).text();
                const sum = await pod('box').exec(['wc', '-c'], { stdin: bytes }).text();
                const none = await pod('box').exec(['cat'], { stdin: '' }).text();
                return [text, sum.trim(), none];
                """))
        .isEqualTo("[\"grüezi\\n\",\"300000\",\"\"]");
  }

  @Test
  void a_stream_is_read_as_it_comes_and_to_its_end() {
    assertThat(
            lab.value(
                """
                async function* numbers() {
                  for (let i = 1; i <= 3; i++) yield `${i}\\n`;
                  yield new TextEncoder().encode('end\\n');
                }
                return (await pod('box').exec(['cat'], { stdin: numbers() })).lines();
                """))
        .isEqualTo("[\"1\",\"2\",\"3\",\"end\"]");
  }

  @Test
  void a_source_that_fails_ends_the_command_and_its_failure_is_told() {
    assertThat(
            lab.value(
                """
                async function* broken() {
                  yield 'some';
                  throw new Error('no more');
                }
                const said = [];
                try {
                  await pod('box').exec(['cat'], { stdin: broken() });
                } catch (error) {
                  said.push(error.message);
                }
                try {
                  for await (const line of pod('box').exec(['cat'], { stdin: broken() })) said.push(line);
                } catch (error) {
                  said.push(error.message);
                }
                for await (const line of pod('box').exec(['cat'], { stdin: ['a\\n', 'b\\n'] })) said.push(line);
                return said;
                """))
        .isEqualTo("[\"no more\",\"no more\",\"a\",\"b\"]");
  }

  @Test
  void a_signal_ends_the_waiting() {
    assertThat(
            lab.value(
                """
                try {
                  await pod('box').exec(['sleep', '1000'], { signal: AbortSignal.timeout(300) });
                } catch (error) {
                  return error.name;
                }
                """))
        .isEqualTo("\"TimeoutError\"");
  }

  @Test
  void a_command_that_does_not_read_its_input_ends_all_the_same() {
    assertThat(
            lab.value(
                """
                async function* waiting() {
                  yield 'some\\n';
                  await new Promise(() => {});
                }
                return [
                  await pod('box').exec(['echo', 'done'], { stdin: waiting() }).text(),
                  await pod('box').exec(['echo', 'done'], { stdin: 'x'.repeat(1_000) }).text(),
                ];
                """))
        .isEqualTo("[\"done\\n\",\"done\\n\"]");
  }

  @Test
  void lines_come_as_they_are_written_and_leaving_the_loop_ends_it() {
    assertThat(
            lab.value(
                """
                const seen = [];
                for await (const line of pod('box').exec(['sh', '-c', 'i=0; while true; do echo $i; i=$((i+1)); sleep 0.02; done'])) {
                  seen.push(line);
                  if (seen.length === 3) break;
                }
                return seen;
                """))
        .isEqualTo("[\"0\",\"1\",\"2\"]");
  }

  @Test
  void much_output_comes_whole_and_a_slow_reader_slows_the_command() {
    assertThat(
            lab.value(
                """
                let count = 0;
                let last;
                for await (const line of pod('box').exec(['seq', '1', '200000'])) {
                  count++;
                  last = line;
                }
                return [count, last];
                """))
        .isEqualTo("[200000,\"200000\"]");
  }

  @Test
  void a_terminal_has_a_size_that_changes_and_takes_keys() {
    assertThat(
            lab.value(
                """
                const terminal = await pod('box').terminal(['sh'], { rows: 30, columns: 100 });
                let text = '';
                let stage = 0;
                for await (const piece of terminal) {
                  text += piece;
                  if (stage === 0 && text.includes('#')) {
                    stage = 1;
                    await terminal.write('stty size\\r');
                  } else if (stage === 1 && text.includes('30 100')) {
                    stage = 2;
                    await terminal.resize({ rows: 40, columns: 120 });
                    await terminal.write('sleep 0.3; stty size\\r');
                  } else if (stage === 2 && text.includes('40 120')) {
                    stage = 3;
                    await terminal.write('exit 5\\r');
                  }
                }
                return [stage, terminal.exitCode];
                """))
        .isEqualTo("[3,5]");
  }

  @Test
  void a_terminal_takes_keys_before_it_is_read() {
    assertThat(
            lab.value(
                """
                const terminal = await pod('box').terminal(['sh']);
                await terminal.resize({ rows: 40, columns: 120 });
                await terminal.write('echo $((40 + 2)); exit 3\\r');
                let text = '';
                for await (const piece of terminal) text += piece;
                return [text.includes('42'), terminal.exitCode, await terminal.write('x')];
                """))
        .isEqualTo("[true,3,false]");
    assertThat(lab.failure("await pod('gone').terminal();")).startsWith("kubernetes.not-found: ");
  }

  @Test
  void a_program_that_is_not_there_is_named() {
    assertThat(lab.failure("await pod('box').exec(['nope', '-x']);"))
        .startsWith(
            "kubernetes.command-not-found: There is no program `nope` in the container `main` of"
                + " Pod `box` in namespace `");
  }

  @Test
  void one_of_several_containers_has_to_be_named() {
    assertThat(lab.failure("await pod('two').exec(['true']);"))
        .isEqualTo(
            "kubernetes.several-containers: Pod `two` in namespace `%s` has several containers:"
                    .formatted(lab.namespace())
                + " one, other.\nSay which with `{ container: 'one' }`.");
    assertThat(lab.value("return (await pod('two').exec(['true'], { container: 'other' })).ok;"))
        .isEqualTo("true");
    assertThat(lab.failure("await pod('two').exec(['true'], { container: 'third' });"))
        .startsWith("kubernetes.container-unknown: ")
        .contains("one, other");
  }

  @Test
  void a_container_that_does_not_run_says_what_it_does_instead() {
    assertThat(
            lab.failure(
                """
                await k8s.pods.create({
                  metadata: { name: 'stuck', namespace },
                  spec: { containers: [{ name: 'main', image: 'lab/none:1', imagePullPolicy: 'Never' }] },
                });
                for await (const { object } of pod('stuck').watch()) {
                  if (object.status?.containerStatuses?.[0]?.state?.waiting?.reason === 'ErrImageNeverPull') break;
                }
                await pod('stuck').exec(['true']);
                """))
        .startsWith("kubernetes.container-not-running: The container `main` of Pod `stuck`")
        .contains("it waits, ErrImageNeverPull");
  }

  @Test
  void a_pod_that_is_not_there_is_said_and_so_is_a_command_without_words() {
    assertThat(lab.failure("await pod('gone').exec(['true']);"))
        .startsWith("kubernetes.not-found: ");
    assertThat(lab.failure("await pod('box').exec([]);")).startsWith("kubernetes.no-command: ");
    assertThat(lab.failure("await pod('box').exec('ls -l');"))
        .startsWith("kubernetes.no-command: ");
  }

  @Test
  void a_command_that_takes_too_long_is_given_up() {
    assertThat(lab.failure("await pod('box').exec(['sleep', '1000'], { timeout: '300ms' });"))
        .startsWith(
            "kubernetes.command-timeout: `sleep 1000` was not done within 300ms in Pod `box`");
  }

  @Test
  void a_command_that_is_silent_or_reads_nothing_is_given_up_in_every_form() {
    assertThat(
            lab.value(
                """
                async function* endless() {
                  for (;;) yield 'x'.repeat(100_000);
                }
                const timeout = '500ms';
                const sleep = ['sleep', '1000'];
                const lines = async (options) => { for await (const line of pod('box').exec(sleep, options)) throw line; };
                const forms = [
                  () => lines({ timeout }),
                  () => lines({ timeout, stdin: endless() }),
                  () => pod('box').exec(sleep, { timeout, stdin: 'x'.repeat(10_000_000) }),
                  () => pod('box').exec(sleep, { timeout, stdin: endless() }),
                  () => pod('box').exec(sleep).timeout(timeout),
                ];
                return Promise.all(forms.map((form) => form().then(() => 'done', ({ code }) => code)));
                """))
        .isEqualTo(
            "[\"kubernetes.command-timeout\",\"kubernetes.command-timeout\",\"kubernetes.command-timeout\","
                + "\"kubernetes.command-timeout\",\"kubernetes.command-timeout\"]");
  }

  @Test
  void a_command_that_a_signal_ended_has_the_status_that_shells_give_it() {
    assertThat(
            lab.value(
                """
                const { exitCode, ok } = await pod('box').exec(['sh', '-c', 'kill -TERM $$'], { nothrow: true });
                return [exitCode, ok];
                """))
        .isEqualTo("[143,false]");
  }

  @Test
  void a_command_takes_the_right_to_write() {
    assertThat(lab.failure("await pod('box').exec(['true']);", "kubernetes:read"))
        .startsWith("permission.");
  }
}
