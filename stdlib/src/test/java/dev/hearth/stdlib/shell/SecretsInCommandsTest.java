package dev.hearth.stdlib.shell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.testing.RecipeTester;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets and the programs of this machine, whose words every user of it can read. */
class SecretsInCommandsTest {
  private static final String VALUE = "Tr0ub4dor '$HOME'\n3";

  /** The words of the shell that says it, and of all that it started. */
  private static final String WORDS = "cat /proc/$$/cmdline /proc/self/cmdline";

  private final Path folder;
  private final RecipeTester tester;

  SecretsInCommandsTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester =
        RecipeTester.of(
            Hearth.builder()
                .home(folder.resolve("home"))
                .environment(
                    name -> name.equals("PATH") ? Optional.of("/usr/bin:/bin") : Optional.empty())
                .build());
  }

  @BeforeEach
  void storeIt() {
    tester.hearth().surroundings().secrets().put("token", Secret.of(VALUE));
  }

  private RunResult run(String body) throws Exception {
    var recipe =
        """
        import { $ } from 'hearth:shell';
        import { secret } from 'hearth:secret';
        export default async () => {
          const token = await secret('token');
          const plain = token.reveal();
        %s
        };
        """
            .formatted(body.indent(2).stripTrailing());
    return tester.run(
        Files.writeString(folder.resolve("recipe.js"), recipe), request -> request.allow("all"));
  }

  private String value(String body) throws Exception {
    var result = run(body);
    assertThat(tester.error()).isEmpty();
    return requireNonNull(result.value()).toString();
  }

  @Test
  void a_variable_has_the_value_and_no_command_line_does() throws Exception {
    assertThat(
            value(
                """
                const said = await $({ env: { TOKEN: token, OTHER: 'x' } })`printf '%%s' "$TOKEN$OTHER"; echo; %1$s`;
                const told = await $`sh -c ${'%1$s'} ${plain}`;
                const word = 'Tr0ub4dor';
                const own = said.stdout.slice(plain.length + 1);
                return [said.stdout.startsWith(plain + 'x'), own.includes(word), told.stdout.includes(word)];
                """
                    .formatted(WORDS)))
        .isEqualTo("[true,false,true]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$({ stdin: token })`cat; WORDS`",
        "$`cat; WORDS`.stdin(token)",
        "$`cat`.stdin(token).pipe($`cat; WORDS`)"
      })
  void the_input_has_the_value_and_no_command_line_does(String command) throws Exception {
    assertThat(
            value(
                """
                const { stdout } = await %s;
                return [stdout.startsWith(plain), stdout.slice(plain.length).includes('Tr0ub4dor')];
                """
                    .formatted(command.replace("WORDS", WORDS))))
        .isEqualTo("[true,false]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"await $`echo ${token}`;", "await $`echo ${['-n', token]}`;"})
  void a_word_of_a_command_is_refused(String body) throws Exception {
    var error = requireNonNull(run(body).error());
    assertThat(error.code()).isEqualTo("shell.secret-as-word");
    assertThat(error.message())
        .isEqualTo(
            "Value 1 of the command is a Secret, and every user of this machine can read a"
                + " command's words.");
    assertThat(error.hint())
        .isEqualTo("Give it with `stdin`, or as a variable: `env: { TOKEN: secret }`.");
  }
}
