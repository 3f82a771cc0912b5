package dev.hearth.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.Evaluation;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.Session;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.run.Simulation;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.testing.FakeClock;
import dev.hearth.stdlib.test.TestBinding;
import dev.hearth.stdlib.test.TestError;
import dev.hearth.stdlib.test.TestHost;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of tests, in a realm, a simulated world and a time of its own. The module {@code
 * hearth:test} collects the tests in JavaScript; here each is called, one after the other, as an
 * input of a session: so its error has its place, and what never ends can be interrupted.
 */
public final class TestFile implements TestHost, AutoCloseable {
  private static final Clock MACHINE = Clock.system();

  /** For what is no test's own time: the start of the engine, imports, hooks after a test. */
  private static final Duration AROUND = Duration.ofMinutes(1);

  private static final String HARNESS = "await (await import('hearth:test')).harness.";

  private final Path file;
  private final TestRules rules;
  private final Consumer<RunEvent> told;
  private final FakeClock clock = new FakeClock();
  private final ConcurrentLinkedQueue<ErrorReport> uncaught = new ConcurrentLinkedQueue<>();
  private final Hearth hearth;
  private final Simulation world;
  private final Session session;

  /**
   * Begins nothing yet.
   *
   * @param told hears what tests print and log
   */
  public TestFile(Path file, TestRules rules, Consumer<RunEvent> told) {
    this.file = file;
    this.rules = rules;
    this.told = told;
    this.hearth = hearth().build();
    this.world = Simulation.start(hearth.surroundings(), Optional.empty(), clock);
    this.session =
        hearth.testSession(file, rules.grants(), rules.diagnostics(), world, this::heard);
  }

  private Hearth.Builder hearth() {
    return Hearth.builder()
        .home(rules.home())
        .environment(rules.environment())
        .bindings(bindings())
        .clock(clock);
  }

  /** One whose recipes are answered what a test says. */
  private Hearth answering(Recipe recipe) {
    return recipe
        .answers()
        .map(answers -> hearth().recipePrompt(new GivenAnswers(answers)).build())
        .orElse(hearth);
  }

  private List<Binding> bindings() {
    var mine = new TestBinding(this);
    var others =
        Bindings.installed().all().stream().filter(each -> !each.name().equals(mine.name()));
    return Stream.concat(others, Stream.of(mine)).toList();
  }

  private void heard(RunEvent event) {
    if (event instanceof RunEvent.Uncaught lost) {
      uncaught.add(lost.error());
    } else {
      told.accept(event);
    }
  }

  /** Runs its tests in order, and tells each result when it is there. */
  public void run(Consumer<TestResult> results) throws InterruptedException {
    long began = MACHINE.nanoTime();
    var url = TextNode.valueOf(file.toAbsolutePath().normalize().toUri().toString());
    var loaded = evaluate("await import(%s); undefined".formatted(url), AROUND);
    var filter = rules.filter().<Object>map(TextNode::valueOf).orElse("null");
    var plan =
        loaded.error() == null ? evaluate(HARNESS + "plan(%s)".formatted(filter), AROUND) : loaded;
    var error = withUncaught(plan.error());
    if (error != null && (loaded.late() || plan.late())) {
      error = ErrorReport.of(new HearthException(TestError.TIMEOUT, file, text(AROUND)));
    }
    if (error == null
        && plan.value() != null
        && plan.value().isEmpty()
        && rules.filter().isEmpty()) {
      error = ErrorReport.of(new HearthException(TestError.NO_TESTS, file));
    }
    if (error != null || plan.value() == null) {
      results.accept(result(List.of("the file is loaded"), began, error));
      return;
    }
    for (var test : plan.value()) {
      results.accept(one(test));
    }
  }

  private TestResult one(JsonNode test) throws InterruptedException {
    var path = new ArrayList<String>();
    test.get("path").forEach(name -> path.add(name.asText()));
    return switch (test.get("fate").asText()) {
      case "todo" -> left(path, TestResult.Status.TODO);
      case "skip" -> left(path, TestResult.Status.SKIPPED);
      default -> ran(path, test);
    };
  }

