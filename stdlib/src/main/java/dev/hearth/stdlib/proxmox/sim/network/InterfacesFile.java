package dev.hearth.stdlib.proxmox.sim.network;

import static dev.hearth.stdlib.proxmox.sim.network.InterfaceKind.BOND;
import static dev.hearth.stdlib.proxmox.sim.network.InterfaceKind.BRIDGE;
import static dev.hearth.stdlib.proxmox.sim.network.InterfaceKind.ETHERNET;
import static dev.hearth.stdlib.proxmox.sim.network.InterfaceKind.LOOPBACK;
import static dev.hearth.stdlib.proxmox.sim.network.InterfaceKind.VLAN;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.NetworkInterface;
import dev.hearth.stdlib.proxmox.sim.world.Node;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A node's {@code /etc/network/interfaces}, and {@code interfaces.new} beside it, which holds what
 * was changed until it is applied.
 */
final class InterfacesFile {
  private static final String NONE = "none";

  private final World world;
  private final Node node;

  InterfacesFile(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  private String key() {
    return "interfaces/" + node.name();
  }

  private String newKey() {
    return key() + ".new";
  }

  boolean isPending() {
    return world.sections().containsKey(newKey());
  }

  /** The stanzas that hold now. */
  Map<String, Section> current() {
    var file = world.sections().get(key());
    return file == null ? installed() : file.all();
  }

  /** The stanzas that were wanted last, applied or not. */
  Map<String, Section> wanted() {
    var file = world.sections().get(newKey());
    return file == null ? current() : file.all();
  }

  /** What the installer wrote: network cards are not in it by themselves. */
  private Map<String, Section> installed() {
    var stanzas = new LinkedHashMap<String, Section>();
    stanzas.put("lo", new Section(LOOPBACK, Map.of("autostart", "1")));
    node.interfaces()
        .forEach(
            (name, is) -> {
              if (!is.type().equals(ETHERNET)) {
                var values = new TreeMap<>(is.properties());
                values.put("autostart", "1");
                stanzas.put(name, new Section(is.type(), values));
              }
            });
    return stanzas;
  }

  /** Whether a network card of this name is built in. */
  boolean isCard(String name) {
    var is = node.interfaces().get(name);
    return is != null && is.type().equals(ETHERNET);
  }

  /** All interfaces that there are or that are wanted, the loopback device not among them. */
  Map<String, Section> interfaces() {
    var all = new LinkedHashMap<>(wanted());
    for (var entry : node.interfaces().entrySet()) {
      if (isCard(entry.getKey())) {
        all.putIfAbsent(entry.getKey(), new Section(ETHERNET, Map.of()));
      }
    }
    all.remove("lo");
    return all;
  }

  /** Where a stanza stands in the file that was written last; 0 if it is not in it. */
  int priority(String name) {
    int place = List.copyOf(wanted().keySet()).indexOf(name);
    return place < 0 ? 0 : place + 2; // Proxmox counts from 2
  }

  /** Writes the file of what is wanted, or refuses and leaves it as it was. */
  void write(Map<String, Section> stanzas) {
    var all = new LinkedHashMap<String, Section>();
    stanzas.forEach((name, stanza) -> all.put(name, completed(name, stanza)));
    for (var entry : node.interfaces().entrySet()) {
      if (isCard(entry.getKey())) {
        all.putIfAbsent(entry.getKey(), new Section(ETHERNET, Map.of()));
      }
    }
    new InterfaceCheck(all).all();
    startSlaves(all);
    var sorted = new LinkedHashMap<String, Section>();
    all.entrySet().stream()
        .sorted(Comparator.comparing(e -> InterfaceKind.order(e.getKey(), e.getValue().type())))
        .forEach(e -> sorted.put(e.getKey(), typed(e.getKey(), e.getValue())));
    world.sections().put(newKey(), new Sections(sorted));
  }

  private static Section typed(String name, Section stanza) {
    return new Section(InterfaceKind.of(name, stanza.type()), stanza.values());
  }

  private static Section completed(String name, Section stanza) {
    var values = new LinkedHashMap<>(stanza.values());
    switch (stanza.type()) {
      case BRIDGE -> {
        values.putIfAbsent("bridge_ports", "");
        values.putIfAbsent("bridge_stp", "off");
        values.putIfAbsent("bridge_fd", "0");
        if (!"1".equals(values.get("bridge_vlan_aware"))) {
          values.remove("bridge_vlan_aware");
          values.remove("bridge_vids");
        } else {
          values.putIfAbsent("bridge_vids", "2-4094");
        }
      }
      case BOND -> {
        values.putIfAbsent("bond_miimon", "100");
        values.putIfAbsent("bond_mode", "balance-rr");
      }
      case VLAN -> {
        var vlan = InterfaceKind.vlan(name, values);
        if (!name.contains(".")) {
          required(vlan.device(), "vlan-raw-device");
          required(vlan.tag(), "vlan-id");
        }
        values.put("vlan-raw-device", vlan.device());
        values.put("vlan-id", vlan.tag());
      }
      default -> {
        // nothing goes without saying
      }
    }
    return new Section(stanza.type(), values);
  }

  private static void required(String value, String name) {
    if (value.isEmpty()) {
      throw Refusal.die(
          "missing " + name + " option at /usr/share/perl5/PVE/INotify.pm line 1691.");
    }
  }

  private static void startSlaves(Map<String, Section> stanzas) {
    for (var stanza : List.copyOf(stanzas.values())) {
      for (var slave : Lists.split(stanza.values().getOrDefault("slaves", ""))) {
        stanzas.computeIfPresent(
            slave,
            (_, of) -> {
              var values = new LinkedHashMap<>(of.values());
              values.put("autostart", "1");
              return new Section(of.type(), values);
            });
      }
    }
  }

  /** Forgets what was not applied. */
  void revert() {
    world.sections().remove(newKey());
  }

  /** Makes what is wanted hold. */
  void apply() {
    var file = world.sections().remove(newKey());
    if (file == null) {
      return;
    }
    world.sections().put(key(), file);
    var there = node.interfaces();
    there.values().removeIf(is -> !is.type().equals(ETHERNET));
    file.all()
        .forEach(
            (name, stanza) -> {
              if (!Set.of(LOOPBACK, ETHERNET).contains(stanza.type())) {
                there.put(name, new NetworkInterface(stanza.type(), stanza.values()));
              }
            });
  }

  /** What applying would change, as {@code diff -u} tells it. */
  String changes() {
    var before = new ArrayList<String>();
    if (world.sections().containsKey(key())) {
      before.addAll(InterfacesText.written(current()));
    } else {
      before.addAll(InterfacesText.stanzas(current()));
      before.removeLast();
    }
    var time = InterfacesText.stamp(world.clock().now());
    return UnifiedDiff.of(
        "/etc/network/interfaces\t" + time,
        before,
        "/etc/network/interfaces.new\t" + time,
        InterfacesText.written(wanted()));
  }

  static String noneIfEmpty(String ports) {
    return ports.isEmpty() ? NONE : ports;
  }
}
