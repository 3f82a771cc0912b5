package dev.hearth.runtime.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds what was given for a connection against the fields that its binding declares. */
final class ConnectionFields {
  private final String binding;
  private final Map<String, ConnectionField> fields = new LinkedHashMap<>();

  ConnectionFields(Binding binding) {
    this.binding = binding.name();
    binding.connectionFields().forEach(field -> fields.put(field.name(), field));
  }

  /**
   * Fails for a name that the binding does not know.
   *
   * @param place where each name stands, for the message
   */
  void refuseUnknown(Iterable<String> names, Function<String, String> place) {
    for (var name : names) {
      if (!fields.containsKey(name)) {
        var known =
            fields.keySet().stream().map(f -> "`" + f + "`").collect(Collectors.joining(", "));
        var error =
            new HearthException(
                ConnectionError.FIELD_UNKNOWN,
                binding,
                VisibleText.of(name),
                place.apply(name),
                known);
        throw Suggestion.closest(name, fields.keySet())
            .map(meant -> error.hint("Did you mean `" + meant + "`?"))
            .orElse(error);
      }
    }
  }

  /** Fails for a secret that stands among what is not secret. */
  void refusePlainSecrets(String connection, ObjectNode settings, Function<String, String> place) {
    for (var field : fields.values()) {
      if (field.isSecret() && settings.has(field.name())) {
        throw new HearthException(
            ConnectionError.SECRET_IN_PLAIN,
            field.name(),
            connection,
            binding,
            place.apply(field.name()));
      }
    }
  }

  /** Fails for a field that is shown, where a secret is named. */
  void requireSecret(String field, String connection) {
    if (!Objects.requireNonNull(fields.get(field)).isSecret()) {
      throw new HearthException(ConnectionError.NO_SECRET_FIELD, field, connection, binding);
    }
  }

  private static boolean isRequired(ConnectionField field) {
    return field.kind() == ConnectionField.Kind.REQUIRED;
  }

  /** Fails when a required field is not given. */
  void refuseMissing(String connection, ObjectNode settings, String place) {
    for (var field : fields.values()) {
      if (isRequired(field) && !settings.hasNonNull(field.name())) {
        throw new HearthException(
            ConnectionError.FIELD_MISSING, binding, connection, field.name(), place);
      }
    }
  }

  /** What the environment says; empty when none of the binding's variables is set. */
  Optional<Connection> fromEnvironment(Environment environment) {
    var settings = JsonNodeFactory.instance.objectNode();
    var secrets = new LinkedHashMap<String, Secret>();
    var set = "";
    for (var field : fields.values()) {
      var variable = field.variable(binding);
      var value = environment.get(variable).filter(text -> !text.isEmpty());
      if (value.isPresent()) {
        set = variable;
        put(field, value.get(), settings, secrets);
      }
    }
    if (set.isEmpty()) {
      return Optional.empty();
    }
    for (var field : fields.values()) {
      if (isRequired(field) && !settings.hasNonNull(field.name())) {
        throw new HearthException(
            ConnectionError.ENVIRONMENT_INCOMPLETE, set, field.variable(binding));
      }
    }
    return Optional.of(connection(Connection.Origin.ENVIRONMENT, settings, secrets));
  }

  /**
   * What a recipe spelled out. A recipe gives secrets as texts; the names of stored ones mean
   * nothing here, or any recipe could send any secret to an address of its own.
   */
  Connection fromRecipe(ObjectNode given) {
    var name = Connection.Origin.RECIPE.label();
    refuseUnknown(
        given.properties().stream().map(Map.Entry::getKey).toList(), _ -> "in the recipe");
    var settings = JsonNodeFactory.instance.objectNode();
    var secrets = new LinkedHashMap<String, Secret>();
    for (var field : fields.values()) {
      var value = given.path(field.name());
      if (value.isTextual()) {
        put(field, value.textValue(), settings, secrets);
      } else if (value.isContainerNode()
          || (field.isSecret() && value.isValueNode() && !value.isNull())) {
        throw new HearthException(
            ConnectionError.FIELD_WRONG, field.name(), name, binding, "in the recipe");
      } else if (value.isValueNode() && !value.isNull()) {
        settings.set(field.name(), value);
      }
    }
    refuseMissing(name, settings, "in the recipe");
    return connection(Connection.Origin.RECIPE, settings, secrets);
  }

  private static void put(
      ConnectionField field, String value, ObjectNode settings, Map<String, Secret> secrets) {
    if (field.isSecret()) {
      secrets.put(field.name(), Secret.of(value));
    } else {
      settings.put(field.name(), value);
    }
  }

  private Connection connection(
      Connection.Origin origin, ObjectNode settings, Map<String, Secret> secrets) {
    return new Connection(binding, origin.label(), origin, settings, secrets);
  }
}
