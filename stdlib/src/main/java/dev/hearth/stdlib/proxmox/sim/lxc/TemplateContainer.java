package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST …/template}: a container becomes a template. A task does the work, but unlike
 * everywhere else nobody is told which.
 */
final class TemplateContainer {
  private TemplateContainer() {}

  static @Nullable Object answer(Call call) {
    var vmid = call.params().integer("vmid");
    check(call, vmid);
    GuestKind.CONTAINER.fork(call, "vztemplate", task -> makeBases(check(call, vmid), task));
    return null;
  }

  private static Container check(Call call, int vmid) {
    var ct = Container.load(call.world(), call.node(), vmid);
    ct.checkLock();
    if (!ct.snapshots().isEmpty()) {
      throw Refusal.die("unable to create template, because CT contains snapshots");
    }
    if (ct.isTemplate()) {
      throw Refusal.die("you can't convert a template to a template");
    }
    if (ct.isRunning()) {
      throw Refusal.die("you can't convert a CT to template if the CT is running");
    }
    return ct;
  }

  private static void makeBases(Container ct, TaskRun task) {
    var disks = new Disks(ct.world(), ct.node(), task::log);
    for (var mount : ct.mountPoints()) {
      mount
          .volume()
          .filter(volume -> !ContainerDisks.can("template", volume, false, disks))
          .ifPresent(
              volume -> {
                throw Refusal.die("Template feature is not available for '" + volume + "'");
              });
    }
    for (var mount : ct.mountPoints()) {
      mount
          .volume()
          .ifPresent(
              volume -> {
                var base = disks.makeBase(volume);
                ct.config().put(mount.key(), mount.on(base, mount.bytes()).text());
                task.work();
              });
    }
    ct.config().put("template", "1");
  }
}
