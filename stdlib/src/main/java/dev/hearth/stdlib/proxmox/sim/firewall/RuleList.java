package dev.hearth.stdlib.proxmox.sim.firewall;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.firewall.RuleCheck.Names;
import dev.hearth.stdlib.proxmox.sim.firewall.RuleMethods.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where rules stand: those of a level, or those of one of the datacenter's security groups. */
abstract class RuleList {
  private static final Set<String> DIRECTIONS_OF_GROUPS = Set.of("in", "out", "forward");

  abstract ApiMethod reading(String more, String name);

  abstract ApiMethod writing(String verb, String more, String name);

  /** The rules themselves; what is changed here is changed in the world. */
  abstract List<Map<String, String>> rules(Call call, boolean writes);

  abstract RuleCheck.Verdict verdict(Call call, Map<String, String> rule);

  void verify(Call call, Map<String, String> rule) {
    var errors = verdict(call, rule).errors();
    if (!errors.isEmpty()) {
      var first = errors.entrySet().iterator().next();
      throw Refusal.parameter(first.getKey(), first.getValue());
    }
  }

  /** The rules as they are read back, each with what has become wrong with it. */
  Answered listing(Call call, boolean writes) {
    var rules = rules(call, writes);
    var told = new ArrayList<Map<String, String>>();
    var errors = new ArrayList<Map<String, String>>();
    for (var rule : rules) {
      var verdict = verdict(call, rule);
      var entry = new TreeMap<>(rule);
      if (verdict.version() != 0) {
        entry.put("ipversion", String.valueOf(verdict.version()));
      }
      told.add(entry);
      errors.add(verdict.errors());
    }
    var listing = new Listing(told);
    var items = new ArrayList<Item>();
    for (int i = 0; i < told.size(); i++) {
      var item = listing.item(told.get(i));
      items.add(errors.get(i).isEmpty() ? item : item.with("errors", errors.get(i)));
    }
    return new Answered(rules, items, listing);
  }

  /** The rules of a level itself. */
  static RuleList of(Level level) {
    return new RuleList() {
      @Override
      ApiMethod reading(String more, String name) {
        return level.reading("/rules" + more, name);
      }

      @Override
      ApiMethod writing(String verb, String more, String name) {
        return level.writing(verb, "/rules" + more, name);
      }

      @Override
      List<Map<String, String>> rules(Call call, boolean writes) {
        level.check(call, writes);
        return level.file(call).rules();
      }

      @Override
      RuleCheck.Verdict verdict(Call call, Map<String, String> rule) {
        var names = new Names(Level.ofCluster(call), level.ofGuest(call));
        return RuleCheck.of(rule, names, level.environment(), level.directions());
      }
    };
  }

  /** The rules of a security group. */
  static RuleList ofGroup() {
    return new RuleList() {
      private static final String GROUP = "/groups/{group}";

      @Override
      ApiMethod reading(String more, String name) {
        return Level.CLUSTER.reading(GROUP + more, name).param("group", GroupMethods.NAME);
      }

      @Override
      ApiMethod writing(String verb, String more, String name) {
        return Level.CLUSTER.writing(verb, GROUP + more, name).param("group", GroupMethods.NAME);
      }

      @Override
      List<Map<String, String>> rules(Call call, boolean writes) {
        return GroupMethods.named(call).entries();
      }

      @Override
      RuleCheck.Verdict verdict(Call call, Map<String, String> rule) {
        var names = new Names(Level.ofCluster(call), null);
        return RuleCheck.of(rule, names, "group", DIRECTIONS_OF_GROUPS);
      }
    };
  }
}
