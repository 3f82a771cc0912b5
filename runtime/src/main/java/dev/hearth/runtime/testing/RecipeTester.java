package dev.hearth.runtime.testing;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.PlainPage;
import dev.hearth.runtime.spi.Binding;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs recipes in a Hearth of the test's own, and keeps what they told. */
public final class RecipeTester {
  private final Hearth hearth;
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();

  private @Nullable RunResult result;
  private String folder = "";

  private RecipeTester(Hearth hearth) {
    this.hearth = hearth;
  }

  /**
   * With all bindings of the class path.
   *
   * @param home an empty folder for settings and journals
   */
  public static RecipeTester in(Path home) {
    return new RecipeTester(
        Hearth.builder().home(home).environment(name -> Optional.empty()).build());
  }

  /** With just these bindings. */
  public static RecipeTester with(Path home, Collection<Binding> bindings) {
    return new RecipeTester(
        Hearth.builder()
            .home(home)
            .bindings(bindings)
            .environment(name -> Optional.empty())
            .build());
  }

  /** With a Hearth of the test's own making. */
  public static RecipeTester of(Hearth hearth) {
    return new RecipeTester(hearth);
  }

  /** Runs a recipe file. */
  public RunResult run(Path recipe) throws InterruptedException {
    return run(recipe, request -> request);
  }

  /** Runs a recipe file as {@code how} says. */
  public RunResult run(Path recipe, UnaryOperator<RunRequest> how) throws InterruptedException {
    events.clear();
    result = null;
    folder = recipe.resolveSibling("x").toString().replaceFirst("x$", "");
    var ended = hearth.run(how.apply(RunRequest.of(recipe)), events::add);
    result = ended;
    return ended;
  }

  /** What the last run told, in order. */
  public List<RunEvent> events() {
    return List.copyOf(events);
  }

  /** What the last run logged, in order: {@code info made VM 100}. */
  public List<String> log() {
    return events.stream()
        .filter(RunEvent.Logged.class::isInstance)
        .map(RunEvent.Logged.class::cast)
        .map(line -> line.level().name().toLowerCase(Locale.ROOT) + " " + line.message())
        .toList();
  }

  /**
   * What the last run failed with, as the command line shows it, with files named from the recipe's
   * folder; empty when it succeeded.
   */
  public String error() {
    var error = result == null ? null : result.error();
    return error == null
        ? ""
        : new ErrorRenderer(new PlainPage(), ErrorRenderer.Detail.BRIEF)
            .text(error)
            .replace(folder, "");
  }

  public Hearth hearth() {
    return hearth;
  }
}
