package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.LxcFormats;
import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.config.PropertyString;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.guest.ConfigAnswer;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods that only look. */
final class ContainerReads {
  private ContainerReads() {}

  static Container ct(Call call) {
    return Container.load(call.world(), call.node(), call.params().integer("vmid"));
  }

  static ConfigAnswer answer(Call call) {
    return new ConfigAnswer(LxcKeys.ofVersion(call.world().major()));
  }

  /** The node's containers, as far as the caller may see them. */
  static Object list(Call call) {
    return GuestKind.CONTAINER.seenBy(call).stream()
        .map(guest -> new ContainerStatus(Container.of(call.world(), guest)).listed())
        .toList();
  }

  static Object index(Call call) {
    ct(call);
    return List.of(
            "config",
            "pending",
            "status",
            "vncproxy",
            "termproxy",
            "vncwebsocket",
            "spiceproxy",
            "migrate",
            "clone",
            "rrd",
            "rrddata",
            "firewall",
            "snapshot",
            "resize",
            "interfaces")
        .stream()
        .map(name -> Item.of("subdir", name))
        .toList();
  }

  static Object powerIndex(Call call) {
    ct(call);
    return List.of("current", "start", "stop", "shutdown", "migrate").stream()
        .map(name -> Item.of("subdir", name))
        .toList();
  }

  static Object status(Call call) {
    return new ContainerStatus(ct(call)).current();
  }

  static Object config(Call call) {
    return answer(call).of(call.params(), () -> ct(call));
  }

  static Object pending(Call call) {
    return answer(call).pending(ct(call));
  }

  static Object feature(Call call) {
    var ct = ct(call);
    var snapshot = call.params().find("snapname");
    var config = snapshot == null ? ct.config() : ct.snapshot(snapshot);
    var disks = new Disks(call.world(), call.node(), line -> {});
    var feature = call.params().text("feature");
    return Map.of("hasFeature", canAll(feature, config, snapshot != null, disks) ? 1 : 0);
  }

  /** Whether all that a configuration mounts can do something. */
  static boolean canAll(
      String feature, Map<String, String> config, boolean ofSnapshot, Disks disks) {
    return MountPoint.all(config).stream()
        .allMatch(
            mount ->
                mount
                    .volume()
                    .filter(volume -> ContainerDisks.can(feature, volume, ofSnapshot, disks))
                    .isPresent());
  }

  /** The network of a container that runs; one that does not has none. */
  static @Nullable Object interfaces(Call call) {
    var ct = ct(call);
    if (!ct.isRunning()) {
      return null;
    }
    var items = new ArrayList<Item>();
    items.add(item("lo", "00:00:00:00:00:00", List.of()));
    for (var index = 0; index < 32; index++) {
      var value = ct.get("net" + index);
      if (value != null) {
        var card = LxcFormats.card(value);
        var mac = card.get("hwaddr").orElse("").toLowerCase(Locale.ROOT);
        items.add(item(card.get("name").orElse(""), mac, addresses(card)));
      }
    }
    return items;
  }

  private static Item item(String name, String mac, List<Item> addresses) {
    var item =
        Item.of("name", name)
            .with("hwaddr", mac)
            .with("hardware-address", mac)
            .with("ip-addresses", addresses);
    for (var address : addresses) {
      // older clients know these two only
      item.putIfAbsent(
          String.valueOf(address.get("ip-address-type")),
          address.get("ip-address") + "/" + address.get("prefix"));
    }
    return item;
  }

  /** The addresses that are configured: no server answers DHCP or SLAAC in here. */
  private static List<Item> addresses(PropertyString card) {
    var found = new ArrayList<Item>();
    for (var family :
        Map.of("ip", "inet", "ip6", "inet6").entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .toList()) {
      card.get(family.getKey())
          .filter(address -> address.contains("/"))
          .ifPresent(
              address -> {
                var slash = address.indexOf('/');
                found.add(
                    Item.of("ip-address", address.substring(0, slash))
                        .with("ip-address-type", family.getValue())
                        .with("prefix", Integer.valueOf(address.substring(slash + 1))));
              });
    }
    return found;
  }
}
