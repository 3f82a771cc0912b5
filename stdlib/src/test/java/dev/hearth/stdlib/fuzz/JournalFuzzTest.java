package dev.hearth.stdlib.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.run.RunDetails.StepState;
import dev.hearth.runtime.run.RunStore;
import dev.hearth.runtime.run.RunTakeUp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of which a bad disk, a bad editor or an attacker made something else. */
class JournalFuzzTest {
  private static final String ALPHABET = "{}[]\":,\\\n\0\u00e9-+.0129eEtfn_ vTZPS*";

  private final Path folder;
  private final Path recipe;
  private final Hearth hearth;
  private final RunStore store;

  JournalFuzzTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.recipe =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            export default async ({ step, log }) => {
              log.info('begins', { n: 1 });
              const one = await step('one', () => ({ vmid: 9000, tags: ['a', 'b'] }), { undo: () => {} });
              const two = await step('two', () => 2, { find: () => 2 });
              await step('three', () => { throw new Error('not yet'); });
              return [one, two];
            };
            """);
    this.hearth =
        Hearth.builder()
            .home(folder.resolve("home"))
            .bindings(List.of())
            .environment(name -> Optional.empty())
            .build();
    this.store = hearth.surroundings().runs();
  }

  /** A journal that is whole, and one that a crash left open. */
  private List<String> corpus(RunResult run, Path journal) throws Exception {
    assertThat(run.exitStatus()).isEqualTo(11);
    var whole = Files.readString(journal);
    var open = whole.substring(0, whole.lastIndexOf("{\"v\""));
    var gone = open.replaceAll("\"pid\":\\d+", "\"pid\":999999999");
    return List.of(
        whole,
        gone,
        gone.replace("\"type\":\"step-finished\",\"time\"", "\"type\":\"step-undoing\",\"time\""),
        gone + gone.replace("run-started", "taken-up"));
  }

  @Test
  void whatever_a_journal_holds_is_told_or_refused() throws Exception {
    var run = hearth.run(RunRequest.of(recipe));
    var id = run.run();
    var journal = Path.of(store.show(id).journal());
    var fuzz = new Fuzz(corpus(run, journal), ALPHABET);
    var tried =
        fuzz.run(
            text -> {
              Files.write(journal, text.getBytes(StandardCharsets.UTF_8));
              read(id);
            });
    assertThat(tried).isPositive();
  }

  private void read(String id) {
    assertThat(store.list(10)).hasSize(1);
    var shown = store.show(id);
    assertThat(shown.steps())
        .filteredOn(step -> step.state() == StepState.FINISHED)
        .allMatch(step -> step.duration() != null);
    store.readLog(id, line -> assertThat(line.message()).isNotNull());
    store.permissions(id);
    RunTakeUp.of(TakeUpRequest.resume(id), store);
    RunTakeUp.of(TakeUpRequest.undo(id), store);
  }

  @Test
  void whatever_a_compressed_journal_holds_is_told_or_refused() throws Exception {
    var run = hearth.run(RunRequest.of(recipe));
    var id = run.run();
    var journal = Path.of(store.show(id).journal());
    var corpus = corpus(run, journal).stream().map(JournalFuzzTest::gzip).toList();
    Files.delete(journal);
    var compressed = journal.resolveSibling("journal.jsonl.gz");
    var fuzz = new Fuzz(corpus, "\0\u0001\u001f\u008b\u0008\u00ff");
    var tried =
        fuzz.run(
            text -> {
              Files.write(compressed, text.getBytes(StandardCharsets.ISO_8859_1));
              read(id);
            });
    assertThat(tried).isPositive();
  }

  private static String gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatever_is_taken_up_ends_with_a_result_and_not_with_a_bug() throws Exception {
    var run = hearth.run(RunRequest.of(recipe));
    var id = run.run();
    var journal = Path.of(store.show(id).journal());
    var here = Path.of("").toAbsolutePath().toString();
    var fuzz = new Fuzz(corpus(run, journal), ALPHABET);
    var tried =
        fuzz.run(
            text -> {
              Files.write(journal, text.getBytes(StandardCharsets.UTF_8));
              if (!text.contains("\"folder\":\"" + here + "\"")) {
                return; // it is refused before anything is looked at
              }
              assertNoBug(TakeUpRequest.resume(id));
            });
    assertThat(tried).isPositive();
    assertThat(Files.exists(folder.resolve("recipe.js"))).isTrue();
  }

  private void assertNoBug(TakeUpRequest request) throws InterruptedException {
    try {
      var error = hearth.takeUp(request, event -> {}).await().error();
      assertThat(error == null ? ErrorKind.RECIPE : error.kind()).isNotEqualTo(ErrorKind.BUG);
    } catch (HearthException e) {
      assertThat(e.kind()).isNotEqualTo(ErrorKind.BUG);
    }
  }
}
