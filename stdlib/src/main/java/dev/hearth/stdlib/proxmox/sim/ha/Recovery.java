package dev.hearth.stdlib.proxmox.sim.ha;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the manager does with services of a node that is gone: a minute later it wants the node
 * fenced, and once the lock of that node has run out it brings them to another one. Without quorum
 * it does nothing.
 */
final class Recovery {
  /** How long a node may be away before it is to be fenced. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** When it is certain that nothing runs on it any more: its own watchdog has ended it. */
  private static final Duration FENCED = Duration.ofMinutes(2);

  private static final Set<String> KEPT = Set.of("started", "stopped");
  private static final int NOT_PREFERRED = -1;

  private final World world;

  Recovery(World world) {
    this.world = world;
  }

  /** What a node is to the manager. */
  String ofNode(String node) {
    var away = away(node);
    if (away.isEmpty()) {
      return "online";
    }
    boolean isBeingFenced =
        world.hasQuorum()
            && away.get().compareTo(PATIENCE) >= 0
            && away.get().compareTo(FENCED) < 0;
    return isBeingFenced ? "fence" : "unknown";
  }

  /** What becomes of a service whose node is gone; empty while nothing does. */
  Optional<String> ofService(String sid) {
    return HaResources.guest(world, sid)
        .filter(_ -> world.hasQuorum() && KEPT.contains(requested(sid)))
        .flatMap(guest -> away(guest.node()))
        .filter(away -> away.compareTo(PATIENCE) >= 0)
        .map(away -> away.compareTo(FENCED) < 0 ? "fence" : "recovery");
  }

  private String requested(String sid) {
    return HaResources.file(world).values(sid).getOrDefault("state", "started");
  }

  private Optional<Duration> away(String node) {
    return world.offlineSince(node).map(since -> Duration.ofSeconds(world.now() - since));
  }

  /** Brings away what is due. */
  void act() {
    for (var sid : List.copyOf(HaResources.file(world).all().keySet())) {
      if (ofService(sid).filter("recovery"::equals).isPresent()) {
        target(sid).ifPresent(node -> move(sid, node));
      }
    }
  }

  private void move(String sid, String node) {
    var guest = HaResources.guest(world, sid).orElseThrow();
    guest.config().remove("lock"); // whoever held it is gone
    world.guests().put(guest.vmid(), guest.on(node));
    HaResources.begin(world, sid);
  }

  /** The node that is preferred most; of several the one with the fewest services. */
  private Optional<String> target(String sid) {
    var preferred = new HashMap<String, Integer>();
    boolean isStrict = preferences(sid, preferred);
    var possible =
        world.nodes().keySet().stream()
            .filter(world::isOnline)
            .filter(node -> preferred.containsKey(node) || !isStrict)
            .collect(Collectors.toCollection(TreeSet::new));
    affinity(sid, possible);
    return possible.stream()
        .min(
            Comparator.<String>comparingInt(node -> -preferred.getOrDefault(node, NOT_PREFERRED))
                .thenComparingLong(this::services)
                .thenComparing(Comparator.naturalOrder()));
  }

  private long services(String node) {
    return HaResources.file(world).all().keySet().stream()
        .flatMap(sid -> HaResources.guest(world, sid).stream())
        .filter(guest -> guest.node().equals(node))
        .count();
  }

  /** Adds the nodes that a group or a rule names; says whether it may be no other. */
  private boolean preferences(String sid, Map<String, Integer> preferred) {
    var group = HaResources.file(world).values(sid).get("group");
    if (group != null && !HaMethods.hasRules(world)) {
      var values = world.sections("ha/groups").values(group);
      addNodes(values, preferred);
      return "1".equals(values.get("restricted"));
    }
    boolean isStrict = false;
    for (var rule : rules("node-affinity", sid)) {
      addNodes(rule.values(), preferred);
      isStrict |= "1".equals(rule.values().get("strict"));
    }
    return isStrict;
  }

  private static void addNodes(Map<String, String> values, Map<String, Integer> preferred) {
    for (var node : Lists.split(values.getOrDefault("nodes", ""))) {
      var parts = node.split(":", 2);
      preferred.put(parts[0], parts.length == 2 ? Integer.parseInt(parts[1]) : 0);
    }
  }

  private List<Section> rules(String type, String sid) {
    return world.sections("ha/rules").all().values().stream()
        .filter(rule -> rule.type().equals(type) && !"1".equals(rule.values().get("disable")))
        .filter(rule -> RuleMethods.members(rule.values()).contains(sid))
        .toList();
  }

  /** Keeps services apart from each other, or together where others run. */
  private void affinity(String sid, Set<String> possible) {
    for (var rule : rules("resource-affinity", sid)) {
      var others =
          RuleMethods.members(rule.values()).stream()
              .filter(other -> !other.equals(sid))
              .flatMap(other -> HaResources.guest(world, other).stream())
              .map(Guest::node)
              .filter(world::isOnline)
              .collect(Collectors.toCollection(HashSet::new));
      if ("negative".equals(rule.values().get("affinity"))) {
        possible.removeAll(others);
      } else if (!others.isEmpty()) {
        possible.retainAll(others);
      }
    }
  }
}
