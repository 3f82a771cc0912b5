package dev.hearth.stdlib.events;

import dev.hearth.runtime.spi.Binding;

/** What happens in a run, told to who listens; it is all in its facade. */
public final class EventsBinding implements Binding {
  @Override
  public String name() {
    return "events";
  }

  @Override
  public boolean needsIntent() {
    return false;
  }
}
