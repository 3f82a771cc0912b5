package dev.hearth.stdlib.proxmox.sim.firewall;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.api.Standard;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code …/firewall/aliases}: names for addresses and networks. */
final class AliasMethods {
  static final Param NAME = Param.of(matching(FirewallFormats.NAME).minLength(2).maxLength(64));
  private static final Param NETWORK = Param.of(formatted(FirewallFormats.NETWORK));
  private static final Param COMMENT = Param.optional(string());
  private static final String ONE = "/aliases/{name}";

  private final Level level;

  AliasMethods(Level level) {
    this.level = level;
  }

  List<ApiMethod> all() {
    return List.of(
        level.reading("/aliases", "get_aliases").answers(call -> listing(call).items()),
        level
            .writing("POST", "/aliases", "create_alias")
            .param("name", NAME)
            .param("cidr", NETWORK)
            .param("comment", COMMENT)
            .answers(this::create),
        level.reading(ONE, "read_alias").param("name", NAME).answers(this::read),
        level
            .writing("PUT", ONE, "update_alias")
            .param("name", NAME)
            .param("cidr", NETWORK)
            .param("comment", COMMENT)
            .param("rename", NAME.asOptional())
            .param("digest", Standard.DIGEST)
            .answers(this::update),
        level
            .writing("DELETE", ONE, "remove_alias")
            .param("name", NAME)
            .param("digest", Standard.DIGEST)
            .answers(this::delete));
  }

  private Listing listing(Call call) {
    var told = new ArrayList<Map<String, String>>();
    level.file(call).aliases().values().forEach(alias -> told.add(told(alias)));
    return new Listing(told);
  }

  private static Map<String, String> told(Map<String, String> alias) {
    var entry = new TreeMap<>(alias);
    var network = alias.getOrDefault("cidr", "");
    entry.put("ipversion", String.valueOf(FirewallFormats.versionOfNetwork(network)));
    return entry;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> made(Call call, String name) {
    var alias = new TreeMap<String, String>();
    alias.put("name", name);
    alias.put("cidr", FirewallFormats.kept(call.params().text("cidr")));
    var comment = call.params().text("comment", "");
    if (!comment.isEmpty()) {
      alias.put("comment", comment);
    }
    return alias;
  }

  private @Nullable Object create(Call call) {
    var name = call.params().text("name");
    var aliases = level.file(call).aliases();
    if (aliases.containsKey(key(name))) {
      throw taken(name);
    }
    aliases.put(key(name), made(call, name));
    return null;
  }

  private static Refusal taken(String name) {
    return Refusal.parameter("name", "alias '" + name + "' already exists");
  }

  private Map<String, String> named(Call call) {
    var alias = level.file(call).aliases().get(key(call.params().text("name")));
    if (alias == null) {
      throw Refusal.parameter("name", "no such alias");
    }
    return alias;
  }

  private Object read(Call call) {
    return Listing.fields(told(named(call)));
  }

  private @Nullable Object update(Call call) {
    listing(call).check(call.params().find("digest"));
    named(call);
    var aliases = level.file(call).aliases();
    var name = call.params().text("name");
    var wanted = call.params().text("rename", name);
    if (!key(wanted).equals(key(name)) && aliases.containsKey(key(wanted))) {
      throw taken(wanted);
    }
    aliases.remove(key(name));
    aliases.put(key(wanted), made(call, wanted));
    return null;
  }

  /** Removing what is not there is no error. */
  private @Nullable Object delete(Call call) {
    listing(call).check(call.params().find("digest"));
    level.file(call).aliases().remove(key(call.params().text("name")));
    return null;
  }
}
