package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.GuestChange.How;
import dev.hearth.stdlib.proxmox.config.Comparison;
import dev.hearth.stdlib.proxmox.config.Difference.Way;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a VM or container what it is wanted to be: looks first, changes only what differs, and
 * looks again.
 */
final class GuestEnsure {
  /** How often somebody else may change the guest between a look and a write. */
  private static final int ATTEMPTS = 5;

  private final ProxmoxConnection connection;
  private final Inventory inventory;
  private final Vms guests;
  private final GuestType type;
  private final GuestAccess access;
  private @Nullable KeyTable keys;

  GuestEnsure(
      ProxmoxConnection connection, Tasks tasks, Inventory inventory, Vms guests, GuestType type) {
    this.connection = connection;
    this.inventory = inventory;
    this.guests = guests;
    this.type = type;
    this.access = new GuestAccess(connection, tasks, guests, type);
  }

  /** What would be done; reads only. */
  GuestPlan plan(ObjectNode spec, How how) {
    var wanted = GuestSpec.of(type, keys(), spec);
    return find(wanted)
        .map(place -> GuestChange.of(access, keys(), wanted, place, how).plan())
        .orElseGet(() -> planToMake(wanted));
  }

  /** Does it. */
  GuestPlan ensure(ObjectNode spec, How how) {
    var wanted = GuestSpec.of(type, keys(), spec);
    // Whoever ensures the same at the same time looks when this one is there.
    try (var _ = alone(wanted)) {
      return ensured(wanted, how);
    }
  }

  private Lanes.Turn alone(GuestSpec wanted) {
    var one = wanted.vmid() == null ? wanted.name() : wanted.vmid();
    return connection.lanes().alone("ensured " + type.word() + " " + one, connection.teller());
  }

  private GuestPlan ensured(GuestSpec wanted, How how) {
    for (int attempt = 1; ; attempt++) {
      var there = find(wanted);
      if (there.isEmpty()) {
        return make(wanted);
      }
      try {
        return GuestChange.of(access, keys(), wanted, there.get(), how).apply(how);
      } catch (HearthException e) {
        if (e.code() != ProxmoxError.CONFIG_CHANGED || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private synchronized KeyTable keys() {
    var known = keys;
    if (known == null) {
      known = type.keys(ServerVersion.of(connection).major());
      keys = known;
    }
    return known;
  }

  /**
   * Where the guest is. The cluster learns names seconds after they are given, the node knows them
   * at once.
   */
  private Optional<VmPlace> find(GuestSpec wanted) {
    var all = inventory.vms();
    if (wanted.vmid() != null) {
      return all.stream()
          .filter(guest -> guest.path("vmid").asLong() == wanted.vmid())
          .map(guest -> new VmPlace(wanted.vmid(), guest.path("node").asText()))
          .findFirst();
    }
    var name = wanted.name() == null ? "" : wanted.name();
    var places = new LinkedHashSet<VmPlace>();
    for (var guest : all) {
      if (guest.path("name").asText().equals(name)) {
        places.add(new VmPlace(guest.path("vmid").asLong(), guest.path("node").asText()));
      }
    }
    if (places.isEmpty() && wanted.node() != null) {
      for (var guest : connection.data(ApiCall.get("nodes", wanted.node(), type.word()))) {
        if (guest.path("name").asText().equals(name)) {
          places.add(new VmPlace(guest.path("vmid").asLong(), wanted.node()));
        }
      }
    }
    if (places.size() > 1) {
      var ids = places.stream().map(at -> "" + at.vmid()).collect(Collectors.joining(", "));
      throw new HearthException(type.nameAmbiguous(), places.size(), name, ids);
    }
    return places.stream().findFirst();
  }

  // ---- A guest that is to be made --------------------------------------------------------------

  private String nodeFor(GuestSpec wanted) {
    if (wanted.node() == null) {
      throw new HearthException(
          ProxmoxError.GUEST_SPEC, type.noun(), "it is not there yet, and no `node` says where");
    }
    return wanted.node();
  }

  private GuestPlan planToMake(GuestSpec wanted) {
    var node = nodeFor(wanted);
    var after = present(wanted.config());
    var differences = GuestPlan.told(new Comparison(keys(), Map.of()).differences(wanted.config()));
    return new GuestPlan(
        true,
        wanted.vmid(),
        node,
        List.of("create"),
        differences,
        null,
        GuestPlan.values(wanted.vmid(), node, after.keySet(), after),
        null,
        List.of(),
        List.of());
  }

  private static Map<String, String> present(Map<String, @Nullable String> config) {
    var present = new LinkedHashMap<String, String>();
    config.forEach(
        (key, value) -> {
          if (value != null) {
            present.put(key, value);
          }
        });
    return present;
  }

  private GuestPlan make(GuestSpec wanted) {
    var node = nodeFor(wanted);
    var comparison = new Comparison(keys(), Map.of());
    var config = present(wanted.config());
    var call =
        ApiCall.post("nodes", node, type.word())
            .with(wanted.making())
            .with(
                params ->
                    config.forEach((key, value) -> params.put(key, comparison.toMake(key, value))));
    var made =
        guests.make(wanted.vmid(), node, vmid -> call.with(all -> all.put("vmid", vmid)), true);
    var place = new VmPlace(made.vmid(), node);
    var differences = comparison.differences(wanted.config());
    var state = access.read(place);
    var small = // an imported disk is as large as its image
        new Comparison(keys(), state.config())
            .differences(wanted.config()).stream().filter(disk -> disk.way() == Way.GROW).toList();
    small.forEach(disk -> access.grow(place, disk));
    var after = small.isEmpty() ? state : access.read(place);
    return new GuestPlan(
        true,
        made.vmid(),
        node,
        List.of("create"),
        GuestPlan.told(differences),
        null,
        GuestPlan.values(made.vmid(), node, config.keySet(), after.config()),
        GuestPlan.needs(after.waiting()),
        List.copyOf(after.waiting()),
        List.of());
  }
}
