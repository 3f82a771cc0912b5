package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** A JavaScript world that lives on between inputs, on a thread of its own. */
public final class SessionExecution implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(150);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final RealmSetup setup;
  private final RealmHost host;
  private final EventLoop loop;
  private final Thread thread;
  private final CompletableFuture<Realm> ready = new CompletableFuture<>();

  // Confined to the loop thread.
  private @Nullable Pending pending;
  private int inputs;
  private boolean closed;

  /**
   * What came of one input.
   *
   * @param text the value for people; {@code null} when there is none
   * @param value the value as JSON; {@code null} when it has no such form
   * @param error why there is no value
   */
  public record Evaluated(
      @Nullable String text, @Nullable JsonNode value, @Nullable ErrorReport error) {}

  public SessionExecution(RealmSetup setup, RealmHost host) {
    this.setup = setup;
    this.host = host;
    this.loop = new EventLoop(setup.clock());
    this.thread = Thread.ofPlatform().name("hearth-session").daemon().start(this::live);
  }

  /** Whether more must be typed before this can be evaluated. */
  public static boolean isIncomplete(String typed) {
    return ReplInput.of(typed).incomplete();
  }

  private void live() {
    try (var realm = new Realm(setup, loop, host)) {
      var forever = loop.reserve();
      ready.complete(realm);
      while (!closed) {
        try {
          loop.runWhile(() -> !closed);
        } catch (PolyglotException e) {
          escaped(realm, e);
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

  /** Evaluates one input and waits for its value, {@code await} included. One at a time. */
  public Evaluated evaluate(String typed) throws InterruptedException {
    var realm = ready.join();
    var future = new CompletableFuture<Evaluated>();
    loop.interject(() -> begin(realm, typed, future));
    try {
      return future.get();
    } catch (InterruptedException e) {
      interrupt();
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The session broke.", e.getCause());
    }
  }

  private void begin(Realm realm, String typed, CompletableFuture<Evaluated> future) {
    var input = ReplInput.of(typed);
    var name = "repl-" + ++inputs;
    var path = setup.root().resolve(name);
    realm.modules().put(path, input.module().getBytes(StandardCharsets.UTF_8));
    var it = new Pending(future, typed, input, name);
    pending = it;
    realm
        .guest()
        .importModule()
        .executeVoid(
            path.toUri().toString(),
            (ProxyExecutable) a -> finished(it, realm, a[0]),
            (ProxyExecutable) a -> failed(it, realm.errors().report(a[0])));
  }

  /** A promise is awaited without a word: whoever explores wants to see what is in it. */
  private @Nullable Object finished(Pending it, Realm realm, Value module) {
    var value = module.getMember("default");
    if (value == null) {
      return settle(it, new Evaluated(null, null, null));
    }
    realm
        .guest()
        .follow()
        .executeVoid(
            value,
            (ProxyExecutable) a -> valued(it, realm, a[0]),
            (ProxyExecutable) a -> failed(it, realm.errors().report(a[0])));
    return null;
  }

  private @Nullable Object valued(Pending it, Realm realm, Value value) {
    if (realm.guest().isUndefined().execute(value).asBoolean()) {
      return settle(it, new Evaluated(null, null, null));
    }
    var text = realm.guest().inspect().execute("%o", value).asString();
    return settle(it, new Evaluated(text, json(realm, value), null));
  }

  private static @Nullable JsonNode json(Realm realm, Value value) {
    try {
      var text = realm.guest().toJson().execute(value);
      return text.isString() ? GuestJson.tree("The value", text.asString(), realm.limits()) : null;
    } catch (PolyglotException | HearthException e) {
      return null; // such as a cycle, or too large: then there is only its text
    }
  }

  private @Nullable Object failed(Pending it, ErrorReport error) {
    return settle(it, new Evaluated(null, null, it.asTyped(error)));
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
   * An error outside of the input that is being evaluated, such as in a timer of an earlier one.
   */
  private void escaped(Realm realm, PolyglotException e) {
    Thread.interrupted();
    var interrupted = e.isInterrupted() || e.isCancelled();
    var report =
        interrupted
            ? ErrorReport.of(new HearthException(EngineError.INTERRUPTED))
            : realm.errors().report(e);
    if (pending != null) {
      failed(pending, report);
    } else if (!interrupted) {
      host.printed(true, "Uncaught " + report.message());
    }
    closed |= e.isCancelled();
  }

  /** Stops what is being evaluated; the session goes on. Any thread. */
  public void interrupt() {
    var realm = ready.join();
    var seen = new CountDownLatch(1);
    var reason = new HearthException(EngineError.INTERRUPTED);
    loop.interject(
        () -> {
          seen.countDown();
          realm.rejectAll(reason);
          if (pending != null) {
            failed(pending, ErrorReport.of(reason));
          }
        });
    Thread.ofVirtual().name("hearth-stop").start(() -> enforce(realm, seen, reason));
  }

  private void enforce(Realm realm, CountDownLatch seen, HearthException reason) {
    try {
      if (seen.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      var armed = realm.throwInto(thread, reason.sentence());
      try {
        if (!seen.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
          realm.interrupt();
        }
      } finally {
        armed.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The names that an input could begin with: globals and what earlier inputs declared. */
  public CompletableFuture<List<String>> globals() {
    var realm = ready.join();
    var names = new CompletableFuture<List<String>>();
    loop.interject(
        () -> names.complete(List.copyOf(realm.context().getBindings("js").getMemberKeys())));
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
  private record Pending(
      CompletableFuture<Evaluated> future, String typed, ReplInput input, String name) {

    /** The error as of what was typed, without what was put into the module. */
    ErrorReport asTyped(ErrorReport error) {
      var place = error.location();
      if (place == null || !Path.of(place.file()).endsWith(name)) {
        return error;
      }
      var lines = typed.split("\n", -1);
      if (place.line() > lines.length) {
        return error.at(null);
      }
      var text = lines[place.line() - 1];
      int column = Math.min(place.column() - shift(place.line()), text.length() + 1);
      return error.at(new ErrorReport.Location("repl", place.line(), Math.max(1, column), text));
    }

    private int shift(int line) {
      int offset = input.insertedAt();
      return offset >= 0 && typed.substring(0, offset).split("\n", -1).length == line
          ? input.insertedLength()
          : 0;
    }
  }
}
