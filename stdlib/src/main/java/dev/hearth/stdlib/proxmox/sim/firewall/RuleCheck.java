package dev.hearth.stdlib.proxmox.sim.firewall;

import dev.hearth.stdlib.proxmox.sim.firewall.IpText.Unreadable;
import dev.hearth.stdlib.proxmox.sim.world.Firewall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Proxmox demands of a rule as a whole, once each of its fields is right by itself. */
final class RuleCheck {
  private static final Set<String> ACTIONS = Set.of("ACCEPT", "DROP", "REJECT");
  private static final Pattern IPSET =
      Pattern.compile("\\+(guest/|dc/)?(" + FirewallFormats.NAME + ")");
  private static final Pattern ALIAS =
      Pattern.compile("(guest/|dc/)?(" + FirewallFormats.NAME + ")");

  private final Names names;
  private final String environment;
  private final Set<String> directions;
  private final Map<String, String> errors = new LinkedHashMap<>();
  private int version;

  private RuleCheck(Names names, String environment, Set<String> directions) {
    this.names = names;
    this.environment = environment;
    this.directions = directions;
  }

  /** The files whose aliases and sets a rule may name. */
  record Names(Firewall cluster, @Nullable Firewall guest) {
    /** The files in which a name of this scope is looked for. */
    private List<Firewall> in(@Nullable String scope) {
      var files = new ArrayList<Firewall>();
      if (guest != null && !"dc/".equals(scope)) {
        files.add(guest);
      }
      if (!"guest/".equals(scope)) {
        files.add(cluster);
      }
      return files;
    }

    boolean hasIpset(@Nullable String scope, String name) {
      return in(scope).stream().anyMatch(file -> file.ipsets().containsKey(name));
    }

    /** The address of an alias. */
    @Nullable String alias(@Nullable String scope, String name) {
      for (var file : in(scope)) {
        var alias = file.aliases().get(name.toLowerCase(Locale.ROOT));
        if (alias != null) {
          return alias.get("cidr");
        }
      }
      return null;
    }
  }

  /**
   * A rule as Proxmox reads it back, or what is wrong with it.
   *
   * @param version of the protocol that its addresses tell; 0 if they do not
   * @param errors the first thing that is wrong with a field, by field
   */
  record Verdict(int version, Map<String, String> errors) {}

  static Verdict of(
      Map<String, String> rule, Names names, String environment, Set<String> directions) {
    var check = new RuleCheck(names, environment, directions);
    check.all(rule);
    return new Verdict(check.version, check.errors);
  }

  private void error(String field, String message) {
    errors.putIfAbsent(field, message);
  }

  private void all(Map<String, String> rule) {
    kind(rule.getOrDefault("type", ""), rule.getOrDefault("action", ""));
    var iface = rule.get("iface");
    if (iface != null) {
      iface(iface);
    }
    var macro = rule.get("macro");
    if (macro != null && !Macros.has(macro)) {
      error("macro", "unknown macro '" + macro + "'");
    }
    var proto = rule.get("proto");
    if (proto != null && FirewallFormats.isIcmp(proto)) {
      version(FirewallFormats.isIcmpV4(proto) ? 4 : 6, "proto");
    }
    ports(rule, "dport", proto);
    icmp(rule.get("icmp-type"), proto);
    ports(rule, "sport", proto);
    addresses(rule, "source");
    addresses(rule, "dest");
  }

  private void kind(String type, String action) {
    if (!directions.contains(type)) {
      error("type", "invalid rule type '" + type + "' for rule_env '" + environment + "'");
    } else if (!type.equals("group") && !ACTIONS.contains(action)) {
      error("action", "unknown action '" + action + "'");
    } else if (type.equals("group") && !action.matches(FirewallFormats.NAME)) {
      error("action", "invalid characters in security group name");
    }
  }

  private void iface(String iface) {
    boolean isGuest = environment.equals("vm") || environment.equals("ct");
    if (environment.equals("group") || environment.equals("vnet")) {
      error("iface", "parameter not allowed");
    } else if (isGuest && !iface.matches("net\\d+")) {
      error("iface", "value does not match the regex pattern 'net\\d+'");
    }
  }

  private void version(int found, String field) {
    if (version != 0 && version != found) {
      error(field, "detected mixed ipv4/ipv6 addresses in rule");
      return;
    }
    version = found;
  }

  private void ports(Map<String, String> rule, String field, @Nullable String proto) {
    if (rule.get(field) == null) {
      return;
    }
    if (proto == null) {
      error("proto", "missing property - '" + field + "' requires this property");
    } else if (!FirewallFormats.hasPorts(proto)
        && !(field.equals("dport") && FirewallFormats.isIcmp(proto))) {
      error(field, "protocol '" + proto + "' does not support ports");
    }
  }

  private void icmp(@Nullable String type, @Nullable String proto) {
    if (type == null) {
      return;
    }
    if (proto == null) {
      error("proto", "missing property - 'icmp-type' requires this property");
    } else if (!FirewallFormats.isIcmp(proto)) {
      error("icmp-type", "'icmp-type' expects 'icmp' or 'ipv6-icmp' or 'icmpv6'");
    } else {
      boolean isV4 = FirewallFormats.isIcmpV4(proto);
      var known = isV4 ? FirewallFormats.ICMP_TYPES : FirewallFormats.ICMPV6_TYPES;
      if (!known.contains(type)) {
        error("icmp-type", "invalid icmp-type '" + type + "' for proto '" + proto + "'");
      }
    }
  }

  private void addresses(Map<String, String> rule, String field) {
    var value = rule.get(field);
    if (value == null) {
      return;
    }
    try {
      versionOf(value).ifPresent(found -> version(found, field));
    } catch (Unreadable e) {
      error(field, e.text());
    }
    if (value.startsWith("+")) {
      var ipset = IPSET.matcher(value);
      if (!ipset.matches()) {
        error(field, "invalid ipset name '" + value + "'");
      } else if (!names.hasIpset(ipset.group(1), ipset.group(2))) {
        error(field, "no such ipset '" + ipset.group(2) + "'");
      }
      return;
    }
    var alias = ALIAS.matcher(value);
    if (alias.matches()) {
      var network = names.alias(alias.group(1), alias.group(2));
      if (network == null) {
        error(field, "no such alias '" + value + "'");
      } else {
        version(FirewallFormats.versionOfNetwork(network), field);
      }
    }
  }

  private static OptionalInt versionOf(String value) throws Unreadable {
    return FirewallFormats.versionOf(value);
  }
}
