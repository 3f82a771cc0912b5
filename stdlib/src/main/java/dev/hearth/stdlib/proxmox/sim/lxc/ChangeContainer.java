package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.LxcKeys;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code PUT …/config}: sets, deletes and reverts keys, at once where the container allows it. */
final class ChangeContainer {
  private final Call call;
  private final int vmid;
  private final Map<String, String> values;
  private final List<String> deletes;
  private final List<String> reverts;

  private ChangeContainer(Call call) {
    this.call = call;
    this.vmid = call.params().integer("vmid");
    this.values = ContainerSettings.of(call.world(), call.params());
    this.deletes = call.params().list("delete");
    this.reverts = call.params().list("revert");
  }

  static @Nullable Object answer(Call call) {
    var change = new ChangeContainer(call);
    if (change.values.isEmpty() && !call.params().has("delete") && !call.params().has("revert")) {
      throw Refusal.die("no options specified");
    }
    var before = Container.load(call.world(), call.node(), change.vmid);
    change.checkParameters(before);
    Container.locked(
        call.world(),
        change.vmid,
        () -> {
          change.work(Container.load(call.world(), call.node(), change.vmid));
          return "";
        });
    return null;
  }

  private void checkParameters(Container before) {
    var rights = new ContainerRights(call, vmid, null, before.isOn("unprivileged"));
    rights.delete(deletes, before.config());
    rights.delete(reverts, before.config());
    for (var key : reverts) {
      checkOption("revert", key);
      if (values.containsKey(key)) {
        throw Refusal.parameter(
            "revert", "you can't use '-" + key + "' and '-revert " + key + "' at the same time");
      }
    }
    for (var key : deletes) {
      checkOption("delete", key);
      if (values.containsKey(key)) {
        throw Refusal.parameter(
            "delete", "you can't use '-" + key + "' and -delete " + key + "' at the same time");
      }
      if (reverts.contains(key)) {
        throw Refusal.parameter(
            "delete",
            "you can't use '-delete " + key + "' and '-revert " + key + "' at the same time");
      }
    }
    rights.set(values, before.config());
  }

  private void checkOption(String parameter, String key) {
    if (LxcKeys.ofVersion(call.world().major()).find(key).isEmpty()) {
      throw Refusal.parameter(parameter, "unknown option '" + key + "'");
    }
  }

  private void work(Container ct) {
    ct.checkLock();
    ct.checkDigest(call.params().find("digest"));
    for (var key : reverts) {
      ct.pending().remove(key);
      ct.pendingDelete().remove(key);
    }
    deletes.forEach(key -> delete(ct, key));
    values.forEach((key, value) -> set(ct, key, value));
    var changes = new ContainerChanges(ct);
    changes.apply(!ct.isRunning());
    // what is wrong with a network is noticed once it is written
    ContainerChanges.checkBridges(ct);
  }

  private static void delete(Container ct, String key) {
    if (ct.get(key) == null && !ct.pending().containsKey(key)) {
      return; // Proxmox only warns in its own log
    }
    switch (key) {
      case "memory", "rootfs", "ostype" ->
          throw Refusal.die("unable to delete required option '" + key + "'");
      case "unprivileged" -> throw Refusal.die("unable to delete read-only option: '" + key + "'");
      default -> {
        if (MountPoint.isKey(key) || DriveKeys.isUnused(key)) {
          ct.checkProtection("can't remove CT " + ct.vmid() + " drive '" + key + "'");
        }
        ct.pending().remove(key);
        ct.pendingDelete().add(key, false);
      }
    }
  }

  private void set(Container ct, String key, String value) {
    if (key.equals("unprivileged")) {
      throw Refusal.die("unable to modify read-only option: '" + key + "'");
    }
    if (MountPoint.isKey(key)) {
      ct.checkProtection("can't update CT " + vmid + " drive '" + key + "'");
      ContainerSettings.checkContent(call.world(), MountPoint.parse(key, value));
    }
    ct.pending().put(key, ContainerSettings.kept(call.world(), call.node(), key, value));
    ct.pendingDelete().remove(key);
  }
}
