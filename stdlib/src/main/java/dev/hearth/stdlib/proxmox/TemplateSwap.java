package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts a new version of a template in the place of the old one, and back.
 *
 * <p>Proxmox changes one VM at a time, so the order has to hold what is promised at every moment:
 * one of them is tagged {@code current}; of those that have the template's name just one is not
 * tagged {@code retired}, which is what a look-up goes by ({@link Inventory#vm(String)}). Each
 * change is made only where it is not made yet, so that a swap that was cut off goes on.
 */
final class TemplateSwap {
  static final String CURRENT = "current";
  static final String RETIRED = "retired";
  static final String BUILDING = "building";
  private static final List<String> STATES = List.of(CURRENT, RETIRED, BUILDING);

  private final MarkedVms marked;
  private final Vms vms;
  private final NamedLocks locks;

  TemplateSwap(MarkedVms marked, Vms vms, NamedLocks locks) {
    this.marked = marked;
    this.vms = vms;
    this.locks = locks;
  }

  /**
   * What takes whose place.
   *
   * @param fresh the new version, whole
   * @param old the versions that it replaces, the current one first; none where it is the first
   */
  record Swap(String name, VmPlace fresh, List<VmPlace> old) {}

  /** Makes the new version the current one; takes back what it did when that fails. */
  void forward(Swap swap) {
    locks.alone(
        swap.name(),
        () ->
            LeftBehind.orTakeBack(
                () -> {
                  publish(swap);
                  return true;
                },
                () -> back(swap)));
  }

  private void publish(Swap swap) {
    var name = swap.name();
    if (!swap.old().isEmpty()) {
      set(name, swap.fresh(), null, CURRENT);
      swap.old().forEach(old -> set(name, old, null, RETIRED));
    }
    set(name, swap.fresh(), name, CURRENT);
    swap.old().forEach(old -> set(name, old, TemplateVersions.retiredName(name, old.vmid()), null));
  }

  /** Makes the old version the current one again; what is gone meanwhile is left out. */
  void back(Swap swap) {
    var name = swap.name();
    var old = swap.old();
    locks.alone(
        name,
        () ->
            LeftBehind.change(swap.fresh(), name, List.of("name", "tags"))
                .unless(
                    () -> {
                      marked.settle(swap.fresh());
                      old.forEach(marked::settle);
                      if (old.isEmpty()) {
                        set(name, swap.fresh(), null, BUILDING);
                        return;
                      }
                      set(name, old.getFirst(), name, null);
                      set(name, swap.fresh(), TemplateVersions.nextName(name), null);
                      set(name, old.getFirst(), null, CURRENT);
                      set(name, swap.fresh(), null, BUILDING);
                    }));
  }

  /**
   * Gives a VM a name and a state.
   *
   * @param vmName null for the one that it has
   * @param state null for the one that it has
   */
  private void set(String name, VmPlace vm, @Nullable String vmName, @Nullable String state) {
    var there = vms.configIfThere(vm);
    if (there.isEmpty()) {
      return;
    }
    var config = there.get();
    MarkedVms.requireOurs(vm, name, config);
    var options = JsonNodeFactory.instance.objectNode();
    if (vmName != null && !config.path("name").asText().equals(vmName)) {
      options.put("name", vmName);
    }
    if (state != null && !tags(config).equals(tags(config, state))) {
      options.put("tags", String.join(";", tags(config, state)));
    }
    if (!options.isEmpty()) {
      marked.set(vm, options, config.path("digest").asText());
    }
  }

  private static Set<String> tags(JsonNode config) {
    return new TreeSet<>(List.of(config.path("tags").asText("").split("[;, ]+")));
  }

  private static Set<String> tags(JsonNode config, String state) {
    var tags = tags(config);
    STATES.forEach(tags::remove);
    tags.remove("");
    tags.add(state);
    return tags;
  }
}
