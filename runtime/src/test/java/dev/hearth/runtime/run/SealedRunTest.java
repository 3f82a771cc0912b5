package dev.hearth.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.run.ledger.LedgerBinding;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in journals: nobody reads them there, and a run that is taken up has them again. */
class SealedRunTest {
  private static final String VALUE = "Tr0ub4dor & 3";

  /** Stops half-way until the ledger has fuel. */
  private static final String RECIPE =
      """
      import { ledger } from 'hearth:ledger';
      export const recipe = { params: { token: { type: 'string', secret: true, required: true } } };
      export default async ({ params, step }) => {
        const kept = await step('%1$s', () => (%2$s), { undo: (it) => ledger.add(`undo ${%3$s}`) });
        if (!(await ledger.lines()).includes('fuel')) throw new Error('no fuel');
        console.log('here', %3$s);
        return [params.token.reveal().length, %3$s === 'Tr0ub4dor & 3', String(params.token)];
      };
      """;

  private static final String SECRET =
      RECIPE.formatted("make", "{ id: 7, token: params.token }", "kept.token.reveal()");

  private final Path folder;
  private final Path file;
  private final List<RunEvent> events = new ArrayList<>();

  SealedRunTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("ledger");
  }

  private Hearth hearth() {
    return Hearth.builder()
        .home(folder.resolve("home"))
        .bindings(List.of(new LedgerBinding(file, () -> {})))
        .environment(name -> Optional.empty())
        .build();
  }

  private RunResult stopHalfWay(String recipe) throws Exception {
    Files.deleteIfExists(file);
    var path = Files.writeString(folder.resolve("recipe.js"), recipe);
    var first = hearth().run(RunRequest.of(path).param("token", Secret.of(VALUE)), events::add);
    assertThat(first.exitStatus()).isEqualTo(11);
    Files.writeString(file, "fuel\n");
    return first;
  }

  private RunResult takeUp(TakeUpRequest request) throws Exception {
    return hearth().takeUp(request, events::add).await();
  }

  private HearthException refusal(TakeUpRequest request) {
    var thrown = new ArrayList<HearthException>();
    assertThatThrownBy(() -> takeUp(request))
        .isInstanceOfSatisfying(HearthException.class, thrown::add);
    return thrown.getFirst();
  }

  private Path key() {
    try (var files = Files.walk(folder.resolve("home"))) {
      return files.filter(path -> path.endsWith("identity.txt")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files of all runs, byte by byte. */
  private String written() throws Exception {
    var text = new StringBuilder();
    try (var files = Files.walk(folder.resolve("home/state"))) {
      for (var path : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ id: 7, token: params.token }|kept.token.reveal()",
        "params.token|kept.reveal()",
        "[[params.token, 1]]|kept[0][0].reveal()",
        "params.token.reveal()|kept",
        "`Bearer ${params.token.reveal()}!`|kept.slice(7, -1)",
      })
  void a_resumed_run_has_its_secrets_again_and_no_file_shows_them(String work) throws Exception {
    var parts = work.split("\\|", 2);
    var first = stopHalfWay(RECIPE.formatted("make", parts[0], parts[1]));
    assertThat(written()).contains("\"sealed\":\"").doesNotContain("Tr0ub4dor", "hearth:secret");

    var second = takeUp(TakeUpRequest.resume(first.run()));
    assertThat(second.error()).isNull();
    assertThat(second.value()).isEqualTo(json("[13, true, \"***\"]"));
    assertThat(written()).doesNotContain("Tr0ub4dor", "hearth:secret");
    assertThat(events.toString()).contains("here ***").doesNotContain("Tr0ub4dor");
  }

  @Test
  void an_undo_in_another_process_gets_the_secret() throws Exception {
    var first = stopHalfWay(SECRET);
    var undone = takeUp(TakeUpRequest.undo(first.run()));
    assertThat(undone.status()).isEqualTo(RunResult.Status.UNDONE);
    assertThat(LedgerBinding.lines(file)).containsExactly("fuel", "undo " + VALUE);
  }

  @Test
  void what_a_step_shows_of_a_secret_is_its_mask() throws Exception {
    var first = stopHalfWay(SECRET);
    var shown = hearth().surroundings().runs().show(first.run());
    assertThat(shown.steps().getFirst().result()).isEqualTo(json("{\"id\":7,\"token\":\"***\"}"));
  }

  @Test
  void without_the_key_parameters_are_asked_for_again() throws Exception {
    var first = stopHalfWay(RECIPE.formatted("make", "1", "params.token.reveal()"));
    Files.delete(key());
    var error = refusal(TakeUpRequest.resume(first.run()));
    assertThat(error.id()).isEqualTo("run.secret-sealed");
    assertThat(error.sentence())
        .isEqualTo(
            ("The journal of run %s keeps these secret parameters sealed for a key that is not"
                    + " here: `token`.")
                .formatted(first.run()));
    assertThat(error.hint())
        .isEqualTo(
            "Put back the key that Hearth had then (setting `secrets.identity`), or give them"
                + " again: set `HEARTH_PARAM_TOKEN` and alike, or answer on a terminal.");
    assertThat(error.details().get("reason"))
        .asString()
        .contains("The key that opens your secrets is missing: there is no ", "identity.txt");

    var given = TakeUpRequest.resume(first.run()).secret("token", Secret.of(VALUE));
    assertThat(takeUp(given).value()).isEqualTo(json("[13, true, \"***\"]"));
  }

  @Test
  void without_the_key_a_result_that_held_a_secret_is_a_question() throws Exception {
    var first = stopHalfWay(SECRET);
    Files.delete(key());
    var error = refusal(TakeUpRequest.resume(first.run()));
    assertThat(error.id()).isEqualTo("run.step-result-sealed");
    assertThat(error.sentence())
        .isEqualTo(
            "The results of these steps are sealed in the journal for a key that is not here:"
                + " `make`.");
    assertThat(error.hint())
        .isEqualTo(
            ("Put back the key that Hearth had then (setting `secrets.identity`); or type `hearth"
                    + " resume %s --redo make` to do the step again, or `--skip make` to go on"
                    + " without its result.")
                .formatted(first.run()));
    var redone = TakeUpRequest.resume(first.run()).redo("make").secret("token", Secret.of(VALUE));
    assertThat(takeUp(redone).value()).isEqualTo(json("[13, true, \"***\"]"));
  }

  @Test
  void a_run_that_was_sealed_for_the_key_before_says_so_and_goes_on_with_that_key()
      throws Exception {
    var first = stopHalfWay(SECRET);
    var key = key();
    var before = Files.readString(key);
    Files.delete(key);
    stopHalfWay(SECRET); // makes a new key
    assertThat(Files.readString(key)).isNotEqualTo(before);
    assertThat(refusal(TakeUpRequest.resume(first.run())).id()).isEqualTo("run.step-result-sealed");
    var undo = refusal(TakeUpRequest.undo(first.run())); // needs the parameter
    assertThat(undo.id()).isEqualTo("run.secret-sealed");
    assertThat(undo.details().get("reason"))
        .asString()
        .contains("A secret in the journal is sealed for another key than the one in ");

    Files.writeString(key, before);
    assertThat(takeUp(TakeUpRequest.resume(first.run())).value())
        .isEqualTo(json("[13, true, \"***\"]"));
  }

  @Test
  void what_was_sealed_and_then_changed_is_not_believed() throws Exception {
    var first = stopHalfWay(RECIPE.formatted("make", "1", "params.token.reveal()"));
    var journal = Path.of(hearth().surroundings().runs().show(first.run()).journal());
    var text = Files.readString(journal);
    Files.writeString(journal, text.replaceFirst("(\"token\":\"[^\"*]{40})[^\"]{8}", "$1AAAAAAAA"));
    assertThat(Files.readString(journal)).isNotEqualTo(text);
    var error = refusal(TakeUpRequest.resume(first.run()));
    assertThat(error.id()).isEqualTo("run.secret-sealed");
  }

  private static JsonNode json(String text) {
    return RunFixture.json(text);
  }
}
