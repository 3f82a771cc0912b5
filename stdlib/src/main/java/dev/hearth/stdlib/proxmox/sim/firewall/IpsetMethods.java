package dev.hearth.stdlib.proxmox.sim.firewall;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.firewall.GroupMethods.Naming;
import dev.hearth.stdlib.proxmox.sim.firewall.RuleCheck.Names;
import dev.hearth.stdlib.proxmox.sim.world.Firewall.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code …/firewall/ipset}: sets of addresses and networks. */
final class IpsetMethods {
  private static final String SET = "/ipset/{name}";
  private static final String ENTRY = SET + "/{cidr...}";
  private static final Param ADDRESS = Param.of(formatted(FirewallFormats.NETWORK_OR_ALIAS));
  private static final Param COMMENT = Param.optional(string());
  private static final Param NO_MATCH = Param.optional(bool());

  private final Level level;

  IpsetMethods(Level level) {
    this.level = level;
  }

  List<ApiMethod> all() {
    return List.of(
        level.reading("/ipset", "ipset_index").answers(call -> sets(call).items()),
        level
            .writing("POST", "/ipset", "create_ipset")
            .param("name", AliasMethods.NAME)
            .param("comment", COMMENT)
            .param("rename", AliasMethods.NAME.asOptional())
            .param("digest", Standard.DIGEST)
            .answers(this::create),
        one("GET", SET, "get_ipset").answers(call -> new Listing(named(call).entries()).items()),
        one("POST", SET, "create_ip")
            .param("cidr", ADDRESS)
            .param("comment", COMMENT)
            .param("nomatch", NO_MATCH)
            .answers(this::add),
        one("DELETE", SET, "delete_ipset")
            .param("force", Param.optional(bool()))
            .answers(this::delete),
        one("GET", ENTRY, "read_ip").param("cidr", ADDRESS).answers(this::read),
        one("PUT", ENTRY, "update_ip")
            .param("cidr", ADDRESS)
            .param("comment", COMMENT)
            .param("nomatch", NO_MATCH)
            .param("digest", Standard.DIGEST)
            .answers(this::update),
        one("DELETE", ENTRY, "remove_ip")
            .param("cidr", ADDRESS)
            .param("digest", Standard.DIGEST)
            .answers(this::remove));
  }

  private ApiMethod one(String verb, String path, String name) {
    var method = verb.equals("GET") ? level.reading(path, name) : level.writing(verb, path, name);
    return method.param("name", AliasMethods.NAME);
  }

  private Map<String, Section> ipsets(Call call) {
    return level.file(call).ipsets();
  }

  private Listing sets(Call call) {
    return new Listing(GroupMethods.described("name", ipsets(call)));
  }

  private @Nullable Object create(Call call) {
    new Naming("IPSet", "name").make(call, ipsets(call), sets(call));
    return null;
  }

  private Section named(Call call) {
    var name = call.params().text("name");
    var set = ipsets(call).get(name);
    if (set == null) {
      throw Refusal.die("no such IPSet '" + name + "'");
    }
    return set;
  }

  private @Nullable Object delete(Call call) {
    var name = call.params().text("name");
    if (!named(call).entries().isEmpty() && !call.params().flag("force")) {
      throw Refusal.die("IPSet '" + name + "' is not empty");
    }
    ipsets(call).remove(name);
    return null;
  }

  private @Nullable Object add(Call call) {
    var entries = named(call).entries();
    var given = call.params().text("cidr");
    var address = FirewallFormats.kept(given);
    if (FirewallFormats.NETWORK.problem(given, "").isPresent()) {
      int slash = given.indexOf('/');
      var scope = slash < 0 ? null : given.substring(0, slash + 1);
      var names = new Names(Level.ofCluster(call), level.ofGuest(call));
      if (names.alias(scope, given.substring(slash + 1)) == null) {
        throw Refusal.die("no such alias '" + given + "'");
      }
    }
    if (entries.stream().anyMatch(entry -> address.equals(entry.get("cidr")))) {
      throw Refusal.parameter("cidr", "address '" + address + "' already exists");
    }
    if (address.matches(".*/0+")) {
      throw Refusal.parameter("cidr", "a zero prefix is not allowed in ipset entries");
    }
    var entry = new TreeMap<>(Map.of("cidr", address));
    describe(entry, call);
    entries.add(0, entry);
    return null;
  }

  private static void describe(Map<String, String> entry, Call call) {
    var comment = call.params().text("comment", "");
    if (!comment.isEmpty()) {
      entry.put("comment", comment);
    }
    if (call.params().flag("nomatch")) {
      entry.put("nomatch", "1");
    }
  }

  private static Map<String, String> found(Section set, Call call) {
    var address = call.params().text("cidr");
    return set.entries().stream()
        .filter(entry -> address.equals(entry.get("cidr")))
        .findFirst()
        .orElseThrow(() -> Refusal.parameter("cidr", "no such IP/Network"));
  }

  private Object read(Call call) {
    var set = named(call);
    return new Listing(set.entries()).item(found(set, call));
  }

  private @Nullable Object update(Call call) {
    var set = named(call);
    new Listing(set.entries()).check(call.params().find("digest"));
    var entry = found(set, call);
    entry.keySet().retainAll(List.of("cidr"));
    describe(entry, call);
    return null;
  }

  private @Nullable Object remove(Call call) {
    var set = named(call);
    new Listing(set.entries()).check(call.params().find("digest"));
    var address = call.params().text("cidr");
    set.entries().removeIf(entry -> address.equals(entry.get("cidr")));
    return null;
  }
}
