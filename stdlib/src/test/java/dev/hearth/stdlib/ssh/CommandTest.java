package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a real OpenSSH server. */
class CommandTest {
  private static Sshd sshd;

  private SshHome user;

  @BeforeAll
  static void start(@TempDir Path folder) {
    sshd = Sshd.start(folder.resolve("sshd"));
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @BeforeEach
  void aUser(@TempDir Path home) {
    user = new SshHome(home).alias("web1", sshd);
  }

  @Test
  void a_command_returns_what_it_wrote_and_how_it_ended() {
    assertThat(
            user.value(
                """
                const said = await ssh('web1').run`echo out; echo err >&2`;
                return [said.stdout, said.stderr, said.exitCode, said.ok, said.signal];
                """))
        .isEqualTo("[\"out\\n\",\"err\\n\",0,true,null]");
  }

  @Test
  void a_value_is_one_word_whatever_is_in_it() {
    assertThat(
            user.value(
                """
                const words = ['two words', "it's", '$HOME', '`id`', '; echo gone', '*', '-n', 'line\\nbreak', '"', '\\\\', 'ü€😀', ''];
                const { stdout } = await ssh('web1').run`printf '[%s]' ${words}`;
                return stdout === words.map((word) => `[${word}]`).join('');
                """))
        .isEqualTo("true");
  }

  @Test
  void a_value_where_the_shell_would_read_code_is_refused() {
    assertThat(user.failure("await ssh('web1').run`echo \"${'x'}\"`;"))
        .isEqualTo(
            """
            ssh.value-as-code: A value stands inside of quotes, where the shell there would read it as code.
            Take the quotes away: a value is quoted already.""");
    assertThat(user.failure("await ssh('web1').run`echo \\`${'x'}\\``;"))
        .startsWith("ssh.value-as-code: A value stands inside of back quotes,");
    assertThat(user.failure("await ssh('web1').run`true # ${'x\\nid'}`;"))
        .startsWith("ssh.value-as-code: A value stands in a comment,");
  }

  @Test
  void a_failing_command_throws_with_its_status_and_its_last_words() {
    assertThat(user.failure("await ssh('web1').run`echo no such luck >&2; exit 7`;"))
        .isEqualTo(
            """
            ssh.exit-status: `echo no such luck >&2; exit 7` ended with exit status 7 on `web1`.
            It said: `no such luck`. Correct that, or take the status as a result with `nothrow`.""");
    assertThat(user.value("return (await ssh('web1').run({ nothrow: true })`exit 7`).exitCode;"))
        .isEqualTo("7");
  }

  @Test
  void a_signal_that_ends_a_command_is_named() {
    assertThat(
            user.value(
                "const s = await ssh('web1').run`kill -KILL $$`.nothrow(); return [s.exitCode, s.signal];"))
        .isEqualTo("[137,\"SIGKILL\"]");
  }

  @Test
  void input_folder_and_variables_reach_the_command() {
    assertThat(
            user.value(
                """
                const { stdout } = await ssh('web1').run({ cwd: '/usr', env: { WHO: "it's me" }, stdin: 'from here' })`pwd; echo $WHO; cat`;
                return stdout;
                """))
        .isEqualTo("\"/usr\\nit's me\\nfrom here\"");
  }

  @Test
  void bytes_go_in_as_they_are() {
    assertThat(
            user.value(
                "return (await ssh('web1').run`od -An -tx1`.stdin(Uint8Array.of(0, 255, 10))).stdout.trim();"))
        .isEqualTo("\"00 ff 0a\"");
  }

  @Test
  void lines_come_one_by_one_and_leaving_the_loop_ends_the_command() {
    assertThat(
            user.value(
                """
                const seen = [];
                for await (const line of ssh('web1').run`i=0; while :; do i=$((i+1)); echo line $i; done`.lines()) {
                  seen.push(line);
                  if (seen.length === 3) break;
                }
                return seen;
                """))
        .isEqualTo("[\"line 1\",\"line 2\",\"line 3\"]");
  }

  @Test
  void a_command_that_fails_after_its_lines_fails_the_loop() {
    assertThat(
            user.failure(
                "for await (const line of ssh('web1').run`echo one; exit 3`.lines()) log.info(line);"))
        .startsWith("ssh.exit-status: `echo one; exit 3` ended with exit status 3 on `web1`.");
  }

  @Test
  void lines_end_with_their_signal_also_of_a_command_that_says_nothing() {
    assertThat(
            user.value(
                """
                const controller = new AbortController();
                const seen = [];
                try {
                  for await (const line of ssh('web1').run({ signal: controller.signal })`echo one; sleep 1000`) {
                    seen.push(line);
                    setTimeout(() => controller.abort(new Error('enough')), 100);
                  }
                } catch (error) {
                  seen.push(error.message);
                }
                return seen;
                """))
        .isEqualTo("[\"one\",\"enough\"]");
  }

  @Test
  void the_last_line_needs_no_end_and_a_carriage_return_is_part_of_one() {
    assertThat(
            user.value(
                """
                const seen = [];
                for await (const line of ssh('web1').run`printf 'one\\r\\ntwo'`) seen.push(line);
                return seen;
                """))
        .isEqualTo("[\"one\",\"two\"]");
  }

  @Test
  void what_has_no_lines_is_not_kept_without_a_limit() {
    assertThat(user.failure("for await (const _ of ssh('web1').run`cat /dev/zero`);"))
        .startsWith("ssh.line-too-long: `cat /dev/zero` wrote a line of more than 1048576 bytes");
  }

  @Test
  void a_command_whose_lines_are_read_does_not_run_a_second_time() {
    assertThat(
            user.failure(
                """
                const command = ssh('web1').run`echo one`;
                for await (const line of command) log.info(line);
                await command;
                """))
        .startsWith("ssh.already-running: `await` comes too late: the command runs already.");
  }

  @Test
  void a_command_that_takes_too_long_is_ended() {
    assertThat(user.failure("await ssh('web1').run({ timeout: '200ms' })`sleep 60`;"))
        .isEqualTo(
            """
            ssh.timed-out: `sleep 60` ran longer than 200ms on `web1` and was asked to end.
            Give it a longer `timeout`, or find out what it waits for.""");
  }

  @Test
  void all_commands_of_a_run_share_one_connection() {
    long before = sshd.logins();

    user.value(
        """
        const results = await Promise.all(Array.from({ length: 30 }, (_, i) => ssh('web1').run`echo ${i}`));
        return results.map((said) => said.stdout.trim());
        """);

    assertThat(sshd.logins() - before).isEqualTo(1);
  }

  @Test
  void large_output_arrives_whole_and_too_much_is_an_error() {
    assertThat(
            user.value(
                "return (await ssh('web1').run`head -c 3000000 /dev/zero | tr '\\\\0' x`).stdout.length;"))
        .isEqualTo("3000000");
    assertThat(user.failure("await ssh('web1').run`head -c 20000000 /dev/zero | tr '\\\\0' x`;"))
        .startsWith("ssh.output-too-large: ");
  }

  @Test
  void lines_of_ssh_config_that_mean_nothing_here_are_told_at_debug_level() {
    user.config("  ForwardX11 yes\n  Colour blue");

    user.value("await ssh('web1').run`true`;");

    assertThat(user.events())
        .filteredOn(RunEvent.Logged.class::isInstance)
        .extracting(
            event -> ((RunEvent.Logged) event).level() + " " + ((RunEvent.Logged) event).fields())
        .anyMatch(
            said ->
                said.startsWith("DEBUG ")
                    && said.contains(user.ssh("config") + ":7 forwardx11")
                    && said.contains(":8 colour"));
  }
}
