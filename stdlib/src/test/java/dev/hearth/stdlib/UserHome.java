package dev.hearth.stdlib;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.PlainPage;
import dev.hearth.runtime.run.RecipePrompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A user with a home and variables of their own, who runs recipes that import one module. */
public final class UserHome {
  private final Path home;
  private final String module;
  private final Map<String, String> environment = new HashMap<>();
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private @Nullable RecipePrompt person;
  private String imports = "";

  /**
   * A user whose recipes have {@code module}, and may write to its system unless said otherwise.
   */
  public UserHome(Path home, String module) {
    this.home = home;
    this.module = module;
    environment.put("HOME", home.toString());
    file("");
  }

  public Path path() {
    return home;
  }

  /** A path in the home, the folder of which is there. */
  public Path file(String path) {
    var file = home.resolve(path);
    try {
      Files.createDirectories(path.isEmpty() ? file : Objects.requireNonNull(file.getParent()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Writes a file in the home. */
  public UserHome write(String path, String text) {
    try {
      Files.writeString(file(path), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public UserHome variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** More that recipes import, beside the module: whole lines. */
  public UserHome imports(String lines) {
    imports = lines;
    return this;
  }

  /** The value of one of the user's variables. */
  public Optional<String> get(String variable) {
    return Optional.ofNullable(environment.get(variable));
  }

  /** Somebody who follows the runs from now on, and answers. */
  public UserHome followedBy(RecipePrompt who) {
    person = who;
    return this;
  }

  /** Runs the body of a recipe with these grants. */
  public RunResult run(String body, String... grants) {
    return runWhole(
        """
        import { %1$s } from 'hearth:%1$s'; %3$s
        export const recipe = { summary: 'A test' };
        export default async ({ log }) => {
        %2$s
        };
        """
            .formatted(module, body, imports),
        grants);
  }

  /** Runs a whole recipe with these grants. */
  public RunResult runWhole(String code, String... grants) {
    events.clear();
    var builder =
        Hearth.builder().home(home.resolve("hearth")).environment(Environment.of(environment));
    if (person != null) {
      builder.recipePrompt(person);
    }
    var hearth = builder.build();
    try {
      var recipe = home.resolve("recipe.js");
      Files.writeString(recipe, code);
      var request = RunRequest.of(recipe);
      for (var grant : grants) {
        request = request.allow(grant);
      }
      return hearth.run(request, events::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the body returned, as JSON; fails with the run's error. */
  public String value(String body, String... grants) {
    var result = run(body, usual(grants));
    if (result.error() != null) {
      throw new AssertionError(text(result));
    }
    return String.valueOf(result.value());
  }

  /** The sentence and the hint that the body failed with. */
  public String failure(String body, String... grants) {
    var error = Objects.requireNonNull(run(body, usual(grants)).error(), "it did not fail");
    return error.code() + ": " + error.message() + "\n" + error.hint();
  }

  private String[] usual(String... grants) {
    return grants.length == 0 ? new String[] {module + ":write"} : grants;
  }

  /** The error of a run as people see it. */
  public static String text(RunResult result) {
    return new ErrorRenderer(new PlainPage(), ErrorRenderer.Detail.FULL)
        .text(Objects.requireNonNull(result.error()));
  }

  /** The permissions that the last run used or was refused, in their canonical form. */
  public List<String> audited() {
    return events.stream()
        .filter(RunEvent.Audited.class::isInstance)
        .map(event -> ((RunEvent.Audited) event).permission())
        .toList();
  }

  /** What was told of the last run. */
  public List<RunEvent> events() {
    return List.copyOf(events);
  }
}
