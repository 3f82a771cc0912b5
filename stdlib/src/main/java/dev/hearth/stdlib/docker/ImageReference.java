package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an image is called, read as Docker reads it: {@code nginx} is {@code
 * docker.io/library/nginx:latest}.
 *
 * @param registry host, and port if it has one: {@code docker.io}
 * @param path in the registry: {@code library/nginx}
 * @param tag null where there is a digest and no tag
 * @param digest such as {@code sha256:…}; null where the name says none
 */
record ImageReference(String registry, String path, @Nullable String tag, @Nullable String digest) {
  /** The registry of names that have none. */
  static final String HUB = "docker.io";

  private static final int LONGEST_NAME = 255;
  private static final String LATEST = "latest";
  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
  private static final Pattern HOST =
      Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern PATH = Pattern.compile(PART + "(?:/" + PART + ")*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,512}");
  private static final Pattern ID = Pattern.compile("[a-f0-9]{64}");

  /** Reads a name; fails for what is none, an id among it. */
  static ImageReference parse(String text) {
    var at = text.indexOf('@');
    var digest = at < 0 ? null : text.substring(at + 1);
    var named = at < 0 ? text : text.substring(0, at);
    var colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    var tag = colon < 0 ? null : named.substring(colon + 1);
    var name = colon < 0 ? named : named.substring(0, colon);

    var slash = name.indexOf('/');
    var first = slash < 0 ? "" : name.substring(0, slash);
    var isHost = isHost(first);
    var registry = isHost ? first : HUB;
    var path = isHost ? name.substring(slash + 1) : name;
    if (registry.equals("index.docker.io")) {
      registry = HUB;
    }
    if (registry.equals(HUB) && !path.contains("/")) {
      path = "library/" + path;
    }

    if (ID.matcher(text).matches()
        || name.length() > LONGEST_NAME
        || !HOST.matcher(registry).matches()
        || !PATH.matcher(path).matches()) {
      throw malformed(text, why(path, name));
    }
    if (tag != null && !TAG.matcher(tag).matches()) {
      throw malformed(text, "its tag `" + VisibleText.of(tag) + "` is none");
    }
    if (digest != null && !DIGEST.matcher(digest).matches()) {
      throw malformed(text, "its digest `" + VisibleText.of(digest) + "` is none");
    }
    return new ImageReference(registry, path, tag == null && digest == null ? LATEST : tag, digest);
  }

  /** Reads a name that an image is to be given: one without a digest, which it has by itself. */
  static ImageReference parseNew(String text) {
    var image = parse(text);
    if (image.digest() != null) {
      throw malformed(text, "it has a digest, which nobody can give")
          .hint("Write it like `nginx:1.27` or `registry.lan:5000/team/app:2`.");
    }
    return image;
  }

  /** As Docker decides whether the first part of a name is a registry or a user of the Hub. */
  private static boolean isHost(String first) {
    return first.contains(".")
        || first.contains(":")
        || first.equals("localhost")
        || first.chars().anyMatch(Character::isUpperCase);
  }

  /** Whether it is the host, and perhaps the port, of a registry. */
  static boolean isRegistry(String text) {
    return HOST.matcher(text).matches();
  }

  private static String why(String path, String name) {
    if (ID.matcher(name).matches()) {
      return "it is an id";
    }
    return path.chars().anyMatch(Character::isUpperCase)
        ? "behind the registry it has no capital letters"
        : "a part of it is empty or has characters that no name has";
  }

  private static HearthException malformed(String text, String why) {
    return new HearthException(DockerError.IMAGE_MALFORMED, VisibleText.of(text), why);
  }

  /** The name without tag and digest, short as people write it: {@code nginx}. */
  String familiarName() {
    if (!registry.equals(HUB)) {
      return registry + "/" + path;
    }
    return path.startsWith("library/") && path.indexOf('/') == path.lastIndexOf('/')
        ? path.substring("library/".length())
        : path;
  }

  /** The whole name without tag and digest: {@code docker.io/library/nginx}. */
  String repository() {
    return registry + "/" + path;
  }

  /** What the API takes for the tag: the digest, where there is one. */
  String version() {
    return digest == null ? String.valueOf(tag) : digest;
  }

  /** The tag; {@code latest} where there is none. */
  String tagOrLatest() {
    return tag == null ? LATEST : tag;
  }

  /** Short as people write it, with tag and digest: {@code nginx:latest}. */
  @Override
  public String toString() {
    return familiarName() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }
}
