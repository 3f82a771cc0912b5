package dev.hearth.runtime.run;

import dev.hearth.runtime.Crossing;
import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.gate.Crossings;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.engine.Inspector;
import dev.hearth.runtime.timing.Timekeeper;
import java.util.Optional;
import java.util.function.Consumer;

/** What one run finds out about itself, beside its result: nothing, as a rule. */
record Diagnosis(Diagnostics asked, Timekeeper timekeeper, Optional<Inspector> inspector) {
  /** That of a run; a debugger can come from now on. */
  static Diagnosis of(Diagnostics asked, Net net) {
    return new Diagnosis(
        asked, timekeeper(asked), asked.inspect().map(how -> Inspector.open(how, net)));
  }

  static Diagnosis ofSession(Diagnostics asked) {
    return new Diagnosis(asked, timekeeper(asked), Optional.empty());
  }

  private static Timekeeper timekeeper(Diagnostics asked) {
    return asked.timing() ? Timekeeper.since(asked.since()) : Timekeeper.OFF;
  }

  /** The listener, and who listens beside it. */
  Consumer<RunEvent> heard(Consumer<RunEvent> listener) {
    return asked.timing() ? listener.andThen(timekeeper::heard) : listener;
  }

  /** Who follows what passes the gate; nobody in an ordinary run. */
  Optional<Crossings> crossings(RunVoice voice, Clock clock) {
    return asked.timing() || asked.trace()
        ? Optional.of(new Crossings(crossing -> tell(crossing, voice, clock)))
        : Optional.empty();
  }

  private void tell(Crossing crossing, RunVoice voice, Clock clock) {
    timekeeper.crossed(crossing);
    if (asked.trace()) {
      voice.accept(new RunEvent.Crossed(clock.now(), crossing));
    }
  }

  /** Tells what there is to tell when all is over. */
  End end(Gate gate, Optional<Crossings> crossings) {
    return new End(timekeeper, inspector, gate, crossings);
  }

  /** The end of a run or of a session. */
  record End(
      Timekeeper timekeeper,
      Optional<Inspector> inspector,
      Gate gate,
      Optional<Crossings> crossings) {
    /** The recipe begins next. */
    void begin(RunVoice voice, Clock clock) {
      timekeeper.prepared();
      inspector.ifPresent(
          it -> voice.accept(new RunEvent.Inspectable(clock.now(), it.url(), it.waits())));
    }

    void tell(RunVoice voice, Clock clock) {
      inspector.ifPresent(Inspector::close);
      crossings.ifPresent(Crossings::close);
      if (timekeeper.isOn()) {
        voice.accept(new RunEvent.Timed(clock.now(), timekeeper.timing(gate.waits())));
      }
    }
  }
}
