package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which VMs are templates of Hearth, or become ones. Reads only. */
final class TemplateVersions {
  private final ProxmoxConnection connection;
  private final Inventory inventory;
  private final Vms vms;

  TemplateVersions(ProxmoxConnection connection, Tasks tasks) {
    this.connection = connection;
    this.inventory = new Inventory(connection, GuestType.VM);
    this.vms = new Vms(connection, tasks, GuestType.VM);
  }

  /**
   * A VM.
   *
   * @param vmName as Proxmox has it
   * @param mark the facts of its mark; null when it is not Hearth's
   */
  record Version(
      long vmid,
      String node,
      String vmName,
      boolean template,
      String status,
      @Nullable ObjectNode mark,
      JsonNode config) {}

  /** The successor of a template, while it is built. */
  static String nextName(String name) {
    return name + "-next";
  }

  /** A template that was replaced. */
  static String retiredName(String name, long vmid) {
    return name + "-retired-" + vmid;
  }

  /**
   * All versions of a template by id, and whatever else has its name.
   *
   * @param node where one may be so new that the cluster does not list it yet; null for none
   */
  List<Version> of(String name, @Nullable String node) {
    return listed(node).values().stream()
        .filter(vm -> isNameOf(name, vm.path("vmid").asLong(), vm.path("name").asText()))
        .flatMap(vm -> version(vm).stream())
        .filter(version -> version.vmName().equals(name) || isMarked(version, name))
        .toList();
  }

  /** All templates that bear Hearth's mark, by id. */
  List<Version> all() {
    return listed(null).values().stream()
        .filter(vm -> vm.path("template").asInt() == 1)
        .flatMap(vm -> version(vm).stream())
        .filter(version -> version.mark() != null)
        .toList();
  }

  /**
   * What bears Hearth's mark and nobody is to see yet, by id: templates that are being built, and
   * clones that are being tested.
   */
  List<Version> unfinished() {
    return listed(null).values().stream()
        .filter(vm -> List.of(vm.path("tags").asText().split(";")).contains(TemplateSwap.BUILDING))
        .flatMap(vm -> version(vm).stream())
        .filter(version -> version.mark() != null)
        .toList();
  }

  private static boolean isMarked(Version version, String name) {
    return version.mark() != null && version.mark().path("name").asText().equals(name);
  }

  private static boolean isNameOf(String name, long vmid, String vmName) {
    return vmName.equals(name)
        || vmName.equals(nextName(name))
        || vmName.equals(retiredName(name, vmid));
  }

  private Map<Long, JsonNode> listed(@Nullable String node) {
    var all = new LinkedHashMap<Long, JsonNode>();
    inventory.vms().forEach(vm -> all.put(vm.path("vmid").asLong(), vm));
    if (node != null) {
      all.values().removeIf(vm -> vm.path("node").asText().equals(node));
      for (var vm : connection.data(ApiCall.get("nodes", node, "qemu"))) {
        ObjectNode placed = vm.deepCopy();
        all.put(vm.path("vmid").asLong(), placed.put("node", node));
      }
    }
    return all;
  }

  /** Empty for one that went away meanwhile. */
  private Optional<Version> version(JsonNode vm) {
    var place = new VmPlace(vm.path("vmid").asLong(), vm.path("node").asText());
    return vms.configIfThere(place)
        .map(
            config ->
                new Version(
                    place.vmid(),
                    place.node(),
                    config.path("name").asText(),
                    config.path("template").asInt() == 1,
                    vm.path("status").asText(),
                    TemplateMark.in(place, config).map(TemplateMark::facts).orElse(null),
                    config));
  }
}
