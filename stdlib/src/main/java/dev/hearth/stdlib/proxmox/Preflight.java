package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a node has what a VM needs, before anything is made: Proxmox itself notices some of
 * it late, and a missing bridge only when the VM is to start.
 */
final class Preflight {
  private final ProxmoxConnection connection;

  Preflight(ProxmoxConnection connection) {
    this.connection = connection;
  }

  /**
   * What is needed.
   *
   * @param storages with the kind of content that each is to take
   * @param vmid an id that is to be free; null for none
   */
  record Needs(
      String node,
      @Nullable List<Content> storages,
      @Nullable List<String> bridges,
      @Nullable Long vmid) {}

  /** A storage and what it is to take, such as {@code images}. */
  record Content(String storage, String content) {}

  /**
   * Fails for the first that is not there; returns the storages by name, as Proxmox tells of them.
   */
  Map<String, JsonNode> check(Needs needs) {
    var storages = new LinkedHashMap<String, JsonNode>();
    if (needs.storages() != null && !needs.storages().isEmpty()) {
      for (var storage :
          list(
              ApiCall.get("nodes", needs.node(), "storage")
                  .with(params -> params.put("enabled", 1)))) {
        storages.put(storage.path("storage").asText(), storage);
      }
      needs.storages().forEach(need -> takes(needs.node(), storages, need));
    }
    if (needs.bridges() != null && !needs.bridges().isEmpty()) {
      bridges(needs.node(), needs.bridges());
    }
    if (needs.vmid() != null) {
      free(needs.vmid());
    }
    return storages;
  }

  private void bridges(String node, List<String> wanted) {
    var bridges =
        list(ApiCall.get("nodes", node, "network").with(params -> params.put("type", "any_bridge")))
            .stream()
            .map(network -> network.path("iface").asText())
            .toList();
    for (var bridge : wanted) {
      if (!bridges.contains(bridge)) {
        throw new HearthException(
            ProxmoxError.BRIDGE_NOT_FOUND, node, bridge, String.join(", ", bridges));
      }
    }
  }

  private List<JsonNode> list(ApiCall call) {
    return connection.data(call).valueStream().toList();
  }

  private static void takes(String node, Map<String, JsonNode> storages, Content need) {
    var fit =
        storages.entrySet().stream()
            .filter(storage -> contents(storage.getValue()).contains(need.content()))
            .map(Map.Entry::getKey)
            .toList();
    if (fit.contains(need.storage())) {
      return;
    }
    var some = fit.isEmpty() ? "none on this node takes it yet" : String.join(", ", fit);
    if (!storages.containsKey(need.storage())) {
      throw new HearthException(ProxmoxError.STORAGE_NOT_FOUND, need.storage())
          .hint("Use one of node " + node + " that takes `" + need.content() + "`: " + some + ".");
    }
    throw new HearthException(
        ProxmoxError.STORAGE_CONTENT, need.storage(), node, need.content(), some);
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
