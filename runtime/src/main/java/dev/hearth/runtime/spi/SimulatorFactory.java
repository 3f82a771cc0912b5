package dev.hearth.runtime.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Net;
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
}
