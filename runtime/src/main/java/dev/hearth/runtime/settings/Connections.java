package dev.hearth.runtime.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.secret.Secret;
import dev.hearth.runtime.secret.SecretStore;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.storage.JsonFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The connections that the user configured, in {@code connections.json} of the config folder with
 * their secrets in the secret store, and those that the environment names. Safe for several threads
 * and processes.
 */
public final class Connections {
  private final JsonFile file;
  private final SecretStore secrets;
  private final Environment environment;
  private final Supplier<Map<String, String>> profile;

  /** The connections of a config folder; it is made with the first one. */
  public Connections(Path config, SecretStore secrets, Environment environment) {
    this(config, secrets, environment, Map::of);
  }

  /**
   * The same with a profile's defaults.
   *
   * @param profile asked for the defaults that count before the stored ones, by binding
   */
  public Connections(
      Path config,
      SecretStore secrets,
      Environment environment,
      Supplier<Map<String, String>> profile) {
    this.profile = profile;
    this.file = JsonFile.own(config.resolve("connections.json"));
    this.secrets = secrets;
    this.environment = environment;
  }

  /** All stored connections, by binding and name. */
  public List<StoredConnection> list() {
    return read().all();
  }

  /**
   * One stored connection.
   *
   * @throws HearthException {@code connection.unknown}
   */
  public StoredConnection show(String binding, String name) {
    return stored(read(), binding, name);
  }

  /** Whether there is a stored connection of that name. */
  public boolean has(String binding, String name) {
    return read().find(binding, name).isPresent();
  }

  private ConnectionsFile read() {
    return new ConnectionsFile(file.read(), profile.get());
  }

  private static StoredConnection stored(ConnectionsFile file, String binding, String name) {
    return file.find(binding, name).orElseThrow(() -> unknown(file, binding, name));
  }

  private static HearthException unknown(ConnectionsFile file, String binding, String name) {
    var error = new HearthException(ConnectionError.UNKNOWN, binding, VisibleText.of(name));
    var names = file.of(binding).stream().map(StoredConnection::name).toList();
    if (names.isEmpty()) {
      return error;
    }
    var listed = names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
    return Suggestion.closest(name, names)
        .map(meant -> error.hint("Did you mean `" + meant + "`?"))
        .orElseGet(() -> error.hint("Choose one of these: " + listed + "."))
        .with("connections", names);
  }

  /**
   * Stores a new connection; the first one of a binding becomes its default.
   *
   * @param settings the fields that are not secret, and {@code { "secret": NAME }} for each secret
   *     that is stored already
   * @param given the other secret ones, to be kept for this connection
   * @throws HearthException {@code connection.exists}, {@code connection.name-…}, {@code
   *     connection.field-…}, and what the binding says about fields that do not go together
   */
  public void add(Binding binding, String name, ObjectNode settings, Map<String, Secret> given) {
    checkName(name);
    checkNew(binding, name, settings, given);
    file.update(
        content -> {
          var connections = new ConnectionsFile(content);
          refuseExisting(connections, binding.name(), name);
          put(connections, binding.name(), name, settings, given);
        });
  }

  /**
   * Stores a connection in place of the one of that name; it stays the default if that was it. As
   * {@link #add} when there is none.
   */
  public void replace(
      Binding binding, String name, ObjectNode settings, Map<String, Secret> given) {
    checkName(name);
    checkNew(binding, name, settings, given);
    file.update(
        content -> {
          var connections = new ConnectionsFile(content);
          var old = connections.find(binding.name(), name);
          put(connections, binding.name(), name, settings, given);
          old.ifPresent(gone -> forgetSecrets(gone, given.keySet(), settings));
        });
  }

  /** Fails with what {@link #add} would say about the name, before anybody is asked for more. */
  public void requireFree(Binding binding, String name) {
    checkName(name);
    refuseExisting(read(), binding.name(), name);
  }

  private static void refuseExisting(ConnectionsFile file, String binding, String name) {
    if (file.find(binding, name).isPresent()) {
      throw new HearthException(ConnectionError.EXISTS, binding, name);
    }
  }

