package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.sim.world.Firewall;
import dev.hearth.stdlib.proxmox.sim.world.Firewall.Section;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The firewalls of the datacenter, of nodes, of guests and of virtual networks. */
final class FirewallCopy {
  private static final int FIRST_WITH_VNETS = 8;
  private static final Set<String> DIGEST = Set.of("digest");

  /** What is worked out when an entry is read. */
  private static final Set<String> READ = Set.of("digest", "pos", "ipversion", "errors");

  private final Answers answers;
  private final World world;

  /**
   * One file.
   *
   * @param key how the world calls it
   * @param path where the API has it
   * @param hasNames whether it has aliases and sets of addresses
   * @param hasGroups whether it has groups of rules
   */
  private record Place(String key, Ask path, boolean hasNames, boolean hasGroups) {
    Ask more(String name, Object... values) {
      return path.then(name, values);
    }
  }

  FirewallCopy(Answers answers, World world) {
    this.answers = answers;
    this.world = world;
  }

  void read() {
    var places = new ArrayList<Place>();
    places.add(new Place("cluster", Ask.of("/cluster/firewall"), true, true));
    for (var node : world.nodes().keySet()) {
      if (world.isOnline(node)) {
        places.add(new Place("node/" + node, Ask.of("/nodes/{}/firewall", node), false, false));
      }
    }
    for (var guest : world.guests().values()) {
      if (world.isOnline(guest.node())) {
        var path = Ask.of("/nodes/{}/{}/{}/firewall", guest.node(), guest.type(), guest.vmid());
        places.add(new Place("guest/" + guest.vmid(), path, true, false));
      }
    }
    if (world.major() >= FIRST_WITH_VNETS) {
      for (var vnet : answers.list("/cluster/sdn/vnets")) {
        var name = vnet.name("vnet");
        var path = Ask.of("/cluster/sdn/vnets/{}/firewall", name);
        places.add(new Place("vnet/" + name, path, false, false));
      }
    }
    var firewalls = Together.map(places, this::firewall);
    for (int i = 0; i < places.size(); i++) {
      world.firewalls().put(places.get(i).key(), firewalls.get(i));
    }
  }

  private Firewall firewall(Place place) {
    var options = answers.find(place.more("/options")).map(told -> told.texts(DIGEST));
    var aliases = new TreeMap<String, Map<String, String>>();
    var sets = new TreeMap<String, Section>();
    if (place.hasNames()) {
      for (var alias : answers.list(place.more("/aliases"))) {
        aliases.put(alias.name("name").toLowerCase(Locale.ROOT), alias.texts(READ));
      }
      for (var set : answers.list(place.more("/ipset"))) {
        var name = set.name("name");
        sets.put(name, section(set, place.more("/ipset/{}", name)));
      }
    }
    var groups = new TreeMap<String, Section>();
    if (place.hasGroups()) {
      for (var group : answers.list(place.more("/groups"))) {
        var name = group.name("group");
        groups.put(name, section(group, place.more("/groups/{}", name)));
      }
    }
    return new Firewall(
        options.orElse(Map.of()), aliases, sets, groups, entries(place.more("/rules")));
  }

  private Section section(Told listed, Ask entries) {
    return new Section(listed.find("comment").orElse(null), entries(entries));
  }

  private List<Map<String, String>> entries(Ask ask) {
    return answers.list(ask).stream()
        .<Map<String, String>>map(entry -> new TreeMap<>(entry.texts(READ)))
        .toList();
  }
}
