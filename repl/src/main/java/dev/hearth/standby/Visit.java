package dev.hearth.standby;

import dev.hearth.terminal.Ink;
import dev.hearth.terminal.ProcessTerminal;
import dev.hearth.terminal.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A caller's command while it is done here. */
public final class Visit {
  private final Call call;
  private final CallerStreams streams;
  private final Instant came = Instant.now();
  private volatile Runnable signalled;

  Visit(Call call, CallerStreams streams, Runnable endAtOnce) {
    this.call = call;
    this.streams = streams;
    this.signalled = endAtOnce;
  }

  /** What was typed after {@code hearth}. */
  public List<String> words() {
    return call.words();
  }

  /** When the caller came. */
  public Instant came() {
    return came;
  }

  /** The caller's environment variables; those of this process are nobody's. */
  public Map<String, String> environment() {
    return call.environment();
  }

  /** The caller's streams. */
  public Terminal terminal(Ink colours) {
    return ProcessTerminal.elsewhere(
        call.environment(), call.streams(), streams.streams(), streams::columns, colours);
  }

  /** What each further signal that the caller gets does; before this, it ends the process. */
  public void onSignal(Runnable handler) {
    signalled = handler;
  }

  void signal() {
    signalled.run();
  }
}
