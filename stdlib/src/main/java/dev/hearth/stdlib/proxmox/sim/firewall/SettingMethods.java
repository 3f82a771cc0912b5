package dev.hearth.stdlib.proxmox.sim.firewall;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueType;
import dev.hearth.stdlib.proxmox.config.ValueType.Kind;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code …/firewall/options}: whether a level is on, and what it does where no rule matches. */
final class SettingMethods {
  private static final ValueType POLICY = oneOf("ACCEPT", "REJECT", "DROP");
  private static final ValueType FORWARDING = oneOf("ACCEPT", "DROP");
  private static final ValueType LOG = oneOf(RuleMethods.LOG_LEVELS);
  private static final PropertyFormat LOG_RATE =
      PropertyFormat.named("log_ratelimit")
          .first("enable", bool())
          .optional("burst", integer().min(0))
          .optional("rate", matching("[1-9][0-9]*\\/(second|minute|hour|day)"));

  private final Level level;
  private final Map<String, ValueType> options;

  SettingMethods(Level level) {
    this.level = level;
    this.options = options(level);
  }

  private static Map<String, ValueType> options(Level level) {
    return switch (level) {
      case CLUSTER -> ofCluster();
      case NODE -> ofNode();
      case VM, CT -> ofGuest();
      case VNET -> ofVnet();
    };
  }

  private static Map<String, ValueType> ofCluster() {
    var options = new LinkedHashMap<String, ValueType>();
    options.put("enable", integer().min(0));
    options.put("ebtables", bool());
    options.put("log_ratelimit", formatted(LOG_RATE));
    options.put("policy_in", POLICY);
    options.put("policy_out", POLICY);
    options.put("policy_forward", FORWARDING);
    return options;
  }

  private static Map<String, ValueType> ofNode() {
    var options = new LinkedHashMap<String, ValueType>();
    for (var name :
        List.of(
            "enable",
            "log_nf_conntrack",
            "ndp",
            "nf_conntrack_allow_invalid",
            "nftables",
            "nosmurfs",
            "protection_synflood",
            "tcpflags")) {
      options.put(name, bool());
    }
    for (var name :
        List.of(
            "log_level_forward",
            "log_level_in",
            "log_level_out",
            "smurf_log_level",
            "tcp_flags_log_level")) {
      options.put(name, LOG);
    }
    options.put("nf_conntrack_helpers", formatted(FirewallFormats.HELPERS));
    options.put("nf_conntrack_max", integer().min(32_768));
    options.put("nf_conntrack_tcp_timeout_established", integer().min(7_875));
    options.put("nf_conntrack_tcp_timeout_syn_recv", integer().min(30).max(60));
    options.put("protection_synflood_burst", integer());
    options.put("protection_synflood_rate", integer());
    return options;
  }

  private static Map<String, ValueType> ofGuest() {
    var options = new LinkedHashMap<String, ValueType>();
    for (var name : List.of("dhcp", "enable", "ipfilter", "macfilter", "ndp", "radv")) {
      options.put(name, bool());
    }
    options.put("log_level_in", LOG);
    options.put("log_level_out", LOG);
    options.put("policy_in", POLICY);
    options.put("policy_out", POLICY);
    return options;
  }

  private static Map<String, ValueType> ofVnet() {
    var options = new LinkedHashMap<String, ValueType>();
    options.put("enable", bool());
    options.put("log_level_forward", LOG);
    options.put("policy_forward", FORWARDING);
    return options;
  }

  List<ApiMethod> all() {
    var params = new LinkedHashMap<String, Param>();
    options.forEach((name, type) -> params.put(name, Param.optional(type)));
    return List.of(
        level.reading("/options", "get_options").answers(this::read),
        level
            .writing("PUT", "/options", "set_options")
            .params(params)
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .param("digest", Standard.DIGEST)
            .answers(this::update));
  }

  private Object read(Call call) {
    level.check(call, false);
    var set = level.file(call).options();
    var item = Item.of("digest", Listing.digest(set));
    set.forEach((name, value) -> item.with(name, isNumber(name) ? Long.valueOf(value) : value));
    return item;
  }

  private boolean isNumber(String name) {
    var type = options.get(name);
    return type != null && (type.kind() == Kind.BOOLEAN || type.kind() == Kind.INTEGER);
  }

  private @Nullable Object update(Call call) {
    level.check(call, true);
    var set = level.file(call).options();
    Listing.check(Listing.digest(set), call.params().find("digest"));
    for (var name : call.params().list("delete")) {
      if (!options.containsKey(name)) {
        throw Refusal.parameter("delete", "no such option '" + name + "'");
      }
    }
    call.params().list("delete").forEach(set::remove);
    for (var name : options.keySet()) {
      var value = call.params().find(name);
      if (value != null) {
        set.put(name, isSwitchedOn(name, value) ? String.valueOf(call.world().now()) : value);
      }
    }
    return null;
  }

  /** The datacenter's switch remembers since when it is on, if it is asked to. */
  private boolean isSwitchedOn(String name, String value) {
    return level == Level.CLUSTER && name.equals("enable") && Long.parseLong(value) > 1;
  }
}
