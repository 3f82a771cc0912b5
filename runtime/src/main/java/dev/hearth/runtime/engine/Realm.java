package dev.hearth.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.engine.web.WebFunctions;
import dev.hearth.runtime.engine.web.WebGlobals;
import dev.hearth.runtime.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** One JavaScript world: its context, globals, modules and open operations. */
final class Realm implements AutoCloseable {
  private static final String BINDING = EngineResource.text("binding.js");

  /** What globals.js gets in place of a timer's number. */
  private static final long TOO_MANY_TIMERS = -1;

  private final BlankRealm blank;
  private final Context context;
  private final EventLoop loop;
  private final RealmHost host;
  private final ModuleFiles modules;
  private final Value web;
  private final Guest guest;
  private final SecretHandles secrets;
  private final OpCalls calls;
  private final PureCalls pure;
  private final OpLimits limits;
  private final GuestErrors errors;
  private Optional<Line> line = Optional.empty(); // confined to the loop thread

  /** Call on the thread that will run the loop. */
  Realm(RealmSetup setup, EventLoop loop, RealmHost host) {
    this.loop = loop;
    this.host = host;
    this.secrets = new SecretHandles(host::secretKnown);
    this.blank = setup.inspector().map(BlankRealm::inspected).orElseGet(BlankRealm::take);
    this.context = blank.context;
    this.modules = new ModuleFiles(setup, BINDING);
    blank.files.serve(modules);
    var functions = hostFunctions(setup.clock());
    this.web = blank.web.execute(functions);
    var globals = blank.globals.execute(functions);
    var made = blank.bootstrap.execute(functions, globals, web);
    this.guest = Guest.of(made, blank.importModule);
    if (setup.principals().isPresent()) {
      var freezeShared = context.eval(EngineResource.script("freeze.js"));
      made.getMember("lock").executeVoid(web.invokeMember("lock", freezeShared));
    }
    this.limits = setup.limits();
    var starts = new DurableStarts(host, loop);
    var timekeeper = setup.timekeeper();
    this.calls = new OpCalls(loop, guest, secrets, limits, starts, timekeeper, host::failed);
    this.pure = new PureCalls(guest, limits, host::pure, this::drawLine, timekeeper, host::failed);
    this.errors =
        new GuestErrors(
            guest,
            modules,
            setup.display(),
            text -> host.logged("debug", text, "{}"),
            host::failed);
  }

  /** What web.js offers to our own scripts. */
  Value web() {
    return web;
  }

  Guest guest() {
    return guest;
  }

  OpCalls calls() {
    return calls;
  }

  GuestErrors errors() {
    return errors;
  }

  OpLimits limits() {
    return limits;
  }

  ModuleFiles modules() {
    return modules;
  }

  /**
   * What is out now is what the next {@link #rejectAll} rejects; what the recipe begins from here
   * on is its cleaning up after a stop that it has been told of. On the loop thread.
   */
  private void drawLine() {
    line = Optional.of(lineNow());
  }

  private Line lineNow() {
    return new Line(calls.lastBegun(), loop.lastTimer());
  }

  /**
   * Rejects all that is out with {@code reason}: operations and sleeps; no timer rings any more.
   */
  void rejectAll(HearthException reason) {
    var upTo = line.orElseGet(this::lineNow);
    line = Optional.empty();
    calls.stopAll(upTo.call(), reason);
    loop.stopTimers(upTo.timer());
    guest.rejectSleeps().executeVoid(upTo.timer(), Bridge.error(reason));
  }

  /** The last operation and the last timer that were begun before a moment. */
  private record Line(long call, long timer) {}

  /** Ends the pure operation that JavaScript waits for; {@code false} when there is none. */
  boolean interruptPure(HearthException reason) {
    return pure.interrupt(reason);
  }

  Context context() {
    return context;
  }

