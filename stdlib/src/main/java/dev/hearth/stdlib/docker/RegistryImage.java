package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.regex.Pattern;

/**
 * An image in a registry.
 *
 * @param repository such as {@code team/app}
 * @param reference a tag or a digest
 */
record RegistryImage(String repository, String reference) {
  private static final int LONGEST = 255;
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+";
  private static final Pattern REPOSITORY = Pattern.compile(PART + "(?:/" + PART + ")*+");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})");

  /** Reads {@code team/app:1.0}; without a tag it is {@code latest}. */
  static RegistryImage parse(String text, RegistryAddress where) {
    int at = text.indexOf('@');
    var name = at < 0 ? text : text.substring(0, at);
    int colon = name.lastIndexOf(':');
    var repository = colon < 0 ? name : name.substring(0, colon);
    var reference =
        at >= 0 ? text.substring(at + 1) : colon < 0 ? "latest" : name.substring(colon + 1);
    boolean isGood =
        (at < 0 ? TAG : DIGEST).matcher(reference).matches()
            && (at < 0 || colon < 0 || TAG.matcher(name.substring(colon + 1)).matches());
    if (!isGood) {
      throw malformed(text);
    }
    return new RegistryImage(repository(repository, where), reference);
  }

  /** A repository by itself. */
  static String repository(String name, RegistryAddress where) {
    if (name.length() > LONGEST || !REPOSITORY.matcher(name).matches()) {
      throw malformed(name);
    }
    return where.isHub() && !name.contains("/") ? "library/" + name : name;
  }

  private static HearthException malformed(String text) {
    return new HearthException(RegistryError.REGISTRY_IMAGE_MALFORMED, VisibleText.of(text));
  }

  /** A digest that somebody else wrote; fails for what is none, so that it can stand in a path. */
  static String digest(String text, RegistryAddress where) {
    if (!DIGEST.matcher(text).matches()) {
      throw new HearthException(RegistryError.REGISTRY_NONE, where.host())
          .with("digest", VisibleText.of(text));
    }
    return text;
  }

  boolean isDigest() {
    return reference.contains(":");
  }

  /** The same repository under another tag or digest. */
  RegistryImage at(String other) {
    return new RegistryImage(repository, other);
  }

  @Override
  public String toString() {
    return repository + (isDigest() ? "@" : ":") + reference;
  }
}
