package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.effect.Limit;
import java.time.Duration;

/**
 * What waited for a limit, for {@code --timing}.
 *
 * @param what was waited for: {@code a connection to 10.0.0.5}
 * @param limit which says how many there may be at once
 * @param waiting how many wait right now
 * @param waits how many have waited in all
 * @param total how long, added up; those that wait now are not in it yet
 */
public record Wait(String what, Limit limit, int waiting, long waits, Duration total) {}
