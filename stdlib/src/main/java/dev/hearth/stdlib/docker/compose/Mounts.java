package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What is mounted into a service: {@code ./conf:/conf:ro}, {@code data:/data}, or spelled out. */
final class Mounts {
  private final Shape whole;

  Mounts() {
    this.whole =
        Shape.object(
            "a mount",
            Map.of(
                "type",
                Scalars.oneOf("bind", "volume", "tmpfs"),
                "source",
                Scalars::text,
                "target",
                Scalars::text,
                "read_only",
                Scalars::flag,
                "consistency",
                Scalars::text,
                "bind",
                Shape.optional(bind()),
                "volume",
                Shape.optional(
                    Shape.object(
                        "a volume's mount",
                        Map.of("nocopy", Scalars::flag, "subpath", Scalars::text),
                        Set.of("labels"))),
                "tmpfs",
                Shape.optional(
                    Shape.object(
                        "a tmpfs",
                        Map.of("size", Scalars::bytes, "mode", Scalars::integer),
                        Set.of()))),
            Set.of("image"));
  }

  private static Shape bind() {
    return Shape.object(
        "a bind",
        Map.of(
            "propagation", Scalars::text,
            "create_host_path", Scalars::flag,
            "selinux", Scalars::text),
        Set.of("recursive"));
  }

  /** Of two with one target the later one counts, as it stands in the later file. */
  JsonNode read(Value value) {
    var byTarget = new LinkedHashMap<String, ObjectNode>();
    Findings.each(
        Shape.sequence(value).items(),
        item -> {
          var mount = item instanceof Scalar scalar ? brief(scalar) : spelledOut(item);
          byTarget.put(mount.path("target").asText(), mount);
        });
    ArrayNode mounts = Shape.NODES.arrayNode();
    byTarget.values().forEach(mounts::add);
    return mounts;
  }

  private ObjectNode spelledOut(Value value) {
    var mount = (ObjectNode) whole.read(value);
    if (!mount.path("target").asText("").startsWith("/")) {
      throw Shape.wrong(
          value, "a mount with its `target`", "Add `target: /data`, a path in the container.");
    }
    if (!mount.has("type")) {
      throw Shape.wrong(value, "a mount with its `type`", "Add `type: bind`, `volume` or `tmpfs`.");
    }
    var type = mount.path("type").asText();
    if (type.equals("bind")) {
      if (mount.path("source").asText("").isEmpty()) {
        throw Shape.wrong(
            value, "a bind with its `source`", "Add `source: ./conf`, a file or folder.");
      }
      mount.put("source", value.place().resolved(mount.path("source").asText()));
    }
    return mount;
  }

  private static ObjectNode brief(Scalar scalar) {
    var read = ShortMount.read(scalar.text(), scalar.place());
    var mount = Shape.NODES.objectNode().put("type", read.isBind() ? "bind" : "volume");
    if (!read.source().isEmpty()) {
      mount.put("source", read.isBind() ? scalar.place().resolved(read.source()) : read.source());
    }
    mount.put("target", read.target());
    if (read.isReadOnly()) {
      mount.put("read_only", true);
    }
    if (read.isBind()) {
      mount.withObject("/bind").put("create_host_path", true);
    }
    read.propagation().ifPresent(it -> mount.withObject("/bind").put("propagation", it));
    read.selinux().ifPresent(it -> mount.withObject("/bind").put("selinux", it));
    if (read.isWithoutCopy()) {
      mount.withObject("/volume").put("nocopy", true);
    }
    return mount;
  }
}
