package dev.hearth.stdlib.templates;

import dev.hearth.stdlib.templates.ImageFacts.Setup;
import dev.hearth.stdlib.templates.Specification.Nic;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a specification is an option of Proxmox, which makes user-data and network of it. */
final class ProxmoxOptions {
  private ProxmoxOptions() {}

  /** As the API takes them; a password that is a Secret is added by JavaScript. */
  static Map<String, String> of(Specification spec, Setup setup) {
    Map<String, String> options = new LinkedHashMap<>();
    if (setup == Setup.NONE) {
      return options;
    }
    var first = spec.users().getFirst();
    put(options, "ciuser", setup == Setup.IGNITION ? null : first.name());
    put(options, "cipassword", setup == Setup.IGNITION ? null : first.passwordHash());
    if (!first.keys().isEmpty()) {
      options.put("sshkeys", percent(String.join("\n", first.keys())));
    }
    for (int i = 0; i < spec.networks().size(); i++) {
      put(options, "ipconfig" + i, addresses(spec.networks().get(i)));
    }
    put(options, "nameserver", joined(spec.nameservers()));
    put(options, "searchdomain", joined(spec.searchDomains()));
    options.put("ciupgrade", spec.upgrade() ? "1" : "0");
    return options;
  }

  private static void put(Map<String, String> options, String key, @Nullable String value) {
    if (value != null) {
      options.put(key, value);
    }
  }

  private static @Nullable String joined(List<String> words) {
    return words.isEmpty() ? null : String.join(" ", words);
  }

  /** Nothing where a card gets no address: then the guest leaves it alone. */
  static @Nullable String addresses(Nic card) {
    List<String> parts = new ArrayList<>();
    part(parts, "ip", card.ip());
    part(parts, "gw", card.gateway());
    part(parts, "ip6", card.ip6());
    part(parts, "gw6", card.gateway6());
    return parts.isEmpty() ? null : String.join(",", parts);
  }

  private static void part(List<String> parts, String key, @Nullable String value) {
    if (value != null) {
      parts.add(key + "=" + value);
    }
  }

  /** Proxmox wants the keys percent-encoded before the form is encoded. */
  private static String percent(String keys) {
    return URLEncoder.encode(keys, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
