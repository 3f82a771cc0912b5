package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Configs and secrets as a service gets them: a name, or where the file is to stand and whose it
 * is.
 */
final class FilesOfService {
  private static final Shape WHOLE =
      Shape.object(
          "a config or secret",
          Map.of(
              "source", Scalars::text,
              "target", Scalars::text,
              "uid", Scalars::text,
              "gid", Scalars::text,
              "mode", Scalars::mode),
          Set.of());

  static final Shape CONFIGS = value -> read(value, false);
  static final Shape SECRETS = value -> read(value, true);

  private FilesOfService() {}

  private static JsonNode read(Value value, boolean areSecrets) {
    var byTarget = new LinkedHashMap<String, ObjectNode>();
    for (var item : Shape.sequence(value).items()) {
      var file =
          item instanceof Mapping
              ? (ObjectNode) WHOLE.read(item)
              : Shape.NODES.objectNode().put("source", Scalars.word(item));
      var source = file.path("source").asText("");
      if (source.isEmpty()) {
        throw Shape.wrong(item, "a config or secret with its `source`", "Add `source: NAME`.");
      }
      var target = file.path("target").asText(source);
      var folder = areSecrets ? "/run/secrets/" : "/";
      if (areSecrets && !file.has("target")) {
        file.put("target", folder + target);
      }
      byTarget.put(target.startsWith("/") ? target : folder + target, file);
    }
    var files = Shape.NODES.arrayNode();
    byTarget.values().forEach(files::add);
    return files;
  }
}
