package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.access.Accounts;
import dev.hearth.stdlib.proxmox.sim.access.User;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.rest.AccessChecks.Groups;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /access/users} and {@code /access/password}. */
public final class UserMethods {
  private static final List<String> FIELDS =
      List.of("enable", "expire", "firstname", "lastname", "email", "comment", "keys");

  private UserMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/access/users")
            .name("index")
            .allow(Check.anyUser())
            .param("enabled", Param.optional(bool()))
            .param("full", Param.optional(bool().orElse("0")))
            .answers(UserMethods::list),
        ApiMethod.post("/access/users")
            .name("create_user")
            .allow(
                Check.and(
                    AccessChecks.mayAllocateInRealm(),
                    AccessChecks.onGroups(Groups.CREATE, "User.Modify")))
            .param("userid", Param.of(AccessTypes.USERID))
            .param("password", Param.optional(string().minLength(8).maxLength(64)))
            .params(properties())
            .answers(UserMethods::create),
        ApiMethod.get("/access/users/{userid}")
            .name("read_user")
            .allow(AccessChecks.onGroups(Groups.IGNORED, "User.Modify", "Sys.Audit"))
            .param("userid", Param.of(AccessTypes.USERID))
            .answers(UserMethods::read),
        ApiMethod.put("/access/users/{userid}")
            .name("update_user")
            .allow(AccessChecks.onGroups(Groups.UPDATE, "User.Modify"))
            .param("userid", Param.of(AccessTypes.USERID))
            .param("append", Param.optional(bool()).requires("groups"))
            .params(properties())
            .answers(UserMethods::update),
        ApiMethod.delete("/access/users/{userid}")
            .name("delete_user")
            .allow(
                Check.and(
                    AccessChecks.mayAllocateInRealm(),
                    AccessChecks.onGroups(Groups.IGNORED, "User.Modify")))
            .param("userid", Param.of(AccessTypes.USERID))
            .answers(UserMethods::delete),
        ApiMethod.put("/access/password")
            .name("change_password")
            .ticketOnly()
            .allow(
                Check.or(
                    AccessChecks.self(),
                    Check.and(
                        AccessChecks.mayAllocateInRealm(),
                        AccessChecks.onGroups(Groups.IGNORED, "User.Modify"))))
            .param("userid", Param.of(AccessTypes.USERID))
            .param("password", Param.of(string().minLength(8).maxLength(64)))
            .param("confirmation-password", Param.optional(string().minLength(5).maxLength(64)))
            .answers(UserMethods::changePassword));
  }

  private static Map<String, Param> properties() {
    var params = new LinkedHashMap<String, Param>();
    params.put("comment", Param.optional(string().maxLength(2048)));
    params.put("email", Param.optional(formatted(AccessTypes.MAIL_FORMAT).maxLength(254)));
    params.put("enable", Param.optional(bool().orElse("1")));
    params.put("expire", Param.optional(integer().min(0)));
    params.put("firstname", Param.optional(string().maxLength(1024)));
    params.put("lastname", Param.optional(string().maxLength(1024)));
    params.put("groups", Param.optional(formatted(AccessTypes.GROUP_FORMAT.list())));
    params.put("keys", Param.optional(matching("[0-9a-zA-Z!=]{0,4096}")));
    return params;
  }

  private static Object list(Call call) {
    var accounts = call.world().accounts();
    boolean seesAll = call.rights().hasAny("/access/groups", "User.Modify", "Sys.Audit");
    var groups = AccessChecks.groups(call.rights(), accounts, "User.Modify", "Sys.Audit");
    var visible = AccessChecks.members(accounts, groups);
    var entries = new ArrayList<Item>();
    for (var user : accounts.users().values()) {
      var id = user.userid();
      boolean isWanted =
          !call.params().has("enabled")
              || call.params().flag("enabled") == "1".equals(user.field("enable"));
      if (isWanted && (seesAll || id.equals(call.user()) || visible.contains(id))) {
        entries.add(listed(call, user));
      }
    }
    return entries;
  }

  private static Item listed(Call call, User user) {
    var accounts = call.world().accounts();
    var entry = fields(user).with("userid", user.userid());
    var realm = accounts.realms().get(user.realm());
    entry.withKnown("realm-type", realm == null ? null : realm.type());
    if (call.params().flag("full")) {
      entry.with("groups", String.join(",", groupsOf(accounts, user.userid())));
      entry.with("tokens", user.tokens().isEmpty() ? null : TokenMethods.list(user));
    }
    return entry;
  }

  private static Item fields(User user) {
    var entry = new Item();
    for (var name : FIELDS) {
      var value = user.field(name);
      boolean isNumber = name.equals("enable") || name.equals("expire");
      if (value != null && !value.isEmpty()) {
        entry.with(name, isNumber ? (Object) Long.valueOf(value) : value);
      } else if (name.equals("email") && isMore(user)) {
        entry.with(name, "");
      }
    }
    return entry;
  }

  /** Whether anything is written of a user behind the address for mail, which then is read too. */
  private static boolean isMore(User user) {
    return Stream.of("comment", "keys")
        .map(user::field)
        .anyMatch(value -> value != null && !value.isEmpty());
  }

  private static List<String> groupsOf(Accounts accounts, String userid) {
    return accounts.groups().entrySet().stream()
        .filter(group -> group.getValue().users().contains(userid))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Object read(Call call) {
    var user = existing(call.world(), call.params().text("userid"));
    var tokens = new Item();
    user.tokens().forEach((name, token) -> tokens.with(name, TokenMethods.info(token)));
    return fields(user)
        .with("groups", groupsOf(call.world().accounts(), user.userid()))
        .with("tokens", tokens.isEmpty() ? null : tokens);
  }

  /** The user; dies when there is none. */
  static User existing(World world, String userid) {
    var user = world.accounts().users().get(userid);
    if (user == null) {
      throw AccessChecks.noSuchUser(userid);
    }
    return user;
  }

  private static @Nullable Object create(Call call) {
    var params = call.params();
    var accounts = call.world().accounts();
    var userid = params.text("userid");
    UserConfig.change(
        "create user failed",
        () -> {
          if (accounts.users().containsKey(userid)) {
            throw Refusal.die("user '" + userid + "' already exists");
          }
          var password = params.find("password");
          if (password != null) {
            setPassword(call.world(), userid, password);
          }
          var groups = existingGroups(accounts, params);
          var user = User.named(userid);
          for (var name : FIELDS) {
            var value = params.find(name);
            if (value != null && !value.isEmpty()) {
              user.fields().put(name, value);
            }
          }
          accounts.users().put(userid, user);
          join(accounts, userid, groups);
        });
    return null;
  }

  private static List<String> existingGroups(Accounts accounts, Params params) {
    var groups = params.list("groups");
    for (var group : groups) {
      if (!accounts.groups().containsKey(group)) {
        throw Refusal.die("no such group '" + group + "'");
      }
    }
    return groups;
  }

  private static void join(Accounts accounts, String userid, List<String> groups) {
    accounts
        .groups()
        .forEach(
            (name, group) -> {
              if (groups.contains(name)) {
                group.users().add(userid);
              }
            });
  }

  private static @Nullable Object update(Call call) {
    var params = call.params();
    var accounts = call.world().accounts();
    UserConfig.change(
        "update user failed",
        () -> {
          var user = existing(call.world(), params.text("userid"));
          var groups = existingGroups(accounts, params);
          if (params.has("groups") && !params.flag("append")) {
            accounts.groups().values().forEach(group -> group.users().remove(user.userid()));
          }
          join(accounts, user.userid(), groups);
          for (var name : FIELDS) {
            var value = params.find(name);
            if (value != null) {
              user.fields().put(name, value);
            }
          }
        });
    return null;
  }

  private static @Nullable Object delete(Call call) {
    var userid = call.params().text("userid");
    call.world().accounts().forgetUser(userid);
    return null;
  }

  private static @Nullable Object changePassword(Call call) {
    var params = call.params();
    var userid = params.text("userid");
    reauthenticate(call);
    boolean isOther = !call.user().equals(userid) && !call.rights().isRoot();
    if (isOther && userid.endsWith("@pam")) {
      throw Refusal.permission();
    }
    setPassword(call.world(), userid, params.text("password"));
    return null;
  }

  private static void reauthenticate(Call call) {
    if (call.rights().isRoot()) {
      return;
    }
    var own = call.params().find("confirmation-password");
    if (own == null) {
      throw Refusal.parameter("confirmation-password", "password is required to modify user");
    }
    if (!call.world().tickets().isPasswordOf(call.user(), own)) {
      throw Refusal.die("invalid credentials");
    }
  }

  private static void setPassword(World world, String userid, String password) {
    var realm = world.accounts().realms().get(userid.substring(userid.lastIndexOf('@') + 1));
    if (realm == null) {
      throw Refusal.die(
          "authentication domain '"
              + userid.substring(userid.lastIndexOf('@') + 1)
              + "' does not exist");
    }
    if (!realm.type().equals("pam") && !realm.type().equals("pve")) {
      throw Refusal.die("can't set password on auth type '" + realm.type() + "'");
    }
    if (realm.type().equals("pam") && !world.accounts().passwords().containsKey(userid)) {
      var name = userid.substring(0, userid.lastIndexOf('@'));
      throw Refusal.die("change password failed: user '" + name + "' does not exist");
    }
    world.tickets().password(userid, password);
  }
}
