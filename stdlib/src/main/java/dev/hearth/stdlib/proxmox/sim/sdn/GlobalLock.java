package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who holds the lock of the networks' configuration changes it alone, until all is applied. */
final class GlobalLock {
  private static final String TOKEN = "lock-token";
  private static final Check ALLOCATE = Check.perm("/sdn", "SDN.Allocate");
  private static final Param TOKEN_PARAM = Param.optional(string());
  private static final Map<String, String> CHANGES =
      Map.of("POST", "create", "PUT", "update", "DELETE", "delete");

  private GlobalLock() {}

  /** The methods about the lock itself. */
  static List<ApiMethod> all() {
    return List.of(
        ApiMethod.post("/cluster/sdn/lock")
            .name("lock")
            .allow(ALLOCATE)
            .param("allow-pending", Param.optional(bool().orElse("0")))
            .answers(GlobalLock::take),
        ApiMethod.delete("/cluster/sdn/lock")
            .name("release_lock")
            .allow(ALLOCATE)
            .param(TOKEN, TOKEN_PARAM)
            .param("force", Param.optional(bool().orElse("0")))
            .answers(GlobalLock::release),
        ApiMethod.post("/cluster/sdn/rollback")
            .name("rollback")
            .allow(ALLOCATE)
            .param(TOKEN, TOKEN_PARAM)
            .param("release-lock", Param.optional(bool().orElse("1")))
            .answers(GlobalLock::rollBack));
  }

  /** Lets methods that change objects of a kind ask for the lock. */
  static void guard(String object, List<ApiMethod> methods) {
    for (var method : methods) {
      var doing = CHANGES.get(method.verb());
      // Proxmox lets fabrics and their nodes go without asking for it
      boolean isFree = object.equals("fabric") && method.verb().equals("DELETE");
      if (doing != null && !isFree) {
        var saying = doing + " sdn " + object + " object failed: ";
        method.param(TOKEN, TOKEN_PARAM).precededBy(call -> check(call, saying));
      }
    }
  }

  private static Map<String, String> kept(World world) {
    return world.sections("sdn/lock").edit("global");
  }

  /** Refuses who does not hold the lock, if anybody does. */
  static void check(Call call, String saying) {
    var token = kept(call.world()).get("token");
    if (token != null && !token.equals(call.params().find(TOKEN))) {
      throw Refusal.die(saying + "invalid lock token provided!");
    }
  }

  private static List<SdnObjects> objects() {
    return List.of(
        ZoneMethods.ZONES,
        VnetMethods.VNETS,
        SubnetMethods.SUBNETS,
        HelperMethods.CONTROLLERS,
        FabricMethods.FABRICS,
        FabricMethods.NODES);
  }

  private static boolean isPending(World world) {
    return objects().stream()
        .anyMatch(one -> !one.configured(world).digest().equals(one.running(world).digest()));
  }

  private static Object take(Call call) {
    var saying = "could not acquire lock for SDN config: ";
    check(call, saying);
    if (!call.params().flag("allow-pending") && isPending(call.world())) {
      throw Refusal.die(saying + "configuration contains pending changes");
    }
    var token = call.world().dice().uuid();
    kept(call.world()).put("token", token);
    return token;
  }

  private static @Nullable Object release(Call call) {
    if (!call.params().flag("force")) {
      check(call, "could not release lock for SDN config: ");
    }
    kept(call.world()).clear();
    return null;
  }

  /** After all was applied or taken back, whoever held the lock does no longer. */
  static void done(Call call) {
    if (call.params().has(TOKEN) && call.params().flag("release-lock", true)) {
      kept(call.world()).clear();
    }
  }

  /** Makes what is configured hold. */
  static void apply(World world) {
    objects().forEach(one -> one.apply(world));
  }

  private static @Nullable Object rollBack(Call call) {
    check(call, "could not rollback SDN configuration: ");
    objects().forEach(one -> one.rollBack(call.world()));
    done(call);
    return null;
  }
}
