package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.List;
import java.util.Locale;

/** {@code /nodes/{node}/storage/{storage}/upload}. */
public final class UploadMethods {
  private UploadMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.post("/nodes/{node}/storage/{storage}/upload")
            .name("upload")
            .task()
            .allow(Check.perm("/storage/{storage}", "Datastore.AllocateTemplate"))
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .param("content", Param.of(StorageTypes.TRANSFER))
            .param("filename", Param.of(string().maxLength(255)))
            .param("checksum", Param.optional(string()).requires("checksum-algorithm"))
            .param(
                "checksum-algorithm", Param.optional(StorageTypes.ALGORITHM).requires("checksum"))
            .param("tmpfilename", Param.optional(matching("/var/tmp/pveupload-[0-9a-f]+")))
            .answers(UploadMethods::upload));
  }

  private static Object upload(Call call) {
    var params = call.params();
    var storage = call.world().storages().at(call.node(), params.text("storage"));
    if (!storage.config().isFiles()) {
      throw Refusal.die("can't upload to storage type '" + storage.config().type() + "'");
    }
    var content = params.text("content");
    var filename = StorageTypes.normalized(params.text("filename"));
    StorageTypes.checkName(content, filename);
    if (!storage.config().content().contains(content)) {
      throw Refusal.die(
          "storage '" + storage.id() + "' does not support '" + content + "' content");
    }
    var file = call.upload().orElseThrow(() -> Refusal.die("missing temporary file name"));
    var temporary = "/var/tmp/pveupload-" + call.world().dice().hex(32);
    var arrival = new Arrival(storage, content, filename, file.facts());
    return call.fork("imgcopy", "", task -> store(call, task, arrival, temporary));
  }

  private static void store(Call call, TaskRun task, Arrival arrival, String temporary) {
    task.log("starting file import from: " + temporary);
    checkSum(call.params(), task, arrival.facts());
    arrival.checkImage(temporary);
    var target = arrival.path();
    task.log("target node: " + call.node());
    task.log("target file: " + target);
    task.log("file size is: " + arrival.facts().bytes());
    task.log("command: cp -- " + temporary + " " + target);
    task.work();
    arrival.store(call.world().now());
    task.log("finished file import successfully");
  }

  private static void checkSum(Params params, TaskRun task, FileFacts facts) {
    var algorithm = params.find("checksum-algorithm");
    var expected = params.find("checksum");
    if (algorithm == null || expected == null) {
      return;
    }
    var got = facts.digests().getOrDefault(algorithm, "");
    if (!got.equals(expected.toLowerCase(Locale.ROOT))) {
      task.log("calculating checksum...");
      throw Refusal.die("checksum mismatch: got '" + got + "' != expect '" + expected + "'");
    }
    task.log("calculating checksum...OK, checksum verified");
  }

  /** A file that came to a storage. */
  record Arrival(Storage storage, String content, String filename, FileFacts facts) {
    String volname() {
      return content + "/" + filename;
    }

    String path() {
      return storage.path(volname());
    }

    /** Refuses what a node would not take for the image that its name promises. */
    void checkImage(String path) {
      if (!content.equals("import") || !filename.endsWith(".qcow2")) {
        return;
      }
      if (facts.kind() == FileFacts.Kind.OTHER) {
        throw Refusal.die("qemu-img: Could not open '" + path + "': Image is not in qcow2 format");
      }
      if (facts.kind() == FileFacts.Kind.QCOW2_WITH_BACKING_FILE) {
        throw Refusal.die(path + ": image with backing file is not allowed");
      }
    }

    void store(long now) {
      var format = storage.parse(volname()).format();
      storage.put(Volume.file(volname(), content, format, facts, now));
    }
  }
}
