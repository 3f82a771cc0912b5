package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.access.Pool;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /pools}. */
public final class PoolMethods {
  private static final Param POOLID = Param.of(formatted(Formats.POOL_ID));
  private static final Check ALLOCATE = Check.perm("/pool/{poolid}", "Pool.Allocate");

  private final Resources resources;

  public PoolMethods(Resources resources) {
    this.resources = resources;
  }

  public List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/pools")
            .name("index")
            .allow(Check.anyUser())
            .param("poolid", POOLID.asOptional())
            .param("type", Param.optional(oneOf("qemu", "lxc", "storage")).requires("poolid"))
            .answers(this::list),
        ApiMethod.post("/pools")
            .name("create_pool")
            .allow(ALLOCATE)
            .param("poolid", POOLID)
            .param("comment", Param.optional(string()))
            .answers(PoolMethods::create),
        changes(ApiMethod.put("/pools").name("update_pool")),
        ApiMethod.delete("/pools")
            .name("delete_pool")
            .allow(ALLOCATE)
            .param("poolid", POOLID)
            .answers(PoolMethods::delete),
        ApiMethod.get("/pools/{poolid}")
            .name("read_pool")
            .allow(Check.perm("/pool/{poolid}", "Pool.Audit"))
            .param("poolid", POOLID)
            .param("type", Param.optional(oneOf("qemu", "lxc", "storage")))
            .answers(call -> read(call, call.params().text("poolid"))),
        changes(ApiMethod.put("/pools/{poolid}").name("update_pool_deprecated")),
        ApiMethod.delete("/pools/{poolid}")
            .name("delete_pool_deprecated")
            .allow(ALLOCATE)
            .param("poolid", POOLID)
            .answers(PoolMethods::delete));
  }

  private static ApiMethod changes(ApiMethod method) {
    return method
        .allow(ALLOCATE)
        .param("poolid", POOLID)
        .param("comment", Param.optional(string()))
        .param("vms", Param.optional(formatted(Formats.VMID.list())))
        .param("storage", Param.optional(formatted(Formats.STORAGE_ID.list())))
        .param("allow-move", Param.optional(bool().orElse("0")))
        .param("delete", Param.optional(bool().orElse("0")))
        .answers(PoolMethods::update);
  }

  private Object list(Call call) {
    var wanted = call.params().find("poolid");
    if (wanted != null) {
      return List.of(read(call, wanted));
    }
    var entries = new ArrayList<Item>();
    call.world()
        .accounts()
        .pools()
        .forEach(
            (name, pool) -> {
              if (call.rights().has("/pool/" + name, "Pool.Audit")) {
                entries.add(described(name, pool));
              }
            });
    return entries;
  }

  private static Item described(String name, Pool pool) {
    var comment = pool.comment();
    return Item.of("poolid", name)
        .withKnown("comment", comment == null || comment.isEmpty() ? null : comment);
  }

  private Item read(Call call, String poolid) {
    var world = call.world();
    var pool = existing(world, poolid);
    var type = call.params().find("type");
    var members = new ArrayList<Item>();
    if (type == null || !type.equals("storage")) {
      for (var vmid : pool.vms()) {
        var guest = world.guests().get(vmid);
        if (guest != null && (type == null || type.equals(guest.type()))) {
          var member = resources.guest(guest);
          // a list of members says neither which pool it is of nor their tags
          member.remove("pool");
          member.remove("tags");
          members.add(member);
        }
      }
    }
    if (type == null || type.equals("storage")) {
      for (var id : pool.storages()) {
        if (world.storages().exists(id)) {
          var config = world.storages().config(id);
          var node = world.nodes().keySet().stream().filter(config::isOn).findFirst();
          node.ifPresent(name -> members.add(resources.storage(name, config)));
        }
      }
    }
    return described(poolid, pool).with("members", members);
  }

  private static Pool existing(World world, String poolid) {
    var pool = world.accounts().pools().get(poolid);
    if (pool == null) {
      throw Refusal.die("pool '" + poolid + "' does not exist");
    }
    return pool;
  }

  private static @Nullable Object create(Call call) {
    var pools = call.world().accounts().pools();
    var poolid = call.params().text("poolid");
    UserConfig.change(
        "create pool failed",
        () -> {
          if (pools.containsKey(poolid)) {
            throw Refusal.die("pool '" + poolid + "' already exists");
          }
          int slash = poolid.lastIndexOf('/');
          if (slash > 0 && !pools.containsKey(poolid.substring(0, slash))) {
            throw Refusal.die(
                "parent '"
                    + poolid.substring(0, slash)
                    + "' of pool '"
                    + poolid
                    + "' does not exist");
          }
          pools.put(poolid, Pool.empty(call.params().find("comment")));
        });
    return null;
  }

  private static @Nullable Object update(Call call) {
    var world = call.world();
    var params = call.params();
    var poolid = params.text("poolid");
    UserConfig.change(
        "update pools failed",
        () -> {
          var pool = existing(world, poolid);
          var comment = params.find("comment");
          if (comment != null) {
            world.accounts().pools().put(poolid, pool.commented(comment));
          }
          for (var vmid : params.list("vms")) {
            changeGuest(call, poolid, Integer.parseInt(vmid));
          }
          for (var storage : params.list("storage")) {
            changeStorage(call, poolid, storage);
          }
        });
    return null;
  }

  private static void changeGuest(Call call, String poolid, int vmid) {
    var accounts = call.world().accounts();
    var members = existing(call.world(), poolid).vms();
    AccessChecks.modify(call.rights(), "/vms/" + vmid);
    if (call.params().flag("delete")) {
      if (!members.remove(vmid)) {
        throw Refusal.die("VM " + vmid + " is not a pool member");
      }
      return;
    }
    if (members.contains(vmid)) {
      throw Refusal.die("VM " + vmid + " is already a pool member");
    }
    var other = accounts.poolOf(vmid).orElse(null);
    if (other != null) {
      if (!call.params().flag("allow-move")) {
        throw Refusal.die(
            "VM " + vmid + " belongs already to pool '" + other + "' and 'allow-move' is not set");
      }
      AccessChecks.modify(call.rights(), "/pool/" + other);
    }
    accounts.addToPool(vmid, poolid);
  }

  private static void changeStorage(Call call, String poolid, String storage) {
    var members = existing(call.world(), poolid).storages();
    AccessChecks.modify(call.rights(), "/storage/" + storage);
    if (call.params().flag("delete")) {
      if (!members.remove(storage)) {
        throw Refusal.die("Storage '" + storage + "' is not a pool member");
      }
    } else if (!members.add(storage)) {
      throw Refusal.die("Storage '" + storage + "' is already a pool member");
    }
  }

  private static @Nullable Object delete(Call call) {
    var world = call.world();
    var poolid = call.params().text("poolid");
    UserConfig.change(
        "delete pool failed",
        () -> {
          var pool = existing(world, poolid);
          var inside = firstInside(world, poolid, pool);
          if (inside != null) {
            throw Refusal.die("pool '" + poolid + "' is not empty (contains " + inside + ")");
          }
          world.accounts().pools().remove(poolid);
          world.accounts().acl().removeIf(entry -> entry.path().equals("/pool/" + poolid));
        });
    return null;
  }

  private static @Nullable String firstInside(World world, String poolid, Pool pool) {
    for (var other : world.accounts().pools().keySet()) {
      if (other.startsWith(poolid + "/")) {
        return "pool '" + other + "'";
      }
    }
    for (var vmid : pool.vms()) {
      if (world.guests().containsKey(vmid)) {
        return "VM " + vmid;
      }
    }
    for (var storage : pool.storages()) {
      if (world.storages().exists(storage)) {
        return "storage '" + storage + "'";
      }
    }
    return null;
  }
}
