package dev.hearth.runtime.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code hearth runs list}.
 *
 * @param run the id
 * @param recipe the recipe's file, absolute; empty when {@code state} is UNREADABLE
 * @param started by the clock of then, which may have been set since
 * @param ended {@code null} unless the run's end is recorded
 * @param took how long the process took that ended it, whatever its clock did; {@code null} as
 *     {@code ended}
 * @param exitStatus {@code null} unless the run's end is recorded
 * @param error the code of the error that ended it; {@code null} when there was none
 */
public record RunSummary(
    String run,
    String recipe,
    RunState state,
    boolean simulated,
    Instant started,
    @Nullable Instant ended,
    @Nullable Duration took,
    @Nullable Integer exitStatus,
    @Nullable String error) {}
