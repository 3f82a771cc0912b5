package dev.hearth.stdlib.proxmox.sim.copy;

import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.sim.access.AclEntry;
import dev.hearth.stdlib.proxmox.sim.access.Group;
import dev.hearth.stdlib.proxmox.sim.access.Pool;
import dev.hearth.stdlib.proxmox.sim.access.Realm;
import dev.hearth.stdlib.proxmox.sim.access.Token;
import dev.hearth.stdlib.proxmox.sim.access.User;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Realms, users, groups, roles, the access list and pools. Nobody copied can log in: passwords and
 * secrets of tokens are told to nobody. Root can, by the simulator's own token.
 */
final class AccessCopy {
  private static final String ROOT = "root@pam";
  private static final List<String> FIELDS =
      List.of("enable", "expire", "firstname", "lastname", "email", "comment");
  private static final Set<String> REALM_LEFT_OUT =
      Set.of("realm", "type", "digest", "client-key", "password");

  private final Answers answers;
  private final World world;

  AccessCopy(Answers answers, World world) {
    this.answers = answers;
    this.world = world;
  }

  void read() {
    realms();
    users();
    for (var told : answers.list("/access/groups")) {
      var members = new TreeSet<>(Lists.split(told.find("users").orElse("")));
      world
          .accounts()
          .groups()
          .put(told.name("groupid"), new Group(told.find("comment").orElse(null), members));
    }
    for (var told : answers.list("/access/roles")) {
      if (!told.isOn("special")) {
        var privileges = new TreeSet<>(Lists.split(told.find("privs").orElse("")));
        world.accounts().roles().put(told.name("roleid"), privileges);
      }
    }
    for (var told : answers.list("/access/acl")) {
      world
          .accounts()
          .grant(
              new AclEntry(
                  aclPath(told),
                  told.name("type"),
                  told.name("ugid"),
                  told.name("roleid"),
                  told.isOn("propagate")));
    }
    pools();
  }

  private static String aclPath(Told told) {
    var path = told.find("path").orElse("/");
    if (!path.matches("/|(/[^/\\s]+)+")) {
      throw told.unexpected("`" + Told.excerpt(path) + "` as `path`");
    }
    return path;
  }

  private void realms() {
    for (var listed : answers.list("/access/domains")) {
      var name = listed.name("realm");
      var more = answers.find("/access/domains/{}", name);
      var properties = more.orElse(listed).texts(REALM_LEFT_OUT);
      world.accounts().realms().put(name, new Realm(listed.name("type"), properties));
    }
  }

  private void users() {
    for (var told : answers.list(Ask.of("/access/users").with("full", "1"))) {
      var userid = told.name("userid");
      var fields = new TreeMap<>(Map.of("enable", "0", "expire", "0"));
      FIELDS.forEach(field -> told.find(field).ifPresent(value -> fields.put(field, value)));
      if (told.find("keys").filter("x"::equals).isPresent()) {
        fields.put("keys", "x"); // that there is a second factor; what it is stays there
      }
      if (userid.equals(ROOT)) {
        fields.put("enable", "1"); // somebody has to be able to log in
      }
      var user = new User(userid, fields, Map.of());
      for (var token : told.list("tokens")) {
        user.tokens()
            .put(
                token.name("tokenid"),
                Token.withoutSecret(
                    token.isOn("privsep"),
                    token.number("expire"),
                    token.find("comment").orElse(null)));
      }
      world.accounts().users().put(userid, user);
    }
  }

  private void pools() {
    for (var listed : answers.list("/pools")) {
      var poolid = listed.path("poolid");
      var pool = Pool.empty(listed.find("comment").orElse(null));
      for (var member : members(poolid)) {
        if (member.find("type").orElse("").equals("storage")) {
          pool.storages().add(member.name("storage"));
        } else {
          pool.vms().add(member.vmid("vmid"));
        }
      }
      world.accounts().pools().put(poolid, pool);
    }
  }

  /** Pools within pools have names with slashes, which only a parameter can hold. */
  private List<Told> members(String poolid) {
    if (poolid.contains("/")) {
      return answers.list(Ask.of("/pools").with("poolid", poolid)).stream()
          .flatMap(pool -> pool.list("members").stream())
          .toList();
    }
    return answers.find("/pools/{}", poolid).map(pool -> pool.list("members")).orElse(List.of());
  }
}
