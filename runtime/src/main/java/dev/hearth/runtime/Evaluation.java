package dev.hearth.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What came of one input of a {@link Session}.
 *
 * @param text the value for people, as JavaScript writes it, cut where it is long; {@code null}
 *     when there is none
 * @param value the value as JSON; {@code null} when it has no such form
 * @param exact whether {@code value} says all there is: no function, map, error or instance of a
 *     class got lost on the way
 * @param error why there is no value; {@code null} when nothing went wrong
 */
public record Evaluation(
    @Nullable String text, @Nullable JsonNode value, boolean exact, @Nullable ErrorReport error) {}
