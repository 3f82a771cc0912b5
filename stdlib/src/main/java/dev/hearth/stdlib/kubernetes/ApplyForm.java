package dev.hearth.stdlib.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * A manifest as server-side apply takes it on every version: older servers refuse there what they
 * take in any other way, and what is usual in manifests. What comes of it means the same.
 */
final class ApplyForm {
  /** Fields of Kubernetes' own kinds whose members are quantities. */
  private static final Set<String> QUANTITIES =
      Set.of(
          "limits",
          "requests",
          "hard",
          "capacity",
          "podFixed",
          "default",
          "defaultRequest",
          "max",
          "min",
          "maxLimitRequestRatio");

  private ApplyForm() {}

  /** The same where nothing is to be changed, else a copy. */
  static ObjectNode of(ResourceKind kind, ObjectNode content) {
    if (!kind.isOfKubernetes() || kind.kind().equals("CustomResourceDefinition")) {
      return content; // whose schemas are their own
    }
    var form = content.deepCopy();
    if (kind.isSecret()) {
      encodeTexts(form);
    } else if (kind.kind().equals("Service")) {
      sayProtocols(form.path("spec").path("ports"));
    }
    walk(form);
    return form;
  }

  /**
   * Plain texts of a Secret become data, which has one owner; as {@code stringData} the server
   * would keep two.
   */
  private static void encodeTexts(ObjectNode secret) {
    if (!(secret.get("stringData") instanceof ObjectNode plain)) {
      return;
    }
    var data = secret.withObject("/data");
    for (var entry : plain.properties()) {
      if (entry.getValue().isContainerNode()) {
        throw new HearthException(
            KubernetesError.MANIFEST_WRONG,
            "The Secret",
            "`stringData." + ApiPath.shown(entry.getKey()) + "` is no text");
      }
      if (!entry.getValue().isNull()) {
        var text = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
        data.put(entry.getKey(), Base64.getEncoder().encodeToString(text));
      }
    }
    secret.remove("stringData");
  }

  private static void walk(JsonNode node) {
    for (var field : node.properties()) {
      var value = field.getValue();
      if (QUANTITIES.contains(field.getKey()) && value instanceof ObjectNode quantities) {
        writeQuantities(quantities);
      } else if (field.getKey().equals("ports") && node.has("image")) {
        sayProtocols(value); // of a container
      }
      walk(value);
    }
    if (node.isArray()) {
      node.forEach(ApplyForm::walk);
    }
  }

  /** Before 1.21 a quantity has to be a text: {@code cpu: 2} is {@code cpu: "2"}. */
  private static void writeQuantities(ObjectNode quantities) {
    for (var each : quantities.properties()) {
      if (each.getValue().isNumber()) {
        each.setValue(quantities.textNode(each.getValue().asText()));
      }
    }
  }

  /** The protocol is a part of a port's name, which those servers do not add by themselves. */
  private static void sayProtocols(JsonNode ports) {
    for (var port : ports) {
      if (port instanceof ObjectNode each && !each.hasNonNull("protocol")) {
        each.put("protocol", "TCP");
      }
    }
  }
}
