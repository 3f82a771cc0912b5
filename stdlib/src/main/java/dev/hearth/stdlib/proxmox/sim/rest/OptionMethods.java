package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.Lists;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/options}: what {@code datacenter.cfg} says. */
public final class OptionMethods {
  private static final String TAG = "[a-zA-Z0-9_][a-zA-Z0-9_\\-+.]*";
  private static final String COLOR = TAG + ":[0-9a-fA-F]{6}(?::[0-9a-fA-F]{6})?";
  private static final Set<String> PUBLIC = Set.of("console", "tag-style", "consent-text");
  private static final Set<String> SPLIT =
      Set.of("ha", "crs", "migration", "next-id", "notify", "tag-style", "u2f", "webauthn");
  private static final ValueFormat MAC_PREFIX =
      ValueFormat.of(
          "mac-prefix",
          value ->
              value.matches("(?i)[a-f0-9][02468ace](?::[a-f0-9]{2}){0,2}:?")
                  ? Optional.empty()
                  : Optional.of("value is not a valid unicast MAC address prefix\n"));

  private OptionMethods() {}

  public static List<ApiMethod> all() {
    return List.of(
        ApiMethod.get("/cluster/options")
            .name("get_options")
            .allow(Check.anyUser())
            .answers(OptionMethods::read),
        ApiMethod.put("/cluster/options")
            .name("set_options")
            .allow(Check.perm("/", "Sys.Modify"))
            .params(options())
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .answers(OptionMethods::update));
  }

  private static Map<String, Param> options() {
    var params = new LinkedHashMap<String, Param>();
    structured(params);
    params.put("consent-text", Param.optional(string().maxLength(65_536)));
    params.put("console", Param.optional(oneOf("applet", "vv", "html5", "xtermjs")));
    params.put("description", Param.optional(string().maxLength(65_536)));
    params.put("email_from", Param.optional(formatted(AccessTypes.MAIL_FORMAT)));
    params.put("fencing", Param.optional(oneOf("watchdog", "hardware", "both")));
    params.put("http_proxy", Param.optional(matching("http://.*")));
    params.put(
        "keyboard",
        Param.optional(
            oneOf(
                "de", "de-ch", "da", "en-gb", "en-us", "es", "fi", "fr", "fr-be", "fr-ca", "fr-ch",
                "hu", "is", "it", "ja", "lt", "mk", "nl", "no", "pl", "pt", "pt-br", "sv", "sl",
                "tr")));
    params.put(
        "language",
        Param.optional(
            oneOf(
                "ar", "ca", "da", "de", "en", "es", "eu", "fa", "fr", "hr", "he", "it", "ja", "ka",
                "kr", "nb", "nl", "nn", "pl", "pt_BR", "ru", "sl", "sv", "tr", "ukr", "zh_CN",
                "zh_TW")));
    params.put("mac_prefix", Param.optional(formatted(MAC_PREFIX)));
    params.put("max_workers", Param.optional(integer().min(1)));
    params.put("migration_unsecure", Param.optional(bool()));
    params.put("registered-tags", Param.optional(matching("(?:" + TAG + ";)*" + TAG)));
    return params;
  }

  private static void structured(Map<String, Param> params) {
    var rate = number().min(0);
    put(
        params,
        PropertyFormat.named("bwlimit")
            .optional(List.of("clone", "default", "migration", "move", "restore"), rate));
    put(
        params,
        PropertyFormat.named("crs")
            .optional("ha", oneOf("basic", "static"))
            .optional("ha-rebalance-on-start", bool()));
    put(
        params,
        PropertyFormat.named("ha")
            .required("shutdown_policy", oneOf("freeze", "failover", "conditional", "migrate")));
    put(
        params,
        PropertyFormat.named("migration")
            .first("type", oneOf("secure", "insecure"))
            .optional("network", string()));
    put(
        params,
        PropertyFormat.named("next-id").optional("lower", integer()).optional("upper", integer()));
    put(
        params,
        PropertyFormat.named("notify")
            .optional("fencing", oneOf("always", "never"))
            .optional("package-updates", oneOf("auto", "always", "never"))
            .optional("replication", oneOf("always", "never"))
            .optional(
                List.of("target-fencing", "target-package-updates", "target-replication"),
                string()));
    put(
        params,
        PropertyFormat.named("tag-style")
            .optional("case-sensitive", bool())
            .optional("color-map", matching(COLOR + "(?:;" + COLOR + ")*"))
            .optional("ordering", oneOf("config", "alphabetical"))
            .optional("shape", oneOf("full", "circle", "dense", "none")));
    put(params, PropertyFormat.named("u2f").optional(List.of("appid", "origin"), string()));
    put(
        params,
        PropertyFormat.named("user-tag-access")
            .optional("user-allow", oneOf("none", "list", "existing", "free"))
            .optional("user-allow-list", matching(TAG + "(?:;" + TAG + ")*")));
    put(
        params,
        PropertyFormat.named("webauthn")
            .optional("allow-subdomains", bool())
            .optional(List.of("id", "origin", "rp"), string()));
  }

