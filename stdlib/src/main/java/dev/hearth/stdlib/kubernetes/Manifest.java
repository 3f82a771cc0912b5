package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An object as somebody wants it, with its kind and its place found out.
 *
 * @param namespace empty for a kind that has none
 * @param name empty where the server is to make one up ({@code generateName})
 */
record Manifest(ResourceKind kind, String namespace, String name, ObjectNode content) {
  static final String APPLY = "application/apply-patch+yaml";

  /**
   * What a recipe gave.
   *
   * @param kind what it is if it does not say so itself; null where it has to
   * @param namespace where it is if it does not say so itself
   */
  static Manifest of(
      Cluster cluster, JsonNode given, @Nullable String kind, @Nullable String namespace) {
    if (!(given instanceof ObjectNode object)) {
      throw new HearthException(KubernetesError.MANIFEST_WRONG, excerpt(given), "it is no object");
    }
    var content = object.deepCopy();
    var known = kindOf(cluster, content, kind);
    content.put("apiVersion", known.apiVersion());
    content.put("kind", known.kind());
    if (!(content.get("metadata") instanceof ObjectNode metadata)) {
      throw new HearthException(
          KubernetesError.MANIFEST_WRONG, excerpt(given), "it has no `metadata`");
    }
    var name = metadata.path("name").asText("");
    if (name.isEmpty() && metadata.path("generateName").asText("").isEmpty()) {
      throw new HearthException(
          KubernetesError.MANIFEST_WRONG, excerpt(given), "it has no `metadata.name`");
    }
    if (!name.isEmpty()) {
      ApiPath.name(name, "name");
    }
    metadata.remove("managedFields");
    var where = place(cluster, known, metadata, namespace);
    var made = new Manifest(known, where, name, content);
    SecretMask.refuseMasks(content, made.subject());
    return made;
  }

  private static ResourceKind kindOf(Cluster cluster, ObjectNode content, @Nullable String kind) {
    var apiVersion = content.path("apiVersion").asText("");
    var said = content.path("kind").asText("");
    if (!apiVersion.isEmpty() && !said.isEmpty()) {
      return cluster.kinds().of(apiVersion, said);
    }
    if (kind == null) {
      throw new HearthException(
          KubernetesError.MANIFEST_WRONG,
          excerpt(content),
          "it has no `" + (said.isEmpty() ? "kind" : "apiVersion") + "`");
    }
    return cluster.kinds().named(kind);
  }

  private static String place(
      Cluster cluster, ResourceKind kind, ObjectNode metadata, @Nullable String asked) {
    if (!kind.namespaced()) {
      metadata.remove("namespace");
      return "";
    }
    var said = metadata.path("namespace").asText("");
    if (!said.isEmpty() && asked != null && !said.equals(asked)) {
      throw new HearthException(
          KubernetesError.NAMESPACE_WRONG,
          kind.kind() + " `" + metadata.path("name").asText("") + "`",
          said,
          asked);
    }
    var namespace =
        ApiPath.name(said.isEmpty() ? cluster.namespace(kind, asked) : said, "namespace");
    metadata.put("namespace", namespace);
    return namespace;
  }

  private static String excerpt(JsonNode given) {
    return given.path("kind").isTextual()
        ? "The " + ApiPath.shown(given.path("kind").asText())
        : "What was given";
  }

  String subject() {
    return kind.subject(
        namespace, name.isEmpty() ? content.at("/metadata/generateName").asText() : name);
  }

  ApiPath path() {
    return kind.path(namespace, name);
  }

  byte[] json() {
    return content.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** As server-side apply takes it. */
  Manifest forApply() {
    return new Manifest(kind, namespace, name, ApplyForm.of(kind, content));
  }
}
