package dev.hearth.stdlib.proxmox.sim.backup;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.BackupFormats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.backup.Retention.Marked;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.List;
import java.util.Objects;

/** {@code /nodes/{node}/storage/{storage}/prunebackups}: backups that rules do not keep go. */
public final class PruneMethods {
  private static final String PATH = "/nodes/{node}/storage/{storage}/prunebackups";

  private PruneMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        method("GET", "dryrun")
            .allow(
                Check.permAny("/storage/{storage}", "Datastore.Audit", "Datastore.AllocateSpace"))
            .answers(call -> marked(call).stream().map(one -> described(call, one)).toList()),
        method("DELETE", "delete").allow(Check.anyUser()).task().answers(PruneMethods::prune));
  }

  private static ApiMethod method(String verb, String name) {
    return ApiMethod.of(verb, PATH)
        .name(name)
        .param("node", Standard.NODE)
        .param("storage", Standard.STORAGE)
        .param("prune-backups", Param.optional(formatted(BackupFormats.KEEP)))
        .param("type", Param.optional(oneOf("qemu", "lxc")))
        .param("vmid", Standard.VMID.asOptional());
  }

  private static List<Marked> marked(Call call) {
    var params = call.params();
    var id = params.text("storage");
    var config = call.world().storages().config(id);
    if (!config.content().contains("backup")) {
      throw Refusal.die("storage '" + id + "' does not support backups");
    }
    var keep =
        params.has("prune-backups")
            ? params.find("prune-backups")
            : config.property("prune-backups");
    if (keep == null) {
      throw Refusal.die("no prune-backups options configured for storage '" + id + "'");
    }
    var vmid = params.has("vmid") ? params.integer("vmid") : null;
    return Retention.parse(keep).mark(storage(call), vmid, params.find("type"));
  }

  private static Storage storage(Call call) {
    return call.world().storages().at(call.node(), call.params().text("storage"));
  }

  private static Item described(Call call, Marked one) {
    return Item.of("volid", call.params().text("storage") + ":" + one.volume().name())
        .with("type", one.type())
        .withKnown("vmid", one.vmid())
        .with("ctime", one.ctime())
        .with("mark", one.mark());
  }

  private static Object prune(Call call) {
    var params = call.params();
    var id = params.text("storage");
    var path = "/storage/" + id;
    if (params.has("vmid")) {
      call.rights().check(path, "Datastore.AllocateSpace");
      call.rights().check("/vms/" + params.text("vmid"), "VM.Backup");
    } else {
      call.rights().check(path, "Datastore.Allocate");
    }
    var taskId = (params.has("vmid") ? params.text("vmid") + "@" : "") + id;
    return call.fork("prunebackups", taskId, task -> remove(call, task));
  }

  private static void remove(Call call, TaskRun task) {
    var storage = storage(call);
    for (var one : marked(call)) {
      if (Objects.equals(one.mark(), "remove")) {
        task.log("removing backup '" + storage.id() + ":" + one.volume().name() + "'");
        storage.free(one.volume().name());
      }
    }
  }
}
