package dev.hearth.runtime.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Net;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes worlds of one simulated system. */
public interface SimulatorFactory {
  /**
   * A new world.
   *
   * @param saved what {@link Simulator#save} returned earlier; {@code null} for a fresh one
   * @param clock the time that tasks, tickets and logs of this world live in
   * @param net how machines inside the world reach out, for example to download an image: other
   *     simulated services under {@code --simulate}, the real network under {@code hearth sim}
   */
  Simulator start(@Nullable JsonNode saved, Clock clock, Net net);

  /** What can be wished of a fresh world; each is a flag of {@code hearth sim}. */
  default List<SimulatorOption> options() {
    return List.of();
  }

  /**
   * A fresh world as somebody wants it, in the form of {@link Simulator#save}.
   *
   * @param wishes values that the {@link #options} accept, by their names; what is not among them
   *     is as usual
   */
  default JsonNode fresh(Map<String, String> wishes, Clock clock) {
    throw new UnsupportedOperationException("This system has one form only.");
  }
}
