package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.LxcFormats;
import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.TagRights;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** The configuration keys of one request, and how a configuration file gives them back. */
final class ContainerSettings {
  private ContainerSettings() {}

  /** Those parameters of a call that are keys of a container's configuration. */
  static Map<String, String> of(World world, Params params) {
    var keys = LxcKeys.ofVersion(world.major());
    var values = new TreeMap<String, String>();
    params
        .all()
        .forEach(
            (name, value) -> {
              if (value != null && keys.find(name).isPresent()) {
                values.put(name, Params.textOf(value));
              }
            });
    return values;
  }

  /** A value as the configuration file gives it back. */
  static String kept(World world, String node, String key, String value) {
    return switch (key) {
      case "description" -> value.endsWith("\n") ? value : value + "\n";
      case "nameserver", "searchdomain" -> String.join(" ", Lists.split(value));
      case "tags" -> TagRights.written(world, value);
      case "hookscript" -> hookscript(world, node, value);
      case "memory", "swap", "cores", "cpuunits", "tty" -> new BigInteger(value).toString();
      default -> key.matches("net\\d+") ? card(world, value) : value;
    };
  }

  /** A network card with an address, one that is new unless one was named. */
  private static String card(World world, String value) {
    var card = LxcFormats.card(value);
    if (card.get("hwaddr").isEmpty()) {
      card = card.with("hwaddr", world.newMac());
    }
    return card.with("type", "veth").toString();
  }

  private static String hookscript(World world, String node, String volid) {
    var id = Storages.split(volid);
    var name = world.storages().at(node, id.storage()).parse(id.volname());
    if (!name.content().equals("snippets")) {
      throw Refusal.parameter("hookscript", "hookscript needs to be of content type 'snippets'\n");
    }
    return volid;
  }

  /** Refuses volumes on storages that hold no containers. */
  static void checkContent(World world, MountPoint mount) {
    if (mount.isVolume()) {
      var storage = world.storages().config(Storages.split(mount.source()).storage());
      if (!storage.content().contains("rootdir")) {
        throw Refusal.die(
            "storage '" + storage.id() + "' does not allow content type 'rootdir' (Container)");
      }
    }
  }
}
