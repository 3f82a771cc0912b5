package dev.hearth.runtime.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.JsonText;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.runtime.timing.Timekeeper;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one realm that are out: begun on the loop thread, performed on virtual threads,
 * settled on the loop thread again, exactly once each, whatever happens.
 */
final class OpCalls {
  private final EventLoop loop;
  private final Guest guest;
  private final SecretHandles secrets;
  private final OpLimits limits;
  private final Semaphore inFlight;
  private final DurableStarts starts;
  private final Timekeeper timekeeper;
  private final Bugs bugs;

  // Confined to the loop thread.
  private final Map<Long, Call> calls = new HashMap<>();
  private final Map<Integer, OpTarget> targets = new HashMap<>();
  private int added;
  private long made;

  OpCalls(
      EventLoop loop,
      Guest guest,
      SecretHandles secrets,
      OpLimits limits,
      DurableStarts starts,
      Timekeeper timekeeper,
      Bugs bugs) {
    this.starts = starts;
    this.bugs = bugs;
    this.timekeeper = timekeeper;
    this.loop = loop;
    this.guest = guest;
    this.secrets = secrets;
    this.limits = limits;
    this.inFlight = new Semaphore(limits.inFlight(), true);
  }

  /** Something that operations can be called on; returns its number. */
  int add(OpTarget target) {
    targets.put(added, target);
    return added++;
  }

  /** How many streams have not come to their end. */
  long openStreams() {
    return targets.values().stream().filter(StreamTarget.class::isInstance).count();
  }

  /**
   * Begins an operation; returns the number to cancel it by. Never throws into JavaScript: a
   * refusal rejects the promise.
   */
  long begin(
      int target,
      String op,
      @Nullable String argumentJson,
      byte @Nullable [] bytes,
      Value resolve,
      Value reject,
      Value trace) {
    long id = ++made;
    var on = targets.get(target);
    if (on == null) { // a stream that has ended goes on ending
      guest.settleVoid().executeVoid(resolve);
      return id;
    }
    try {
      if (calls.size() >= limits.waiting()) {
        throw new HearthException(EngineError.TOO_MANY_OPERATIONS, limits.waiting());
      }
      if (argumentJson != null) {
        GuestJson.requireSize(
            "The argument of `%s.%s`".formatted(on.binding(), op), argumentJson, limits);
      }
      var prepared = on.prepare(op, argumentJson, bytes);
      var call =
          new Call(id, target, on.binding() + "." + op, resolve, reject, trace, loop.reserve());
      calls.put(id, call);
      starts.add(() -> start(call, prepared), refusal -> reject(call, refusal));
    } catch (Throwable t) {
      fail(reject, Bridge.failure(t, on.binding() + "." + op, bugs), trace);
    }
    return id;
  }

  private void start(Call call, OpTarget.Prepared prepared) {
    if (call.slot.isOpen()) { // else it was cancelled while it was held
      call.worker =
          Thread.ofVirtual().name("hearth-op-" + call.id).start(() -> perform(call, prepared));
    }
  }

  /** The worker: one catch for everything, one completion. */
  private void perform(Call call, OpTarget.Prepared prepared) {
    Runnable settle;
    Object result = null;
    try {
      takeTurn();
      boolean succeeded = false;
      long began = timekeeper.now();
      try {
        result = prepared.perform();
        settle = success(call, result);
        succeeded = true;
      } finally {
        inFlight.release();
        timekeeper.operation(call.name, began, !succeeded);
      }
    } catch (Throwable t) {
      var error = Bridge.failure(t, call.name, bugs);
      settle = () -> fail(call.reject, error, call.trace);
    }
    var settled = settle;
    boolean heard =
        call.slot.completeIfOpen(
            () -> {
              calls.remove(call.id);
              forgetIfEnded(call.target);
              settled.run();
            });
    if (!heard && result instanceof OpStream<?> stream) {
      stream.close(); // the call was cancelled while it opened, so nobody will ever read it
    }
  }

  private void takeTurn() throws InterruptedException {
    if (!inFlight.tryAcquire(0, TimeUnit.SECONDS)) { // which, unlike the one without, is fair
      long began = timekeeper.now();
      inFlight.acquire();
      timekeeper.waited("limits.operations", began);
    }
  }

  /** A run may read the logs of a thousand things one after the other. */
  private void forgetIfEnded(int target) {
    if (targets.get(target) instanceof StreamTarget stream && stream.isClosed()) {
      targets.remove(target);
    }
  }

