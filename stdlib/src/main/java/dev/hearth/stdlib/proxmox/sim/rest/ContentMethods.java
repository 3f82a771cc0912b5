package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.BackupName;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.Storages;
import dev.hearth.stdlib.proxmox.sim.storage.Storages.VolumeId;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.storage.VolumeAccess;
import dev.hearth.stdlib.proxmox.sim.task.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /nodes/{node}/storage/{storage}/content}. */
public final class ContentMethods {
  private static final String LIST = "/nodes/{node}/storage/{storage}/content";
  private static final String ONE = LIST + "/{volume...}";

  /** How many backups of a guest most users may protect. */
  private static final int MOST_PROTECTED = 5;

  private static final Pattern FORMAT = Pattern.compile(".*\\.(raw|qcow2|vmdk)");

  private ContentMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get(LIST)
            .name("index")
            .allow(StorageMethods.VISIBLE)
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .param("content", Param.optional(formatted(StorageTypes.CONTENT)))
            .param("vmid", Standard.VMID.asOptional())
            .answers(ContentMethods::list),
        ApiMethod.post(LIST)
            .name("create")
            .allow(Check.perm("/storage/{storage}", "Datastore.AllocateSpace"))
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .param("filename", Param.of(string()))
            .param("vmid", Standard.VMID)
            .param("size", Param.of(matching("\\d+[MG]?")))
            .param(
                "format", Param.optional(oneOf("raw", "qcow2", "subvol", "vmdk")).requires("size"))
            .answers(ContentMethods::allocate),
        one("GET", "info").answers(ContentMethods::info),
        one("PUT", "updateattributes")
            .param("notes", Param.optional(string()))
            .param("protected", Param.optional(bool()))
            .answers(ContentMethods::annotate),
        ApiMethod.get("/nodes/{node}/storage/{storage}/import-metadata")
            .name("get_import_metadata")
            .allow(Check.anyUser())
            .param("node", Standard.NODE)
            .param("storage", Standard.STORAGE)
            .param("volume", Param.of(string()))
            .answers(ContentMethods::importMetadata),
        one("DELETE", "delete")
            .task()
            .param("delay", Param.optional(integer().min(1).max(30)))
            .answers(ContentMethods::delete));
  }

  private static ApiMethod one(String verb, String name) {
    return ApiMethod.of(verb, ONE)
        .name(name)
        .allow(Check.anyUser())
        .param("node", Standard.NODE)
        .param("storage", Standard.STORAGE.asOptional())
        .param("volume", Param.of(string()));
  }

  private static Object list(Call call) {
    var storage = call.world().storages().at(call.node(), call.params().text("storage"));
    var content = call.params().find("content");
    var vmid = call.params().find("vmid");
    var entries = new ArrayList<Item>();
    for (var volume : storage.volumes()) {
      boolean isOther = vmid != null && !isFor(Integer.parseInt(vmid), volume);
      if (!isOther
          && (content == null || content.equals(contentOf(call, volume)))
          && mayUse(call, storage.id() + ":" + volume.name())) {
        entries.add(listed(storage, volume).with("content", contentOf(call, volume)));
      }
    }
    return entries;
  }

  /**
   * Whether a list of what is there for a guest has a volume: it has what could be anybody's, too.
   */
  private static boolean isFor(int vmid, Volume volume) {
    var owner = volume.vmid();
    return owner == null ? !List.of("iso", "vztmpl").contains(volume.content()) : owner == vmid;
  }

  /** A guest's disk is what its guest makes of it. */
  private static String contentOf(Call call, Volume volume) {
    var owner = volume.vmid();
    var guest = owner == null ? null : call.world().guests().get(owner);
    return guest != null && guest.isContainer() && volume.content().equals("images")
        ? "rootdir"
        : volume.content();
  }

  private static boolean mayUse(Call call, String volid) {
    try {
      VolumeAccess.check(call.rights(), call.world().storages(), null, volid);
      return true;
    } catch (Refusal e) {
      return false; // what one may not use is not listed
    }
  }

  private static Item listed(Storage storage, Volume volume) {
    boolean isDisk = volume.vmid() != null && !volume.content().equals("backup");
    boolean isFiles = storage.config().isFiles();
    var entry =
        Item.of("volid", storage.id() + ":" + volume.name())
            .with("content", volume.content())
            .with("format", listedFormat(volume))
            .with("size", isDisk ? volume.virtualBytes() : volume.fileBytes())
            .with("ctime", isFiles ? (Object) volume.ctime() : String.valueOf(volume.ctime()))
            .withKnown("vmid", volume.vmid())
            .withKnown("notes", volume.notes());
    if (isDisk && isFiles) {
      var parent = volume.parent();
      entry
          .with("used", volume.usedBytes())
          .with("parent", parent == null ? null : parentPath(storage, parent));
    }
    if (volume.content().equals("backup")) {
      var name = BackupName.of(volume.name());
      entry.with("subtype", name.map(BackupName::type).orElse("unknown"));
      name.map(BackupName::ctime).ifPresent(time -> entry.with("ctime", time));
      var notes = volume.notes();
      entry.withKnown("notes", notes == null ? null : notes.lines().findFirst().orElse(""));
    }
    if (volume.isProtected()) {
      entry.with("protected", 1);
    }
    return entry;
  }

  /** A linked clone names its base as QEMU does: relative to its own folder. */
  private static String parentPath(Storage storage, String parent) {
    var name = storage.parse(parent);
    return "../" + name.vmid() + "/" + name.file();
  }

  private static String listedFormat(Volume volume) {
    var name = volume.name();
    return switch (volume.content()) {
      case "iso" -> "iso";
      case "snippets" -> "snippet";
      case "vztmpl" -> "t" + name.substring(name.lastIndexOf('.') + 1);
      case "backup" -> name.replaceFirst(".*?\\.", "");
      default -> volume.format();
    };
  }

  private static Object allocate(Call call) {
    var params = call.params();
    var filename = params.text("filename");
    var match = FORMAT.matcher(filename);
    var named = match.matches() ? match.group(1) : null;
    var asked = params.find("format");
    if (named != null && asked != null && !named.equals(asked)) {
      throw Refusal.parameter(
          "format", "different storage formats (" + asked + " != " + named + ")");
    }
    var storage = call.world().storages().at(call.node(), params.text("storage"));
    var format = named != null ? named : asked != null ? asked : "raw";
    var volname =
        storage.allocate(
            params.integer("vmid"),
            format,
            filename,
            bytes(params.text("size")),
            call.world().now());
    return storage.id() + ":" + volname;
  }

  /** A size as this method has it: kibibytes unless it says otherwise. */
  private static long bytes(String size) {
    char unit = size.charAt(size.length() - 1);
    var digits = Character.isDigit(unit) ? size : size.substring(0, size.length() - 1);
    int shift = unit == 'G' ? 30 : unit == 'M' ? 20 : 10;
    return Long.parseLong(digits) << shift;
  }

  private static VolumeId idOf(Params params) {
    var volume = params.text("volume");
    var storage = params.find("storage");
    if (!volume.contains(":")) {
      if (storage == null) {
        throw Refusal.parameter("volume", "no storage specified - incomplete volume ID");
      }
      return new VolumeId(storage, volume);
    }
    VolumeId id;
    try {
      id = Storages.split(volume);
    } catch (Refusal e) {
      throw Refusal.parameter("volume", e.message());
    }
    if (storage != null && !storage.equals(id.storage())) {
      throw Refusal.parameter(
          "volume", "storage ID mismatch (" + id.storage() + " != " + storage + ")\n");
    }
    return id;
  }

  private static Object info(Call call) {
    var id = idOf(call.params());
    VolumeAccess.check(call.rights(), call.world().storages(), null, id.toString());
    var storage = call.world().storages().at(call.node(), id.storage());
    var path = storage.path(id.volname());
    var volume =
        storage
            .find(id.volname())
            .orElseThrow(() -> Refusal.die("volume_size_info on '" + id + "' failed - no format"));
    var entry =
        Item.of("path", path)
            .with("size", volume.virtualBytes())
            .with("used", volume.usedBytes())
            .with("format", volume.format())
            .withKnown("notes", volume.notes());
    if (volume.isProtected()) {
      entry.with("protected", 1);
    }
    return entry;
  }

  /** Only appliances have such metadata, and those cannot be looked into here. */
  private static Object importMetadata(Call call) {
    var id = new VolumeId(call.params().text("storage"), call.params().text("volume"));
    var name = call.world().storages().parse(id);
    VolumeAccess.check(call.rights(), call.world().storages(), null, id.toString());
    if (!name.content().equals("import")) {
      throw Refusal.die("invalid content type '" + name.content() + "'");
    }
    if (!name.format().equals("ova") && !name.format().equals("ovf")) {
      throw Refusal.die("invalid format");
    }
    throw Refusal.of(501, "Reading the metadata of an appliance is not simulated");
  }

  private static @Nullable Object annotate(Call call) {
    var id = idOf(call.params());
    VolumeAccess.check(call.rights(), call.world().storages(), null, id.toString());
    var storage = call.world().storages().at(call.node(), id.storage());
    var volume = storage.get(id.volname());
    if (!volume.content().equals("backup")) {
      var attribute = call.params().has("notes") ? "notes" : "protected";
      throw Refusal.die(
          "attribute '"
              + attribute
              + "' is not supported for volume type '"
              + volume.content()
              + "'");
    }
    if (call.params().flag("protected") && !volume.isProtected()) {
      checkProtectedLimit(call, storage, volume);
    }
    storage.put(
        volume.noted(
            call.params().has("notes") ? call.params().find("notes") : volume.notes(),
            call.params().flag("protected", volume.isProtected())));
    return null;
  }

  /** Who may not allocate storages may keep only so many backups of a guest from being removed. */
  private static void checkProtectedLimit(Call call, Storage storage, Volume volume) {
    var said = storage.config().property("max-protected-backups");
    boolean isFree = call.rights().has("/storage/" + storage.id(), "Datastore.Allocate");
    int most = said != null ? Integer.parseInt(said) : isFree ? -1 : MOST_PROTECTED;
    long there =
        storage.volumes().stream()
            .filter(other -> other.content().equals("backup") && other.isProtected())
            .filter(other -> Objects.equals(other.vmid(), volume.vmid()))
            .count();
    if (most >= 0 && there >= most) {
      throw Refusal.die(
          "The number of protected backups per guest is limited to "
              + most
              + " on storage '"
              + storage.id()
              + "'");
    }
  }

  private static Object delete(Call call) {
    var id = idOf(call.params());
    var name = call.world().storages().parse(id);
    var owner = name.vmid();
    var path = "/storage/" + id.storage();
    if (name.content().equals("backup")) {
      call.rights().check(path, "Datastore.AllocateSpace");
      if (!call.rights().has(path, "Datastore.Allocate")) {
        call.rights().check("/vms/" + owner, "VM.Backup");
      }
    } else {
      call.rights().check(path, "Datastore.Allocate");
    }
    var taskId = (owner == null ? "" : owner + "@") + id.storage();
    return call.fork("imgdel", taskId, task -> remove(call, id, task));
  }

  private static void remove(Call call, VolumeId id, TaskRun task) {
    var storage = call.world().storages().at(call.node(), id.storage());
    var volume = storage.find(id.volname());
    if (volume.isPresent() && volume.get().isProtected()) {
      throw Refusal.die(
          "cannot remove protected volume '" + id.volname() + "' on '" + id.storage() + "'");
    }
    if (!storage.free(id.volname())) {
      task.log("disk image '" + storage.path(id.volname()) + "' does not exist");
    } else if (!storage.config().isFiles()) {
      task.log("  Logical volume \"" + id.volname() + "\" successfully removed.");
    }
    task.log("Removed volume '" + id + "'");
  }
}
