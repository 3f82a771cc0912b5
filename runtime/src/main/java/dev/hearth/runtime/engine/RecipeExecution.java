package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.module.RecipeError;
import dev.hearth.runtime.timing.Timekeeper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * One recipe from its import to its end, on the calling thread.
 *
 * <p>It goes on while the entry promise is pending or anything is out, and ends when the promise
 * has settled, no operation is open and no timer is due. When it is stopped, everything that is out
 * is rejected with the reason, the recipe's {@code finally} blocks get a grace period, and after
 * that the JavaScript is ended whatever it does.
 */
public final class RecipeExecution implements AutoCloseable {
  /** How long JavaScript may run on after a stop before it is interrupted. */
  private static final Duration PATIENCE = Duration.ofMillis(150);

  /** How long it may take to end what is killed. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  /**
   * What a recipe's text has that may replace methods of the language, or bring in code that does.
   * Taking them beforehand costs every start some milliseconds, and most recipes have none of this.
   *
   * <p>It is a guess, and no border: a name can be computed, escaped or found by reflection.
   * Nothing rests on it. Where there is more than one principal all of this is frozen before the
   * first line runs; where there is one, who replaces what the web's globals use meets no more than
   * its own grants behind them, and breaks its own run. What this saves is the author of an honest
   * polyfill from that.
   */
  private static final Pattern MAY_TAMPER =
      Pattern.compile("prototype|__proto__|PrototypeOf|constructor|import\\s*\\(|['\"]\\.{1,2}/");

  private final Optional<Inspector> inspector;
  private final Timekeeper timekeeper;
  private final EventLoop loop;
  private final RealmHost host;
  private final Realm realm;
  private final Path recipe;
  private final String recipeName;
  private final Duration grace;
  private final Thread thread = Thread.currentThread();

  // Confined to the loop thread.
  private boolean settled;
  private @Nullable JsonNode value;
  private @Nullable ErrorReport error;
  private boolean graceIsOver;

  private final StopRequest request;
  private volatile boolean interrupted;
  private final CountDownLatch stopSeen = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * How the recipe ended.
   *
   * @param value what it returned; {@code null} unless it succeeded
   * @param error why it failed; {@code null} when it succeeded
   */
  public record Outcome(@Nullable JsonNode value, @Nullable ErrorReport error) {}

  /**
   * Makes the JavaScript world for one recipe, on the thread that will run it.
   *
   * @param grace how long {@code finally} blocks may take after a stop
   * @param request asks for the stop; one that was asked for already is heard when it runs
   */
  public RecipeExecution(
      RealmSetup setup,
      RealmHost host,
      Path recipe,
      String recipeName,
      Duration grace,
      StopRequest request) {
    this.request = request;
    this.host = host;
    this.inspector = setup.inspector();
    this.timekeeper = setup.timekeeper();
    this.loop = new EventLoop(setup.clock(), timekeeper);
    this.realm = new Realm(setup, loop, host);
    timekeeper.engineMade();
    this.recipe = recipe;
    this.recipeName = recipeName;
    this.grace = grace;
  }

  /** Takes the recipe's text from here and not from its file, which may have changed meanwhile. */
  public void load(byte[] content) {
    realm.modules().put(recipe, content);
    if (MAY_TAMPER.matcher(new String(content, StandardCharsets.ISO_8859_1)).find()) {
      realm.web().invokeMember("takeOriginals");
    }
  }

  /** How many streams of operations have not come to their end. */
  long openStreams() {
    return realm.calls().openStreams();
  }

  /** Runs the recipe with validated parameters (a JSON object) until it has ended. */
  public Outcome run(String parametersJson) throws InterruptedException {
    request.tell(this::stopFor);
    if (mayBegin()) {
      loop.perform(() -> begin(parametersJson));
    }
    runUntilIdle();
    return outcome();
  }

