package dev.hearth.stdlib.proxmox.sim.node;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;

import dev.hearth.stdlib.proxmox.sim.api.ApiMethod;
import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Check;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.api.Param;
import dev.hearth.stdlib.proxmox.sim.base.Digests;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /nodes/{node}/subscription}: a key is kept, and nobody is asked whether it is good. */
final class SubscriptionMethods {
  private static final String PRICING =
      "https://www.proxmox.com/en/proxmox-virtual-environment/pricing";
  private static final String KEY = "key";
  private static final int FIRST_WITH_OTHER_KEYS = 9;

  private SubscriptionMethods() {}

  static List<ApiMethod> of(int major) {
    var sizes = major < FIRST_WITH_OTHER_KEYS ? "[1248]" : "\\d+";
    return List.of(
        OneNode.method("GET", "subscription", "get", Check.anyUser())
            .answers(SubscriptionMethods::read),
        OneNode.method("PUT", "subscription", "set", OneNode.MODIFY)
            .param(
                KEY,
                Param.of(matching("\\s*pve(" + sizes + ")([cbsp])-[0-9a-f]{10}\\s*").maxLength(32)))
            .answers(SubscriptionMethods::set),
        OneNode.method("POST", "subscription", "update", OneNode.MODIFY)
            .param("force", Param.optional(bool().orElse("0")))
            .answers(SubscriptionMethods::refresh),
        OneNode.method("DELETE", "subscription", "delete", OneNode.MODIFY)
            .answers(SubscriptionMethods::delete));
  }

  private static Map<String, String> kept(Call call) {
    return call.world().nodeFacts(call.node(), "subscription");
  }

  private static Object read(Call call) {
    var key = kept(call).get(KEY);
    boolean isAuditor = call.rights().has("/nodes/" + call.node(), "Sys.Audit");
    var entry = Item.of("status", key == null ? "notfound" : "new").with("url", PRICING);
    if (key == null) {
      entry.with("message", "There is no subscription key");
    }
    if (isAuditor) {
      var seed = Digests.sha1(call.world().node(call.node()).fingerprint());
      entry.with("serverid", seed.substring(0, 32).toUpperCase(Locale.ROOT)).withKnown(KEY, key);
    }
    return entry;
  }

  private static @Nullable Object set(Call call) {
    kept(call).put(KEY, call.params().text(KEY).strip());
    return null;
  }

  /** Asks about the key again, which nobody answers. */
  private static @Nullable Object refresh(Call call) {
    return null;
  }

  private static @Nullable Object delete(Call call) {
    kept(call).clear();
    return null;
  }
}
