package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.config.Comparison;
import dev.hearth.stdlib.proxmox.config.Difference;
import dev.hearth.stdlib.proxmox.config.Difference.Way;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  private final Tasks tasks;
  private final Inventory inventory;
  private final Vms guests;
  private final GuestType type;
  private @Nullable KeyTable keys;

  GuestEnsure(
      ProxmoxConnection connection, Tasks tasks, Inventory inventory, Vms guests, GuestType type) {
    this.connection = connection;
    this.tasks = tasks;
    this.inventory = inventory;
    this.guests = guests;
    this.type = type;
  }

  /** What would be done; reads only. */
  GuestPlan plan(ObjectNode spec) {
    var wanted = GuestSpec.of(type, keys(), spec);
    var there = find(wanted);
    return there.isEmpty() ? planToMake(wanted) : Change.of(this, wanted, there.get()).plan();
  }

  /**
   * Does it.
   *
   * @param reboot whether the guest may be rebooted for what it does not take while it runs
   */
  GuestPlan ensure(ObjectNode spec, boolean reboot) {
    var wanted = GuestSpec.of(type, keys(), spec);
    // Whoever ensures the same at the same time looks when this one is there.
    try (var _ = alone(wanted)) {
      return ensured(wanted, reboot);
    }
  }

  private Lanes.Turn alone(GuestSpec wanted) {
    var one = wanted.vmid() == null ? wanted.name() : wanted.vmid();
    return connection.lanes().alone("ensured " + type.word() + " " + one);
  }

  private GuestPlan ensured(GuestSpec wanted, boolean reboot) {
    var there = find(wanted);
    if (there.isEmpty()) {
      return make(wanted);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return Change.of(this, wanted, there.get()).apply(reboot);
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

  private record Place(long vmid, String node) {}

  /**
   * Where the guest is. The cluster learns names seconds after they are given, the node knows them
   * at once.
   */
  private Optional<Place> find(GuestSpec wanted) {
    var all = inventory.vms();
    if (wanted.vmid() != null) {
      return all.stream()
          .filter(guest -> guest.path("vmid").asLong() == wanted.vmid())
          .map(guest -> new Place(wanted.vmid(), guest.path("node").asText()))
          .findFirst();
    }
    var name = wanted.name() == null ? "" : wanted.name();
    var places = new LinkedHashSet<Place>();
    for (var guest : all) {
      if (guest.path("name").asText().equals(name)) {
        places.add(new Place(guest.path("vmid").asLong(), guest.path("node").asText()));
      }
    }
    if (places.isEmpty() && wanted.node() != null) {
      for (var guest : connection.data(ApiCall.get("nodes", wanted.node(), type.word()))) {
        if (guest.path("name").asText().equals(name)) {
          places.add(new Place(guest.path("vmid").asLong(), wanted.node()));
        }
      }
    }
    if (places.size() > 1) {
      var ids = places.stream().map(at -> "" + at.vmid()).collect(Collectors.joining(", "));
      throw new HearthException(type.nameAmbiguous(), places.size(), name, ids);
    }
    return places.stream().findFirst();
  }

  private GuestState read(Place place) {
    var path = new Object[] {"nodes", place.node(), type.word(), place.vmid()};
    var config = connection.data(ApiCall.get(path[0], path[1], path[2], path[3], "config"));
    var pending = connection.data(ApiCall.get(path[0], path[1], path[2], path[3], "pending"));
    var status =
        connection.data(ApiCall.get(path[0], path[1], path[2], path[3], "status", "current"));
    return GuestState.of(place.vmid(), place.node(), config, pending, status);
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
    var differences =
        new Comparison(keys(), Map.of())
            .differences(wanted.config()).stream().map(Difference::toString).toList();
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
    var place = new Place(made.vmid(), node);
    var differences = comparison.differences(wanted.config());
    var state = read(place);
    for (var grown : new Comparison(keys(), state.config()).differences(wanted.config())) {
      if (grown.way() == Way.GROW) { // an imported disk is as large as its image
        grow(place, grown);
      }
    }
    var after = read(place);
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

  private void grow(Place place, Difference disk) {
    var size = disk.wanted() == null ? "" : disk.wanted();
    tasks.run(guests.resize(place.vmid(), place.node(), disk.key(), size));
  }

  // ---- A guest that is there -------------------------------------------------------------------

  /** One look at a guest, and what follows from it. */
  private record Change(
      GuestEnsure ensure,
      Place place,
      GuestSpec wanted,
      GuestState before,
      List<Difference> differences) {

    /** Looks; fails when something cannot become what is wanted, before anything is done. */
    static Change of(GuestEnsure ensure, GuestSpec wanted, Place place) {
      var state = ensure.read(place);
      var all = new Comparison(ensure.keys(), state.config()).differences(wanted.config());
      var fixed = all.stream().filter(difference -> difference.way() == Way.FIXED).toList();
      if (!fixed.isEmpty()) {
        throw new HearthException(
                ProxmoxError.GUEST_FIXED,
                ensure.type.label(place.vmid()),
                fixed.stream()
                    .map(difference -> "`" + difference.key() + "` " + difference.why())
                    .collect(Collectors.joining("; ")))
            .with("differences", GuestPlan.told(all));
      }
      return new Change(ensure, place, wanted, state, all);
    }

    private List<Difference> of(Way way) {
      return differences.stream().filter(difference -> difference.way() == way).toList();
    }

    private Set<String> keys() {
      return differences.stream()
          .map(Difference::key)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The wanted keys that wait for the next start, and those that will. */
    private Set<String> willWait() {
      var waiting = waiting(before);
      if (before.runs()) {
        var rules = ensure.type.hotplug(before.current(), ensure.keys());
        of(Way.SET).stream()
            .filter(difference -> !rules.isAtOnce(difference.key(), difference.wanted()))
            .forEach(difference -> waiting.add(difference.key()));
      }
      return waiting;
    }

    private Set<String> waiting(GuestState state) {
      var waiting = new TreeSet<>(state.waiting());
      waiting.retainAll(wanted.config().keySet());
      return waiting;
    }

    private List<String> unchecked() {
      return Comparison.SECRETS.stream()
          .filter(key -> wanted.config().get(key) != null && before.config().containsKey(key))
          .toList();
    }

    GuestPlan plan() {
      var wish = new LinkedHashMap<String, @Nullable String>();
      differences.forEach(difference -> wish.put(difference.key(), difference.wanted()));
      var waiting = willWait();
      var actions = new ArrayList<String>();
      if (!of(Way.SET).isEmpty()) {
        actions.add("change");
      }
      if (!of(Way.GROW).isEmpty()) {
        actions.add("resize");
      }
      return result(
          actions, before, GuestPlan.values(place.vmid(), place.node(), keys(), wish), waiting);
    }

    private GuestPlan result(
        List<String> actions, GuestState as, ObjectNode after, Set<String> waiting) {
      return new GuestPlan(
          !differences.isEmpty() || !actions.isEmpty(),
          as.vmid(),
          as.node(),
          actions,
          GuestPlan.told(differences),
          GuestPlan.values(place.vmid(), place.node(), keys(), before.config()),
          after,
          GuestPlan.needs(waiting),
          List.copyOf(waiting),
          unchecked());
    }

    GuestPlan apply(boolean reboot) {
      var actions = new ArrayList<String>();
      try {
        var after = written(actions, reboot);
        return result(
            actions,
            after,
            GuestPlan.values(place.vmid(), place.node(), keys(), after.config()),
            waiting(after));
      } catch (HearthException e) {
        throw told(e);
      }
    }

    private GuestState written(List<String> actions, boolean reboot) {
      write(actions);
      var after = actions.isEmpty() ? before : ensure.read(place);
      if (!reboot || !after.runs() || waiting(after).isEmpty()) {
        return after;
      }
      ensure.tasks.run(ensure.call("POST", place, "status", "reboot"));
      actions.add("reboot");
      return ensure.read(place);
    }

    private void write(List<String> actions) {
      var sets = of(Way.SET);
      if (!sets.isEmpty()) {
        var call = ensure.call(ensure.type == GuestType.VM ? "POST" : "PUT", place, "config");
        ensure.tasks.run(call.with(params -> put(params, sets)));
        actions.add("change");
      }
      for (var disk : of(Way.GROW)) {
        ensure.grow(place, disk);
        if (!actions.contains("resize")) {
          actions.add("resize");
        }
      }
    }

    private void put(ObjectNode params, List<Difference> sets) {
      var gone = new ArrayList<String>();
      for (var difference : sets) {
        if (difference.wanted() == null) {
          gone.add(difference.key());
        } else {
          params.put(difference.key(), difference.wanted());
        }
      }
      if (!gone.isEmpty()) {
        params.put("delete", String.join(",", gone));
      }
      params.put("digest", before.digest());
    }

    /** The failure, with what did change all the same: Proxmox does not take back half a write. */
    private HearthException told(HearthException failure) {
      GuestState after;
      try {
        after = ensure.read(place);
      } catch (HearthException e) {
        return failure.with("changed", "unknown: " + e.sentence());
      }
      var changed = before.changedIn(after);
      if (changed.isEmpty() || failure.code() == ProxmoxError.CONFIG_CHANGED) {
        return failure.with("changed", List.of());
      }
      return failure
          .with("changed", List.copyOf(changed))
          .hint(
              "Mind that this did change all the same: `"
                  + String.join("`, `", changed)
                  + "`. "
                  + failure.hint());
    }
  }

  private ApiCall call(String method, Place place, String... rest) {
    return guests.call(method, place.vmid(), place.node(), List.of(rest), null);
  }
}
