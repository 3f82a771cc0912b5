package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.Comparison;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values of a guest's configuration as recipes write them (lists, truths, sizes with a unit, keys
 * that are not encoded), made those of Proxmox.
 */
final class GuestValues {
  private static final Map<String, String> SEPARATORS =
      Map.of("nameserver", " ", "searchdomain", " ", "sshkeys", "\n", "ssh-public-keys", "\n");

  private GuestValues() {}

  /**
   * One value as text; null for one that is not to be there.
   *
   * @throws HearthException {@code proxmox.parameter-shape} for an object
   */
  static @Nullable String text(String key, JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode)) {
      return value
          .valueStream()
          .map(JsonNode::asText)
          .collect(Collectors.joining(SEPARATORS.getOrDefault(key, ";")));
    }
    if (value.isContainerNode()) {
      throw new HearthException(ProxmoxError.PARAMETER_SHAPE, key);
    }
    return value.isBoolean() ? (value.booleanValue() ? "1" : "0") : value.asText();
  }

  /** The parameters of a call that makes or changes a guest. */
  static @Nullable ObjectNode plain(@Nullable ObjectNode params) {
    if (params == null) {
      return null;
    }
    var plain = JsonNodeFactory.instance.objectNode();
    for (var param : params.properties()) {
      var text = text(param.getKey(), param.getValue());
      if (text == null || text.isEmpty()) {
        plain.set(param.getKey(), param.getValue());
        continue;
      }
      Map<String, @Nullable String> one = new LinkedHashMap<>();
      one.put(param.getKey(), text);
      Comparison.kept(one).forEach(plain::put);
    }
    return plain;
  }
}
