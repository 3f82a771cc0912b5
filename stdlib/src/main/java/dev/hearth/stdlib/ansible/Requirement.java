package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A role or a collection that a project needs of others.
 *
 * @param name of a role: what it is installed as; of a collection from the galaxy: its name; else
 *     the source
 * @param source where it is from; null: the galaxy
 * @param version as it is asked for: a version, a range, or what git knows; null: the newest
 */
record Requirement(
    Type type, String name, From from, @Nullable String source, @Nullable String version) {
  private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final Pattern COLLECTION = Pattern.compile("[a-z0-9_]+\\.[a-z0-9_]+");
  private static final Pattern PASSWORD = Pattern.compile("[a-z+]+://[^/@]*:[^/@]*@.*");
  private static final Pattern VERSION = Pattern.compile("[^-\\s\\p{Cntrl}][^\\p{Cntrl}]*");

  /** What it is. */
  enum Type {
    role,
    collection
  }

  /** Where it is from. */
  enum From {
    galaxy,
    git,
    url,
    file,
    dir
  }

  static Requirement role(JsonNode given) {
    var text = given.isTextual() ? given.asText().split(",", -1) : new String[0];
    var named = given.isTextual() ? word(text, 2) : word(given, "name");
    var src = given.isTextual() ? word(text, 0) : word(given, "src");
    var version = given.isTextual() ? word(text, 1) : word(given, "version");
    var source = src == null ? named : src;
    if (source == null) {
      throw wrong("a role has no `src` and no `name`: " + given);
    }
    var scm = word(given, "scm");
    if (scm != null && !scm.equals("git")) {
      throw wrong("`" + source + "` comes by `" + scm + "`; of these there is `git`");
    }
    var from = scm == null ? ofRole(source) : From.git;
    var name = named == null ? nameOf(source) : named;
    if (!ROLE.matcher(name).matches()) {
      throw wrong("`" + name + "` is no name of a role");
    }
    var plain = source.replaceFirst("^git\\+", "");
    return checked(
        new Requirement(
            Type.role,
            name,
            from,
            from == From.galaxy && plain.equals(name) ? null : plain,
            version));
  }

  private static From ofRole(String source) {
    boolean isTar = source.endsWith(".tar.gz");
    if (source.startsWith("git+")
        || source.startsWith("git@")
        || (source.matches("https?://.*github\\.com/.*") && !isTar)) {
      return From.git;
    }
    if (source.startsWith("file://") || (isTar && !source.contains("://"))) {
      return From.file;
    }
    return source.contains("://") ? From.url : From.galaxy;
  }

  private static String nameOf(String source) {
    return source
        .replaceFirst("\\.git$", "")
        .replaceFirst("\\.tar\\.gz$", "")
        .replaceFirst("^.*[/:]", "");
  }

  static Requirement collection(JsonNode given) {
    var name = given.isTextual() ? given.asText() : word(given, "name");
    if (name == null) {
      throw wrong("a collection has no `name`: " + given);
    }
    var type = word(given, "type");
    var from = type == null ? ofCollection(name) : type(type);
    var version = word(given, "version");
    if (from == From.galaxy) {
      if (!COLLECTION.matcher(name).matches()) {
        throw wrong("`" + name + "` is no name of a collection");
      }
      return checked(new Requirement(Type.collection, name, from, word(given, "source"), version));
    }
    var plain = name.replaceFirst("^git\\+", "");
    return checked(new Requirement(Type.collection, plain, from, plain, version));
  }

  private static From ofCollection(String name) {
    if (name.startsWith("git+") || name.startsWith("git@")) {
      return From.git;
    }
    if (name.contains("://")) {
      return name.startsWith("file://") ? From.file : From.url;
    }
    if (name.endsWith(".tar.gz")) {
      return From.file;
    }
    return name.contains("/") ? From.dir : From.galaxy;
  }

  private static From type(String text) {
    for (var from : From.values()) {
      if (from.name().equals(text)) {
        return from;
      }
    }
    throw wrong("there is no type `" + text + "`; there are galaxy, git, url, file and dir");
  }

  private static Requirement checked(Requirement one) {
    var source = one.source();
    if (source != null && (source.startsWith("-") || source.chars().anyMatch(c -> c < ' '))) {
      throw wrong("`" + source + "` is no source");
    }
    if (source != null && PASSWORD.matcher(source).matches()) {
      throw wrong(
          "a source of `" + nameOf(source) + "` has a password; let git or a token know it");
    }
    if (one.version() != null && !VERSION.matcher(one.version()).matches()) {
      throw wrong("`" + one.version() + "` is no version");
    }
    return one;
  }

  private static @Nullable String word(JsonNode given, String key) {
    var value = given.path(key);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? value.asText().strip()
        : null;
  }

  private static @Nullable String word(String[] words, int at) {
    return at < words.length && !words[at].isBlank() ? words[at].strip() : null;
  }

  private static HearthException wrong(String why) {
    return new HearthException(AnsibleError.REQUIREMENT, VisibleText.of(why));
  }

  /** Whether it is had without a network. */
  boolean needsNoNetwork() {
    return from == From.file
        || from == From.dir
        || (from == From.git && !String.valueOf(source).matches("(?!file:)[a-z+]+://.*|git@.*"));
  }
}
