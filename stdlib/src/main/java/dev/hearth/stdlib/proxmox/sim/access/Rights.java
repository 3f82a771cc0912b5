package dev.hearth.stdlib.proxmox.sim.access;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one user or token may do, computed from the ACLs as Proxmox does: deeper entries replace
 * those above, a user's own beat those of groups, NoAccess beats all, pools give their members
 * rights that do not propagate, and a separated token has what both it and its user have.
 */
public final class Rights {
  private static final String ROOT = "root@pam";

  private final Accounts accounts;
  private final Privileges privileges;
  private final String user;
  private final AskedRights asked;

  /**
   * @param asked is told by what it was allowed
   * @param user {@code name@realm} or {@code name@realm!token}; empty for nobody
   */
  public Rights(Accounts accounts, Privileges privileges, AskedRights asked, String user) {
    this.asked = asked;
    this.accounts = accounts;
    this.privileges = privileges;
    this.user = user;
  }

  /** {@code name@realm} or {@code name@realm!token}. */
  public String user() {
    return user;
  }

  /** The user without the token. */
  public String userid() {
    int bang = user.indexOf('!');
    return bang < 0 ? user : user.substring(0, bang);
  }

  /** Whether this is root by ticket; a token of root's is not. */
  public boolean isRoot() {
    return user.equals(ROOT);
  }

  /** The privileges on a path, each with whether it propagates further down. */
  public NavigableMap<String, Boolean> on(String path) {
    if (isRoot()) {
      return everything();
    }
    var token = token();
    if (token == null) {
      return compile(path);
    }
    var owner = new Rights(accounts, privileges, asked, userid());
    if (!token.privsep()) {
      return owner.on(path);
    }
    var own = compile(path);
    if (!owner.isRoot()) {
      var owners = owner.on(path);
      own.keySet().retainAll(owners.keySet());
      own.replaceAll((privilege, propagate) -> propagate && owners.getOrDefault(privilege, false));
    }
    return own;
  }

  /** Whether all these privileges are there. */
  public boolean has(String path, String... wanted) {
    boolean isThere = on(path).keySet().containsAll(List.of(wanted));
    if (isThere) {
      asked.all(path, List.of(wanted));
    }
    return isThere;
  }

  /** Whether at least one of these privileges is there. */
  public boolean hasAny(String path, String... wanted) {
    var there = on(path);
    boolean isThere = Arrays.stream(wanted).anyMatch(there::containsKey);
    if (isThere) {
      asked.any(path, List.of(wanted));
    }
    return isThere;
  }

  /** Refuses, naming the first missing privilege, unless all of them are there. */
  public void check(String path, String... wanted) {
    var there = on(path);
    for (var privilege : wanted) {
      if (!there.containsKey(privilege)) {
        throw Refusal.permission(path + ", " + privilege);
      }
    }
    asked.all(path, List.of(wanted));
  }

  /** Refuses unless at least one of these privileges is there. */
  public void checkAny(String path, String... wanted) {
    if (!hasAny(path, wanted)) {
      throw Refusal.permission(path + ", " + String.join("|", wanted));
    }
  }

  /** Every path on which there are any rights, among those that are named anywhere. */
  public NavigableMap<String, NavigableMap<String, Boolean>> everywhere() {
    var paths =
        new TreeSet<>(
            List.of(
                "/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms"));
    paths.addAll(accounts.aclPaths());
    for (var pool : accounts.pools().values()) {
      pool.vms().forEach(vmid -> paths.add("/vms/" + vmid));
      pool.storages().forEach(storage -> paths.add("/storage/" + storage));
    }
    var result = new TreeMap<String, NavigableMap<String, Boolean>>();
    for (var path : paths) {
      var there = on(path);
      if (!there.isEmpty()) {
        result.put(path, there);
      }
    }
    return result;
  }

  private NavigableMap<String, Boolean> everything() {
    var all = new TreeMap<String, Boolean>();
    privileges.all().forEach(privilege -> all.put(privilege, true));
    return all;
  }

  private @Nullable Token token() {
    int bang = user.indexOf('!');
    if (bang < 0) {
      return null;
    }
    var owner = accounts.users().get(userid());
    return owner == null ? null : owner.tokens().get(user.substring(bang + 1));
  }

  private NavigableMap<String, Boolean> compile(String path) {
    var roles = roles(path);
    if (!roles.containsKey("NoAccess")) {
      for (var role : poolRoles(path)) {
        if (role.equals("NoAccess")) {
          roles = new HashMap<>(Map.of("NoAccess", false));
          break;
        }
        roles.putIfAbsent(role, false);
      }
    }
    var result = new TreeMap<String, Boolean>();
    roles.forEach(
        (role, propagate) ->
            accounts
                .role(role, privileges)
                .ifPresent(set -> set.forEach(p -> result.merge(p, propagate, (a, b) -> a || b))));
    return result;
  }

  /** The roles on a path by ACL entries alone, each with whether it propagates. */
  private Map<String, Boolean> roles(String path) {
    Map<String, Boolean> roles = new HashMap<>();
    for (var step : stepsTo(path)) {
      boolean last = step.equals(path);
      var found = entries(step, "token", user, last);
      if (found.isEmpty()) {
        found = entries(step, "user", user, last);
      }
      if (found.isEmpty()) {
        for (var group : accounts.groups().entrySet()) {
          if (group.getValue().users().contains(user)) {
            found.putAll(entries(step, "group", group.getKey(), last));
          }
        }
      }
      if (!found.isEmpty()) {
        roles = found;
      }
    }
    return onlyNoAccess(roles);
  }

  private Map<String, Boolean> entries(String path, String type, String ugid, boolean last) {
    var found = new HashMap<String, Boolean>();
    for (var entry : accounts.acl()) {
      if (entry.path().equals(path)
          && entry.type().equals(type)
          && entry.ugid().equals(ugid)
          && (last || entry.propagate())) {
        found.put(entry.roleid(), entry.propagate());
      }
    }
    return onlyNoAccess(found);
  }

  private static Map<String, Boolean> onlyNoAccess(Map<String, Boolean> roles) {
    var none = roles.get("NoAccess");
    return none == null ? roles : new HashMap<>(Map.of("NoAccess", none));
  }

  private List<String> poolRoles(String path) {
    var found = new ArrayList<String>();
    for (var pool : accounts.pools().entrySet()) {
      var members = pool.getValue();
      boolean isMember =
          members.vms().stream().anyMatch(vmid -> path.equals("/vms/" + vmid))
              || members.storages().stream().anyMatch(id -> path.equals("/storage/" + id));
      if (isMember) {
        found.addAll(roles("/pool/" + pool.getKey()).keySet());
      }
    }
    return found;
  }

  private static List<String> stepsTo(String path) {
    var steps = new ArrayList<String>(List.of("/"));
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      steps.add(path.substring(0, slash));
    }
    if (!path.equals("/")) {
      steps.add(path);
    }
    return steps;
  }
}
