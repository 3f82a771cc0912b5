package dev.hearth.runtime.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.storage.JsonFile;
import dev.hearth.runtime.storage.PrivateFile;
import dev.hearth.runtime.storage.Sealing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Secrets in {@code secrets.age} of the config folder: an armored file of age with one JSON object,
 * sealed for the user's {@link Identity}.
 *
 * <p>Earlier versions kept them in {@code secrets.json}, readable. What is there is sealed at the
 * first use of any kind, and only when that is on the disk the old file goes. Whoever is killed
 * between leaves both; the next one begins anew.
 */
public final class FileSecretStore implements SecretStore {
  private static final int VERSION = 1;
  private static final int LONGEST = 64 << 10;
  private static final int LONGEST_NAME = 200;
  private static final Pattern NAME = Pattern.compile("[\\w@-][\\w@.-]*(/[\\w@-][\\w@.-]*)*");

  private final JsonFile sealed;
  private final Path readable;
  private final IdentityFile identity;

  /** The secrets of a config folder, sealed for the identity in it. */
  public FileSecretStore(Path config) {
    this(config, new IdentityFile(config, Optional::empty));
  }

  /** The secrets of a config folder; it is made with the first one. */
  public FileSecretStore(Path config, IdentityFile identity) {
    this.sealed = JsonFile.sealed(config.resolve("secrets.age"), new ForIdentity(identity));
    this.readable = config.resolve("secrets.json");
    this.identity = identity;
  }

  /** The file that they are in. */
  public Path path() {
    return sealed.path();
  }

  /** Whose key opens it. */
  public IdentityFile identity() {
    return identity;
  }

  private record ForIdentity(IdentityFile identity) implements Sealing {
    @Override
    public byte[] seal(String text) {
      return identity.forSealing().sealArmored(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String open(byte[] sealed, Path file) {
      return new String(
          identity.forOpening().open(sealed, file.toString()), StandardCharsets.UTF_8);
    }
  }

  @Override
  public Optional<Secret> get(String name) {
    checkName(name);
    return Optional.ofNullable(secrets(content()).get(name))
        .map(value -> Secret.of(value.textValue()));
  }

  @Override
  public void put(String name, Secret secret) {
    var text = checked(name, secret);
    update(secrets -> secrets.put(name, text));
  }

  /**
   * Keeps a secret in place of what it was when somebody looked.
   *
   * @param before what it was; empty: there was none
   * @throws HearthException {@code secret.changed-meanwhile}
   */
  public void replace(String name, Optional<Secret> before, Secret secret) {
    var text = checked(name, secret);
    update(
        secrets -> {
          var now = Optional.ofNullable(secrets.get(name)).map(v -> Secret.of(v.textValue()));
          if (!now.equals(before)) {
            throw new HearthException(SecretError.CHANGED_MEANWHILE, name);
          }
          secrets.put(name, text);
        });
  }

  private static String checked(String name, Secret secret) {
    checkName(name);
    var text = secret.reveal();
    if (text.isEmpty()) {
      throw new HearthException(SecretError.EMPTY, name);
    }
    if (text.length() > LONGEST) {
      throw new HearthException(SecretError.TOO_BIG, name, text.length(), LONGEST);
    }
    return text;
  }

  @Override
  public void remove(String name) {
    checkName(name);
    update(secrets -> secrets.remove(name));
  }

  @Override
  public Set<String> names() {
    var names = new TreeSet<String>();
    secrets(content()).fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * Fails for what cannot be the name of a secret.
   *
   * @throws HearthException {@code secret.name-invalid}
   */
  public static void checkName(String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new HearthException(SecretError.NAME_INVALID, VisibleText.of(name));
    }
  }

  private JsonFile.Content content() {
    sealReadable();
    return sealed.read();
  }

  private void update(Consumer<ObjectNode> change) {
    sealReadable();
    sealed.update(content -> change(content, change));
  }

  private static void change(JsonFile.Content content, Consumer<ObjectNode> change) {
    var secrets = secrets(content);
    change.accept(secrets);
    content.root().put("version", VERSION).set("secrets", secrets);
  }

  /**
   * Seals what an earlier version kept readable. A name that is in both is taken from there: only
   * an earlier version can have written it since.
   */
  private void sealReadable() {
    var old = JsonFile.withSecrets(readable);
    if (!old.exists()) {
      return;
    }
    sealed.update(content -> change(content, secrets -> secrets.setAll(secrets(old.read()))));
    var _ = secrets(sealed.read()); // what cannot be opened again must not be all that is left
    new PrivateFile(readable).remove(); // in one go: half of it would be no JSON
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
    return "FileSecretStore[" + sealed.path() + "]";
  }
}
