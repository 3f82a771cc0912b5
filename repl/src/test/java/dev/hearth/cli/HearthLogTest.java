package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.log.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What Hearth's log tells of commands, to somebody who was not there. */
@DisabledOnOs(OS.WINDOWS)
class HearthLogTest {
  private final TypedCommand hearth = new TypedCommand();
  private final Path home;

  HearthLogTest(@TempDir Path home) {
    this.home = home;
    hearth.at(home);
  }

  private String recipe(String text) throws IOException {
    return Files.writeString(home.resolve("recipe.js"), text).toString();
  }

  @Test
  void a_run_is_there_with_its_begin_its_end_and_its_id() throws Exception {
    assertThat(hearth.type("run", recipe("export default ({ log }) => log.info('hi')"))).isZero();
    var lines = LogLines.in(home);
    assertThat(LogLines.said(home))
        .containsExactly("info The run began.", "info The run ended: done.");
    assertThat(lines.getFirst().at("/fields/recipe").asText()).endsWith("recipe.js");
    assertThat(lines.getLast().at("/fields/exitStatus").asInt(-1)).isZero();
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.path("run").asText()).matches("\\d{8}-\\d{6}-\\w{4}");
              assertThat(home.resolve("state/runs/" + line.path("run").asText())).isDirectory();
            });
  }

  @Test
  void a_run_that_failed_is_an_error_with_its_code_and_without_its_secrets() throws Exception {
    var recipe =
        recipe(
            """
            export const recipe = { params: { token: { type: 'string', secret: true } } };
            export default ({ params }) => { throw new Error('refused ' + params.token.reveal()); };
            """);
    hearth.set("HEARTH_LOG_LEVEL", "error");
    assertThat(hearth.type("run", recipe, "--token", "Tr0ub4dor-and-3")).isEqualTo(1);
    assertThat(LogLines.said(home)).containsExactly("error The run ended: failed.");
    var error = LogLines.in(home).getFirst().path("error");
    assertThat(error.path("code").asText()).isEqualTo("recipe.error");
    assertThat(error.path("message").asText()).isEqualTo("refused ***");
    assertThat(Files.readString(LogLines.file(home))).doesNotContain("Tr0ub4dor");
  }

  @Test
  void steps_are_told_at_debug() throws Exception {
    hearth.set("HEARTH_LOG_LEVEL", "debug");
    hearth.type("run", recipe("export default ({ step }) => step('make', () => 1)"));
    assertThat(LogLines.said(home))
        .contains("debug Step `make` began.", "debug Step `make` finished.");
  }

  @Test
  void the_flag_for_a_profile_chooses_the_level_too() throws Exception {
    hearth.type("config", "set", "--profile", "quiet", "log.level", "error");
    var recipe = recipe("export default () => 1");
    assertThat(hearth.type("run", recipe, "--profile", "quiet")).isZero();
    assertThat(LogLines.in(home)).isEmpty();
    hearth.type("run", recipe);
    assertThat(LogLines.in(home)).hasSize(2);
    recipe("export const recipe = { permissions: { env: ['X'] } }; export default () => 1;");
    assertThat(hearth.type("run", recipe, "--profile", "quiet")).isEqualTo(3);
    assertThat(LogLines.in(home)).hasSize(2);
    assertThat(hearth.type("run", recipe)).isEqualTo(3);
    assertThat(LogLines.in(home)).hasSize(3);
  }

  @Test
  void what_was_refused_before_it_ran_is_told_and_a_slip_of_the_pen_is_not() throws Exception {
    assertThat(hearth.type("rum", "x.js")).isEqualTo(2);
    assertThat(hearth.type("runs", "show", "nothing")).isNotZero();
    assertThat(LogLines.file(home)).doesNotExist();
    assertThat(hearth.type("run", home.resolve("nowhere.js").toString())).isEqualTo(2);
    var recipe =
        recipe("export const recipe = { permissions: { env: ['X'] } }; export default () => 1;");
    assertThat(hearth.type("run", recipe)).isEqualTo(3);
    assertThat(LogLines.said(home)).hasSize(2).containsOnly("warn `hearth run` failed.");
    assertThat(LogLines.in(home))
        .extracting(line -> line.at("/error/code").asText())
        .containsExactly("recipe.not-found", "permission.not-granted");
  }

  @Test
  void a_bugs_whole_stack_is_in_the_log_that_the_terminal_names_and_not_on_it() throws Exception {
    assertThat(hearth.breakAt("EDITOR").type("config", "edit")).isEqualTo(70);
    assertThat(hearth.err())
        .startsWith("error: Hearth has a bug: IllegalStateException: bookkeeping is off.")
        .containsPattern("\n    log +" + LogLines.file(home) + "\n")
        .contains("with its line of that log")
        .doesNotContain("\tat ", "at dev.hearth", ".java:");
    var line = LogLines.in(home).getLast();
    assertThat(line.path("level").asText()).isEqualTo("error");
    assertThat(line.path("message").asText())
        .isEqualTo("Hearth has a bug: it failed inside `hearth config edit`.");
    assertThat(line.at("/error/exception").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.at("/error/stack").asText())
        .contains(
            "dev.hearth.cli.ConfigEditCommand.run", "dev.hearth.cli.CommandLineInterface.run");
  }

  @Test
  void without_a_log_the_stack_of_a_bug_is_shown_after_all() throws Exception {
    Files.writeString(home.resolve("state"), "a file where the folder should be");
    assertThat(hearth.breakAt("EDITOR").type("config", "edit")).isEqualTo(70);
    assertThat(hearth.err()).contains("    trace  ", "at dev.hearth.cli.ConfigEditCommand.run");
  }
}
