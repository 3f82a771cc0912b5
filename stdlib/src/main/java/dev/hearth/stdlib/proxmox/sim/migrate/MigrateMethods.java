package dev.hearth.stdlib.proxmox.sim.migrate;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.GuestMethods;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import dev.hearth.stdlib.proxmox.sim.migrate.Migration.StorageMap;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** {@code …/migrate} of virtual machines and containers. */
public final class MigrateMethods {
  private static final String VM = "/nodes/{node}/qemu/{vmid}/migrate";
  private static final String CT = "/nodes/{node}/lxc/{vmid}/migrate";
  static final Check MIGRATE = Check.perm("/vms/{vmid}", "VM.Migrate");
  private static final int FIRST_TELLING_ALL = 8;
  private static final Param TARGET = Param.of(formatted(Formats.NODE));
  static final ValueType STORAGE_PAIRS =
      formatted(
          ValueFormat.of(
                  "storage-pair",
                  value ->
                      value.matches("1|[a-zA-Z][\\w.-]*(:[a-zA-Z][\\w.-]*)?")
                          ? Optional.empty()
                          : Optional.of("storage ID '" + value + "' is invalid\n"))
              .list());
  private static final Param STORAGES = Param.optional(STORAGE_PAIRS);

  private MigrateMethods() {}

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    methods.add(asking(VM, GuestKind.VM));
    var vm =
        GuestMethods.one("POST", VM, "migrate_vm")
            .allow(MIGRATE)
            .task()
            .param("target", TARGET)
            .param("online", Param.optional(bool()))
            .param("force", Param.optional(bool()))
            .param("migration_type", Param.optional(oneOf("secure", "insecure")))
            .param("migration_network", Param.optional(formatted(NetworkFormats.CIDR)))
            .param("with-local-disks", Param.optional(bool()))
            .param("targetstorage", STORAGES)
            .param("bwlimit", Param.optional(integer().min(0)))
            .answers(MigrateMethods::vm);
    if (major >= 9) {
      vm.param("with-conntrack-state", Param.optional(bool().orElse("0")));
      methods.add(asking(CT, GuestKind.CONTAINER));
    }
    methods.add(vm);
    methods.add(
        GuestMethods.one("POST", CT, "migrate_vm")
            .allow(MIGRATE)
            .task()
            .param("target", TARGET)
            .param("online", Param.optional(bool()))
            .param("restart", Param.optional(bool()))
            .param("timeout", Param.optional(integer().orElse("180")))
            .param("target-storage", STORAGES)
            .param("bwlimit", Param.optional(number().min(0)))
            .answers(MigrateMethods::container));
    methods.addAll(RemoteMigration.methods());
    return methods;
  }

  private static ApiMethod asking(String path, GuestKind kind) {
    return GuestMethods.one("GET", path, "migrate_vm_precondition")
        .allow(MIGRATE)
        .param("target", TARGET.asOptional())
        .answers(call -> preconditions(call, kind));
  }

  /** Where a guest could go, and what would have to go along. */
  private static Object preconditions(Call call, GuestKind kind) {
    var world = call.world();
    var guest = kind.load(world, call.node(), call.params().integer("vmid"));
    var volumes = new GuestVolumes(world, guest);
    var allowed = new ArrayList<String>();
    var refused = new Item();
    for (var node : world.nodes().keySet()) {
      var missing = new TreeSet<String>();
      for (var used : volumes.all()) {
        var storage = world.storages().config(used.id().storage());
        if (!used.isCdrom() && !storage.isOn(node)) {
          missing.add(storage.id());
        }
      }
      if (!node.equals(call.node()) && missing.isEmpty()) {
        allowed.add(node);
      } else if (!node.equals(call.node())) {
        refused.with(node, Item.of("unavailable_storages", missing));
      }
    }
    var disks = new ArrayList<Item>();
    var told = new LocalDisks(guest);
    volumes.local().forEach(used -> disks.add(told.told(used)));
    var answer = Item.of("running", guest.isRunning() ? 1 : 0).with("local_disks", disks);
    if (!guest.isRunning() || world.major() >= FIRST_TELLING_ALL) {
      answer.with("allowed_nodes", allowed).with("not_allowed_nodes", refused);
    }
    return answer
        .with("local_resources", List.of())
        .with("mapped-resources", List.of())
        .with("mapped-resource-info", Map.of());
  }

  private static void checkTarget(Call call) {
    var target = call.params().text("target");
    if (target.equals(call.node())) {
      throw Refusal.parameter("target", "target is local node.");
    }
    if (!call.world().hasQuorum()) {
      throw Refusal.die("cluster not ready - no quorum?");
    }
    if (!call.world().nodes().containsKey(target)) {
      throw Refusal.die("no such cluster node '" + target + "'");
    }
  }

  static void checkLock(Guest guest) {
    var lock = guest.config().get("lock");
    if (lock != null) {
      throw Refusal.die((guest.isContainer() ? "CT" : "VM") + " is locked (" + lock + ")");
    }
  }

  private static Object vm(Call call) {
    checkTarget(call);
    if (call.params().flag("force") && !call.rights().isRoot()) {
      throw Refusal.parameter("force", "Only root may use this option.");
    }
    var vmid = call.params().integer("vmid");
    var guest = GuestKind.VM.load(call.world(), call.node(), vmid);
    checkLock(guest);
    boolean isLive = guest.isRunning();
    if (isLive && !call.params().flag("online")) {
      throw Refusal.die("can't migrate running VM without --online");
    }
    var storages = StorageMap.of(call.params().text("targetstorage", ""));
    Migration.checkStorages(call.world(), guest, call.params().text("target"), storages);
    boolean mayCopy = call.params().flag("with-local-disks");
    return GuestKind.VM.fork(
        call,
        HaResources.isManaged(call.world(), guest) ? "hamigrate" : "qmigrate",
        task -> {
          var now = GuestKind.VM.load(call.world(), call.node(), vmid);
          checkLock(now);
          new Migration(call, now, storages, now.isRunning(), mayCopy, task).run();
        });
  }

  /** A container that runs is stopped here and started there. */
  private static Object container(Call call) {
    checkTarget(call);
    var vmid = call.params().integer("vmid");
    var kind = GuestKind.CONTAINER;
    var guest = kind.load(call.world(), call.node(), vmid);
    checkLock(guest);
    boolean restarts = call.params().flag("restart");
    if (guest.isRunning() && !restarts && !call.params().flag("online")) {
      throw Refusal.die("can't migrate running container without --online or --restart");
    }
    var target = call.params().text("target");
    var storages = StorageMap.of(call.params().text("target-storage", ""));
    Migration.checkStorages(call.world(), guest, target, storages);
    return kind.fork(
        call,
        HaResources.isManaged(call.world(), guest) ? "hamigrate" : "vzmigrate",
        task -> {
          var now = kind.load(call.world(), call.node(), vmid);
          checkLock(now);
          boolean ran = now.isRunning();
          if (ran && !restarts) {
            throw Refusal.die("lxc live migration is currently not implemented");
          }
          if (ran) {
            task.log("shutdown CT " + vmid);
            now.state().put("status", "stopped");
          }
          new Migration(call, now, storages, false, true, task).run();
          var arrived = kind.load(call.world(), target, vmid);
          if (ran) {
            task.log("start container on target node");
            arrived.state().put("status", "running");
          }
        });
  }
}
