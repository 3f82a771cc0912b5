package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.access.Accounts;
import dev.hearth.stdlib.proxmox.sim.access.Rights;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Check.Caller;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The permission expressions that only methods about users have. */
final class AccessChecks {
  private AccessChecks() {}

  /** How a method that changes a user's groups treats its parameter {@code groups}. */
  enum Groups {
    IGNORED,
    CREATE,
    UPDATE
  }

  /** The caller is the user. */
  static Check self() {
    return Check.expression(
        List.of("userid-param", "self"),
        caller -> {
          var userid = userid(caller);
          if (!caller.world().accounts().users().containsKey(userid)
              || !caller.rights().user().equals(userid)) {
            throw Refusal.permission();
          }
        });
  }

  /** The caller may make users of the user's realm. */
  static Check mayAllocateInRealm() {
    return Check.expression(
        List.of("userid-param", "Realm.AllocateUser"),
        caller -> {
          var userid = userid(caller);
          var realm = userid.substring(userid.lastIndexOf('@') + 1);
          caller.rights().check("/access/realm/" + realm, "Realm.AllocateUser");
        });
  }

  /** The caller has one of these privileges on all groups, or on one that the user is in. */
  static Check onGroups(Groups groups, String... privileges) {
    var expression = new ArrayList<Object>(List.of("userid-group", List.of(privileges)));
    if (groups != Groups.IGNORED) {
      expression.addAll(List.of("groups_param", groups.name().toLowerCase(java.util.Locale.ROOT)));
    }
    return Check.expression(expression, caller -> onGroups(caller, groups, privileges));
  }

  private static void onGroups(Caller caller, Groups groups, String... privileges) {
    var accounts = caller.world().accounts();
    var userid = userid(caller);
    boolean mustExist = groups != Groups.CREATE;
    if (mustExist && !accounts.users().containsKey(userid)) {
      throw noSuchUser(userid);
    }
    if (caller.rights().hasAny("/access/groups", privileges)) {
      return;
    }
    var allowed = groups(caller.rights(), accounts, privileges);
    if (groups != Groups.IGNORED) {
      var wanted = Lists.split(caller.param("groups"));
      var names = String.join("|", privileges);
      if (wanted.isEmpty()) {
        throw Refusal.permission("/access/groups, " + names);
      }
      for (var group : wanted) {
        if (!allowed.contains(group)) {
          throw Refusal.permission("/access/groups/" + group + ", " + names);
        }
      }
    }
    if (mustExist && !members(accounts, allowed).contains(userid)) {
      throw Refusal.permission();
    }
  }

  /** The groups on which somebody has at least one of these privileges. */
  static Set<String> groups(Rights rights, Accounts accounts, String... privileges) {
    var found = new TreeSet<String>();
    for (var group : accounts.groups().keySet()) {
      if (rights.hasAny("/access/groups/" + group, privileges)) {
        found.add(group);
      }
    }
    return found;
  }

  /** Who is in any of these groups. */
  static Set<String> members(Accounts accounts, Set<String> groups) {
    var found = new TreeSet<String>();
    accounts
        .groups()
        .forEach(
            (name, group) -> {
              if (groups.contains(name)) {
                found.addAll(group.users());
              }
            });
    return found;
  }

  /** The caller may hand out rights on a path. */
  static Check modify(String path) {
    return Check.expression(
        List.of("perm-modify", path), caller -> modify(caller.rights(), Check.fill(path, caller)));
  }

  /** Refuses unless somebody may hand out rights on a path. */
  static void modify(Rights rights, String path) {
    rights.checkAny(path, modifiers(path));
  }

  /** Whether somebody may hand out rights on a path. */
  static boolean mayModify(Rights rights, String path) {
    return rights.hasAny(path, modifiers(path));
  }

  private static String[] modifiers(String path) {
    var wanted = new ArrayList<String>(List.of("Permissions.Modify"));
    if (path.matches("/storage/.+")) {
      wanted.add("Datastore.Allocate");
    } else if (path.matches("/vms/.+")) {
      wanted.add("VM.Allocate");
    } else if (path.matches("/pool/.+")) {
      wanted.add("Pool.Allocate");
    }
    return wanted.toArray(String[]::new);
  }

  static Refusal noSuchUser(String userid) {
    return Refusal.die("no such user ('" + userid + "')");
  }

  /** Rights are checked before parameters, so a bad name is a plain error here. */
  private static String userid(Caller caller) {
    var userid = caller.param("userid");
    AccessTypes.user(userid)
        .ifPresent(
            problem -> {
              throw Refusal.die(problem.strip());
            });
    return userid;
  }
}
