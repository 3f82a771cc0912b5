package dev.hearth.stdlib.proxmox.sim.disk;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.List;
import java.util.function.Consumer;

/** What the methods that make something on disks have in common. */
final class OnDisks {
  static final Check AUDIT = Check.perm("/", "Sys.Audit");
  static final Check MODIFY = Check.perm("/", "Sys.Modify");
  static final Param NAME = Param.of(ValueType.formatted(Formats.STORAGE_ID));
  private static final String LOCK = "/run/lock/pve-diskmanage.lck";

  private OnDisks() {}

  static ApiMethod method(String verb, String path, String name, Check check) {
    return ApiMethod.of(verb, "/nodes/{node}/disks" + path)
        .name(name)
        .allow(check)
        .param("node", Standard.NODE);
  }

  static ApiMethod create(String path) {
    return method("POST", path, "create", MODIFY)
        .param("name", NAME)
        .param(DiskStorage.ADD, flag())
        .task();
  }

  static ApiMethod delete(String path) {
    return method("DELETE", path + "/{name}", "delete", MODIFY)
        .param("name", NAME)
        .param(DiskStorage.CLEAN, flag())
        .param("cleanup-disks", flag())
        .task();
  }

  private static Param flag() {
    return Param.optional(bool().orElse("0"));
  }

  static NodeDisks of(Call call) {
    return new NodeDisks(call.world(), call.node());
  }

  /** A task beside which nothing else is done to the node's disks. */
  static String fork(Call call, String type, String id, Consumer<TaskRun> body) {
    var file = call.node() + ":" + LOCK;
    return call.fork(
        type,
        id,
        task ->
            call.world()
                .locks()
                .hold(
                    file,
                    () -> {
                      body.accept(task);
                      return id;
                    }));
  }

  static String name(Call call) {
    return call.params().text("name");
  }

  /** Wipes disks once what was on them is gone, if the call wants that. */
  static void clean(Call call, TaskRun task, List<String> disks) {
    for (var disk : disks) {
      var path = "/dev/" + disk;
      var parts = of(call).partitions(disk).stream().map(NodeDisks.Device::path).toList();
      if (!parts.isEmpty()) {
        task.log("found child partitions to wipe: " + String.join(", ", parts));
      }
      task.log("wiping block device " + path);
      of(call).wipe(disk);
      task.work();
    }
  }
}
