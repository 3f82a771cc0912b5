package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.sdn.SdnMethods;
import java.util.ArrayList;
import java.util.List;

/** {@code /cluster}: resources, status, the next free id. */
public final class ClusterMethods {
  private final Resources resources;

  public ClusterMethods(Resources resources) {
    this.resources = resources;
  }

  public List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/cluster")
            .name("index")
            .allow(Check.anyUser())
            .answers(
                call ->
                    Directories.named(
                        "acme",
                        "backup",
                        "backup-info",
                        "ceph",
                        "config",
                        "firewall",
                        "ha",
                        "jobs",
                        "log",
                        "mapping",
                        "metrics",
                        "notifications",
                        "nextid",
                        "options",
                        "replication",
                        "resources",
                        "sdn",
                        "status",
                        "tasks")),
        ApiMethod.get("/cluster/resources")
            .name("resources")
            .allow(Check.anyUser())
            .param("type", Param.optional(oneOf("vm", "storage", "node", "sdn")))
            .answers(this::resources),
        ApiMethod.get("/cluster/status")
            .name("get_status")
            .allow(Check.perm("/", "Sys.Audit"))
            .answers(ClusterMethods::status),
        ApiMethod.get("/cluster/nextid")
            .name("nextid")
            .allow(Check.anyUser())
            .param("vmid", Standard.VMID.asOptional())
            .answers(ClusterMethods::nextId));
  }

  private Object resources(Call call) {
    var type = call.params().find("type");
    var entries = new ArrayList<Item>();
    if (type == null) {
      pools(call, entries);
    }
    if (type == null || type.equals("vm")) {
      for (var guest : call.world().guests().values()) {
        if (call.rights().has("/vms/" + guest.vmid(), "VM.Audit")) {
          entries.add(resources.guest(guest));
        }
      }
    }
    for (var node : call.world().nodes().values()) {
      if (type == null || type.equals("node")) {
        entries.add(resources.node(node, call.rights()).with("cgroup-mode", 1));
      }
      if (type == null || type.equals("storage")) {
        storages(call, node.name(), entries);
      }
      if ((type == null || type.equals("sdn"))
          && call.rights().has("/sdn/zones/localnetwork", "SDN.Audit")) {
        entries.add(
            Item.of("id", "sdn/" + node.name() + "/localnetwork")
                .with("type", "sdn")
                .with("node", node.name())
                .with("sdn", "localnetwork")
                .with("status", "ok"));
        for (var zone : SdnMethods.zonesOn(call.world(), node.name())) {
          entries.add(
              Item.of("id", "sdn/" + node.name() + "/" + zone)
                  .with("type", "sdn")
                  .with("node", node.name())
                  .with("sdn", zone)
                  .with("status", "available"));
        }
      }
    }
    return entries;
  }

  private static void pools(Call call, List<Item> entries) {
    for (var pool : call.world().accounts().pools().keySet()) {
      if (call.rights().has("/pool/" + pool, "Pool.Audit")) {
        entries.add(Item.of("id", "/pool/" + pool).with("type", "pool").with("pool", pool));
      }
    }
  }

  private void storages(Call call, String node, List<Item> entries) {
    for (var config : call.world().storages().configs()) {
      if (config.isOn(node)
          && config.isEnabled()
          && call.rights().has("/storage/" + config.id(), "Datastore.Audit")) {
        entries.add(resources.storage(node, config));
      }
    }
  }

  private static Object status(Call call) {
    var nodes = call.world().nodes();
    boolean isCluster = call.world().clusterName().isPresent();
    var entries = new ArrayList<Item>();
    if (isCluster) {
      entries.add(
          Item.of("type", "cluster")
              .with("id", "cluster")
              .with("name", call.world().clusterName().orElse(""))
              .with("version", nodes.size())
              .with("nodes", nodes.size())
              .with("quorate", call.world().hasQuorum() ? 1 : 0));
    }
    int id = isCluster ? 1 : 0; // a node that is alone has the id 0
    for (var node : nodes.values()) {
      entries.add(
          Item.of("type", "node")
              .with("id", "node/" + node.name())
              .with("name", node.name())
              .with("nodeid", id)
              .with("ip", node.ip())
              .with("online", call.world().isOnline(node.name()) ? 1 : 0)
              .with("local", node.name().equals(call.world().entry()) ? 1 : 0)
              .with("level", ""));
      id++;
    }
    return entries;
  }

  private static Object nextId(Call call) {
    var guests = call.world().guests();
    var wanted = call.params().find("vmid");
    if (wanted != null) {
      if (guests.containsKey(Integer.valueOf(wanted))) {
        throw Refusal.parameter("vmid", "VM " + wanted + " already exists");
      }
      return wanted;
    }
    var range = new OptionMethods.Properties(call.world().options().getOrDefault("next-id", ""));
    int lower = range.integer("lower", 100);
    int upper = range.integer("upper", 1_000_000);
    for (int vmid = lower; vmid < upper; vmid++) {
      if (!guests.containsKey(vmid)) {
        return String.valueOf(vmid);
      }
    }
    throw Refusal.die("unable to get any free VMID in range [" + lower + ", " + upper + "]");
  }
}
