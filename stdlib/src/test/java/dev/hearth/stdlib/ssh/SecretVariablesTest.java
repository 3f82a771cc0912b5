package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.secret.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets for commands on a host, whose words every user of it can read. */
class SecretVariablesTest {
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

  private void store(String value) {
    Hearth.builder()
        .home(user.path().resolve("hearth"))
        .environment(user::get)
        .build()
        .surroundings()
        .secrets()
        .put("token", Secret.of(value));
  }

  private String value(String body) {
    return user.value(with(body), "ssh:write", "secret=token");
  }

  private static String with(String body) {
    return "const token = await (await import('hearth:secret')).secret('token');\n" + body;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tr0ub4dor",
        "two words",
        "it's $HOME `id` \"; exit 3 #",
        "\n a line\r\nand\\n another\\\n\n",
        "ü€😀",
        " \t "
      })
  void a_variable_has_the_value_whatever_is_in_it(String secret) {
    store(secret);
    assertThat(
            value(
                """
                const run = ssh('web1').run({ env: { B: token, A: 'plain', C: token } });
                const said = await run`printf '%s' "$A$B$C"; cat`.stdin('and mine');
                const shell = await run`set | grep -c ^hearth_`.nothrow();
                const plain = token.reveal();
                return [said.stdout === `plain${plain}${plain}and mine`, shell.stdout];
                """))
        .isEqualTo("[true,\"0\\n\"]");
  }

  @Test
  void no_command_line_of_the_host_has_it() {
    store("Tr0ub4dor");
    assertThat(
            value(
                """
                const all = async (env) =>
                  (await ssh('web1').run({ env })`cat /proc/[0-9]*/cmdline 2>&1; true`).stdout.includes('Tr0ub4dor');
                return [await all({ TOKEN: token }), await all({ TOKEN: token.reveal() })];
                """))
        .isEqualTo("[false,true]");
  }

  @Test
  void the_input_may_be_one_also_line_by_line() {
    store("Tr0ub4dor");
    assertThat(
            value(
                """
                const lines = [];
                const run = ssh('web1').run({ env: { TOKEN: token }, stdin: token });
                for await (const line of run`cat; echo; echo "$TOKEN"`.lines()) lines.push(line === token.reveal());
                const said = await ssh('web1').run`cat`.stdin(token);
                return [...lines, said.stdout === token.reveal()];
                """))
        .isEqualTo("[true,true,true]");
  }

  @Test
  void a_word_of_a_command_is_refused_and_messages_show_the_command_alone() {
    store("Tr0ub4dor");
    assertThat(
            user.failure(
                with("await ssh('web1').run`echo ${[token]}`;"), "ssh:write", "secret=token"))
        .isEqualTo(
            """
            ssh.secret-as-word: Value 1 of the command is a Secret, and every user of the host can read a command's words.
            Give it with `stdin`, or as a variable: `env: { TOKEN: secret }`.""");
    assertThat(
            user.failure(
                with("await ssh('web1').run({ env: { TOKEN: token } })`exit 7`;"),
                "ssh:write",
                "secret=token"))
        .startsWith("ssh.exit-status: `exit 7` ended with exit status 7 on `web1`.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A B", "A=1;id;B", "", "1A"})
  void a_name_that_is_none_is_refused(String name) {
    store("Tr0ub4dor");
    assertThat(
            user.failure(
                with("await ssh('web1').run({ env: { '%s': token } })`true`;".formatted(name)),
                "ssh:write",
                "secret=token"))
        .startsWith("ssh.name-malformed: ");
  }
}
