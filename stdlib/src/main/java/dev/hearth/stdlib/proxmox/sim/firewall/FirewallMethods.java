package dev.hearth.stdlib.proxmox.sim.firewall;

import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Directories;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.world.Firewall;
import java.util.ArrayList;
import java.util.List;

/** The firewall's methods on all levels. */
public final class FirewallMethods {
  private FirewallMethods() {}

  /** The methods of a major version of Proxmox VE. */
  public static List<ApiMethod> of(int major) {
    var methods = new ArrayList<ApiMethod>();
    for (var level : Level.of(major)) {
      methods.add(index(level));
      methods.addAll(new SettingMethods(level).all());
      methods.addAll(new RuleMethods(RuleList.of(level)).all());
      if (level.hasNames()) {
        methods.addAll(new AliasMethods(level).all());
        methods.addAll(new IpsetMethods(level).all());
        methods.add(references(level));
      }
      if (level == Level.NODE) {
        methods.add(log(level).allow(Check.perm("/nodes/{node}", "Sys.Syslog")));
      }
      if (level.isGuest()) {
        methods.add(log(level).allow(Check.perm("/vms/{vmid}", "VM.Console")));
      }
    }
    methods.addAll(GroupMethods.all());
    methods.add(
        Level.CLUSTER
            .declared("GET", "/macros", "get_macros")
            .allow(Check.anyUser())
            .answers(call -> Macros.all()));
    return methods;
  }

  private static ApiMethod index(Level level) {
    var names =
        switch (level) {
          case CLUSTER ->
              List.of("aliases", "groups", "ipset", "macros", "options", "refs", "rules");
          case NODE -> List.of("log", "options", "rules");
          case VM, CT -> List.of("aliases", "ipset", "log", "options", "refs", "rules");
          case VNET -> List.of("options", "rules");
        };
    var method = level.declared("GET", "", "index");
    return (level == Level.VNET ? method.allow(Check.rootOnly()) : method.allow(Check.anyUser()))
        .answers(call -> Directories.named(names.toArray(String[]::new)));
  }

  private static ApiMethod references(Level level) {
    return level
        .reading("/refs", "refs")
        .param("type", Param.optional(oneOf("alias", "ipset")))
        .answers(call -> references(level, call));
  }

  private static Object references(Level level, Call call) {
    var found = new ArrayList<Item>();
    add(found, call, "dc", Level.ofCluster(call));
    var guest = level.ofGuest(call);
    if (guest != null) {
      add(found, call, "guest", guest);
    }
    return found;
  }

  private static void add(List<Item> found, Call call, String scope, Firewall file) {
    var type = call.params().find("type");
    if (!"alias".equals(type)) {
      file.ipsets()
          .forEach(
              (name, set) ->
                  found.add(
                      reference("ipset", name, "+" + name, scope)
                          .withKnown("comment", set.comment())));
    }
    if (!"ipset".equals(type)) {
      file.aliases()
          .forEach(
              (name, alias) ->
                  found.add(
                      reference("alias", name, name, scope)
                          .withKnown("comment", alias.get("comment"))));
    }
  }

  private static Item reference(String type, String name, String ref, String scope) {
    return Item.of("type", type).with("name", name).with("ref", ref).with("scope", scope);
  }

  /** Nothing was ever logged here, and then Proxmox tells one line in place of a list. */
  private static ApiMethod log(Level level) {
    var number = Param.optional(integer().min(0));
    return level
        .declared("GET", "/log", "log")
        .param("start", number)
        .param("limit", number)
        .param("since", number)
        .param("until", number)
        .answers(
            call -> {
              call.total(1);
              return Item.of("n", 1).with("t", "unable to open file - No such file or directory");
            });
  }
}
