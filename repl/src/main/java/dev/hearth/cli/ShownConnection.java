package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.settings.StoredConnection;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Connection.Origin;
import dev.hearth.runtime.spi.ConnectionField;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection as the command line shows it.
 *
 * @param standing whether recipes get it that name none
 * @param fields secrets as {@code ***}
 */
record ShownConnection(
    String binding, String name, Origin origin, Standing standing, List<Field> fields) {

  /** Whether recipes get a connection that name none. */
  enum Standing {
    /** They get it. */
    DEFAULT,
    /** They would get it if the environment spelled out none. */
    OVERRIDDEN,
    /** It has to be named. */
    NAMED
  }

  /**
   * One field.
   *
   * @param origin where its value stands: a file's name, or a variable
   * @param secret its name in the secret store; empty for what is not there
   */
  record Field(String name, String value, String origin, String secret) {
    Field(String name, String value, String origin) {
      this(name, value, origin, "");
    }

    /** As people read it. */
    String place() {
      return secret.isEmpty() ? origin : origin + ", " + secret;
    }
  }

  /**
   * One that is stored.
   *
   * @param isOverridden whether the environment spells out one of this binding
   */
  static ShownConnection stored(StoredConnection stored, boolean isOverridden) {
    var fields = new ArrayList<Field>();
    stored
        .settings()
        .properties()
        .forEach(
            field ->
                fields.add(
                    new Field(field.getKey(), field.getValue().asText(), "connections.json")));
    stored
        .secrets()
        .forEach((name, secret) -> fields.add(new Field(name, Secret.MASK, "secrets.age", secret)));
    var whenDefault = isOverridden ? Standing.OVERRIDDEN : Standing.DEFAULT;
    return new ShownConnection(
        stored.binding(),
        stored.name(),
        Origin.STORED,
        stored.isDefault() ? whenDefault : Standing.NAMED,
        fields);
  }

  /** One that the environment spells out. */
  static ShownConnection fromEnvironment(Binding binding, Connection connection) {
    var fields = new ArrayList<Field>();
    for (var field : binding.connectionFields()) {
      var variable = field.variable(binding.name());
      if (connection.secrets().containsKey(field.name())) {
        fields.add(new Field(field.name(), Secret.MASK, variable));
      } else if (connection.settings().has(field.name())) {
        var value = connection.settings().path(field.name()).asText();
        fields.add(new Field(field.name(), value, variable));
      }
    }
    return new ShownConnection(
        binding.name(), connection.name(), Origin.ENVIRONMENT, Standing.DEFAULT, fields);
  }

  /** The value of its binding's first field, which says where it leads; empty if nobody knows. */
  String address(Bindings bindings) {
    var known = bindings.get(binding);
    return known == null
        ? ""
        : known.connectionFields().stream()
            .map(ConnectionField::name)
            .limit(1)
            .flatMap(first -> fields.stream().filter(field -> field.name().equals(first)))
            .map(Field::value)
            .findFirst()
            .orElse("");
  }

  /**
   * Writes {@code binding, name, origin, default, overridden, fields: [{name, value, origin,
   * secret}]}.
   */
  void writeTo(ObjectNode json) {
    json.put("binding", binding)
        .put("name", name)
        .put("origin", origin.label())
        .put("default", standing == Standing.DEFAULT)
        .put("overridden", standing == Standing.OVERRIDDEN);
    var array = json.putArray("fields");
    for (var field : fields) {
      var written = array.addObject();
      written.put("name", field.name()).put("value", field.value()).put("origin", field.origin());
      if (!field.secret().isEmpty()) {
        written.put("secret", field.secret());
      }
    }
  }
}
