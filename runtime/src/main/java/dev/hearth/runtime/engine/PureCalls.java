package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.engine.OpMethods.OpMethod;
import dev.hearth.runtime.timing.Timekeeper;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/**
 * The pure operations of one realm: performed at once on the loop thread, which waits for each. A
 * stop reaches the one that is being performed by an interrupt of that thread.
 */
final class PureCalls {
  private final Guest guest;
  private final OpLimits limits;
  private final Function<String, Object> open;
  private final Runnable beforeStop;
  private final Timekeeper timekeeper;
  private final Bugs bugs;
  private final Map<String, Object> opened = new HashMap<>(); // confined to the loop thread

  // Guarded by this, so that an interrupt never hits what comes after.
  private @Nullable Thread computing;
  private @Nullable HearthException interruptedFor;

  /**
   * @param open finds a binding's pure operations
   * @param beforeStop runs on the loop thread right before a stop is thrown as an operation's error
   */
  PureCalls(
      Guest guest,
      OpLimits limits,
      Function<String, Object> open,
      Runnable beforeStop,
      Timekeeper timekeeper,
      Bugs bugs) {
    this.beforeStop = beforeStop;
    this.bugs = bugs;
    this.timekeeper = timekeeper;
    this.guest = guest;
    this.limits = limits;
    this.open = open;
  }

  /**
   * The value for JavaScript, or a HearthError that bootstrap.js throws.
   *
   * @param data the {@code String} or {@code byte[]} that the operation is about
   */
  Object call(String binding, String op, @Nullable String argumentJson, @Nullable Object data) {
    var name = binding + "." + op;
    begin();
    HearthException failure;
    boolean succeeded = false;
    long began = timekeeper.now();
    try {
      var ops = opened.computeIfAbsent(binding, open);
      var value = value(name, perform(binding, ops, op, argumentJson, data));
      succeeded = true;
      return value;
    } catch (StackOverflowError | PolyglotException e) {
      throw e; // JavaScript's own: its recursion came to an end here, or it was stopped
    } catch (Throwable t) {
      failure = Bridge.failure(t, name, bugs);
    } finally {
      timekeeper.operation(name, began, !succeeded);
      end();
    }
    var reason = interruptedFor;
    interruptedFor = null;
    if (reason != null) {
      beforeStop.run();
    }
    return guest.errorFrom().execute(Bridge.error(reason == null ? failure : reason));
  }

  private @Nullable Object perform(
      String binding, Object ops, String op, @Nullable String argumentJson, @Nullable Object data)
      throws Throwable {
    var method = OpMethods.of(ops.getClass()).get(op);
    if (!method.pure()) {
      throw new IllegalStateException("`" + op + "` is not pure.");
    }
    var name = binding + "." + op;
    if (argumentJson != null) {
      GuestJson.requireSize("The argument of `" + name + "`", argumentJson, limits);
    }
    var given = given(name, method, data);
    return method.invoke(ops, method.decode(binding, argumentJson), given);
  }

  private @Nullable Object given(String name, OpMethod method, @Nullable Object data) {
    return switch (method.data()) {
      case NONE -> null;
      case TEXT -> {
        if (!(data instanceof String text)) {
          throw new HearthException(EngineError.OP_ARGUMENT, name, "it takes a text.");
        }
        GuestJson.requireSize("The text given to `" + name + "`", text, limits);
        yield text;
      }
      case BYTES -> {
        if (!(data instanceof byte[] bytes)) {
          throw new HearthException(
              EngineError.OP_ARGUMENT, name, "it takes bytes as a Uint8Array.");
        }
        yield bytes;
      }
    };
  }

  private Object value(String name, @Nullable Object result) throws Exception {
    return switch (result) {
      case String text -> {
        requireSize(name, text.length());
        yield text;
      }
      case byte[] bytes -> {
        requireSize(name, bytes.length);
        yield guest.bytesOf().execute(ByteBuffer.wrap(bytes));
      }
      case Boolean truth -> truth;
      case null, default -> guest.parse().execute(OpCalls.json(name, result, limits));
    };
  }

  private void requireSize(String name, int length) {
    if (length > limits.resultBytes()) {
      throw new HearthException(EngineError.OP_RESULT_TOO_LARGE, name, limits.resultBytes());
    }
  }

  private synchronized void begin() {
    computing = Thread.currentThread();
    interruptedFor = null;
  }

  /** An interrupt that was ours ends with the operation. */
  private synchronized void end() {
    computing = null;
    if (interruptedFor != null) {
      Thread.interrupted();
    }
  }

  /**
   * Ends what is being performed; its error is {@code reason}. Any thread.
   *
   * @return whether there was anything to end
   */
  synchronized boolean interrupt(HearthException reason) {
    if (computing == null) {
      return false;
    }
    interruptedFor = reason;
    computing.interrupt();
    return true;
  }
}
