package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.stdlib.proxmox.config.Comparison;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a VM or container is to be.
 *
 * @param vmid its id; null to find it by its name
 * @param name its name; null when only its id is told
 * @param node where it is made when it is not there
 * @param config the keys that are managed; null for one that is not to be there
 * @param making what only matters for making it
 */
record GuestSpec(
    @Nullable Long vmid,
    @Nullable String name,
    @Nullable String node,
    Map<String, @Nullable String> config,
    ObjectNode making) {

  private static final Set<String> MAKING_ANY =
      Set.of(
          "archive",
          "bwlimit",
          "force",
          "ha-managed",
          "pool",
          "restore",
          "start",
          "storage",
          "unique");
  private static final Set<String> MAKING_VM = Set.of("import-working-storage", "live-restore");
  private static final Set<String> MAKING_CONTAINER =
      Set.of("ignore-unpack-errors", "ostemplate", "password", "ssh-public-keys");

  /**
   * Reads one.
   *
   * @param keys what a configuration may hold
   */
  static GuestSpec of(GuestType type, KeyTable keys, ObjectNode spec) {
    return new Reader(type, keys).read(spec);
  }

  private static final class Reader {
    private final GuestType type;
    private final KeyTable keys;
    private final Map<String, @Nullable String> config = new LinkedHashMap<>();
    private final ObjectNode making = JsonNodeFactory.instance.objectNode();
    private final List<String> problems = new ArrayList<>();
    private @Nullable Long vmid;
    private @Nullable String node;

    Reader(GuestType type, KeyTable keys) {
      this.type = type;
      this.keys = keys;
    }

    GuestSpec read(ObjectNode spec) {
      spec.properties().forEach(field -> take(field.getKey(), field.getValue()));
      var name = config.get(type.nameKey());
      if (vmid == null && name == null && problems.isEmpty()) {
        problems.add("neither `vmid` nor `" + type.nameKey() + "` says which one it is");
      }
      if (!problems.isEmpty()) {
        throw new HearthException(
            ProxmoxError.GUEST_SPEC, type.noun(), String.join("; ", problems));
      }
      return new GuestSpec(
          vmid, name, node, Collections.unmodifiableMap(Comparison.kept(config)), making);
    }

    private void take(String field, JsonNode value) {
      var key = field.equals("name") ? type.nameKey() : field;
      switch (key) {
        case "vmid" -> {
          if (value.isIntegralNumber() || value.asText().matches("\\d{1,9}")) {
            vmid = value.asLong();
          } else if (!value.isNull()) {
            problems.add("`vmid` is no whole number");
          }
        }
        case "node" -> node = value.isNull() ? null : value.asText();
        case "template", "lock" ->
            problems.add("`" + key + "` is nothing that a guest can be asked to be");
        default -> option(key, value);
      }
    }

    private void option(String key, JsonNode value) {
      var isMaking =
          MAKING_ANY.contains(key)
              || (type == GuestType.VM ? MAKING_VM : MAKING_CONTAINER).contains(key);
      if (!isMaking && keys.find(key).isEmpty()) {
        problems.add("there is no `" + key + "`" + meant(key));
        return;
      }
      var text = GuestValues.text(key, value);
      if (!isMaking) {
        config.put(key, text);
      } else if (text != null) {
        making.put(key, text);
      }
    }

    private String meant(String key) {
      return Suggestion.closest(key, Meant.names(keys))
          .map(near -> " (did you mean `" + near + "`?)")
          .orElse("");
    }
  }
}
