package dev.hearth.runtime.module;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.RunRequest.OnError;
import java.util.Optional;

/**
 * What a recipe says about itself in its {@code export const recipe}. A recipe without one declares
 * nothing.
 *
 * @param summary one line for lists
 * @param description any length, for {@code --help}
 * @param params its parameters by name, each a JSON Schema with our additions; not yet checked
 * @param permissions what it needs; not yet checked
 * @param lock what one run at a time may hold, with {@code {parameters}} in it
 * @param onError what happens to finished steps after a failure, unless the user says otherwise
 */
public record RecipeDeclaration(
    Optional<String> summary,
    Optional<String> description,
    ObjectNode params,
    ObjectNode permissions,
    Optional<String> lock,
    Optional<OnError> onError) {}