  /**
   * Runs the recipe until {@code enough} holds or nothing of it can happen any more, and leaves it
   * there: what is out is rejected, so that nothing of it goes on beside the undo that follows.
   */
  public Outcome runUntil(BooleanSupplier enough, String parametersJson)
      throws InterruptedException {
    request.tell(this::stopFor);
    if (mayBegin()) {
      loop.perform(() -> begin(parametersJson));
    }
    while (!graceIsOver && !enough.getAsBoolean() && loop.hasWork()) {
      guardedLoop(() -> !graceIsOver && !enough.getAsBoolean());
    }
    if (request.reason().isEmpty()) {
      leaveBehind();
    }
    runUntilIdle();
    return outcome();
  }

  /** Waits for a debugger where that was asked for; a stop that comes meanwhile is the end. */
  private boolean mayBegin() throws InterruptedException {
    return inspector.isEmpty() || inspector.get().awaitDebugger(() -> request.reason().isEmpty());
  }

  /**
   * Whatever the recipe waits for is rejected, and what it begins then, until it begins nothing.
   */
  private void leaveBehind() throws InterruptedException {
    Thread.ofVirtual().name("hearth-leave").start(this::endGrace);
    while (!graceIsOver && loop.hasWork()) {
      guarded(() -> realm.rejectAll(new HearthException(EngineError.LEFT_BEHIND)));
      var once = new AtomicBoolean(true);
      guardedLoop(() -> once.getAndSet(false) && !graceIsOver);
    }
  }

