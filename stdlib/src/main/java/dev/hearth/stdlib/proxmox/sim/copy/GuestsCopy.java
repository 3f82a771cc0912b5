package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.sim.guest.PendingDelete;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The virtual machines and containers: configuration, what is pending, snapshots, what runs. */
final class GuestsCopy {
  private static final String PASSWORD = "cipassword";
  private static final String STARS = "**********";

  private record Found(Told told, String type) {}

  private final Answers answers;
  private final World world;

  GuestsCopy(Answers answers, World world) {
    this.answers = answers;
    this.world = world;
  }

  void read() {
    var found = new ArrayList<Found>();
    for (var node : world.nodes().keySet()) {
      if (world.isOnline(node)) {
        for (var type : List.of(Guest.VM, Guest.CONTAINER)) {
          var ask = Ask.of("/nodes/{}/" + type, node);
          answers
              .list(type.equals(Guest.VM) ? ask.with("full", "1") : ask)
              .forEach(told -> found.add(new Found(told, type)));
        }
      }
    }
    Together.map(found, each -> guest(each.told(), each.type())).forEach(this::add);
    unreachable();
  }

  private void add(Guest guest) {
    world.guests().put(guest.vmid(), guest);
    guest
        .snapshots()
        .forEach(
            (name, config) -> config.values().forEach(value -> taken(guest.node(), value, name)));
  }

  /** A volume that a snapshot names has that snapshot, too. */
  private void taken(String node, String value, String snapshot) {
    var volid = value.split(",", 2)[0].replaceFirst("^(file|volume)=", "");
    int colon = volid.indexOf(':');
    if (colon <= 0
        || volid.startsWith("/")
        || !world.storages().exists(volid.substring(0, colon))) {
      return;
    }
    var id = new Storages.VolumeId(volid.substring(0, colon), volid.substring(colon + 1));
    var config = world.storages().config(id.storage());
    if (!config.isEnabled() || !config.isOn(node)) {
      return;
    }
    var storage = world.storages().at(node, id.storage());
    storage
        .find(id.volname())
        .ifPresent(
            volume -> {
              var snapshots = new TreeSet<>(volume.snapshots());
              snapshots.add(snapshot);
              storage.put(volume.with(snapshots));
            });
  }

  private Guest guest(Told listed, String type) {
    int vmid = listed.vmid("vmid");
    var node = listed.ask().segments().get(1);
    var path = "/nodes/{}/" + type + "/{}";
    var config = new TreeMap<String, String>();
    var pending = new TreeMap<String, String>();
    for (var entry : answers.list(path + "/pending", node, vmid)) {
      var key = entry.name("key");
      if (key.equals("digest")) {
        continue;
      }
      entry.find("value").ifPresent(value -> config.put(key, value));
      entry.find("pending").ifPresent(value -> pending.put(key, value));
      long delete = entry.number("delete");
      if (delete > 0) {
        new PendingDelete(pending).add(key, delete > 1);
      }
    }
    var state = state(listed, type);
    return new Guest(vmid, type, node, config, pending, snapshots(path, node, vmid), state);
  }

  private Map<String, Map<String, String>> snapshots(String path, String node, int vmid) {
    var snapshots = new LinkedHashMap<String, Map<String, String>>();
    for (var listed : answers.list(path + "/snapshot", node, vmid)) {
      var name = listed.name("name");
      if (!name.equals("current")) {
        var config =
            new TreeMap<>(
                answers.texts(Set.of("digest"), path + "/snapshot/{}/config", node, vmid, name));
        config.computeIfPresent(PASSWORD, (_, _) -> STARS); // it is told as it is
        snapshots.put(name, config);
      }
    }
    return snapshots;
  }

  private Map<String, String> state(Told listed, String type) {
    var state = new TreeMap<String, String>();
    boolean runs = listed.find("status").orElse("").equals("running");
    state.put("status", runs ? "running" : "stopped");
    if (runs) {
      state.put("started", String.valueOf(world.now() - listed.number("uptime")));
      state.put("pid", String.valueOf(listed.number("pid")));
      if (type.equals(Guest.VM)) {
        state.put("qmpstatus", listed.find("qmpstatus").orElse("running"));
      } else {
        state.put("used", String.valueOf(listed.number("disk")));
      }
    }
    return state;
  }

  /** Of those on nodes that are switched off nobody knows more than where and what they are. */
  private void unreachable() {
    for (var listed : answers.list(Ask.of("/cluster/resources").with("type", "vm"))) {
      var node = listed.name("node");
      int vmid = listed.vmid("vmid");
      if (!world.nodes().containsKey(node) || world.isOnline(node)) {
        continue;
      }
      var guest = Guest.empty(vmid, listed.name("type"), node);
      var key = guest.isContainer() ? "hostname" : "name";
      listed.find("name").ifPresent(name -> guest.config().put(key, name));
      world.guests().putIfAbsent(vmid, guest);
    }
  }
}