  private TestResult ran(List<String> path, JsonNode test) throws InterruptedException {
    long began = MACHINE.nanoTime();
    var id = test.get("id").asInt();
    var own = test.get("timeout");
    var limit = own.isNull() ? rules.timeout() : Duration.ofMillis(own.asLong());
    var evaluated = evaluate(HARNESS + "run(%d)".formatted(id), limit);
    var error = evaluated.error();
    if (error != null && evaluated.late()) {
      error = placed(new HearthException(TestError.TIMEOUT, path.getLast(), text(limit)), id);
    } else if (error != null && error.code().equals("session.waits-forever")) {
      error = placed(new HearthException(TestError.NEVER_SETTLES, path.getLast()), id);
    }
    var after = evaluate(HARNESS + "leave(%d)".formatted(id), AROUND).error();
    if (after != null) {
      error = error == null ? after : error.also(after);
    }
    return result(path, began, withUncaught(error));
  }

  /** The error at the line where the test is defined. */
  private ErrorReport placed(HearthException error, int id) throws InterruptedException {
    var where = evaluate(HARNESS + "where(%d)".formatted(id), AROUND).error();
    return ErrorReport.at(error, where == null ? null : where.location());
  }

  private static String text(Duration limit) {
    return DurationText.format(limit);
  }

  private @Nullable ErrorReport withUncaught(@Nullable ErrorReport error) {
    var all = error;
    for (var lost = uncaught.poll(); lost != null; lost = uncaught.poll()) {
      all = all == null ? lost : all.also(lost);
    }
    return all;
  }

  private TestResult result(List<String> path, long began, @Nullable ErrorReport error) {
    var took = Duration.ofNanos(MACHINE.nanoTime() - began);
    var status = error == null ? TestResult.Status.PASSED : TestResult.Status.FAILED;
    return new TestResult(file.toString(), List.copyOf(path), status, took, error);
  }

  private TestResult left(List<String> path, TestResult.Status status) {
    return new TestResult(file.toString(), List.copyOf(path), status, Duration.ZERO, null);
  }

  private record Evaluated(@Nullable JsonNode value, @Nullable ErrorReport error, boolean late) {}

  /** Evaluates, and interrupts what takes longer: the limit is real time, whatever a test does. */
  private Evaluated evaluate(String code, Duration limit) throws InterruptedException {
    var late = new AtomicBoolean();
    var alarm = Thread.ofVirtual().name("hearth-test-limit").start(() -> ring(limit, late));
    Evaluation evaluated;
    try {
      evaluated = session.evaluate(code, "hearth test");
    } finally {
      alarm.interrupt();
    }
    alarm.join(); // so that it interrupts nothing that comes later
    return new Evaluated(evaluated.value(), evaluated.error(), late.get());
  }

  private void ring(Duration limit, AtomicBoolean late) {
    try {
      MACHINE.sleep(limit);
      late.set(true);
      session.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public JsonNode run(Recipe recipe) throws InterruptedException {
    var events = new ConcurrentLinkedQueue<RunEvent>();
    Consumer<RunEvent> heard =
        event -> {
          if (event instanceof RunEvent.Crossed || event instanceof RunEvent.Timed) {
            told.accept(event);
          } else {
            events.add(event);
          }
        };
    try {
      var request = request(recipe).diagnosed(rules.diagnostics().fromNow());
      var answering = answering(recipe);
      var run =
          recipe.simulate()
              ? answering.startIn(world, request, heard)
              : answering.start(request, heard);
      try {
        return RunAnswer.of(run.await(), events);
      } catch (InterruptedException e) {
        run.stop();
        throw e;
      }
    } catch (HearthException e) {
      return RunAnswer.refused(ErrorReport.of(e), events);
    }
  }

  private RunRequest request(Recipe recipe) {
    Path named;
    try {
      named = file.resolveSibling(recipe.recipe()).normalize();
    } catch (InvalidPathException e) {
      throw new HearthException(TestError.NO_PATH).causedBy(e);
    }
    var request = RunRequest.of(named);
    for (var param : recipe.params().entrySet()) {
      request = request.param(param.getKey(), param.getValue());
    }
    for (var grant : rules.grants()) {
      request = request.allow(grant);
    }
    if (recipe.onError().isPresent()) {
      var choice = recipe.onError().get().toUpperCase(Locale.ROOT);
      request = request.onError(RunRequest.OnError.valueOf(choice));
    }
    return recipe.simulate() ? request.simulated() : request;
  }

  @Override
  public boolean advance(Duration by) throws InterruptedException {
    return clock.advance(by);
  }

  @Override
  public void settle() throws InterruptedException {
    clock.settle();
  }

  @Override
  public boolean onward() throws InterruptedException {
    return clock.onward();
  }

  @Override
  public void close() {
    try {
      session.close();
    } finally {
      world.close();
    }
  }
}
