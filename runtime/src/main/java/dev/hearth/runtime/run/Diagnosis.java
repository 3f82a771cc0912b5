package dev.hearth.runtime.run;

import dev.hearth.runtime.Crossing;
import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.gate.Crossings;
import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.timing.Timekeeper;
import java.util.Optional;
import java.util.function.Consumer;

/** What one run finds out about itself, beside its result: nothing, as a rule. */
record Diagnosis(Diagnostics asked, Timekeeper timekeeper) {
  static Diagnosis of(Diagnostics asked) {
    return new Diagnosis(asked, asked.timing() ? Timekeeper.since(asked.since()) : Timekeeper.OFF);
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
    return new End(timekeeper, gate, crossings);
  }

  /** The end of a run or of a session. */
  record End(Timekeeper timekeeper, Gate gate, Optional<Crossings> crossings) {
    void tell(RunVoice voice, Clock clock) {
      crossings.ifPresent(Crossings::close);
      if (timekeeper.isOn()) {
        voice.accept(new RunEvent.Timed(clock.now(), timekeeper.timing(gate.waits())));
      }
    }
  }
}
