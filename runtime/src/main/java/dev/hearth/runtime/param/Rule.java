package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * One thing that a schema asks of a value of the right type.
 *
 * @param duty what the value must do, to follow {@code must}: {@code be at least 512 MiB}
 * @param holds whether it does
 */
record Rule(String duty, Predicate<JsonNode> holds) {}
