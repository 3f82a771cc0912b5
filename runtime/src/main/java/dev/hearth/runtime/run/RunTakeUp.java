package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUp;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.module.Imprint;
import dev.hearth.runtime.module.RecipeFile;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.param.ParameterPrompt;
import dev.hearth.runtime.param.ParameterSchema;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.secret.SecretMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run of another process that this one takes up: whether it may, and what the run began with.
 * Nothing is changed and nothing runs before {@link RunPreparation} claims its journal.
 */
public final class RunTakeUp {
  private final TakeUpRequest asked;
  private final RunRecord record;
  private final List<Secret> secretsInResults = new ArrayList<>();

  private RunTakeUp(TakeUpRequest asked, RunRecord record, SecretSeal seal) {
    this.asked = asked;
    this.record = record.with(record.steps().stream().map(step -> opened(step, seal)).toList());
  }

  /**
   * Looks the run up.
   *
   * @throws HearthException when it cannot be taken up, before anything was changed
   */
  public static RunTakeUp of(TakeUpRequest asked, RunStore runs) {
    var record = runs.recordOfEnded(runs.find(asked.run()));
    var takeUp = new RunTakeUp(asked, record, runs.seal());
    takeUp.refuseWhatHasEnded();
    takeUp.refuseOtherFolder();
    takeUp.refuseLostWorld();
    if (asked.what() == TakeUp.RESUME) {
      new StepQuestions(takeUp.record, asked.redo(), asked.skip()).requireAnswers();
    }
    return takeUp;
  }

  /**
   * A run of this process that failed a moment ago, to begin again at once.
   *
   * @throws HearthException when nobody knows what became of its steps
   */
  static RunTakeUp again(String run, RunStore runs) {
    var takeUp = new RunTakeUp(TakeUpRequest.resume(run), runs.record(run), runs.seal());
    new StepQuestions(takeUp.record, Set.of(), Set.of()).requireAnswers();
    return takeUp;
  }

  /** The step with the result that was masked, where that was kept beside. */
  private RecordedStep opened(RecordedStep step, SecretSeal seal) {
    var whole =
        Optional.ofNullable(step.sealed())
            .flatMap(kept -> Opened.of(kept, seal).text())
            .map(JournalFormat::tree);
    var masked = step.result();
    if (whole.isEmpty() || masked == null) {
      return step;
    }
    secretsInResults.addAll(SecretMark.takenOut(masked, whole.get()));
    return step.opened(whole.get());
  }

  /**
   * What came of a look at something sealed.
   *
   * @param why it cannot be opened
   */
  private record Opened(Optional<String> text, Optional<HearthException> why) {
    static Opened of(String kept, SecretSeal seal) {
      try {
        return new Opened(seal.open(kept), Optional.empty());
      } catch (HearthException e) {
        return new Opened(Optional.empty(), Optional.of(e)); // told where it turns out to be needed
      }
    }
  }

  /** The secrets in the results that were opened: they are masked again in all that is told. */
  List<Secret> secretsInResults() {
    return secretsInResults;
  }

  private void refuseWhatHasEnded() {
    var run = record.run();
    var recipe = shortPath(record.start().recipe());
    var status = record.end().map(JournalEntry.Finished::status);
    if (status.isPresent() && record.isUndone()) { // else it only lacks its last line
      throw new HearthException(RunError.ALREADY_UNDONE, run, recipe);
    }
    if (asked.what() == TakeUp.RESUME && status.equals(Optional.of(RunResult.Status.DONE))) {
      throw new HearthException(RunError.NOTHING_TO_RESUME, run, recipe);
    }
    if (asked.what() == TakeUp.UNDO
        && !record.isUndone()
        && record.steps().stream().noneMatch(RecordedStep::canBeUndone)) {
      throw new HearthException(RunError.NOTHING_TO_UNDO, run);
    }
  }

  private void refuseOtherFolder() {
    var here = Path.of("").toAbsolutePath().toString();
    if (!record.start().folder().equals(here)) {
      throw new HearthException(
          RunError.OTHER_FOLDER, record.run(), record.start().folder(), here, command());
    }
  }

  /**
   * A simulated world is saved where the run ends, so that a crash loses what was changed in it.
   */
  private void refuseLostWorld() {
    var start = record.start();
    if (start.simulated() && (start.simulatedWorld().isEmpty() || record.end().isEmpty())) {
      throw new HearthException(RunError.WORLD_GONE, record.run(), command());
    }
  }

  private String command() {
    return asked.what().command();
  }

