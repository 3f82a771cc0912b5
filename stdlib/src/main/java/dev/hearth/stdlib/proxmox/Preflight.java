package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.Arrays;
import java.util.List;

/**
 * Looks whether a node has what a template needs, before anything is made: Proxmox itself notices
 * some of it late, and a missing bridge only when a clone is to start.
 */
final class Preflight {
  private final ProxmoxConnection connection;
  private final String node;

  Preflight(ProxmoxConnection connection, String node) {
    this.connection = connection;
    this.node = node;
  }

  void check(TemplateSpec spec) {
    var storages =
        list(ApiCall.get("nodes", node, "storage").with(params -> params.put("enabled", 1)));
    takes(storages, spec.disks(), "images");
    if (spec.from().volid() == null) {
      takes(storages, spec.images(), "import");
    }
    bridge(spec);
    if (spec.vmid() != null) {
      free(spec.vmid());
    }
  }

  /** The bridge alone. */
  void bridge(TemplateSpec spec) {
    var bridge = spec.bridge() == null ? TemplateConfig.USUAL_BRIDGE : spec.bridge();
    var bridges =
        list(ApiCall.get("nodes", node, "network").with(params -> params.put("type", "any_bridge")))
            .stream()
            .map(network -> network.path("iface").asText())
            .toList();
    if (!bridges.contains(bridge)) {
      throw new HearthException(
          ProxmoxError.BRIDGE_NOT_FOUND, node, bridge, String.join(", ", bridges));
    }
  }

  private List<JsonNode> list(ApiCall call) {
    return connection.data(call).valueStream().toList();
  }

  private void takes(List<JsonNode> storages, String name, String content) {
    var fit =
        storages.stream()
            .filter(storage -> contents(storage).contains(content))
            .map(Preflight::name)
            .toList();
    if (fit.contains(name)) {
      return;
    }
    var some = fit.isEmpty() ? "none on this node takes it yet" : String.join(", ", fit);
    if (storages.stream().map(Preflight::name).noneMatch(name::equals)) {
      throw new HearthException(ProxmoxError.STORAGE_NOT_FOUND, name)
          .hint("Use one of node " + node + " that takes `" + content + "`: " + some + ".");
    }
    throw new HearthException(ProxmoxError.STORAGE_CONTENT, name, node, content, some);
  }

  private static String name(JsonNode storage) {
    return storage.path("storage").asText();
  }

  private static List<String> contents(JsonNode storage) {
    return Arrays.asList(storage.path("content").asText().split(","));
  }

  private void free(long vmid) {
    try {
      connection.data(ApiCall.get("cluster", "nextid").with(params -> params.put("vmid", vmid)));
    } catch (HearthException e) {
      throw e.code() == ProxmoxError.PARAMETER
          ? new HearthException(ProxmoxError.VM_EXISTS, vmid).causedBy(e)
          : e;
    }
  }
}
