package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Published ports: {@code 127.0.0.1:8080:80/tcp}, ranges of them, or spelled out. */
final class Ports {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(?:(\\[[0-9A-Fa-f:.%]+]|[0-9.]+|):)?(?:([0-9]{1,5})(?:-([0-9]{1,5}))?)?:)?"
              + "([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?");

  private static final Shape LONG =
      Shape.object(
          "a port",
          Map.of(
              "target", Scalars::integer,
              "published", Scalars::text,
              "host_ip", Scalars::text,
              "protocol", Scalars.oneOf("tcp", "udp", "sctp"),
              "mode", Scalars.oneOf("host", "ingress"),
              "name", Scalars::text,
              "app_protocol", Scalars::text),
          Set.of());

  private Ports() {}

  static JsonNode read(Value value) {
    var all = new LinkedHashSet<JsonNode>();
    Findings.each(
        Shape.sequence(value).items(),
        item -> {
          if (item instanceof Scalar scalar) {
            brief(scalar).forEach(all::add);
          } else {
            all.add(whole(item));
          }
        });
    ArrayNode ports = Shape.NODES.arrayNode();
    all.forEach(ports::add);
    return ports;
  }

  private static ObjectNode whole(Value value) {
    var given = (ObjectNode) LONG.read(value);
    if (!given.has("target")) {
      throw Shape.wrong(
          value, "a port with its `target`", "Add `target: 80`, the container's port.");
    }
    var port = Shape.NODES.objectNode().put("mode", given.path("mode").asText("ingress"));
    given.properties().forEach(each -> port.set(each.getKey(), each.getValue()));
    return port.put("protocol", given.path("protocol").asText("tcp"));
  }

  private static ArrayNode brief(Scalar scalar) {
    var port = SHORT.matcher(scalar.text());
    if (!port.matches()) {
      throw malformed(scalar);
    }
    int first = number(scalar, port.group(4));
    int last = port.group(5) == null ? first : number(scalar, port.group(5));
    int published = port.group(2) == null ? 0 : number(scalar, port.group(2));
    int end = port.group(3) == null ? published : number(scalar, port.group(3));
    boolean isRangeForOne = first == last && end > published;
    if (last < first
        || end < published
        || (published > 0 && !isRangeForOne && end - published != last - first)) {
      throw malformed(scalar);
    }
    var ports = Shape.NODES.arrayNode();
    for (int each = first; each <= last; each++) {
      var to =
          published == 0
              ? null
              : isRangeForOne ? published + "-" + end : String.valueOf(published + each - first);
      ports.add(one(port, each, to));
    }
    return ports;
  }

  private static ObjectNode one(Matcher port, int target, @Nullable String published) {
    var one = Shape.NODES.objectNode().put("mode", "ingress");
    var address = port.group(1) == null ? "" : port.group(1).replaceAll("[\\[\\]]", "");
    if (!address.isEmpty()) {
      one.put("host_ip", address);
    }
    one.put("target", target);
    if (published != null) {
      one.put("published", published);
    }
    return one.put("protocol", port.group(6) == null ? "tcp" : port.group(6));
  }

  private static int number(Scalar scalar, String text) {
    int number = Integer.parseInt(text);
    if (number < 1 || number > 65_535) {
      throw malformed(scalar);
    }
    return number;
  }

  private static dev.hearth.runtime.HearthException malformed(Scalar scalar) {
    return Shape.wrong(
        scalar,
        "a port",
        "Write `8080:80`, `127.0.0.1:8080:80`, `9000-9005:9000-9005/udp`, in quotes.");
  }
}