  TakeUp what() {
    return asked.what();
  }

  RunRecord record() {
    return record;
  }

  Replay replay() {
    return asked.what() == TakeUp.UNDO
        ? Replay.toUndo(record.steps())
        : Replay.toResume(record.steps(), asked.redo(), asked.skip());
  }

  /** What was asked for when the run began, without its parameters. */
  public RunRequest request() {
    var start = record.start();
    var grants = new ArrayList<>(start.grants());
    grants.addAll(asked.grants());
    return new RunRequest(
        Path.of(shortPath(start.recipe())),
        Map.of(),
        grants,
        false,
        record.defaults(),
        start.simulated(),
        start.simulatedWorld().map(Path::of),
        asked.timeout(),
        asked.onError().or(start::onError),
        asked.diagnostics());
  }

  /** As the user would type it here. */
  private static String shortPath(String path) {
    var here = Path.of("").toAbsolutePath();
    return Path.of(path).startsWith(here) ? here.relativize(Path.of(path)).toString() : path;
  }

  /**
   * Refuses a recipe with another text: its steps would not be those of the journal.
   *
   * @throws HearthException {@code run.recipe-changed}
   */
  void requireSame(RecipeFile file) {
    if (!file.sha256().equals(record.start().recipeHash())) {
      throw new HearthException(RunError.RECIPE_CHANGED, record.run(), file.path(), command())
          .with("recorded", record.start().recipeHash())
          .with("found", file.sha256());
    }
  }

  /**
   * Refuses files that the recipe imported when they hold something else now.
   *
   * @throws HearthException {@code run.import-changed}
   */
  void requireSameImports(SourceFiles files, Path from) {
    var hashes = new TreeMap<Path, String>();
    record.imports().forEach((file, hash) -> hashes.put(Path.of(file), hash));
    var changes = new Imprint(hashes).changes(files, from);
    if (!changes.isEmpty()) {
      throw new HearthException(RunError.IMPORT_CHANGED, String.join(", ", changes), record.run());
    }
  }

  /**
   * The values that the run began with; those of secrets from where they can be had.
   *
   * @throws HearthException {@code run.secret-needed}, {@code run.secret-sealed}
   */
  ParameterInput input(ParameterSchema schema, Surroundings surroundings) {
    var values = new LinkedHashMap<String, JsonNode>();
    record.start().parameters().properties().forEach(it -> values.put(it.getKey(), it.getValue()));
    var missing = new ArrayList<String>();
    var closed = new ArrayList<HearthException>();
    for (var name : record.start().secretParameters()) {
      var kept =
          Optional.ofNullable(record.start().sealedParameters().get(name))
              .map(text -> Opened.of(text, surroundings.runs().seal()));
      kept.flatMap(Opened::why).ifPresent(closed::add);
      secret(name, kept.flatMap(Opened::text), schema, surroundings)
          .ifPresentOrElse(
              secret -> values.put(name, JsonNodeFactory.instance.pojoNode(secret)),
              () -> missing.add(name));
    }
    if (!missing.isEmpty()) {
      throw secretsNeeded(missing, schema, closed.stream().findFirst());
    }
    return ParameterInput.none().caller(values);
  }

  private Optional<Secret> secret(
      String name, Optional<String> kept, ParameterSchema schema, Surroundings surroundings) {
    var parameter = schema.find(name).orElseThrow();
    return Optional.ofNullable(asked.secrets().get(name))
        .or(() -> kept.map(Secret::of))
        .or(
            () ->
                surroundings
                    .environment()
                    .get(parameter.variable())
                    .filter(text -> !text.isEmpty())
                    .map(Secret::of))
        .or(
            () ->
                surroundings
                    .parameterPrompt()
                    .flatMap(
                        person ->
                            person.ask(
                                new ParameterPrompt.Question(
                                    parameter, List.of(), true, Optional.empty())))
                    .map(Secret::of));
  }

  private HearthException secretsNeeded(
      List<String> missing, ParameterSchema schema, Optional<HearthException> closed) {
    var names = missing.stream().sorted().map(name -> "`" + name + "`");
    var first = schema.find(missing.stream().sorted().findFirst().orElseThrow()).orElseThrow();
    var error =
        new HearthException(
            closed.isPresent() ? RunError.SECRET_SEALED : RunError.SECRET_NEEDED,
            record.run(),
            names.collect(Collectors.joining(", ")),
            first.variable());
    return closed.map(why -> error.with("reason", why.sentence()).causedBy(why)).orElse(error);
  }
}
