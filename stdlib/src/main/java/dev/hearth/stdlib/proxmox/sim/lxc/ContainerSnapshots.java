package dev.hearth.stdlib.proxmox.sim.lxc;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.guest.ConfigAnswer;
import dev.hearth.stdlib.proxmox.sim.guest.Disks;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.SnapshotMethods;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.List;
import java.util.Map;

/** Snapshots of a container: of all that it mounts. */
final class ContainerSnapshots extends SnapshotMethods<Container> {
  private ContainerSnapshots() {
    super(GuestKind.CONTAINER, "vz");
  }

  static List<ApiMethod> methods(String ct) {
    return new ContainerSnapshots().declared(ct, "list", Map.of());
  }

  @Override
  protected Container guest(Call call) {
    return ContainerReads.ct(call);
  }

  @Override
  protected List<Held> held(Map<String, String> config) {
    return MountPoint.all(config).stream()
        .flatMap(
            mount -> mount.volume().map(id -> new Held(mount.key(), id, mount.bytes())).stream())
        .toList();
  }

  @Override
  protected boolean canTake(Container ct, Disks disks) {
    return ContainerReads.canAll("snapshot", ct.config(), false, disks);
  }

  @Override
  protected void halt(Container ct) {
    PowerContainer.halt(ct);
  }

  @Override
  protected void start(Call call, Container ct, TaskRun task) {
    PowerContainer.start(ct, task);
  }

  @Override
  protected void restored(Container ct, Map<String, String> before) {
    var mounted = ct.mountPoints().stream().map(MountPoint::source).toList();
    held(before).stream()
        .map(held -> held.volume().toString())
        .filter(volid -> !mounted.contains(volid))
        .forEach(ct::addUnused);
  }

  @Override
  protected ConfigAnswer answer(Call call) {
    return ContainerReads.answer(call);
  }
}
