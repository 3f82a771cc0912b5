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
  private static final Set<String> PROPAGATION =
      Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");

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

  private ObjectNode brief(Scalar scalar) {
    if (Place.isMountOfWindows(scalar.text())) {
      throw scalar.place().ofWindows(scalar.text());
    }
    var parts = scalar.text().split(":", -1);
    var target = parts.length == 1 ? parts[0] : parts[1];
    if (parts.length > 3 || !target.startsWith("/")) {
      throw malformed(scalar);
    }
    var source = parts.length == 1 ? "" : parts[0];
    boolean isBind = source.startsWith(".") || source.startsWith("/") || source.startsWith("~");
    var mount = Shape.NODES.objectNode().put("type", isBind ? "bind" : "volume");
    if (!source.isEmpty()) {
      mount.put("source", isBind ? scalar.place().resolved(source) : source);
    }
    mount.put("target", target);
    var more = Shape.NODES.objectNode();
    if (isBind) {
      more.put("create_host_path", true);
    }
    if (parts.length == 3) {
      for (var option : parts[2].split(",", -1)) {
        option(scalar, mount, more, option);
      }
    }
    if (!more.isEmpty()) {
      mount.set(isBind ? "bind" : "volume", more);
    }
    return mount;
  }

  private static void option(Scalar scalar, ObjectNode mount, ObjectNode more, String option) {
    switch (option) {
      case "ro" -> mount.put("read_only", true);
      case "rw", "cached", "delegated", "consistent" -> {}
      case "z", "Z" -> more.put("selinux", option);
      case "nocopy" -> more.put("nocopy", true);
      default -> {
        if (!PROPAGATION.contains(option)) {
          throw malformed(scalar);
        }
        more.put("propagation", option);
      }
    }
  }

  private static dev.hearth.runtime.HearthException malformed(Scalar scalar) {
    return Shape.wrong(
        scalar,
        "a mount",
        "Write `data:/data`, `./conf:/conf:ro`, or only a path in the container.");
  }
}
