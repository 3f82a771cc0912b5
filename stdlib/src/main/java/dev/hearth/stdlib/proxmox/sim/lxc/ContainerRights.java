package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.KeyPrivileges;
import dev.hearth.stdlib.proxmox.config.LxcFormats;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.BridgeRights;
import dev.hearth.stdlib.proxmox.sim.guest.GuestRights;
import dev.hearth.stdlib.proxmox.sim.guest.TagRights;
import dev.hearth.stdlib.proxmox.sim.storage.VolumeAccess;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which privilege each configuration key of a container asks for.
 *
 * @param pool the pool that a new container goes to, whose rights then count as well
 * @param isUnprivileged whether its root is not the host's
 */
record ContainerRights(Call call, int vmid, @Nullable String pool, boolean isUnprivileged) {

  /** Refuses unless the caller may set all of these keys where others stand now. */
  void set(Map<String, String> values, Map<String, String> old) {
    if (call.rights().isRoot()) {
      return;
    }
    for (var key : new TreeSet<>(values.keySet())) {
      var value = values.getOrDefault(key, "");
      check(key, value, old);
      if (MountPoint.isKey(key)) {
        mount(MountPoint.parse(key, value));
      } else if (isNet(key) && call.world().major() >= 8) {
        new BridgeRights(call.rights()).check(LxcFormats.card(value));
      }
    }
  }

  /** Refuses unless the caller may delete all of these keys. */
  void delete(Collection<String> keys, Map<String, String> old) {
    if (!call.rights().isRoot()) {
      new TreeSet<>(keys).forEach(key -> check(key, null, old));
    }
  }

  private static boolean isNet(String key) {
    return key.matches("net\\d+");
  }

  private void check(String key, @Nullable String value, Map<String, String> old) {
    switch (key) {
      case "features" -> features(value, old.get(key));
      case "hookscript" ->
          throw Refusal.permission("changing the hookscript is only allowed for root@pam");
      case "tags" -> tags(old.getOrDefault(key, ""), value);
      default -> {
        if (key.matches("dev\\d+")) {
          throw Refusal.permission("configuring device passthrough is only allowed for root@pam");
        }
        need(KeyPrivileges.ofContainer(key));
      }
    }
  }

  private void need(String privilege) {
    new GuestRights(call.rights(), vmid, pool).need(privilege);
  }

  private void tags(String old, @Nullable String wanted) {
    if (pool == null || !call.rights().has("/pool/" + pool, "VM.Config.Options")) {
      new TagRights(call.world(), call.rights(), vmid).check(old, wanted == null ? "" : wanted);
    }
  }

  private void features(@Nullable String wanted, @Nullable String old) {
    if (!isUnprivileged) {
      throw Refusal.permission(
          "changing feature flags for privileged container is only allowed for root@pam");
    }
    var want = LxcFormats.FEATURES.parse(wanted == null ? "" : wanted);
    var have = LxcFormats.FEATURES.parse(old == null ? "" : old);
    if (!want.without("nesting").values().equals(have.without("nesting").values())) {
      throw Refusal.permission(
          "changing feature flags (except nesting) is only allowed for root@pam");
    }
    if (want.on("nesting") != have.on("nesting")) {
      need("VM.Allocate");
    }
  }

  private void mount(MountPoint mount) {
    if (!mount.isVolume()) {
      throw Refusal.permission(
          "mount point type " + mount.type() + " is only allowed for root@pam");
    }
    var wanted = mount.newDisk();
    if (wanted.isPresent()) {
      call.rights().check("/storage/" + wanted.get().storage(), "Datastore.AllocateSpace");
    } else {
      VolumeAccess.check(call.rights(), call.world().storages(), vmid, mount.source());
    }
  }
}
