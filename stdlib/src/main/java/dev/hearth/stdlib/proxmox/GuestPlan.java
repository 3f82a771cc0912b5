package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.stdlib.proxmox.config.Comparison;
import dev.hearth.stdlib.proxmox.config.Difference;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What there is and what would be done about it, or what was done.
 *
 * @param changed whether it is (or was) not as wanted
 * @param vmid null when it has none yet
 * @param actions in order, out of these: create, move, migrate, change, resize, reboot
 * @param differences for people: {@code memory 2048 -> 4096}
 * @param before what differed, as it was; null when there was no guest
 * @param after the same, as it is wanted, or as it is then
 * @param needs {@code reboot} when something waits for the next start, else null
 * @param pending the keys that wait for it
 * @param unchecked the keys that Proxmox does not show, so that nobody can compare them
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record GuestPlan(
    boolean changed,
    @Nullable Long vmid,
    @Nullable String node,
    List<String> actions,
    List<String> differences,
    @Nullable ObjectNode before,
    ObjectNode after,
    @Nullable String needs,
    List<String> pending,
    List<String> unchecked) {

  static List<String> told(List<Difference> differences) {
    return differences.stream().map(Difference::toString).toList();
  }

  static @Nullable String needs(Collection<String> waiting) {
    return waiting.isEmpty() ? null : "reboot";
  }

  /** The values of some keys, with the guest that they are of; secrets are starred out. */
  static ObjectNode values(
      @Nullable Long vmid,
      @Nullable String node,
      Collection<String> keys,
      Map<String, ? extends @Nullable String> config) {
    var values = JsonNodeFactory.instance.objectNode();
    values.put("vmid", vmid);
    values.put("node", node);
    for (var key : new TreeSet<>(keys)) {
      var value = config.get(key);
      values.put(key, value != null && Comparison.SECRETS.contains(key) ? "***" : value);
    }
    return values;
  }
}