  /** Turns a result into what the loop hands to JavaScript; still on the worker. */
  private Runnable success(Call call, @Nullable Object result) throws Exception {
    if (result == null) {
      return () -> guest.settleVoid().executeVoid(call.resolve);
    }
    if (result instanceof byte[] bytes) {
      // The array is JavaScript's from here on: nobody in Java may touch it again.
      return () -> guest.settleBytes().executeVoid(call.resolve, ByteBuffer.wrap(bytes));
    }
    if (result instanceof String text) {
      requireRoom(call.name, text.length(), limits);
      return () -> guest.settleText().executeVoid(call.resolve, text);
    }
    if (result instanceof Secret secret) {
      return () -> guest.settleSecret().executeVoid(call.resolve, secrets.add(secret));
    }
    if (result instanceof OpStream<?> stream) {
      var target = new StreamTarget(call.name, stream, limits.resultBytes());
      var head =
          stream.head().isEmpty() ? null : Json.MAPPER.writeValueAsString(stream.head().get());
      return () -> guest.settleStream().executeVoid(call.resolve, add(target), head);
    }
    var json = json(call.name, result, limits);
    var hidden = SecretFields.of(result);
    return hidden.isEmpty()
        ? () -> guest.settleJson().executeVoid(call.resolve, json)
        : () -> settleWith(call, json, hidden);
  }

  /** A result that holds Secrets; on the loop thread, which alone may name them. */
  private void settleWith(Call call, String json, List<SecretFields.Place> hidden) {
    var handles =
        hidden.stream().map(place -> List.of(place.path(), secrets.add(place.secret()))).toList();
    var named = Json.MAPPER.valueToTree(handles).toString();
    guest.settleSecrets().executeVoid(call.resolve, json, named);
  }

  /** A result as JSON; one that is too large is refused. */
  static String json(String name, @Nullable Object result, OpLimits limits)
      throws JsonProcessingException {
    if (result == null || (result instanceof Optional<?> optional && optional.isEmpty())) {
      return "null";
    }
    var json =
        result instanceof JsonText written
            ? written.json()
            : Json.MAPPER.writeValueAsString(result instanceof Optional<?> o ? o.get() : result);
    requireRoom(name, json.length(), limits);
    return json;
  }

  private static void requireRoom(String name, int size, OpLimits limits) {
    if (size > limits.resultBytes()) {
      throw new HearthException(EngineError.OP_RESULT_TOO_LARGE, name, limits.resultBytes());
    }
  }

  private void fail(Value reject, HearthException error, Value trace) {
    guest.settleError().executeVoid(reject, Bridge.error(error), trace);
  }

  /** An AbortSignal fired: the promise is rejected with its reason, the worker is interrupted. */
  void cancel(long id, Value reason) {
    var call = calls.get(id);
    if (call != null
        && call.slot.completeIfOpen(
            () -> {
              calls.remove(id);
              guest.settleReason().executeVoid(call.reject, reason);
            })) {
      call.interrupt();
    }
  }

  /** The number of the operation that was begun last. */
  long lastBegun() {
    return made;
  }

  /**
   * Rejects what is out, of the operations up to number {@code last}, with {@code error} and
   * interrupts the workers.
   */
  void stopAll(long last, HearthException error) {
    for (var call : List.copyOf(calls.values())) {
      if (call.id <= last && reject(call, error)) {
        call.interrupt();
      }
    }
  }

  /** Settles a call without its worker; {@code false} when that was quicker. */
  private boolean reject(Call call, HearthException error) {
    return call.slot.completeIfOpen(
        () -> {
          calls.remove(call.id);
          fail(call.reject, error, call.trace);
        });
  }

  /** Closes the streams that the recipe left open. */
  void closeStreams() {
    for (var target : targets.values()) {
      if (target instanceof StreamTarget stream) {
        stream.close();
      }
    }
  }

  private static final class Call {
    final long id;
    final int target;
    final String name;
    final Value resolve;
    final Value reject;
    final Value trace;
    final EventLoop.Slot slot;
    @Nullable Thread worker; // none while it is held; set and interrupted on the loop thread

    Call(
        long id,
        int target,
        String name,
        Value resolve,
        Value reject,
        Value trace,
        EventLoop.Slot slot) {
      this.id = id;
      this.target = target;
      this.name = name;
      this.resolve = resolve;
      this.reject = reject;
      this.trace = trace;
      this.slot = slot;
    }

    void interrupt() {
      if (worker != null) {
        worker.interrupt();
      }
    }
  }

  /** Loaded with the first result that is JSON. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }
}