  private void put(
      ConnectionsFile connections,
      String binding,
      String name,
      ObjectNode settings,
      Map<String, Secret> given) {
    var names = new LinkedHashMap<String, String>();
    var plain = settings.deepCopy();
    references(settings)
        .forEach(
            (field, secret) -> {
              names.put(field, secret);
              plain.remove(field);
            });
    given.forEach(
        (field, secret) -> {
          var secretName = secretPrefix(binding, name) + field;
          secrets.put(secretName, secret);
          names.put(field, secretName);
        });
    connections.put(new StoredConnection(binding, name, false, plain, names));
  }

  /**
   * Removes those from the secret store that are this connection's own, and no other's.
   *
   * @param kept the fields whose secrets stay
   * @param settings what names secrets that stay as well
   */
  private void forgetSecrets(StoredConnection old, Set<String> kept, ObjectNode settings) {
    var named = references(settings).values();
    old.secrets()
        .forEach(
            (field, secret) -> {
              if (!kept.contains(field)
                  && !named.contains(secret)
                  && secret.startsWith(secretPrefix(old.binding(), old.name()))) {
                secrets.remove(secret);
              }
            });
  }

  /**
   * Fails for what cannot be the name of a connection.
   *
   * @throws HearthException {@code connection.name-…}
   */
  public static void checkName(String name) {
    if (!ConnectionsFile.isName(name)) {
      throw new HearthException(ConnectionError.NAME_INVALID, VisibleText.of(name));
    }
    if (Arrays.stream(Connection.Origin.values()).anyMatch(o -> o.label().equals(name))) {
      throw new HearthException(ConnectionError.NAME_RESERVED, name);
    }
  }

  /** Fields that name stored secrets, with those names. */
  private static Map<String, String> references(ObjectNode settings) {
    var found = new LinkedHashMap<String, String>();
    settings
        .properties()
        .forEach(
            field -> {
              if (ConnectionsFile.isReference(field.getValue())) {
                found.put(field.getKey(), field.getValue().path("secret").textValue());
              }
            });
    return found;
  }

  private void checkNew(
      Binding binding, String name, ObjectNode settings, Map<String, Secret> given) {
    var fields = new ConnectionFields(binding);
    fields.refuseUnknown(settings.properties().stream().map(Map.Entry::getKey).toList(), _ -> name);
    fields.refuseUnknown(given.keySet(), _ -> name);
    var plain = settings.deepCopy();
    var all = new LinkedHashMap<>(given);
    references(settings)
        .forEach(
            (field, secret) -> {
              fields.requireSecret(field, name);
              all.put(field, secrets.require(secret));
              plain.remove(field);
            });
    fields.refusePlainSecrets(name, plain, _ -> name);
    fields.refuseMissing(name, plain, name);
    var _ =
        binding.reach(new Connection(binding.name(), name, Connection.Origin.STORED, plain, all));
  }

  /** All connections and defaults as they are stored: of secrets the names. */
  public ObjectNode exported() {
    return new ConnectionsFile(file.read()).json();
  }

  /**
   * Takes connections over that were exported. Their secrets need not be here.
   *
   * @param given what was read, for messages
   * @param mayReplace whether those that are there already may be overwritten
   * @return the names of the secrets that they need
   */
  public Set<String> importAll(
      ObjectNode exported,
      JsonFile.Content given,
      Collection<Binding> bindings,
      boolean mayReplace) {
    var root = JsonNodeFactory.instance.objectNode();
    root.set("connections", exported.path("connections"));
    root.set("defaults", exported.path("defaults"));
    var theirs = new ConnectionsFile(new JsonFile.Content(given.file(), root, given.text()));
    for (var binding : bindings) {
      theirs.of(binding.name()).forEach(each -> checkFields(theirs, binding, each));
    }
    file.update(
        content -> {
          var ours = new ConnectionsFile(content);
          for (var each : theirs.all()) {
            if (!mayReplace) {
              refuseExisting(ours, each.binding(), each.name());
            }
            ours.put(each);
            if (each.isDefault()) {
              ours.makeDefault(each.binding(), each.name());
            }
          }
        });
    return theirs.all().stream()
        .flatMap(each -> each.secrets().values().stream())
        .collect(Collectors.toSet());
  }

