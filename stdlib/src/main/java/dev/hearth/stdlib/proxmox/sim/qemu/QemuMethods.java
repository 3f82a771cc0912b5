package dev.hearth.stdlib.proxmox.sim.qemu;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.DriveKeys;
import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.QemuKeys;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Handler;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.guest.GuestMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Declares every simulated method below {@code /nodes/NODE/qemu}, for one version of Proxmox. */
public final class QemuMethods {
  private static final String ALL = "/nodes/{node}/qemu";
  private static final String ONE = ALL + "/{vmid}";
  private static final String VM = GuestMethods.RIGHTS;
  private static final String[] CONFIG_RIGHTS = {
    "VM.Config.Disk",
    "VM.Config.CDROM",
    "VM.Config.CPU",
    "VM.Config.Memory",
    "VM.Config.Network",
    "VM.Config.HWType",
    "VM.Config.Options",
    "VM.Config.Cloudinit"
  };
  private static final ValueType STORAGE = formatted(Formats.STORAGE_ID);
  private static final Param FLAG = Param.optional(bool());
  private static final Param LIMIT = Param.optional(integer().min(0));
  private static final Param SIZE = Param.of(matching("\\+?\\d+(\\.\\d+)?[KMGT]?"));

  private final int major;

  private QemuMethods(int major) {
    this.major = major;
  }

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var methods = new QemuMethods(major);
    var all = new ArrayList<ApiMethod>();
    all.addAll(methods.life());
    all.addAll(methods.configuration());
    all.addAll(methods.disks());
    all.addAll(methods.power());
    all.addAll(VmSnapshots.methods(ONE));
    all.addAll(AgentMethods.of(major));
    all.addAll(MonitorMethods.of(major));
    return all;
  }

  /** A method on one VM. */
  static ApiMethod one(String verb, String path, String name) {
    return GuestMethods.one(verb, ONE + path, name);
  }

  private static ApiMethod looking(String path, String name) {
    return GuestMethods.looking(ONE, path, name);
  }

  private List<ApiMethod> life() {
    var list = GuestMethods.list(ALL).param("full", FLAG).answers(QemuReads::list);
    var create =
        withConfig(GuestMethods.create(ALL))
            .param("archive", Param.optional(string().maxLength(255)))
            .param("bwlimit", LIMIT)
            .param("force", FLAG.requires("archive"))
            .param("import-working-storage", Param.optional(STORAGE))
            .param("live-restore", FLAG)
            .param("pool", Param.optional(formatted(Formats.POOL_ID)))
            .param("start", Param.optional(bool().orElse("0")))
            .param("storage", Param.optional(STORAGE))
            .param("unique", FLAG.requires("archive"));
    if (major >= 9) {
      create.param("ha-managed", Param.optional(bool().orElse("0")));
    }
    var destroy =
        one("DELETE", "", "destroy_vm")
            .allow(Check.perm(VM, "VM.Allocate"))
            .task()
            .param("skiplock", FLAG)
            .param("purge", FLAG)
            .param("destroy-unreferenced-disks", Param.optional(bool().orElse("0")))
            .answers(DestroyVm::answer);
    return List.of(
        list,
        one("GET", "", "vmdiridx").allow(Check.anyUser()).answers(QemuReads::index),
        create.answers(CreateVm::answer),
        destroy,
        cloning(),
        templating());
  }

  private static ApiMethod cloning() {
    var format = Map.of("format", Param.optional(oneOf("raw", "qcow2", "vmdk")));
    return GuestMethods.cloning(ONE, "name", format)
        .param("bwlimit", LIMIT)
        .answers(CloneVm::answer);
  }

  private static ApiMethod templating() {
    return one("POST", "/template", "template")
        .allow(Check.perm(VM, "VM.Allocate"))
        .task()
        .param("disk", Param.optional(oneOf(DriveKeys.ALL)))
        .answers(TemplateVm::answer);
  }

  private ApiMethod withConfig(ApiMethod method) {
    return GuestMethods.withKeys(method, QemuKeys.ofVersion(major));
  }

  private List<ApiMethod> configuration() {
    var config = GuestMethods.config(ONE).answers(QemuReads::config);
    var pending = looking("/pending", "vm_pending").answers(QemuReads::pending);
    var cloudInit = looking("/cloudinit", "cloudinit_pending").answers(QemuReads::cloudInit);
    var dump =
        looking("/cloudinit/dump", "cloudinit_generated_config_dump")
            .param("type", Param.of(oneOf("user", "network", "meta")))
            .answers(QemuReads::cloudInitDump);
    var regenerate =
        one("PUT", "/cloudinit", "cloudinit_update")
            .allow(Check.perm(VM, "VM.Config.Cloudinit"))
            .answers(QemuReads::regenerateCloudInit);
    return List.of(
        config,
        pending,
        change("PUT", "update_vm", ConfigChange::now),
        change("POST", "update_vm_async", ConfigChange::later)
            .task()
            .param("background_delay", Param.optional(integer().min(1).max(30)))
            .param("import-working-storage", Param.optional(STORAGE)),
        cloudInit,
        dump,
        regenerate);
  }

  private ApiMethod change(String verb, String name, Handler handler) {
    return withConfig(one(verb, "/config", name).allow(Check.permAny(VM, CONFIG_RIGHTS)))
        .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
        .param("revert", Param.optional(formatted(Formats.CONFIG_ID.list())))
        .param("force", FLAG.requires("delete"))
        .param("digest", Param.optional(string().maxLength(40)))
        .param("skiplock", FLAG)
        .answers(handler);
  }

  private List<ApiMethod> disks() {
    var movable = new ArrayList<>(DriveKeys.ALL);
    for (var index = 0; index < 256; index++) {
      movable.add("unused" + index);
    }
    var resize =
        one("PUT", "/resize", "resize_vm")
            .allow(Check.perm(VM, "VM.Config.Disk"))
            .param("skiplock", FLAG)
            .param("disk", Param.of(oneOf(DriveKeys.ALL)))
            .param("size", SIZE)
            .param("digest", Param.optional(string().maxLength(40)))
            .answers(ResizeDisk::answer);
    var move =
        one("POST", "/move_disk", "move_vm_disk")
            .allow(Check.perm(VM, "VM.Config.Disk"))
            .task()
            .param("disk", Param.of(oneOf(movable)))
            .param("storage", Param.optional(STORAGE))
            .param("format", Param.optional(oneOf("raw", "qcow2", "vmdk")))
            .param("delete", Param.optional(bool().orElse("0")))
            .param("digest", Param.optional(string().maxLength(40)))
            .param("bwlimit", LIMIT)
            .param("target-vmid", Standard.VMID.asOptional())
            .param("target-disk", Param.optional(oneOf(movable)))
            .param("target-digest", Param.optional(string().maxLength(40)))
            .answers(MoveDisk::answer);
    var unlink =
        one("PUT", "/unlink", "unlink")
            .allow(Check.perm(VM, "VM.Config.Disk"))
            .param("idlist", Param.of(formatted(Formats.CONFIG_ID.list())))
            .param("force", FLAG)
            .answers(ConfigChange::unlink);
    var feature = GuestMethods.feature(ONE).answers(QemuReads::feature);
    return List.of(resize, move, unlink, feature);
  }

  private Param machine() {
    return Param.optional(QemuKeys.ofVersion(major).find("machine").orElseThrow().type());
  }

  private List<ApiMethod> power() {
    var current = looking("/status/current", "vm_status").answers(QemuReads::status);
    var timeout = Param.optional(integer().min(0));
    var start =
        verb("start", PowerVm::start)
            .param("skiplock", FLAG)
            .param("timeout", timeout)
            .param("machine", machine())
            .param("force-cpu", Param.optional(string()));
    var stop =
        verb("stop", PowerVm::stop)
            .param("skiplock", FLAG)
            .param("timeout", timeout)
            .param("keepActive", Param.optional(bool().orElse("0")));
    var shutdown =
        verb("shutdown", PowerVm::shutdown)
            .param("skiplock", FLAG)
            .param("timeout", timeout)
            .param("forceStop", Param.optional(bool().orElse("0")))
            .param("keepActive", Param.optional(bool().orElse("0")));
    if (major >= 8) {
      stop.param("overrule-shutdown", Param.optional(bool().orElse("0")));
    }
    var suspend =
        verb("suspend", PowerVm::suspend)
            .param("skiplock", FLAG)
            .param("todisk", Param.optional(bool().orElse("0")))
            .param("statestorage", Param.optional(STORAGE).requires("todisk"));
    return List.of(
        one("GET", "/status", "vmcmdidx").allow(Check.anyUser()).answers(QemuReads::powerIndex),
        current,
        start,
        stop,
        shutdown,
        suspend,
        verb("reboot", PowerVm::reboot).param("timeout", timeout),
        verb("reset", PowerVm::reset).param("skiplock", FLAG),
        verb("resume", PowerVm::resume).param("skiplock", FLAG).param("nocheck", FLAG));
  }

  private static ApiMethod verb(String verb, Handler handler) {
    return GuestMethods.power(ONE, verb, handler);
  }
}