  private void endGrace() {
    try {
      if (!ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        loop.interject(() -> graceIsOver = true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(String parametersJson) {
    guarded(
        () ->
            realm
                .guest()
                .importModule()
                .executeVoid(
                    realm.modules().entry(recipe),
                    (ProxyExecutable) a -> started(a[0], parametersJson),
                    (ProxyExecutable) a -> rejected(a[0])));
  }

  private Outcome outcome() {
    if (!settled) {
      settle(null, ErrorReport.of(reasonToGiveUp()));
    }
    return new Outcome(value, error == null ? null : fullMemoryFirst(error));
  }

  /** Where the memory is full, anything fails in any way; what that is called then says little. */
  private ErrorReport fullMemoryFirst(ErrorReport failure) {
    return request
        .reason()
        .filter(reason -> reason.code() == EngineError.OUT_OF_MEMORY)
        .map(ErrorReport::of)
        .filter(full -> !full.code().equals(failure.code()))
        .map(full -> full.also(failure))
        .orElse(failure);
  }

  /**
   * Undoes one finished step by the function that the recipe gave with it.
   *
   * @return why it failed, {@code null} when it did not
   */
  public @Nullable ErrorReport undo(String step) throws InterruptedException {
    var outcome = new UndoOutcome();
    var ofTheRun = error;
    error = null;
    loop.perform(() -> undo(step, outcome));
    while (!outcome.settled && error == null && loop.hasWork()) {
      guardedLoop(() -> !outcome.settled && error == null);
    }
    var escaped = error;
    error = ofTheRun;
    if (outcome.error != null || outcome.settled) {
      return outcome.error;
    }
    return escaped == null
        ? ErrorReport.of(new HearthException(EngineError.NEVER_SETTLES))
        : escaped;
  }

  private void undo(String step, UndoOutcome outcome) {
    guarded(
        () ->
            realm
                .guest()
                .follow()
                .executeVoid(
                    realm.guest().undoStep().execute(step),
                    (ProxyExecutable) a -> outcome.settled(null),
                    (ProxyExecutable) a -> outcome.settled(realm.errors().report(a[0]))));
  }

  private static final class UndoOutcome {
    boolean settled;
    @Nullable ErrorReport error;

    @Nullable Object settled(@Nullable ErrorReport error) {
      this.settled = true;
      this.error = error;
      return null;
    }
  }

  /**
   * Stops the recipe for {@code reason}: what is out is rejected with it, and {@code finally}
   * blocks run. Any thread; only the first call counts.
   */
  public void stop(HearthException reason) {
    request.stop(reason);
  }

  private void stopFor(HearthException reason) {
    loop.interject(() -> stopNow(reason));
    Thread.ofVirtual().name("hearth-stop").start(() -> enforceStop(reason));
  }

  private void stopNow(HearthException reason) {
    stopSeen.countDown();
    guarded(() -> realm.guest().abortRun().executeVoid(Bridge.error(reason)));
    guarded(() -> realm.rejectAll(reason));
  }

  /**
   * JavaScript that does not come back to the loop gets the reason as the error of the pure
   * operation that it waits for, else thrown in, so that its {@code finally} blocks run; where it
   * executes no statement either, it is interrupted. What goes on after the grace period is ended.
   */
  private void enforceStop(HearthException reason) {
    try {
      if (inspector.filter(Inspector::holds).isPresent()) {
        throwIn(reason); // else the line at which it is paused would still be run
      } else if (!seen(PATIENCE) && !(realm.interruptPure(reason) && seen(PATIENCE))) {
        throwIn(reason);
      }
      ended.await(grace.toMillis(), TimeUnit.MILLISECONDS);
      loop.interject(() -> graceIsOver = true);
      ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (ended.getCount() > 0) {
        kill(reason);
      }
    }
  }

  /** Closing waits for the step that the engine is in, which nobody else is to wait for. */
  private void kill(HearthException reason) {
    Thread.ofPlatform().name("hearth-kill").daemon().start(realm::kill);
    try {
      if (!ended.await(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        host.stuck(reason);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwIn(HearthException reason) throws InterruptedException {
    var armed = realm.throwInto(thread, reason.sentence());
    inspector.ifPresent(Inspector::letGo);
    try {
      if (!seen(grace)) {
        interrupted = true;
        realm.interrupt();
      }
    } finally {
      armed.close();
    }
  }

  private boolean seen(Duration patience) throws InterruptedException {
    return stopSeen.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void runUntilIdle() throws InterruptedException {
    do {
      while (goesOn() && loop.hasWork()) {
        guardedLoop(this::goesOn);
      }
    } while (!graceIsOver && giveUpStep());
    ended.countDown();
  }

  private boolean goesOn() {
    return !graceIsOver && (!settled || loop.isHeld());
  }

  /**
   * Nothing is out, so a step that is still open waits for what can never happen. Rejected, it lets
   * the recipe's {@code finally} blocks run; one at a time, since they may use what others hold.
   */
  private boolean giveUpStep() {
    ProxyExecutable why = a -> Bridge.error(reasonToGiveUp()); // most runs end without an open step
    var given = new AtomicBoolean();
    guarded(() -> given.set(realm.guest().giveUpStep().execute(why).asBoolean()));
    return given.get();
  }

  private HearthException reasonToGiveUp() {
    return request.reason().orElseGet(() -> new HearthException(EngineError.NEVER_SETTLES));
  }

  private void guardedLoop(BooleanSupplier wanted) throws InterruptedException {
    try {
      loop.runWhile(wanted);
    } catch (PolyglotException e) {
      escaped(e);
    } catch (OutOfMemoryError e) {
      fail(ErrorReport.of(OutOfMemory.failure()));
    }
  }

  private void guarded(Runnable javascript) {
    try {
      javascript.run();
    } catch (PolyglotException e) {
      escaped(e);
    } catch (OutOfMemoryError e) {
      fail(ErrorReport.of(OutOfMemory.failure()));
    }
  }

  /** An error that no JavaScript caught: from a timer, a listener, or a rejection left alone. */
  private void escaped(PolyglotException e) {
    if (e.isInterrupted() || e.isCancelled() || interrupted) {
      // Its own promise never settles now, so the run takes the reason as its outcome. An
      // interrupted async function also leaves rejections behind that nobody could handle.
      Thread.interrupted();
      var place = realm.errors().report(e).location();
      settle(
          null,
          ErrorReport.at(
              request.reason().orElseGet(() -> new HearthException(EngineError.INTERRUPTED)),
              place));
      if (e.isCancelled()) {
        graceIsOver = true;
      }
      return;
    }
    fail(realm.errors().report(e));
  }

  /** A failed run starts nothing more: what is still out is stopped as by the user. */
  private void fail(ErrorReport report) {
    settle(null, reasonIfThrownIn(report));
    if (ended.getCount() > 0 && loop.hasWork()) {
      stop(new HearthException(EngineError.FAILED_ELSEWHERE));
    }
  }

  /** What the stop threw in comes out as an error without a code; it is the stop's reason. */
  private ErrorReport reasonIfThrownIn(ErrorReport report) {
    return request
        .reason()
        .filter(reason -> report.message().equals(reason.sentence()))
        .map(reason -> ErrorReport.at(reason, report.location()))
        .orElse(report);
  }

  private @Nullable Object started(Value module, String parametersJson) {
    var kind = realm.guest().defaultExport().execute(module).asString();
    if (!kind.equals("function")) {
      var code =
          switch (kind) {
            case "undefined" -> RecipeError.NO_DEFAULT_EXPORT;
            case "generator" -> RecipeError.DEFAULT_IS_A_GENERATOR;
            default -> RecipeError.DEFAULT_NOT_A_FUNCTION;
          };
      settle(null, ErrorReport.of(new HearthException(code, recipeName)));
      return null;
    }
    timekeeper.loaded(loop.taskBegan());
    try {
      var promise = realm.guest().startRecipe().execute(module, parametersJson);
      realm
          .guest()
          .follow()
          .executeVoid(
              promise,
              (ProxyExecutable) a -> returned(a[0]),
              (ProxyExecutable) a -> rejected(a[0]));
    } catch (PolyglotException e) {
      if (e.isInterrupted() || e.isCancelled()) {
        throw e;
      }
      fail(realm.errors().report(e));
    }
    return null;
  }

  private @Nullable Object returned(Value result) {
    try {
      settle(json(result), null);
    } catch (HearthException e) {
      settle(null, ErrorReport.of(e));
    } catch (PolyglotException e) {
      var reason = request.reason();
      if (reason.isPresent()) { // a getter or a `toJSON` went on until it was stopped
        settle(null, ErrorReport.of(reason.get()));
        return null;
      }
      if (GuestJson.isTooDeep(e.getMessage())) {
        settle(null, ErrorReport.of(GuestJson.tooDeep("What the recipe returned")));
        return null;
      }
      var why = e.getMessage() == null ? "it cannot be written." : e.getMessage();
      settle(null, ErrorReport.of(new HearthException(EngineError.RESULT_NOT_JSON, why)));
    }
    return null;
  }

  private @Nullable JsonNode json(Value result) {
    if (result.isNull()) {
      return null;
    }
    var json = realm.guest().toJson().execute(result);
    if (json.isNull()) {
      throw new HearthException(
          EngineError.RESULT_NOT_JSON, "a function or a symbol has no such form.");
    }
    return GuestJson.tree("What the recipe returned", json.asString(), realm.limits());
  }

  private @Nullable Object rejected(Value thrown) {
    fail(realm.errors().report(thrown));
    return null;
  }

  /** The first failure is the outcome; later ones stand beside it. */
  private void settle(@Nullable JsonNode value, @Nullable ErrorReport failure) {
    settled = true;
    if (failure == null) {
      this.value = value;
      return;
    }
    this.value = null;
    if (error == null) {
      error = failure;
    } else if (saysMore(error, failure)) {
      error = error.also(failure);
    }
  }

  /** What is stopped because of the first failure only repeats that there was one. */
  private static boolean saysMore(ErrorReport first, ErrorReport later) {
    boolean same = first.code().equals(later.code()) && first.message().equals(later.message());
    return !same && !later.code().equals(EngineError.FAILED_ELSEWHERE.text().id());
  }

  @Override
  public void close() {
    ended.countDown();
    loop.stopTimers(loop.lastTimer());
    realm.close();
  }
}
