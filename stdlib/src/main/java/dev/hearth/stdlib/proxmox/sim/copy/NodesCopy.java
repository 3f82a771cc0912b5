package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.sim.world.NetworkInterface;
import dev.hearth.stdlib.proxmox.sim.world.Node;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes, and what each of them keeps to itself. */
final class NodesCopy {
  private static final Set<String> DIGEST = Set.of("digest");

  /** What Proxmox finds out about an interface, and what names it. */
  private static final Set<String> SEEN =
      Set.of(
          "iface",
          "type",
          "method",
          "method6",
          "families",
          "active",
          "exists",
          "priority",
          "altnames",
          "pending",
          "link-type",
          "digest");

  private final Answers answers;
  private final List<Told> nodes;

  NodesCopy(Answers answers) {
    this.answers = answers;
    this.nodes = answers.needed("/nodes");
  }

  /** How long the first one runs that does. */
  long uptimeSeconds() {
    return nodes.stream()
        .mapToLong(node -> node.number("uptime"))
        .filter(up -> up > 0)
        .findFirst()
        .orElse(0);
  }

  void into(World world) {
    var members = new LinkedHashMap<String, Told>();
    for (var entry : answers.list("/cluster/status")) {
      if (entry.find("type").orElse("").equals("node")) {
        members.put(entry.name("name"), entry);
      }
    }
    for (var node : ordered(members)) {
      add(world, node, members.get(node.name("node")));
    }
  }

  /** The one that answers comes first, then as the cluster counts them. */
  private List<Told> ordered(Map<String, Told> members) {
    var places = new HashMap<String, Integer>();
    members.forEach((name, is) -> places.put(name, is.isOn("local") ? -1 : places.size()));
    var ordered = new ArrayList<>(nodes);
    ordered.sort(
        Comparator.comparing(node -> places.getOrDefault(node.name("node"), members.size())));
    return ordered;
  }

  private void add(World world, Told told, @Nullable Told member) {
    var name = told.name("node");
    var address = member == null ? "" : member.find("ip").orElse("");
    boolean isOnline = !told.find("status").orElse("").equals("offline");
    var interfaces = isOnline ? answers.list("/nodes/{}/network", name) : List.<Told>of();
    var devices = new LinkedHashMap<String, NetworkInterface>();
    for (var each : interfaces) {
      devices.put(each.name("iface"), new NetworkInterface(each.name("type"), each.texts(SEEN)));
    }
    world
        .nodes()
        .put(
            name,
            new Node(
                name,
                address.isEmpty() ? "192.0.2." + (10 + world.nodes().size()) : address,
                Math.clamp(told.number("maxcpu"), 1, 8192),
                told.number("maxmem"),
                told.number("maxdisk"),
                told.find("ssl_fingerprint").orElse(""),
                devices,
                isOnline ? answers.texts(DIGEST, "/nodes/{}/dns", name) : Map.of()));
    if (isOnline) {
      stanzas(world, name, interfaces);
      facts(world, name);
    } else {
      world.setOnline(name, false);
    }
  }

  /** The file of interfaces: those that have a place in it. */
  private static void stanzas(World world, String node, List<Told> interfaces) {
    var file = new LinkedHashMap<String, Section>();
    file.put("lo", new Section("loopback", Map.of("autostart", "1")));
    interfaces.stream()
        .filter(each -> each.find("priority").isPresent())
        .sorted(Comparator.comparingLong(each -> each.number("priority")))
        .forEach(
            each -> file.put(each.name("iface"), new Section(each.name("type"), each.texts(SEEN))));
    world.sections().put("interfaces/" + node, new Sections(file));
  }

  private void facts(World world, String node) {
    answers
        .find("/nodes/{}/time", node)
        .flatMap(time -> time.find("timezone"))
        .ifPresent(zone -> world.nodeFacts(node, "time").put("timezone", zone));
    answers
        .find("/nodes/{}/hosts", node)
        .flatMap(hosts -> hosts.find("data"))
        .ifPresent(data -> world.nodeFacts(node, "hosts").put("data", data));
    world.nodeFacts(node, "config").putAll(answers.texts(DIGEST, "/nodes/{}/config", node));
  }
}