  /** Throws {@code message} at the next statement of {@code thread}, which runs this realm. */
  StopInstrument.Armed throwInto(Thread thread, String message) {
    var instrument = context.getEngine().getInstruments().get(StopInstrument.ID);
    if (instrument == null) {
      throw new IllegalStateException("The stop instrument is missing from this build of Hearth.");
    }
    return instrument.lookup(StopInstrument.Switch.class).arm(thread, message, this::drawLine);
  }

  /**
   * Interrupts whatever JavaScript is running now. Any thread; blocks for at most two seconds.
   *
   * @return whether it is interrupted; else the engine is within a step that cannot be
   */
  boolean interrupt() {
    try {
      context.interrupt(Duration.ofSeconds(2));
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Ends the context even while it runs. Any thread. */
  void kill() {
    context.close(true);
  }

  @Override
  public void close() {
    calls.closeStreams();
    try {
      blank.close();
    } catch (PolyglotException e) {
      if (!e.isCancelled() && !e.isInterrupted()) {
        throw e;
      }
    }
  }

  private ProxyObject hostFunctions(Clock clock) {
    long origin = clock.nanoTime();
    var began = clock.now();
    return ProxyObject.fromMap(
        Map.ofEntries(
            function("call", this::call),
            function(
                "cancel",
                a -> {
                  calls.cancel(a[0].asLong(), a[1]);
                  return null;
                }),
            function("compute", this::compute),
            function(
                "open", a -> calls.add(host.open(a[0].asInt(), a[1].asString(), argument(a[2])))),
            function(
                "listen",
                a -> {
                  var heard = a[1];
                  host.listens(a[0].asInt(), json -> loop.interject(() -> heard.executeVoid(json)));
                  return null;
                }),
            function(
                "openShared", a -> calls.add(host.open(Principals.SHARED, a[0].asString(), null))),
            function(
                "startTimer",
                a -> {
                  if (loop.openTimers() >= limits.waiting()) {
                    return TOO_MANY_TIMERS;
                  }
                  var callback = a[1];
                  return loop.startTimer(delay(a[0]), callback::executeVoid);
                }),
            function(
                "stopTimer",
                a -> {
                  loop.stopTimer(a[0].fitsInLong() ? a[0].asLong() : 0);
                  return null;
                }),
            function(
                "startQuietTimer",
                a -> {
                  var callback = a[1];
                  return loop.startQuietTimer(delay(a[0]), callback::executeVoid);
                }),
            function("timeOrigin", a -> ChronoUnit.MICROS.between(Instant.EPOCH, began) / 1e3),
            function("userAgent", a -> HttpOptions.usual().userAgent()),
            function("now", a -> (clock.nanoTime() - origin) / 1e6),
            function(
                "print",
                a -> {
                  host.printed(a[0].asBoolean(), a[1].asString());
                  return null;
                }),
            function(
                "log",
                a -> {
                  host.logged(a[0].asString(), a[1].asString(), a[2].asString());
                  return null;
                }),
            function("secrets", a -> context.eval(EngineResource.script("secret.js"))),
            function("handles", a -> context.eval(EngineResource.script("handles.js"))),
            function(
                "importModule",
                a -> {
                  guest().importModule().executeVoid(a[0], a[1], a[2]);
                  return null;
                }),
            function("keepSecret", a -> secrets.add(Secret.of(a[0].asString()))),
            function("revealSecret", a -> secrets.get(a[0].asString()).reveal()),
            function("principal", a -> modules.principal(a[0].asString())),
            function("inspector", a -> context.eval(EngineResource.script("inspect.js"))),
            function(
                "webScript",
                a -> context.eval(EngineResource.script("web/" + a[0].asString() + ".js"))),
            function(
                "webLibrary", a -> context.eval(EngineResource.library("web/" + a[0].asString()))),
            function("webFamily", a -> WebGlobals.familyOf(a[0].asString())),
            function("webNames", a -> WebGlobals.names()),
            function("webFunctions", a -> WebFunctions.all()),
            function("frames", a -> frames(a[0])),
            function(
                "stepNeedsFunction",
                a ->
                    Bridge.error(
                        new HearthException(EngineError.STEP_NEEDS_FUNCTION, a[0].asString()))),
            function(
                "stepOptionWrong",
                a -> Bridge.error(StepOptions.wrong(a[0].asString(), textOrNull(a[1])))),
            function("stepBegin", a -> stepBegin(a[0].asString(), a[1], a[2])),
            function("stepNotFound", a -> refusal(() -> host.stepNotFound(a[0].asString()))),
            function(
                "stepFindFailed",
                a -> {
                  host.stepFindFailed(a[0].asString(), errors.report(a[1]));
                  return null;
                }),
            function(
                "stepFinished",
                a ->
                    refusal(
                        () -> stepFinished(a[0].asString(), textOrNull(a[1]), textOrNull(a[2])))),
            function(
                "stepResultNotJson",
                a ->
                    Bridge.error(
                        new HearthException(
                            EngineError.STEP_RESULT_NOT_JSON, a[0].asString(), a[1].asString()))),
            function(
                "stepUnrecorded",
                a -> refusal(() -> host.stepUnrecorded(a[0].asString(), errors.report(a[1])))),
            function(
                "stepFailed",
                a -> refusal(() -> host.stepFailed(a[0].asString(), errors.report(a[1]))))));
  }

  private static Map.Entry<String, Object> function(String name, ProxyExecutable body) {
    return Map.entry(name, body);
  }

  private Object call(Value... a) {
    var bytes = bytesOrNull(a[3], a[4], a[5]);
    return calls.begin(a[0].asInt(), a[1].asString(), argument(a[2]), bytes, a[6], a[7], a[8]);
  }

  private @Nullable String stepBegin(String name, Value effect, Value findable) {
    try {
      return StepEntryJson.of(
          host.stepBegan(name, StepEffect.valueOf(effect.asString()), findable.asBoolean()));
    } catch (HearthException e) {
      return StepEntryJson.refused(e);
    }
  }

  private Object compute(Value... a) {
    var text = textOrNull(a[3]);
    var data = text == null ? bytesOrNull(a[4], a[5], a[6]) : text;
    return pure.call(a[0].asString(), a[1].asString(), argument(a[2]), data);
  }

  private static byte @Nullable [] bytesOrNull(Value buffer, Value offset, Value length) {
    if (buffer.isNull()) {
      return null;
    }
    var bytes = new byte[length.asInt()];
    buffer.readBuffer(offset.asInt(), bytes, 0, bytes.length);
    return bytes;
  }

  private void stepFinished(String name, @Nullable String json, @Nullable String handlesJson) {
    JsonNode result = null;
    if (json != null) {
      try {
        var kept = secrets.marked(json);
        result = GuestJson.tree("The result of step `%s`".formatted(name), kept, limits);
      } catch (HearthException e) {
        host.stepUnrecorded(name, ErrorReport.of(e));
        throw e;
      }
    }
    var handles = handlesJson == null ? null : GuestJson.tree("Its handles", handlesJson, limits);
    host.stepFinished(name, result, handles);
  }

  /** The JSON of an argument, with the values of the Secrets in it. */
  private @Nullable String argument(Value json) {
    return json.isNull() ? null : secrets.revealed(json.asString());
  }

  private static @Nullable String textOrNull(Value value) {
    return value.isNull() ? null : value.asString();
  }

  /** As browsers do: what is no sensible delay is none. */
  private static Duration delay(Value millis) {
    double value = millis.asDouble();
    return value > 0 && value < Integer.MAX_VALUE
        ? Duration.ofNanos((long) (value * 1e6))
        : Duration.ZERO;
  }

  /** Runs what may be refused; the refusal as JSON, {@code null} when there was none. */
  private static @Nullable String refusal(Runnable work) {
    try {
      work.run();
      return null;
    } catch (HearthException e) {
      return Bridge.error(e);
    }
  }

  private String frames(Value trace) {
    var text = new StringBuilder();
    for (ErrorReport.Location at : errors.frames(trace)) {
      text.append("    at ").append(at.file()).append(':').append(at.line()).append(':');
      text.append(at.column()).append('\n');
    }
    return text.toString();
  }
}