  private static void put(Map<String, Param> params, PropertyFormat format) {
    params.put(format.name(), Param.optional(formatted(format)));
  }

  private static Object read(Call call) {
    boolean isAuditor = call.rights().has("/", "Sys.Audit");
    var options = call.world().options();
    var entry = new Item();
    options.forEach(
        (name, value) -> {
          if (isAuditor || PUBLIC.contains(name)) {
            entry.with(name, shown(name, value));
          }
        });
    entry.with("allowed-tags", allowedTags(call, isAuditor));
    if (isAuditor) {
      entry.putIfAbsent("mac_prefix", World.MAC_PREFIX);
      entry.putIfAbsent("description", "");
    }
    return entry;
  }

  private static Object shown(String name, String value) {
    if (name.equals("registered-tags")) {
      return sorted(value);
    }
    if (name.equals("description")) {
      return value.endsWith("\n") ? value : value + "\n";
    }
    var properties = new Properties(name.equals("migration") ? typed(value) : value).values;
    if (name.equals("user-tag-access")) {
      var entry = new Item();
      properties.forEach(
          (key, item) -> entry.with(key, key.equals("user-allow-list") ? sorted(item) : item));
      return entry;
    }
    if (!SPLIT.contains(name)) {
      return value;
    }
    var entry = new Item();
    properties.forEach(
        (key, item) ->
            entry.with(key, item.matches("[01]") ? (Object) Integer.valueOf(item) : item));
    return entry;
  }

  private static String typed(String migration) {
    return migration.startsWith("type=") || migration.startsWith("network=")
        ? migration
        : "type=" + migration;
  }

  private static List<String> sorted(String tags) {
    return List.copyOf(new TreeSet<>(Lists.split(tags)));
  }

  private static List<String> allowedTags(Call call, boolean isAuditor) {
    var options = call.world().options();
    var access = new Properties(options.getOrDefault("user-tag-access", "")).values;
    var tags = new TreeSet<>(Lists.split(access.getOrDefault("user-allow-list", "")));
    var mode = access.getOrDefault("user-allow", "free");
    if (mode.equals("none")) {
      tags.clear();
    } else if (!mode.equals("list")) {
      for (var guest : call.world().guests().values()) {
        if (call.rights().has("/vms/" + guest.vmid(), "VM.Audit")) {
          tags.addAll(Lists.split(guest.config().getOrDefault("tags", "")));
        }
      }
    }
    if (isAuditor) {
      tags.addAll(Lists.split(options.getOrDefault("registered-tags", "")));
    }
    return List.copyOf(tags);
  }

  private static @Nullable Object update(Call call) {
    var options = call.world().options();
    var range = new Properties(call.params().text("next-id", ""));
    int lower = range.integer("lower", 100);
    int upper = range.integer("upper", 1_000_000);
    if (lower > upper) {
      throw Refusal.die("lower (" + lower + ") <= upper (" + upper + ") boundary rule broken");
    }
    call.params().list("delete").forEach(options::remove);
    for (var name : options().keySet()) {
      var value = call.params().find(name);
      if (value != null) {
        options.put(name, value);
      }
    }
    return null;
  }

  /** The {@code key=value} pairs of a property string that was already checked. */
  static final class Properties {
    private final Map<String, String> values = new LinkedHashMap<>();

    Properties(String text) {
      for (var pair : text.split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
    }

    int integer(String name, int otherwise) {
      var value = values.get(name);
      return value == null ? otherwise : Integer.parseInt(value);
    }
  }
}
