package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** A JavaScript world that lives on between inputs, on a thread of its own. */
public final class SessionExecution implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(150);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final RealmSetup setup;
  private final RealmHost host;
  private final Consumer<ErrorReport> uncaught;
  private final EventLoop loop;
  private final Thread thread;
  private final CompletableFuture<World> ready = new CompletableFuture<>();
  private final AtomicReference<@Nullable HearthException> thrownIn = new AtomicReference<>();

  // Confined to the loop thread.
  private @Nullable Pending pending;
  private @Nullable Value questions; // session.js, made at the first use
  private boolean closed;

  /**
   * What came of one input.
   *
   * @param text the value for people; {@code null} when there is none
   * @param value the value as JSON; {@code null} when it has no such form
   * @param exact whether {@code value} says all there is
   * @param error why there is no value
   */
  public record Evaluated(
      @Nullable String text, @Nullable JsonNode value, boolean exact, @Nullable ErrorReport error) {

    private static final Evaluated NOTHING = new Evaluated(null, null, false, null);

    private static Evaluated failed(ErrorReport error) {
      return new Evaluated(null, null, false, error);
    }
  }

  /**
   * A session that waits for its first input.
   *
   * @param uncaught is told of errors that no JavaScript caught and that are not an input's own,
   *     such as a timer's; on the session's thread
   */
  public SessionExecution(RealmSetup setup, RealmHost host, Consumer<ErrorReport> uncaught) {
    this.setup = setup;
    this.host = host;
    this.uncaught = uncaught;
    this.loop = new EventLoop(setup.clock(), setup.timekeeper());
    this.thread = Thread.ofPlatform().name("hearth-session").daemon().start(this::live);
  }

  /** Whether more must be typed before this can be evaluated. */
  public static boolean isIncomplete(String typed) {
    return ReplInput.of(typed).incomplete();
  }

  /** What lives as long as the session, confined to its thread but for what stops it. */
  private record World(Realm realm, SessionInputs inputs) {}

  private void live() {
    try (var realm = new Realm(setup, loop, host)) {
      var forever = loop.reserve();
      setup.timekeeper().engineMade();
      setup.timekeeper().loaded(setup.timekeeper().now()); // what is loaded, an input asked for
      var world = new World(realm, new SessionInputs(realm.modules()));
      ready.complete(world);
      while (!closed) {
        runGuarded(world);
        if (waitsForNothing()) {
          fail(world, ErrorReport.of(new HearthException(EngineError.WAITS_FOREVER)));
        }
      }
      forever.complete(() -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      ready.completeExceptionally(e);
      throw e;
    }
  }

  private void runGuarded(World world) throws InterruptedException {
    try {
      loop.runWhile(() -> !closed && !waitsForNothing());
    } catch (PolyglotException e) {
      escaped(world, e);
    }
  }

  /**
   * Whether an input is pending that nothing can settle any more; one slot is the session's own.
   */
  private boolean waitsForNothing() {
    return pending != null && !loop.hasWorkBeside(1);
  }

  /**
   * Evaluates one input and waits for its value, {@code await} included. One at a time.
   *
   * @param source what errors call it, such as the file it comes from
   */
  public Evaluated evaluate(String typed, String source) throws InterruptedException {
    var world = ready.join();
    var future = new CompletableFuture<Evaluated>();
    loop.interject(() -> begin(world, typed, source, future));
    try {
      return future.get();
    } catch (InterruptedException e) {
      interrupt();
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The session broke.", e.getCause());
    }
  }

  private void begin(
      World world, String typed, String source, CompletableFuture<Evaluated> future) {
    thrownIn.set(null);
    var it = new Pending(future);
    pending = it;
    world
        .realm
        .guest()
        .importModule()
        .executeVoid(
            world.inputs.add(typed, source),
            (ProxyExecutable) a -> finished(it, world, a[0]),
            (ProxyExecutable) a -> failed(it, world, a[0]));
  }

  /** A promise is awaited without a word: whoever explores wants to see what is in it. */
  private @Nullable Object finished(Pending it, World world, Value module) {
    var value = module.getMember("default");
    if (value == null) {
      return settle(it, Evaluated.NOTHING);
    }
    world
        .realm
        .guest()
        .follow()
        .executeVoid(
            value,
            (ProxyExecutable) a -> valued(it, world, a[0]),
            (ProxyExecutable) a -> failed(it, world, a[0]));
    return null;
  }

  private @Nullable Object valued(Pending it, World world, Value value) {
    var realm = world.realm;
    if (realm.guest().isUndefined().execute(value).asBoolean()) {
      return settle(it, Evaluated.NOTHING);
    }
    var text = realm.guest().inspect().execute("%o", value).asString();
    var json = json(realm, value);
    var exact = json != null && ask(realm, "isExact").execute(value).asBoolean();
    var shown = value.isException() ? world.inputs.asTyped(text) : text;
    return settle(it, new Evaluated(shown, json, exact, null));
  }

  private Value ask(Realm realm, String question) {
    if (questions == null) {
      questions = realm.context().eval(EngineResource.script("session.js"));
    }
    return questions.getMember(question);
  }

  private static @Nullable JsonNode json(Realm realm, Value value) {
    try {
      var text = realm.guest().toJson().execute(value);
      return text.isString() ? GuestJson.tree("The value", text.asString(), realm.limits()) : null;
    } catch (HearthException e) {
      return null; // too large: then there is only its text
    } catch (PolyglotException e) {
      if (e.isInterrupted() || e.isCancelled()) {
        throw e;
      }
      return null; // such as a cycle: then there is only its text
    }
  }

  private @Nullable Object failed(Pending it, World world, Value thrown) {
    var report = reasonIfThrownIn(world.inputs.asTyped(world.realm.errors().report(thrown)));
    return settle(it, Evaluated.failed(report));
  }

  private void fail(World world, ErrorReport report) {
    if (pending != null) {
      settle(pending, Evaluated.failed(world.inputs.asTyped(report)));
    }
  }

  /** An interrupted input may settle late, while another is being evaluated already. */
  private @Nullable Object settle(Pending it, Evaluated evaluated) {
    if (it.equals(pending)) {
      pending = null;
    }
    it.future.complete(evaluated);
    return null;
  }

  /**
   * An error that no JavaScript caught. It is the input's own only when it is its end: else the
   * input goes on, whether its own timer or an earlier one's failed.
   */
  private void escaped(World world, PolyglotException e) {
    var report = world.inputs.asTyped(world.realm.errors().report(e));
    var stopped = reasonIfThrownIn(report);
    if (e.isInterrupted() || e.isCancelled()) {
      Thread.interrupted();
      fail(world, ErrorReport.at(new HearthException(EngineError.INTERRUPTED), report.location()));
      closed |= e.isCancelled();
    } else if (stopped.equals(report)) {
      uncaught.accept(report);
    } else {
      fail(world, stopped);
    }
  }

  /** What an interrupt threw in comes out as an error without a code; it is the interrupt's. */
  private ErrorReport reasonIfThrownIn(ErrorReport report) {
    var reason = thrownIn.get();
    return reason != null && report.message().equals(reason.sentence())
        ? ErrorReport.at(reason, report.location())
        : report;
  }

  /** Stops what is being evaluated; the session goes on. Any thread. */
  public void interrupt() {
    var world = ready.join();
    var seen = new CountDownLatch(1);
    var reason = new HearthException(EngineError.INTERRUPTED);
    loop.interject(
        () -> {
          seen.countDown();
          world.realm.rejectAll(reason);
          fail(world, ErrorReport.of(reason));
        });
    Thread.ofVirtual().name("hearth-stop").start(() -> enforce(world.realm, seen, reason));
  }

  private void enforce(Realm realm, CountDownLatch seen, HearthException reason) {
    try {
      if (seen.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          || (realm.interruptPure(reason)
              && seen.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))) {
        return;
      }
      thrownIn.set(reason);
      var armed = realm.throwInto(thread, reason.sentence());
      try {
        if (!seen.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
          if (!realm.interrupt()) {
            realm.kill();
          }
        }
      } finally {
        armed.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The members of what a chain of names holds: {@code [console]} has {@code log}, and the empty
   * one has all globals. No function is called and no getter is run for it, so a chain through one
   * has none, but for objects of modules that tell themselves what follows.
   */
  public CompletableFuture<List<String>> members(List<String> chain) {
    var realm = ready.join().realm;
    var names = new CompletableFuture<List<String>>();
    loop.interject(
        () -> {
          try {
            ProxyExecutable told = answer -> names.complete(answer[0].asString().lines().toList());
            ask(realm, "members").executeVoid(told, ProxyArray.fromList(List.copyOf(chain)));
          } catch (PolyglotException e) {
            names.complete(List.of()); // such as of a variable that has no value yet
          }
        });
    return names;
  }

  /** Ends the session; what is still being evaluated is stopped. */
  @Override
  public void close() {
    loop.interject(() -> closed = true);
    interrupt();
    try {
      thread.join(GRACE.multipliedBy(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The input that is being evaluated. */
  private record Pending(CompletableFuture<Evaluated> future) {}
}
