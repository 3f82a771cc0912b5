package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.ConnectionField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A connection that is being put together. */
final class ConnectionDraft {
  private final Binding binding;
  private final String name;
  private final ObjectNode settings = JsonNodeFactory.instance.objectNode();
  private final Map<String, Secret> secrets = new LinkedHashMap<>();

  /** The names of those that are stored already, by field. */
  private final Map<String, String> stored = new LinkedHashMap<>();

  ConnectionDraft(Binding binding, String name) {
    this.binding = binding;
    this.name = name;
  }

  Binding binding() {
    return binding;
  }

  String name() {
    return name;
  }

  boolean has(ConnectionField field) {
    return settings.has(field.name()) || secrets.containsKey(field.name());
  }

  void put(ConnectionField field, String value) {
    settings.put(field.name(), value);
  }

  void put(ConnectionField field, Secret value) {
    secrets.put(field.name(), value);
    stored.remove(field.name());
  }

  /** Takes a secret that is stored under a name of its own, and stays there. */
  void putStored(ConnectionField field, String secret, Secret value) {
    secrets.put(field.name(), value);
    stored.put(field.name(), secret);
  }

  /** The settings as they are kept, with the names of secrets that are stored already. */
  ObjectNode toStore() {
    var all = settings.deepCopy();
    stored.forEach((field, secret) -> all.putObject(field).put("secret", secret));
    return all;
  }

  /** The secrets that are to be kept for this connection alone. */
  Map<String, Secret> own() {
    var own = new LinkedHashMap<>(secrets);
    own.keySet().removeAll(stored.keySet());
    return own;
  }

  /** The field that pins the certificate; empty when the binding has none. */
  Optional<ConnectionField> fingerprint() {
    return binding.connectionFields().stream()
        .filter(field -> field.kind() == ConnectionField.Kind.FINGERPRINT)
        .findFirst();
  }

  /** Whether the binding can make something of what there is so far. */
  boolean isComplete() {
    return problem().isEmpty();
  }

  /** What the binding says against what there is so far, if it blames this field. */
  Optional<HearthException> problem(ConnectionField field) {
    return problem().filter(e -> field.name().equals(e.details().get("field")));
  }

  private Optional<HearthException> problem() {
    try {
      var _ = binding.reach(connection());
      return Optional.empty();
    } catch (HearthException e) {
      return Optional.of(e);
    }
  }

  /**
   * The connection as far as it says where it leads: secrets that are still to come are blanks that
   * nothing is ever sent.
   */
  Connection destination() {
    var filled = new LinkedHashMap<>(secrets);
    binding.connectionFields().stream()
        .filter(ConnectionField::isSecret)
        .forEach(field -> filled.putIfAbsent(field.name(), Secret.of("to come")));
    return new Connection(
        binding.name(), name, Connection.Origin.STORED, settings, Map.copyOf(filled));
  }

  Connection connection() {
    return new Connection(
        binding.name(), name, Connection.Origin.STORED, settings, Map.copyOf(secrets));
  }
}
