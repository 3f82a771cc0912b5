package dev.hearth.stdlib.proxmox.sim.migrate;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.guest.GuestKind;
import dev.hearth.stdlib.proxmox.sim.guest.GuestMethods;
import dev.hearth.stdlib.proxmox.sim.ha.HaResources;
import java.util.List;
import java.util.Optional;

/** {@code …/remote_migrate}: to another cluster, of which none can be reached. */
final class RemoteMigration {
  private static final PropertyFormat REMOTE =
      PropertyFormat.named("proxmox-remote")
          .required("apitoken", string())
          .required("host", string())
          .optional("fingerprint", Standard.FINGERPRINT)
          .optional("port", integer());
  private static final ValueFormat BRIDGE =
      ValueFormat.of(
          "bridge-pair",
          value ->
              value.matches("1|[-_.\\w]+(:[-_.\\w]+)?")
                  ? Optional.empty()
                  : Optional.of("bridge ID '" + value + "' is invalid\n"));

  private RemoteMigration() {}

  static List<ApiMethod> methods() {
    return List.of(
        one("qemu").param("bwlimit", Param.optional(integer().min(0))).answers(RemoteMigration::vm),
        one("lxc")
            .param("bwlimit", Param.optional(number().min(0)))
            .param("restart", Param.optional(bool()))
            .param("timeout", Param.optional(integer().orElse("180")))
            .answers(RemoteMigration::container));
  }

  private static ApiMethod one(String type) {
    return GuestMethods.one(
            "POST", "/nodes/{node}/" + type + "/{vmid}/remote_migrate", "remote_migrate_vm")
        .allow(MigrateMethods.MIGRATE)
        .task()
        .param("delete", Param.optional(bool().orElse("0")))
        .param("online", Param.optional(bool()))
        .param("target-bridge", Param.of(formatted(BRIDGE.list())))
        .param("target-endpoint", Param.of(formatted(REMOTE)))
        .param("target-storage", Param.of(MigrateMethods.STORAGE_PAIRS))
        .param("target-vmid", Standard.VMID.asOptional());
  }

  private static boolean checked(Call call, GuestKind kind) {
    if (!call.world().hasQuorum()) {
      throw Refusal.die("cluster not ready - no quorum?");
    }
    var guest = kind.load(call.world(), call.node(), call.params().integer("vmid"));
    MigrateMethods.checkLock(guest);
    boolean runs = guest.isRunning();
    if (kind == GuestKind.CONTAINER
        && runs
        && !call.params().flag("online")
        && !call.params().flag("restart")) {
      throw Refusal.die("can't migrate running container without --online or --restart");
    }
    if (HaResources.isManaged(call.world(), guest)) {
      throw Refusal.parameter(
          "vmid", "cannot migrate HA-managed " + runsAs(kind) + " to remote cluster");
    }
    return runs;
  }

  private static String runsAs(GuestKind kind) {
    return kind == GuestKind.CONTAINER ? "CT" : "VM";
  }

  private static Object vm(Call call) {
    boolean runs = checked(call, GuestKind.VM);
    var remote = REMOTE.parse(call.params().text("target-endpoint"));
    if (remote.get("fingerprint").isEmpty()) {
      throw unreachable(call); // the certificate is asked for first
    }
    if (runs && !call.params().flag("online")) {
      throw Refusal.die("can't migrate running VM without --online");
    }
    throw unmapped(call);
  }

  private static Object container(Call call) {
    checked(call, GuestKind.CONTAINER);
    var remote = REMOTE.parse(call.params().text("target-endpoint"));
    throw remote.get("fingerprint").isEmpty() ? unreachable(call) : unmapped(call);
  }

  private static Refusal unmapped(Call call) {
    return call.params().text("target-storage").equals("1")
        ? Refusal.die("remote migration requires explicit storage mapping!")
        : unreachable(call);
  }

  private static Refusal unreachable(Call call) {
    var remote = REMOTE.parse(call.params().text("target-endpoint"));
    return Refusal.die(
        "Can't connect to "
            + remote.get("host").orElse("")
            + ":"
            + remote.get("port").orElse("8006")
            + " (No route to host)");
  }
}
