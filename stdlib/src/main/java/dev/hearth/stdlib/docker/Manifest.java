package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an image consists of, or an index of what it is for each platform; Docker's kinds and the
 * OCI's.
 */
final class Manifest {
  private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  private static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";

  static final String ACCEPTED =
      String.join(", ", OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST);

  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+/[a-z0-9_]+(?:/[a-z0-9.]+)?");

  private final byte[] bytes;
  private final String mediaType;
  private final String digest;
  private final JsonNode content;

  private Manifest(byte[] bytes, String mediaType, String digest, JsonNode content) {
    this.bytes = bytes;
    this.mediaType = mediaType;
    this.digest = digest;
    this.content = content;
  }

  /** A blob that a manifest names. */
  record Blob(String digest, long size, String mediaType) {}

  /** Reads what a registry sent. */
  static Manifest of(byte[] bytes, String contentType, RegistryImage image, RegistryAddress where) {
    var content = parsed(bytes, where);
    var told = content.path("mediaType").asText(contentType.replaceFirst("\\s*;.*$", ""));
    var type = content.path("schemaVersion").asInt(2) == 1 ? "Docker's schema 1" : told;
    var wanted = image.isDigest() ? image.reference() : "sha256:";
    var manifest = new Manifest(bytes, type, digest(bytes, wanted), content);
    if (!manifest.isIndex() && !type.equals(OCI_MANIFEST) && !type.equals(DOCKER_MANIFEST)) {
      throw new HearthException(RegistryError.REGISTRY_UNKNOWN_KIND, image, VisibleText.of(type));
    }
    return manifest;
  }

  /** An image of an index, and what it is for. */
  record Part(Manifest manifest, String platform) {}

  /** An index over images of a repository. */
  static Manifest index(List<Part> parts) {
    var content = Engine.MAPPER.createObjectNode();
    content.put("schemaVersion", 2).put("mediaType", OCI_INDEX);
    var children = content.putArray("manifests");
    for (var part : parts) {
      var words = part.platform().split("/", 3);
      var child = children.addObject();
      child.put("mediaType", part.manifest().mediaType());
      child.put("digest", part.manifest().digest());
      child.put("size", part.manifest().bytes().length);
      var platform = child.putObject("platform");
      platform.put("architecture", words[1]).put("os", words[0]);
      if (words.length == 3) {
        platform.put("variant", words[2]);
      }
    }
    var bytes = content.toString().getBytes(StandardCharsets.UTF_8);
    return new Manifest(bytes, OCI_INDEX, digest(bytes, "sha256:"), content);
  }

  /** Fails for what is no platform. */
  static void requirePlatform(String text) {
    if (!PLATFORM.matcher(text).matches()) {
      throw new HearthException(RegistryError.REGISTRY_PLATFORM_MALFORMED, VisibleText.of(text));
    }
  }

  static JsonNode parsed(byte[] bytes, RegistryAddress where) {
    try {
      return Engine.MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new HearthException(RegistryError.REGISTRY_NONE, where.host()).causedBy(e);
    } catch (IOException e) {
      throw new IllegalStateException("Reading an array does no input.", e);
    }
  }

  /** The digest of bytes, with the algorithm of another one. */
  static String digest(byte[] bytes, String like) {
    var hash = hash(like);
    hash.update(bytes);
    return digest(hash);
  }

  /** What has been hashed, as digests are written. */
  static String digest(MessageDigest hash) {
    return hash.getAlgorithm().toLowerCase(Locale.ROOT).replace("-", "")
        + ":"
        + HexFormat.of().formatHex(hash.digest());
  }

  /** The algorithm of a digest. */
  static MessageDigest hash(String like) {
    try {
      return MessageDigest.getInstance(like.startsWith("sha512:") ? "SHA-512" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has both.", e);
    }
  }

  /** As the registry has them: their digest is the image's. */
  byte[] bytes() {
    return bytes;
  }

  String mediaType() {
    return mediaType;
  }

  String digest() {
    return digest;
  }

  boolean isIndex() {
    return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_LIST);
  }

  /** What an index has, each with its digest. */
  List<String> children(RegistryAddress where) {
    var found = new ArrayList<String>();
    for (var child : content.path("manifests")) {
      found.add(RegistryImage.digest(child.path("digest").asText(), where));
    }
    return found;
  }

  /** The digest of what an index has for a platform. */
  String forPlatform(String platform, RegistryImage image, RegistryAddress where) {
    requirePlatform(platform);
    for (var child : content.path("manifests")) {
      var name = platform(child.path("platform"));
      if (name.equals(platform) || name.equals(platform + "/v8")) {
        return RegistryImage.digest(child.path("digest").asText(), where);
      }
    }
    throw new HearthException(RegistryError.REGISTRY_PLATFORM_MISSING, image, platform)
        .with("platforms", platforms());
  }

  /** The platforms of an index, without what only attests to others. */
  List<String> platforms() {
    var found = new ArrayList<String>();
    for (var child : content.path("manifests")) {
      var name = platform(child.path("platform"));
      if (!name.equals("unknown/unknown")) {
        found.add(name);
      }
    }
    return found;
  }

  /** As Docker writes it: {@code linux/arm/v7}. */
  static String platform(JsonNode node) {
    var variant = node.path("variant").asText("");
    return node.path("os").asText("unknown")
        + "/"
        + node.path("architecture").asText("unknown")
        + (variant.isEmpty() ? "" : "/" + variant);
  }

  /** The blobs of an image, its configuration first; not those that are had from elsewhere. */
  List<Blob> blobs(RegistryAddress where) {
    var found = new ArrayList<Blob>();
    found.add(blob(content.path("config"), where));
    for (var layer : content.path("layers")) {
      if (layer.path("urls").isEmpty()) {
        found.add(blob(layer, where));
      }
    }
    return found;
  }

  private static Blob blob(JsonNode node, RegistryAddress where) {
    return new Blob(
        RegistryImage.digest(node.path("digest").asText(), where),
        node.path("size").asLong(-1),
        node.path("mediaType").asText());
  }

  /** Whether its configuration is an image's and no other artifact's. */
  boolean isImage() {
    var type = content.path("config").path("mediaType").asText();
    return type.equals("application/vnd.oci.image.config.v1+json")
        || type.equals("application/vnd.docker.container.image.v1+json");
  }

  /** Digest, kind and content, for who asked. */
  ObjectNode shown() {
    var shown = Engine.MAPPER.createObjectNode();
    shown.put("digest", digest).put("mediaType", mediaType);
    shown.set("manifest", content);
    return shown;
  }
}
