package dev.hearth.runtime.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.storage.JsonFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Secrets in {@code secrets.json} in the config folder, in plain text that only the user may read:
 * mode 0600, and refused when it is wider.
 */
public final class FileSecretStore implements SecretStore {
  private static final int VERSION = 1;
  private static final int LONGEST = 64 << 10;
  private static final int LONGEST_NAME = 200;
  private static final Pattern NAME = Pattern.compile("[\\w@.-]+(/[\\w@.-]+)*");

  private final JsonFile file;

  /** The secrets of a config folder; it is made with the first one. */
  public FileSecretStore(Path config) {
    this.file = JsonFile.withSecrets(config.resolve("secrets.json"));
  }

  @Override
  public Optional<Secret> get(String name) {
    checkName(name);
    return Optional.ofNullable(secrets(file.read()).get(name))
        .map(value -> Secret.of(value.textValue()));
  }

  @Override
  public void put(String name, Secret secret) {
    checkName(name);
    var text = secret.reveal();
    if (text.isEmpty()) {
      throw new HearthException(SecretError.EMPTY, name);
    }
    if (text.length() > LONGEST) {
      throw new HearthException(SecretError.TOO_BIG, name, text.length(), LONGEST);
    }
    update(secrets -> secrets.put(name, text));
  }

  @Override
  public void remove(String name) {
    checkName(name);
    update(secrets -> secrets.remove(name));
  }

  @Override
  public Set<String> names() {
    var names = new TreeSet<String>();
    secrets(file.read()).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void checkName(String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new HearthException(SecretError.NAME_INVALID, VisibleText.of(name));
    }
  }

  private void update(Consumer<ObjectNode> change) {
    file.update(
        content -> {
          var secrets = secrets(content);
          change.accept(secrets);
          content.root().put("version", VERSION).set("secrets", secrets);
        });
  }

  private static ObjectNode secrets(JsonFile.Content content) {
    var root = content.root();
    if (root.path("version").asInt(VERSION) > VERSION) {
      throw new HearthException(SecretError.FILE_NEWER, content.file());
    }
    if (!root.has("secrets")) {
      return root.objectNode();
    }
    if (root.get("secrets") instanceof ObjectNode secrets
        && secrets.valueStream().allMatch(value -> value.isTextual())) {
      return secrets;
    }
    throw new HearthException(SecretError.FILE_WRONG, content.file());
  }

  /** Says where, and nothing of what. */
  @Override
  public String toString() {
    return "FileSecretStore[" + file.path() + "]";
  }
}