  private static void checkFields(ConnectionsFile file, Binding binding, StoredConnection stored) {
    var fields = new ConnectionFields(binding);
    var settings = stored.settings();
    var name = stored.name();
    fields.refuseUnknown(
        settings.properties().stream().map(Map.Entry::getKey).toList(),
        field -> file.place(stored, field));
    fields.refuseUnknown(stored.secrets().keySet(), field -> file.place(stored, field));
    fields.refusePlainSecrets(name, settings, field -> file.place(stored, field));
    fields.refuseMissing(name, settings, file.place(stored));
  }

  private static String secretPrefix(String binding, String name) {
    return "connection/" + binding + "/" + name + "/";
  }

  /** Recipes that name no connection get this one from now on. */
  public void makeDefault(String binding, String name) {
    file.update(
        content -> {
          var connections = new ConnectionsFile(content);
          connections.makeDefault(binding, stored(connections, binding, name).name());
        });
  }

  /**
   * Forgets a connection and its secrets. If another one is then the only one, it is the default.
   */
  public void remove(String binding, String name) {
    file.update(
        content -> {
          var connections = new ConnectionsFile(content);
          var old = stored(connections, binding, name);
          connections.remove(binding, name);
          forgetSecrets(old, Set.of(), JsonNodeFactory.instance.objectNode());
        });
  }

  /**
   * The connection of a recipe that names none: what the environment says, else the stored default.
   *
   * @throws HearthException {@code connection.none}, {@code connection.no-default}, {@code
   *     connection.environment-incomplete}, and what {@link #named} throws
   */
  public Connection byDefault(Binding binding) {
    return byDefault(binding, Optional::empty);
  }

  /**
   * The same, where there is more than Hearth's own configuration.
   *
   * @param configured asked when neither the environment nor the user has told Hearth of any
   */
  public Connection byDefault(Binding binding, Supplier<Optional<Connection>> configured) {
    return inEnvironment(binding)
        .or(() -> storedDefault(binding))
        .or(configured)
        .orElseThrow(() -> new HearthException(ConnectionError.NONE, binding.name()));
  }

  /**
   * What the environment says; empty when none of the binding's variables is set.
   *
   * @throws HearthException {@code connection.environment-incomplete}
   */
  public Optional<Connection> inEnvironment(Binding binding) {
    return new ConnectionFields(binding).fromEnvironment(environment);
  }

  private Optional<Connection> storedDefault(Binding binding) {
    var connections = read();
    var chosenByProfile = profile.get().get(binding.name());
    if (chosenByProfile != null) {
      var stored = stored(connections, binding.name(), chosenByProfile);
      return Optional.of(resolve(connections, binding, stored));
    }
    var candidates = connections.of(binding.name());
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    var chosen =
        candidates.stream()
            .filter(StoredConnection::isDefault)
            .findFirst()
            .orElseThrow(
                () ->
                    new HearthException(
                            ConnectionError.NO_DEFAULT,
                            binding.name(),
                            candidates.getFirst().name())
                        .with(
                            "connections",
                            candidates.stream().map(StoredConnection::name).toList()));
    return Optional.of(resolve(connections, binding, chosen));
  }

  /**
   * The connection that the recipe or the user chose by its name, whatever the environment says.
   *
   * @throws HearthException {@code connection.unknown}, {@code connection.field-…}, {@code
   *     connection.secret-…}
   */
  public Connection named(Binding binding, String name) {
    var connections = read();
    return resolve(connections, binding, stored(connections, binding.name(), name));
  }

  /**
   * The connection that a recipe spelled out. Nothing is added to it: no stored secret goes to an
   * address that a recipe chose.
   *
   * @throws HearthException {@code connection.field-…}
   */
  public Connection spelledOut(Binding binding, ObjectNode given) {
    return new ConnectionFields(binding).fromRecipe(given);
  }

  private Connection resolve(ConnectionsFile file, Binding binding, StoredConnection stored) {
    checkFields(file, binding, stored);
    var settings = stored.settings();
    var name = stored.name();
    var revealed = new LinkedHashMap<String, Secret>();
    stored
        .secrets()
        .forEach(
            (field, secret) ->
                revealed.put(
                    field,
                    secrets
                        .get(secret)
                        .orElseThrow(
                            () ->
                                new HearthException(
                                    ConnectionError.SECRET_GONE, binding.name(), name, secret))));
    return new Connection(binding.name(), name, Connection.Origin.STORED, settings, revealed);
  }
}
