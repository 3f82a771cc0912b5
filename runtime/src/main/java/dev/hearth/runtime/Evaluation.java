package dev.hearth.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What came of one input of a {@link Session}.
 *
 * @param text the value for people; {@code null} when there is none
 * @param value the value as JSON; {@code null} when it has no such form
 * @param error why there is no value; {@code null} when nothing went wrong
 */
public record Evaluation(
    @Nullable String text, @Nullable JsonNode value, @Nullable ErrorReport error) {}
