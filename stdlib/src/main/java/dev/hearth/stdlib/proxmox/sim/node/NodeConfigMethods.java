package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import dev.hearth.stdlib.proxmox.config.Formats;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code /nodes/{node}/config}: notes, certificates to order, how to wake the node. */
final class NodeConfigMethods {
  static final String STALE =
      "detected modified configuration - file changed by other user? Try again.";
  private static final int DOMAINS = 6;
  private static final String FILE = "config";
  private static final ValueFormat DOMAIN =
      ValueFormat.of(
          "pve-acme-domain",
          value ->
              value.matches("(?i)(\\*\\.)?([a-z0-9]([a-z0-9_-]*[a-z0-9])?\\.)*[a-z0-9-]+")
                  ? Optional.empty()
                  : Optional.of("value '" + value + "' does not look like a valid domain name!\n"));
  static final PropertyFormat ACME =
      PropertyFormat.named("acme")
          .optional("account", formatted(Formats.CONFIG_ID))
          .optional("domains", formatted(DOMAIN.list()));
  static final PropertyFormat ACME_DOMAIN =
      PropertyFormat.named("acmedomain")
          .first("domain", formatted(DOMAIN))
          .optional("alias", formatted(DOMAIN))
          .optional("plugin", formatted(Formats.CONFIG_ID));
  private static final PropertyFormat WAKE =
      PropertyFormat.named("wakeonlan")
          .first("mac", formatted(Formats.MAC_ADDRESS))
          .optional("bind-interface", formatted(Formats.INTERFACE))
          .optional("broadcast-address", formatted(Formats.IPV4_ADDRESS));

  private NodeConfigMethods() {}

  static List<ApiMethod> of(int major) {
    var names = new ArrayList<>(List.of("acme"));
    for (int i = 0; i < DOMAINS; i++) {
      names.add("acmedomain" + i);
    }
    names.addAll(List.of("ballooning-target", "description"));
    if (major >= 9) {
      names.add("location");
    }
    names.addAll(List.of("startall-onboot-delay", "wakeonlan"));
    return List.of(
        OneNode.method("GET", FILE, "get_config", Check.perm("/", "Sys.Audit"))
            .param("property", Param.optional(oneOf(names).orElse("all")))
            .answers(NodeConfigMethods::read),
        OneNode.method("PUT", FILE, "set_options", Check.perm("/", "Sys.Modify"))
            .params(options())
            .params("acmedomain", DOMAINS, Param.optional(formatted(ACME_DOMAIN)))
            .param("delete", Param.optional(formatted(Formats.CONFIG_ID.list())))
            .param("digest", Param.optional(string().maxLength(40)))
            .answers(NodeConfigMethods::update));
  }

  private static Map<String, Param> options() {
    var options = new LinkedHashMap<String, Param>();
    options.put("acme", Param.optional(formatted(ACME)));
    options.put("ballooning-target", Param.optional(integer().min(0).max(100).orElse("80")));
    options.put("description", Param.optional(string().maxLength(65_536)));
    options.put("startall-onboot-delay", Param.optional(integer().min(0).max(300).orElse("0")));
    options.put("wakeonlan", Param.optional(formatted(WAKE)));
    return options;
  }

  private static Map<String, String> file(Call call) {
    return call.world().nodeFacts(call.node(), FILE);
  }

  private static String digest(Map<String, String> file) {
    var text = new StringBuilder();
    new TreeMap<>(file)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return Digests.sha1(text.toString());
  }

  private static Object read(Call call) {
    var file = file(call);
    var property = call.params().find("property");
    if (property != null && !property.equals("all")) {
      return new Item().withKnown(property, file.get(property));
    }
    var entry = new Item();
    file.forEach(entry::with);
    return entry.with("digest", digest(file));
  }

  private static @Nullable Object update(Call call) {
    var file = file(call);
    var known = call.params().text("digest", "");
    if (!known.isEmpty() && !known.equals(digest(file))) {
      throw Refusal.die(STALE);
    }
    call.params().list("delete").forEach(file::remove);
    for (var name : call.params().all().keySet()) {
      var value = call.params().find(name);
      if (value != null && (options().containsKey(name) || name.startsWith("acmedomain"))) {
        file.put(name, name.equals("description") && !value.endsWith("\n") ? value + "\n" : value);
      }
    }
    return null;
  }
}
