package dev.hearth.stdlib.proxmox.sim.lxc;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.LxcKeys;
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

/** Declares every simulated method below {@code /nodes/NODE/lxc}, for one version of Proxmox. */
public final class LxcMethods {
  private static final String ALL = "/nodes/{node}/lxc";
  private static final String ONE = ALL + "/{vmid}";
  private static final String CT = GuestMethods.RIGHTS;
  private static final String[] CONFIG_RIGHTS = {
    "VM.Config.Disk", "VM.Config.CPU", "VM.Config.Memory", "VM.Config.Network", "VM.Config.Options"
  };
  private static final ValueType STORAGE = formatted(Formats.STORAGE_ID);
  private static final Param FLAG = Param.optional(bool());
  private static final Param NO = Param.optional(bool().orElse("0"));
  private static final Param LIMIT = Param.optional(number().min(0));
  private static final Param DIGEST = Param.optional(string().maxLength(40));

  private final int major;

  private LxcMethods(int major) {
    this.major = major;
  }

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var methods = new LxcMethods(major);
    var all = new ArrayList<ApiMethod>();
    all.addAll(methods.life());
    all.addAll(methods.configuration());
    all.addAll(methods.power());
    all.addAll(ContainerSnapshots.methods(ONE));
    return all;
  }

  private static ApiMethod one(String verb, String path, String name) {
    return GuestMethods.one(verb, ONE + path, name);
  }

  private List<ApiMethod> life() {
    var list = GuestMethods.list(ALL).answers(ContainerReads::list);
    var index = one("GET", "", "vmdiridx").allow(Check.anyUser()).answers(ContainerReads::index);
    var create = withKeys(GuestMethods.create(ALL));
    create
        .param("ostemplate", Param.of(string().maxLength(255)))
        .param("password", Param.optional(string().minLength(5)))
        .param("ssh-public-keys", Param.optional(string()))
        .param("storage", Param.optional(STORAGE.orElse("local")))
        .param("bwlimit", LIMIT)
        .param("force", FLAG)
        .param("ignore-unpack-errors", FLAG)
        .param("pool", Param.optional(formatted(Formats.POOL_ID)))
        .param("restore", FLAG)
        .param("start", NO)
        .param("unique", FLAG.requires("restore"));
    if (major >= 9) {
      create.param("ha-managed", NO);
    }
    var destroy =
        one("DELETE", "", "destroy_vm")
            .allow(Check.perm(CT, "VM.Allocate"))
            .task()
            .param("force", NO)
            .param("purge", NO)
            .param("destroy-unreferenced-disks", FLAG)
            .answers(DestroyContainer::answer);
    var template =
        one("POST", "/template", "template")
            .allow(Check.perm(CT, "VM.Allocate"))
            .answers(TemplateContainer::answer);
    return List.of(
        list, index, create.answers(CreateContainer::answer), destroy, cloning(), template);
  }

  private static ApiMethod cloning() {
    return GuestMethods.cloning(ONE, "hostname", Map.of())
        .param("bwlimit", LIMIT)
        .answers(CloneContainer::answer);
  }

  private ApiMethod withKeys(ApiMethod method) {
    return GuestMethods.withKeys(method, LxcKeys.ofVersion(major));
  }

  private List<ApiMethod> configuration() {
    var config = GuestMethods.config(ONE).answers(ContainerReads::config);
    var change =
        withKeys(one("PUT", "/config", "update_vm").allow(Check.permAny(CT, CONFIG_RIGHTS)))
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .param("revert", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .param("digest", DIGEST)
            .answers(ChangeContainer::answer);
    var resize =
        one("PUT", "/resize", "resize_vm")
            .allow(Check.permAny(CT, "VM.Config.Disk"))
            .task()
            .param("disk", Param.of(oneOf(MountPoint.KEYS)))
            .param("size", Param.of(matching("\\+?\\d+(\\.\\d+)?[KMGT]?")))
            .param("digest", DIGEST)
            .answers(ResizeMount::answer);
    var feature = GuestMethods.feature(ONE).answers(ContainerReads::feature);
    return List.of(
        config,
        change,
        resize,
        moving(),
        feature,
        looking("/pending", "vm_pending", ContainerReads::pending),
        looking("/interfaces", "ip", ContainerReads::interfaces),
        one("GET", "/status", "vmcmdidx")
            .allow(Check.anyUser())
            .answers(ContainerReads::powerIndex),
        looking("/status/current", "vm_status", ContainerReads::status));
  }

  private static ApiMethod moving() {
    var movable = new ArrayList<>(MountPoint.KEYS);
    for (int index = 0; index < LxcKeys.MOUNT_POINTS; index++) {
      movable.add("unused" + index);
    }
    return one("POST", "/move_volume", "move_volume")
        .allow(Check.perm(CT, "VM.Config.Disk"))
        .task()
        .param("volume", Param.of(oneOf(movable)))
        .param("storage", Param.optional(STORAGE))
        .param("delete", NO)
        .param("digest", DIGEST)
        .param("bwlimit", LIMIT)
        .param("target-vmid", Standard.VMID.asOptional())
        .param("target-volume", Param.optional(oneOf(movable)))
        .param("target-digest", DIGEST)
        .answers(MoveVolume::answer);
  }

  private static ApiMethod looking(String path, String name, Handler handler) {
    return GuestMethods.looking(ONE, path, name).answers(handler);
  }

  private List<ApiMethod> power() {
    var stop = verb("stop", PowerContainer::stop).param("skiplock", FLAG);
    if (major >= 8) {
      stop.param("overrule-shutdown", NO);
    }
    return List.of(
        verb("start", PowerContainer::start).param("skiplock", FLAG).param("debug", NO),
        stop,
        verb("shutdown", PowerContainer::shutdown)
            .param("timeout", Param.optional(integer().min(0).orElse("60")))
            .param("forceStop", NO),
        verb("reboot", PowerContainer::reboot).param("timeout", Param.optional(integer().min(0))),
        verb("suspend", PowerContainer::suspend),
        verb("resume", PowerContainer::resume));
  }

  private static ApiMethod verb(String verb, Handler handler) {
    return GuestMethods.power(ONE, verb, handler);
  }
}
