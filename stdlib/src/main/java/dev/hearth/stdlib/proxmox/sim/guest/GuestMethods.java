package dev.hearth.stdlib.proxmox.sim.guest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.KeyTable;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Handler;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import java.util.Map;

/** Declarations that both kinds of guests have alike. */
public final class GuestMethods {
  /** The path that privileges on a guest are about. */
  public static final String RIGHTS = "/vms/{vmid}";

  private static final ValueType SNAPSHOT = string().format(Formats.CONFIG_ID).maxLength(40);

  private GuestMethods() {}

  /**
   * A method on one guest.
   *
   * @param name Proxmox's own, for the schema
   */
  public static ApiMethod one(String verb, String path, String name) {
    return ApiMethod.of(verb, path)
        .name(name)
        .param("node", Standard.NODE)
        .param("vmid", Standard.VMID);
  }

  /** Lists a node's guests of one kind. */
  public static ApiMethod list(String all) {
    return ApiMethod.get(all).name("vmlist").allow(Check.anyUser()).param("node", Standard.NODE);
  }

  /** Makes a guest, or makes it again from a backup; who may is for it to find out. */
  public static ApiMethod create(String all) {
    return ApiMethod.post(all)
        .name("create_vm")
        .allow(Check.anyUser())
        .task()
        .param("node", Standard.NODE)
        .param("vmid", Standard.VMID);
  }

  /** Tells what whoever audits a guest may know. */
  public static ApiMethod looking(String guest, String path, String name) {
    return one("GET", guest + path, name).allow(Check.perm(RIGHTS, "VM.Audit"));
  }

  /** Tells how a guest is configured. */
  public static ApiMethod config(String guest) {
    return looking(guest, "/config", "vm_config")
        .param("current", Param.optional(bool().orElse("0")))
        .param("snapshot", Param.optional(SNAPSHOT));
  }

  /** Tells whether a guest can be snapshot, cloned or copied. */
  public static ApiMethod feature(String guest) {
    return looking(guest, "/feature", "vm_feature")
        .param("feature", Param.of(oneOf("snapshot", "clone", "copy")))
        .param("snapname", Param.optional(SNAPSHOT));
  }

  /** A task that starts or stops a guest. */
  public static ApiMethod power(String guest, String verb, Handler handler) {
    return one("POST", guest + "/status/" + verb, "vm_" + verb)
        .allow(Check.perm(RIGHTS, "VM.PowerMgmt"))
        .task()
        .answers(
            call ->
                HaResources.power(
                    call,
                    guest.contains("/lxc/") ? "lxc" : "qemu",
                    verb,
                    () -> handler.answer(call)));
  }

  /**
   * Makes another guest like this one.
   *
   * @param name the parameter that names the other one
   * @param more parameters of one kind only
   */
  public static ApiMethod cloning(String guest, String name, Map<String, Param> more) {
    return one("POST", guest + "/clone", "clone_vm")
        .allow(
            Check.and(
                Check.perm(RIGHTS, "VM.Clone"),
                Check.or(
                    Check.perm("/vms/{newid}", "VM.Allocate"),
                    Check.permIf("pool", "/pool/{pool}", "VM.Allocate"))))
        .task()
        .param("newid", Standard.VMID)
        .param(name, Param.optional(formatted(Formats.DNS)))
        .param("description", Param.optional(string()))
        .param("pool", Param.optional(formatted(Formats.POOL_ID)))
        .param("snapname", Param.optional(SNAPSHOT))
        .param("storage", Param.optional(formatted(Formats.STORAGE_ID)))
        .params(more)
        .param("full", Param.optional(bool()))
        .param("target", Param.optional(formatted(Formats.NODE)));
  }

  /** The keys of a guest's configuration as parameters. */
  public static ApiMethod withKeys(ApiMethod method, KeyTable keys) {
    for (var key : keys.all().values()) {
      var param = Param.optional(key.type());
      if (key.count() == 0) {
        method.param(key.name(), param);
      } else {
        method.params(key.name(), key.count(), param);
      }
    }
    return method;
  }
}
