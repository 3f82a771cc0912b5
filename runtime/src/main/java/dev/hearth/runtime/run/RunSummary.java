package dev.hearth.runtime.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code hearth runs list}.
 *
 * @param run the id
 * @param recipe the recipe's file, absolute; empty when {@code state} is UNREADABLE
 * @param ended {@code null} unless the run's end is recorded
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
    @Nullable Integer exitStatus,
    @Nullable String error) {}
