package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.secret.Secret;

/** Hides the values of Secrets in what is shown to recipes, also in lists of anything. */
final class SecretMask {
  private SecretMask() {}

  /** The same without values of Secrets; the tree that is given is changed. */
  static JsonNode masked(JsonNode shown) {
    if (!(shown instanceof ObjectNode object)) {
      return shown;
    }
    var kind = object.path("kind").asText("");
    boolean isOfSecrets = kind.equals("SecretList") && isCore(object);
    if (kind.equals("Secret") && isCore(object)) {
      mask(object);
    }
    for (var item : object.path("items")) {
      if (isOfSecrets && item instanceof ObjectNode secret) {
        mask(secret);
      } else {
        masked(item);
      }
    }
    if (object.path("object").isObject()) { // of a watch
      masked(object.path("object"));
    }
    return object;
  }

  static boolean isSecret(JsonNode object) {
    return object.path("kind").asText("").equals("Secret") && isCore(object);
  }

  private static boolean isCore(JsonNode object) {
    return object.path("apiVersion").asText("").equals("v1");
  }

  private static void mask(ObjectNode secret) {
    for (var field : ObjectCopy.SECRET_FIELDS) {
      if (secret.path(field) instanceof ObjectNode values) {
        values.properties().forEach(entry -> values.put(entry.getKey(), Secret.MASK));
      }
    }
    if (secret.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(ObjectCopy.LAST_APPLIED);
    }
  }

  /** Fails where a recipe gives back the mask that it was shown, which would replace the value. */
  static void refuseMasks(JsonNode manifest, String subject) {
    if (isSecret(manifest)) {
      refuseMasksIn(manifest, subject);
    }
  }

  /** The same of a Secret, or of a change of one, that does not say what it is. */
  static void refuseMasksIn(JsonNode manifest, String subject) {
    for (var field : ObjectCopy.SECRET_FIELDS) {
      for (var entry : manifest.path(field).properties()) {
        if (entry.getValue().asText("").equals(Secret.MASK)) {
          throw new HearthException(
              KubernetesError.SECRET_MASKED, subject, field + "." + entry.getKey());
        }
      }
    }
  }
}
