package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.access.Accounts;
import dev.hearth.stdlib.proxmox.sim.access.Group;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /access/groups}. */
public final class GroupMethods {
  private static final Param GROUPID = Param.of(AccessTypes.GROUPID);
  private static final Param COMMENT = Param.optional(string());

  private GroupMethods() {}

  public static List<ApiMethod> all() {
    var allocate = Check.perm("/access/groups", "Group.Allocate");
    return List.of(
        ApiMethod.get("/access/groups")
            .name("index")
            .allow(Check.anyUser())
            .answers(GroupMethods::list),
        ApiMethod.post("/access/groups")
            .name("create_group")
            .allow(allocate)
            .param("groupid", GROUPID)
            .param("comment", COMMENT)
            .answers(GroupMethods::create),
        ApiMethod.get("/access/groups/{groupid}")
            .name("read_group")
            .allow(Check.permAny("/access/groups", "Sys.Audit", "Group.Allocate"))
            .param("groupid", GROUPID)
            .answers(GroupMethods::read),
        ApiMethod.put("/access/groups/{groupid}")
            .name("update_group")
            .allow(allocate)
            .param("groupid", GROUPID)
            .param("comment", COMMENT)
            .answers(GroupMethods::update),
        ApiMethod.delete("/access/groups/{groupid}")
            .name("delete_group")
            .allow(allocate)
            .param("groupid", GROUPID)
            .answers(GroupMethods::delete));
  }

  private static Object list(Call call) {
    var entries = new ArrayList<Item>();
    call.world()
        .accounts()
        .groups()
        .forEach(
            (name, group) -> {
              var path = "/access/groups/" + name;
              if (call.rights().hasAny(path, "User.Modify", "Sys.Audit", "Group.Allocate")) {
                entries.add(
                    Item.of("groupid", name)
                        .withKnown("comment", group.comment())
                        .with("users", String.join(",", group.users())));
              }
            });
    return entries;
  }

  private static Object read(Call call) {
    var group = existing(call.world().accounts(), call.params().text("groupid"));
    return Item.of("members", group.users()).withKnown("comment", group.comment());
  }

  private static Group existing(Accounts accounts, String groupid) {
    var group = accounts.groups().get(groupid);
    if (group == null) {
      throw Refusal.die("group '" + groupid + "' does not exist");
    }
    return group;
  }

  private static @Nullable Object create(Call call) {
    var groups = call.world().accounts().groups();
    var groupid = call.params().text("groupid");
    UserConfig.change(
        "create group failed",
        () -> {
          if (groups.containsKey(groupid)) {
            throw Refusal.die("group '" + groupid + "' already exists");
          }
          groups.put(groupid, new Group(call.params().find("comment"), Set.of()));
        });
    return null;
  }

  private static @Nullable Object update(Call call) {
    var accounts = call.world().accounts();
    var groupid = call.params().text("groupid");
    UserConfig.change(
        "update group failed",
        () -> {
          var group = existing(accounts, groupid);
          var comment =
              call.params().text("comment", group.comment() == null ? "" : group.comment());
          accounts.groups().put(groupid, new Group(comment, group.users()));
        });
    return null;
  }

  private static @Nullable Object delete(Call call) {
    var accounts = call.world().accounts();
    var groupid = call.params().text("groupid");
    UserConfig.change(
        "delete group failed",
        () -> {
          existing(accounts, groupid);
          accounts.groups().remove(groupid);
          accounts.forgetAcl("group", groupid);
        });
    return null;
  }
}
