package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the cluster says there is, and where. */
final class Inventory {
  private final ProxmoxConnection connection;
  private final GuestType type;

  /**
   * @param type the guests that it tells of
   */
  Inventory(ProxmoxConnection connection, GuestType type) {
    this.connection = connection;
    this.type = type;
  }

  /** All VMs (or containers) that the connection may see, by id. */
  List<JsonNode> vms() {
    return resources("vm").stream()
        .filter(resource -> resource.path("type").asText().equals(type.word()))
        .sorted(Comparator.comparingLong(vm -> vm.path("vmid").asLong()))
        .toList();
  }

  private List<JsonNode> resources(String type) {
    var call = ApiCall.get("cluster", "resources").with(params -> params.put("type", type));
    return connection.data(call).valueStream().toList();
  }

  /**
   * The VM of this exact name; two of one name are an error, unless all but one are templates that
   * are just being replaced.
   */
  Optional<JsonNode> vm(String name) {
    var named = named(name);
    if (named.size() > 1) {
      var lasting = named.stream().filter(vm -> !isRetired(vm)).toList();
      named = lasting.size() == 1 ? lasting : named;
    }
    if (named.size() > 1) {
      var ids =
          named.stream().map(vm -> vm.path("vmid").asText()).collect(Collectors.joining(", "));
      throw new HearthException(type.nameAmbiguous(), named.size(), name, ids);
    }
    return named.stream().findFirst();
  }

  /** The VM of this id. */
  Optional<JsonNode> vm(long vmid) {
    return vms().stream().filter(vm -> vm.path("vmid").asLong() == vmid).findFirst();
  }

  private static boolean isRetired(JsonNode vm) {
    var tags = List.of(vm.path("tags").asText().split(";"));
    return tags.contains(TemplateSwap.RETIRED) && tags.contains("hearth");
  }

  private List<JsonNode> named(String name) {
    return vms().stream().filter(vm -> vm.path("name").asText().equals(name)).toList();
  }

  /** Where a VM is: as given, else as the cluster says. */
  String nodeOf(long vmid, @Nullable String given) {
    if (given != null) {
      return given;
    }
    var vms = vms();
    return vms.stream()
        .filter(vm -> vm.path("vmid").asLong() == vmid)
        .map(vm -> vm.path("node").asText())
        .findFirst()
        .orElseThrow(() -> notFound(vmid, vms));
  }

  /** There is none of this id, but perhaps of one like it. */
  HearthException notFound(long vmid) {
    return notFound(vmid, vms());
  }

  private HearthException notFound(long vmid, List<JsonNode> vms) {
    var error = new HearthException(type.notFound(), vmid);
    return vms.stream()
        .map(vm -> vm.path("vmid").asLong())
        .min(Comparator.comparingLong(id -> Math.abs(id - vmid)))
        .map(closest -> error.hint(type.closest(closest)))
        .orElse(error);
  }

  /** The node to ask about a storage: as given, else the only one, or any that shares it. */
  String nodeOfStorage(String storage, @Nullable String given) {
    if (given != null) {
      return given;
    }
    var there =
        resources("storage").stream()
            .filter(resource -> resource.path("storage").asText().equals(storage))
            .toList();
    if (there.isEmpty()) {
      throw new HearthException(ProxmoxError.STORAGE_NOT_FOUND, storage);
    }
    boolean shared = there.getFirst().path("shared").asInt() == 1;
    if (there.size() > 1 && !shared) {
      var nodes =
          there.stream().map(at -> at.path("node").asText()).collect(Collectors.joining(", "));
      throw new HearthException(ProxmoxError.NODE_NEEDED, storage, nodes);
    }
    return there.getFirst().path("node").asText();
  }
}
