package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;

import dev.hearth.stdlib.proxmox.sim.access.Privileges;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /access/roles}. */
public final class RoleMethods {
  private static final Param ROLEID = Param.of(AccessTypes.ROLEID);

  private RoleMethods() {}

  /** The methods of a Proxmox that knows these privileges. */
  public static List<ApiMethod> all(Privileges known) {
    var privs = Param.optional(AccessTypes.privileges(known));
    var modify = Check.perm("/access", "Sys.Modify");
    return List.of(
        ApiMethod.get("/access/roles")
            .name("index")
            .allow(Check.anyUser())
            .answers(RoleMethods::list),
        ApiMethod.post("/access/roles")
            .name("create_role")
            .allow(modify)
            .param("roleid", ROLEID)
            .param("privs", privs)
            .answers(RoleMethods::create),
        ApiMethod.get("/access/roles/{roleid}")
            .name("read_role")
            .allow(Check.anyUser())
            .param("roleid", ROLEID)
            .answers(RoleMethods::read),
        ApiMethod.put("/access/roles/{roleid}")
            .name("update_role")
            .allow(modify)
            .param("roleid", ROLEID)
            .param("privs", privs)
            .param("append", Param.optional(bool()).requires("privs"))
            .answers(RoleMethods::update),
        ApiMethod.delete("/access/roles/{roleid}")
            .name("delete_role")
            .allow(modify)
            .param("roleid", ROLEID)
            .answers(RoleMethods::delete));
  }

  private static Object list(Call call) {
    var entries = new ArrayList<Item>();
    call.world().privileges().builtInRoles().forEach((id, set) -> entries.add(entry(id, set, 1)));
    call.world().accounts().roles().forEach((id, set) -> entries.add(entry(id, set, 0)));
    return entries;
  }

  private static Item entry(String roleid, NavigableSet<String> privileges, int special) {
    return Item.of("roleid", roleid)
        .with("privs", String.join(",", privileges))
        .with("special", special);
  }

  private static Object read(Call call) {
    var roleid = call.params().text("roleid");
    var privileges =
        call.world()
            .accounts()
            .role(roleid, call.world().privileges())
            .orElseThrow(() -> Refusal.die("role '" + roleid + "' does not exist"));
    var entry = new Item();
    privileges.forEach(privilege -> entry.with(privilege, 1));
    return entry;
  }

  private static @Nullable Object create(Call call) {
    var world = call.world();
    var roleid = call.params().text("roleid");
    if (roleid.toUpperCase(Locale.ROOT).startsWith("PVE")) {
      throw Refusal.parameter(
          "roleid", "cannot use role ID starting with the (case-insensitive) 'PVE' namespace");
    }
    UserConfig.change(
        "create role failed",
        () -> {
          if (world.accounts().role(roleid, world.privileges()).isPresent()) {
            throw Refusal.die("role '" + roleid + "' already exists");
          }
          world.accounts().roles().put(roleid, new TreeSet<>(call.params().list("privs")));
        });
    return null;
  }

  private static @Nullable Object update(Call call) {
    var roles = call.world().accounts().roles();
    var roleid = own(call, "modified");
    UserConfig.change(
        "update role failed",
        () -> {
          var privileges = existing(call, roleid);
          if (!call.params().flag("append")) {
            privileges.clear();
          }
          privileges.addAll(call.params().list("privs"));
          roles.put(roleid, privileges);
        });
    return null;
  }

  private static @Nullable Object delete(Call call) {
    var accounts = call.world().accounts();
    var roleid = own(call, "deleted");
    UserConfig.change(
        "delete role failed",
        () -> {
          existing(call, roleid);
          accounts.roles().remove(roleid);
          accounts.acl().removeIf(entry -> entry.roleid().equals(roleid));
        });
    return null;
  }

  /** The role that the call names, unless it is one that Proxmox was born with. */
  private static String own(Call call, String verb) {
    var roleid = call.params().text("roleid");
    if (call.world().privileges().builtInRoles().containsKey(roleid)) {
      throw Refusal.die("auto-generated role '" + roleid + "' cannot be " + verb);
    }
    return roleid;
  }

  private static NavigableSet<String> existing(Call call, String roleid) {
    var privileges = call.world().accounts().roles().get(roleid);
    if (privileges == null) {
      throw Refusal.die("role '" + roleid + "' does not exist");
    }
    return new TreeSet<>(privileges);
  }
}
