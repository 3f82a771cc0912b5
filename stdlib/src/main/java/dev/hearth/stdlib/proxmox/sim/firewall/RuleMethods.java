package dev.hearth.stdlib.proxmox.sim.firewall;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules of a level, or of a security group of the datacenter. */
final class RuleMethods {
  /** How much a rule or an option may write to the log. */
  static final List<String> LOG_LEVELS =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug", "nolog");

  private static final String POSITION = "/{pos}";
  private static final Param INDEX = Param.optional(integer().min(0));
  private static final Map<String, Param> FIELDS = fields();
  private static final Set<String> NEEDED = Set.of("type", "action");
  private static final Set<String> OF_GROUPS =
      Set.of("type", "action", "enable", "iface", "comment");

  private final RuleList rules;

  RuleMethods(RuleList rules) {
    this.rules = rules;
  }

  private static Map<String, Param> fields() {
    var fields = new LinkedHashMap<String, Param>();
    fields.put(
        "action",
        Param.optional(matching("[A-Za-z][A-Za-z0-9\\-\\_]+").minLength(2).maxLength(20)));
    fields.put("type", Param.optional(oneOf("in", "out", "forward", "group")));
    fields.put("comment", Param.optional(string()));
    fields.put("dest", Param.optional(formatted(FirewallFormats.ADDRESSES).maxLength(512)));
    fields.put("dport", Param.optional(formatted(FirewallFormats.DESTINATION_PORTS)));
    fields.put("enable", Param.optional(integer().min(0)));
    fields.put("icmp-type", Param.optional(formatted(FirewallFormats.ICMP_TYPE)));
    fields.put("iface", Param.optional(formatted(Formats.INTERFACE).minLength(2).maxLength(20)));
    fields.put("log", Param.optional(oneOf(LOG_LEVELS)));
    fields.put("macro", Param.optional(string().maxLength(128)));
    fields.put("proto", Param.optional(formatted(FirewallFormats.PROTOCOL)));
    fields.put("source", Param.optional(formatted(FirewallFormats.ADDRESSES).maxLength(512)));
    fields.put("sport", Param.optional(formatted(FirewallFormats.SOURCE_PORTS)));
    return fields;
  }

  private static Map<String, Param> newFields() {
    var fields = new LinkedHashMap<>(FIELDS);
    NEEDED.forEach(name -> fields.computeIfPresent(name, (_, param) -> Param.of(param.type())));
    return fields;
  }

  List<ApiMethod> all() {
    return List.of(
        rules.reading("", "get_rules").answers(call -> rules.listing(call, false).answer()),
        rules
            .writing("POST", "", "create_rule")
            .params(newFields())
            .param("pos", INDEX)
            .param("digest", Standard.DIGEST)
            .answers(this::create),
        rules.reading(POSITION, "get_rule").param("pos", INDEX).answers(this::read),
        rules
            .writing("PUT", POSITION, "update_rule")
            .params(FIELDS)
            .param("pos", INDEX)
            .param("moveto", INDEX)
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .param("digest", Standard.DIGEST)
            .answers(this::update),
        rules
            .writing("DELETE", POSITION, "delete_rule")
            .param("pos", INDEX)
            .param("digest", Standard.DIGEST)
            .answers(this::delete));
  }

  private Object read(Call call) {
    var listing = rules.listing(call, false);
    int pos = existing(listing.rules(), call);
    return listing.item(pos).with("pos", call.params().text("pos"));
  }

  private static int existing(List<?> rules, Call call) {
    int pos = (int) Math.min(call.params().integer("pos", 0), Integer.MAX_VALUE);
    if (pos >= rules.size()) {
      throw Refusal.die("no rule at position " + pos);
    }
    return pos;
  }

  /** A new rule comes first, wherever it was said to go. */
  private @Nullable Object create(Call call) {
    var kept = rules.listing(call, true).rules();
    var rule = new TreeMap<String, String>();
    copy(rule, call);
    rules.verify(call, rule);
    rule.putIfAbsent("enable", "0");
    kept.add(0, stored(rule));
    return null;
  }

  private @Nullable Object update(Call call) {
    var listing = rules.listing(call, true);
    listing.check(call.params().find("digest"));
    var kept = listing.rules();
    int pos = existing(kept, call);
    var moveTo = call.params().find("moveto");
    if (moveTo != null && !moveTo.equals(String.valueOf(pos))) {
      move(kept, pos, (int) Math.min(Long.parseLong(moveTo), kept.size()));
      return null;
    }
    var rule = new TreeMap<>(kept.get(pos));
    copy(rule, call);
    for (var name : call.params().list("delete")) {
      if (!FIELDS.containsKey(name) && !Set.of("pos", "digest").contains(name)) {
        throw Refusal.parameter("delete", "no such property ('" + name + "')");
      }
      if (NEEDED.contains(name)) {
        throw Refusal.parameter("delete", "unable to delete required property '" + name + "'");
      }
      rule.remove(name);
    }
    rules.verify(call, rule);
    kept.set(pos, stored(rule));
    return null;
  }

  /** In front of the rule that was there, so one place earlier if it came from before. */
  private static void move(List<Map<String, String>> rules, int from, int to) {
    var moved = new ArrayList<Map<String, String>>();
    for (int i = 0; i < rules.size(); i++) {
      if (i == from) {
        continue;
      }
      if (i == to) {
        moved.add(rules.get(from));
      }
      moved.add(rules.get(i));
    }
    if (to >= rules.size()) {
      moved.add(rules.get(from));
    }
    rules.clear();
    rules.addAll(moved);
  }

  private @Nullable Object delete(Call call) {
    var listing = rules.listing(call, true);
    listing.check(call.params().find("digest"));
    listing.rules().remove(existing(listing.rules(), call));
    return null;
  }

  private static void copy(Map<String, String> rule, Call call) {
    for (var name : FIELDS.keySet()) {
      var value = call.params().find(name);
      if (value == null) {
        continue;
      }
      if (value.isEmpty() || value.equals("-")) {
        rule.remove(name);
      } else {
        rule.put(name, name.equals("macro") ? Macros.spelled(value) : value);
      }
    }
  }

  /** A rule as its line in the file can say it. */
  private static Map<String, String> stored(Map<String, String> rule) {
    var kept = new TreeMap<>(rule);
    kept.compute("enable", (_, enable) -> "0".equals(enable) ? "0" : "1");
    if ("group".equals(rule.get("type"))) {
      kept.keySet().retainAll(OF_GROUPS);
    }
    return kept;
  }

  /** Rules as they are answered. */
  record Answered(List<Map<String, String>> rules, List<Item> items, Listing listing) {
    void check(@Nullable String digest) {
      listing.check(digest);
    }

    List<Item> answer() {
      for (int i = 0; i < items.size(); i++) {
        items.get(i).with("pos", i);
      }
      return items;
    }

    Item item(int pos) {
      return items.get(pos);
    }
  }
}
