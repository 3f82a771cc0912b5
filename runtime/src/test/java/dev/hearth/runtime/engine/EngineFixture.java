package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.module.BuiltinModules;
import dev.hearth.runtime.module.ImportBounds;
import dev.hearth.runtime.module.ImportRoot;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.timing.Timekeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs recipes in a folder of the test's, with a module {@code hearth:lab} to call. */
final class EngineFixture implements RealmHost {
  final List<String> printed = new ArrayList<>();
  final List<String> logged = new ArrayList<>();
  final List<ErrorReport> uncaught = new ArrayList<>();
  final List<String> steps = Collections.synchronizedList(new ArrayList<>());
  final List<Secret> secrets = new ArrayList<>();
  final Map<String, StepEntry> entries = new LinkedHashMap<>();
  final LabOps lab = new LabOps();
  OpLimits limits = OpLimits.DEFAULT;
  Duration grace = Duration.ofSeconds(5);
  Clock clock = Clock.system();
  Predicate<Path> closed = path -> false;
  Consumer<String> onPrint = text -> {};

  /** How a wait for the disk goes; without it nothing waits. */
  @Nullable Runnable disk;

  private boolean recorded; // since the last wait
  private final Path folder;
  private final Map<String, String> modules = new LinkedHashMap<>();
  private final Map<String, String> shared = new LinkedHashMap<>();

  EngineFixture(Path folder) {
    this.folder = folder;
    modules.put(
        "lab",
        """
        import { open, pure as pureOps } from 'hearth:binding';
        const ops = open('lab');
        export const pure = pureOps('lab');
        export const echo = (value) => ops.echo({ value });
        export const call = (op, args, options) => ops[op](args, options);
        """);
    modules.put(
        "sharing",
        """
        import { open } from 'hearth:binding';
        import { echoOf, times } from 'hearth:binding/echoes';
        import { loud } from 'hearth:binding/echoes/loud';
        export const echo = (value) => echoOf(open('lab'), value);
        export { loud, times };
        """);
    modules.put("sharer", "export { times } from 'hearth:binding/echoes';");
    shared.put(
        "echoes",
        """
        import { errorFrom } from 'hearth:binding';
        let made = 0;
        export const times = () => made;
        export const echoOf = (ops, value) => {
          made++;
          if (value === undefined) throw errorFrom({ code: 'lab.echo', message: 'Say it.', hint: 'Do.' });
          return ops.echo({ value });
        };
        """);
    shared.put("echoes/loud", "export const loud = (value) => value + '!';");
    modules.put("time", "export const now = () => 0;");
  }

  EngineFixture file(String name, String content) {
    try {
      var path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RecipeExecution.Outcome run(String recipe) {
    return run(recipe, execution -> {});
  }

  /** Runs {@code recipe} as recipe.js; {@code meanwhile} may stop it from another thread. */
  RecipeExecution.Outcome run(String recipe, Consumer<RecipeExecution> meanwhile) {
    return run(recipe, meanwhile, List.of());
  }

  final List<@Nullable ErrorReport> undone = new ArrayList<>();

  RecipeExecution.Outcome run(
      String recipe, Consumer<RecipeExecution> meanwhile, List<String> undo) {
    file("recipe.js", recipe);
    var outcome = new CompletableFuture<RecipeExecution.Outcome>();
    var thread =
        Thread.ofPlatform()
            .name("test-loop")
            .start(
                () -> {
                  try (var execution = execution()) {
                    meanwhile.accept(execution);
                    var result = execution.run("{}");
                    for (var step : undo) {
                      undone.add(execution.undo(step));
                    }
                    outcome.complete(result);
                  } catch (Throwable t) {
                    outcome.completeExceptionally(t);
                  }
                });
    try {
      var result = outcome.get(60, TimeUnit.SECONDS);
      thread.join();
      return result;
    } catch (Exception e) {
      throw new AssertionError("The run did not end: " + e, e);
    }
  }

  SessionExecution session() {
    try {
      return new SessionExecution(setup(folder.toRealPath()), this, uncaught::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RecipeExecution execution() throws IOException {
    var root = folder.toRealPath();
    return new RecipeExecution(
        setup(root), this, root.resolve("recipe.js"), "recipe.js", grace, new StopRequest());
  }

  private RealmSetup setup(Path root) {
    var builtins =
        new BuiltinModules() {
          @Override
          public @Nullable String source(String name) {
            return modules.get(name);
          }

          @Override
          public @Nullable String shared(String name) {
            return shared.get(name);
          }

          @Override
          public Set<String> names() {
            return modules.keySet();
          }
        };
    return new RealmSetup(
        new ImportBounds(new ImportRoot(root, false), path -> false, closed),
        Files::readAllBytes,
        path -> root.relativize(path).toString(),
        builtins,
        limits,
        clock,
        Optional.empty(),
        Timekeeper.OFF,
        Optional.empty());
  }

  @Override
  public void printed(boolean error, String text) {
    printed.add(text);
    onPrint.accept(text);
  }

  @Override
  public void logged(String level, String message, String fieldsJson) {
    logged.add(level + " " + message + " " + fieldsJson);
  }

  @Override
  public OpTarget open(int principal, String binding, @Nullable String connectionJson) {
    return new BindingTarget(
        binding,
        () ->
            new BindingTarget.Opened(
                lab,
                (writes, op) -> {
                  if (writes) {
                    throw new HearthException(LabError.FORBIDDEN, op);
                  }
                }));
  }

  @Override
  public void listens(int principal, Consumer<String> ears) {
    throw new IllegalStateException("Nothing happens here that could be heard.");
  }

  @Override
  public Object pure(String binding) {
    return new LabPureOps();
  }

  @Override
  public void secretKnown(Secret secret) {
    secrets.add(secret);
  }

  @Override
  public boolean isRecordDurable() {
    return disk == null || !recorded;
  }

  @Override
  public void makeRecordDurable() {
    recorded = false;
    steps.add("on disk");
    Objects.requireNonNull(disk).run();
  }

  private void record(String line) {
    recorded = true;
    steps.add(line);
  }

  @Override
  public StepEntry stepBegan(String name, StepEffect effect, boolean findable) {
    record("began " + name + (effect == StepEffect.UNDOABLE ? " (undo)" : ""));
    return entries.getOrDefault(name, new StepEntry.Work());
  }

  @Override
  public void stepNotFound(String name) {
    record("not found " + name);
  }

  @Override
  public void stepFindFailed(String name, ErrorReport error) {
    record("find failed " + name + ": " + error.message());
  }

  @Override
  public void stepFinished(String name, @Nullable JsonNode result, @Nullable JsonNode handles) {
    record("finished " + name + " " + result + (handles == null ? "" : " " + handles));
  }

  @Override
  public void stepUnrecorded(String name, ErrorReport error) {
    record("unrecorded " + name + ": " + error.message());
  }

  @Override
  public void stepFailed(String name, ErrorReport error) {
    record("failed " + name + ": " + error.message());
  }
}
