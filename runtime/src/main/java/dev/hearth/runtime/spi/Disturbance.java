package dev.hearth.runtime.spi;

import java.time.Duration;
import java.util.List;

/**
 * What goes wrong in a simulated system, so that retries, undo and resume can be practised.
 *
 * @param faults what fails, as the system's simulator reads it, such as {@code POST /nodes/*}{@code
 *     /qemu:timeout:2}
 * @param latency how long each answer takes besides; zero for none
 */
public record Disturbance(List<String> faults, Duration latency) {
  /** All goes well, at once. */
  public static final Disturbance NONE = new Disturbance(List.of(), Duration.ZERO);
}
