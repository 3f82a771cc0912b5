package dev.hearth.runtime.param;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.secret.SecretMark;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that a run begins with: checked, in the order of the declaration. Optional parameters
 * without a value are absent.
 */
public final class ParameterValues {
  private final Map<String, JsonNode> values;
  private final Map<String, Origin> origins;

  ParameterValues(Map<String, JsonNode> values, Map<String, Origin> origins) {
    this.values = values;
    this.origins = origins;
  }

  /**
   * By name. The value of a secret parameter is a {@link POJONode} that holds its {@link Secret},
   * so that whoever prints or stores these values writes {@code ***}.
   */
  public Map<String, JsonNode> asMap() {
    return Collections.unmodifiableMap(values);
  }

  /** The values that are secrets, by name. */
  public Map<String, Secret> secrets() {
    var secrets = new LinkedHashMap<String, Secret>();
    values.forEach((name, value) -> secretIn(value).ifPresent(secret -> secrets.put(name, secret)));
    return secrets;
  }

  /** The values as they may be printed and stored: secrets are {@code ***}. */
  public ObjectNode shown() {
    var shown = JsonNodeFactory.instance.objectNode();
    values.forEach(
        (name, value) -> {
          if (secretIn(value).isPresent()) {
            shown.put(name, Secret.MASK);
          } else {
            shown.set(name, value);
          }
        });
    return shown;
  }

  /**
   * The values for the recipe, and for nobody who prints or stores them: each secret is {@code
   * {"hearth:secret": "value"}}, of which the engine makes a Secret.
   */
  public ObjectNode revealed() {
    var revealed = JsonNodeFactory.instance.objectNode();
    values.forEach(
        (name, value) ->
            revealed.set(name, secretIn(value).<JsonNode>map(SecretMark::of).orElse(value)));
    return revealed;
  }

  /** Where a value comes from; empty for absent values. */
  public Optional<Origin> origin(String name) {
    return Optional.ofNullable(origins.get(name));
  }

  static Optional<Secret> secretIn(@Nullable JsonNode value) {
    return value instanceof POJONode holder && holder.getPojo() instanceof Secret secret
        ? Optional.of(secret)
        : Optional.empty();
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return values.toString();
  }
}
