package dev.hearth.stdlib.proxmox.sim.firewall;

import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.Firewall.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/firewall/groups}: rules under a name, to be used on any level. */
final class GroupMethods {
  static final Param NAME = Param.of(matching(FirewallFormats.NAME).minLength(2).maxLength(18));

  private GroupMethods() {}

  static List<ApiMethod> all() {
    var methods = new ArrayList<ApiMethod>();
    methods.add(
        Level.CLUSTER
            .declared("GET", "/groups", "list_security_groups")
            .allow(Check.anyUser())
            .answers(call -> listing(call).items()));
    methods.add(
        Level.CLUSTER
            .writing("POST", "/groups", "create_security_group")
            .param("group", NAME)
            .param("comment", Param.optional(string()))
            .param("rename", NAME.asOptional())
            .param("digest", Standard.DIGEST)
            .answers(GroupMethods::create));
    methods.add(
        Level.CLUSTER
            .writing("DELETE", "/groups/{group}", "delete_security_group")
            .param("group", NAME)
            .answers(GroupMethods::delete));
    methods.addAll(new RuleMethods(RuleList.ofGroup()).all());
    return methods;
  }

  static Section named(Call call) {
    var name = call.params().text("group");
    var group = groups(call).get(name);
    if (group == null) {
      throw Refusal.die("no such security group '" + name + "'");
    }
    return group;
  }

  private static Map<String, Section> groups(Call call) {
    return Level.ofCluster(call).groups();
  }

  private static Listing listing(Call call) {
    return new Listing(described("group", groups(call)));
  }

  /** Sections by their names and comments. */
  static List<Map<String, String>> described(String key, Map<String, Section> sections) {
    var entries = new ArrayList<Map<String, String>>();
    sections.forEach(
        (name, section) -> {
          var entry = new TreeMap<>(Map.of(key, name));
          var comment = section.comment();
          if (comment != null && !comment.isEmpty()) {
            entry.put("comment", comment);
          }
          entries.add(entry);
        });
    return entries;
  }

  private static @Nullable Object create(Call call) {
    new Naming("Security group", "group").make(call, groups(call), listing(call));
    return null;
  }

  private static @Nullable Object delete(Call call) {
    if (!named(call).entries().isEmpty()) {
      throw Refusal.die("Security group '" + call.params().text("group") + "' is not empty");
    }
    groups(call).remove(call.params().text("group"));
    return null;
  }

  /**
   * How something with a name and a comment is made, or gets another name.
   *
   * @param what in messages
   * @param key the parameter that names it
   */
  record Naming(String what, String key) {
    void make(Call call, Map<String, Section> sections, Listing known) {
      var name = call.params().text(key);
      var comment = call.params().find("comment");
      var old = call.params().find("rename");
      if (old == null) {
        if (sections.containsKey(name)) {
          throw refusal(name, "already exists");
        }
        sections.put(name, new Section(comment, List.of()));
        return;
      }
      known.check(call.params().find("digest"));
      var section = sections.get(old);
      if (section == null) {
        throw refusal(old, "does not exist");
      }
      if (!name.equals(old) && sections.containsKey(name)) {
        throw refusal(name, "does already exist");
      }
      sections.remove(old);
      sections.put(name, section.commented(comment));
    }

    private Refusal refusal(String name, String problem) {
      return Refusal.parameter(key, what + " '" + name + "' " + problem);
    }
  }
}
