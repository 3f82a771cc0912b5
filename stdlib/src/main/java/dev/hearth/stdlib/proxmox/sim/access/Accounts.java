package dev.hearth.stdlib.proxmox.sim.access;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Proxmox keeps in {@code user.cfg}: who there is and who may do what. Mutable, guarded by the
 * world's lock; a record so that it is saved and loaded as it stands.
 *
 * @param users by user id
 * @param groups by name
 * @param roles the ones that people made, by name; the built-in ones belong to {@link Privileges}
 * @param acl in no meaningful order
 * @param pools by name
 * @param realms by name
 * @param passwords of users of realm {@code pve}, and of the node's system users as {@code
 *     name@pam}: {@link Passwords salted hashes}
 */
public record Accounts(
    Map<String, User> users,
    Map<String, Group> groups,
    Map<String, NavigableSet<String>> roles,
    List<AclEntry> acl,
    Map<String, Pool> pools,
    Map<String, Realm> realms,
    Map<String, String> passwords) {
  public Accounts {
    users = new TreeMap<>(users);
    groups = new TreeMap<>(groups);
    roles = new TreeMap<>(roles);
    acl = new ArrayList<>(acl);
    pools = new TreeMap<>(pools);
    realms = new TreeMap<>(realms);
    passwords = new TreeMap<>(passwords);
  }

  /** The accounts of a fresh installation: root, and the two realms. */
  public static Accounts fresh() {
    var accounts =
        new Accounts(Map.of(), Map.of(), Map.of(), List.of(), Map.of(), Map.of(), Map.of());
    accounts.users.put("root@pam", User.named("root@pam"));
    accounts.forgetRealm("pam");
    accounts.forgetRealm("pve");
    return accounts;
  }

  /** Adds an entry, or changes whether it propagates. */
  public void grant(AclEntry entry) {
    revoke(entry);
    acl.add(entry);
  }

  /** Removes an entry, however it propagates. */
  public void revoke(AclEntry entry) {
    acl.removeIf(entry::sameAs);
  }

  /** The pool that a guest is in. */
  public Optional<String> poolOf(int vmid) {
    return pools.entrySet().stream()
        .filter(e -> e.getValue().vms().contains(vmid))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Refuses a pool that does not exist, to which a guest was to go. */
  public void checkPool(@Nullable String pool) {
    if (pool != null && !pools.containsKey(pool)) {
      throw Refusal.permission("pool '" + pool + "' does not exist");
    }
  }

  /** Puts a guest into a pool; it is in at most one. */
  public void addToPool(int vmid, String pool) {
    forgetPoolOf(vmid);
    var target = pools.get(pool);
    if (target != null) {
      target.vms().add(vmid);
    }
  }

  /** Takes a guest out of whatever pool it is in. */
  public void forgetPoolOf(int vmid) {
    pools.values().forEach(pool -> pool.vms().remove(vmid));
  }

  /** Drops the ACL entries about a guest, as its deletion with {@code purge} does. */
  public void forgetAclOf(int vmid) {
    acl.removeIf(entry -> entry.path().equals("/vms/" + vmid));
  }

  /** Drops a storage from pools, and the ACL entries about it. */
  public void forgetStorage(String id) {
    pools.values().forEach(pool -> pool.storages().remove(id));
    acl.removeIf(entry -> entry.path().equals("/storage/" + id));
  }

  /** Drops the ACL entries of somebody. */
  public void forgetAcl(String type, String ugid) {
    acl.removeIf(entry -> entry.type().equals(type) && entry.ugid().equals(ugid));
  }

  /** Drops a user with tokens, memberships and rights. There is always a root. */
  public void forgetUser(String userid) {
    forgetAcl("user", userid);
    acl.removeIf(e -> e.type().equals("token") && e.ugid().startsWith(userid + "!"));
    groups.values().forEach(group -> group.users().remove(userid));
    users.remove(userid);
    if (userid.equals("root@pam")) {
      users.put(userid, new User(userid, Map.of("enable", "1"), Map.of()));
    } else {
      passwords.remove(userid);
    }
  }

  /**
   * Drops a realm. {@code pam} and {@code pve} are always there, but lose what was said of them.
   */
  public void forgetRealm(String name) {
    realms.remove(name);
    if (name.equals("pam") || name.equals("pve")) {
      realms.put(name, Realm.builtIn(name));
    }
  }

  /** The privileges of a role; empty when there is no such role. */
  public Optional<NavigableSet<String>> role(String roleid, Privileges privileges) {
    var own = roles.get(roleid);
    return Optional.ofNullable(own != null ? own : privileges.builtInRoles().get(roleid));
  }

  /** The paths that have ACL entries, and those on the way to them. */
  public NavigableSet<String> aclPaths() {
    var paths = new TreeSet<String>();
    for (var entry : acl) {
      for (var path = entry.path(); !path.isEmpty(); ) {
        paths.add(path);
        path = path.substring(0, path.lastIndexOf('/'));
      }
    }
    return paths;
  }
}
