package dev.hearth.stdlib.proxmox.sim.sdn;

import dev.hearth.stdlib.proxmox.sim.api.Call;
import dev.hearth.stdlib.proxmox.sim.api.Fields;
import dev.hearth.stdlib.proxmox.sim.api.Item;
import dev.hearth.stdlib.proxmox.sim.world.Sections;
import dev.hearth.stdlib.proxmox.sim.world.Sections.Section;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The zones, virtual networks or subnets: those that are configured, and those that run because
 * they were applied.
 */
final class SdnObjects {
  private final String kind;
  private final String key;
  private final Fields fields;

  /**
   * @param kind the file, such as {@code zones}
   * @param key the field that names one, such as {@code zone}
   */
  SdnObjects(String kind, String key, Fields fields) {
    this.kind = kind;
    this.key = key;
    this.fields = fields;
  }

  Sections configured(World world) {
    return world.sections("sdn/" + kind);
  }

  Sections running(World world) {
    return world.sections("sdn/running/" + kind);
  }

  void apply(World world) {
    world.sections().put("sdn/running/" + kind, configured(world).copy());
  }

  /** Forgets what was configured since it was applied last. */
  void rollBack(World world) {
    world.sections().put("sdn/" + kind, running(world).copy());
  }

  /** How one is told, whichever of its states was asked for. */
  interface Telling {
    void more(Item item, String id, Map<String, String> values);
  }

  /** The ones that pass, as the call wants to see them. */
  List<Item> list(Call call, Predicate<String> wanted, Telling telling) {
    var ids = new TreeSet<String>();
    if (!call.params().flag("running")) {
      ids.addAll(configured(call.world()).all().keySet());
    }
    if (call.params().flag("running") || call.params().flag("pending")) {
      ids.addAll(running(call.world()).all().keySet());
    }
    return ids.stream().filter(wanted).map(id -> one(call, id, telling)).toList();
  }

  Item one(Call call, String id, Telling telling) {
    var configured = configured(call.world()).find(id).orElse(null);
    var running = running(call.world()).find(id).orElse(null);
    var item = new Item();
    if (call.params().flag("pending")) {
      pending(item, configured, running);
      item.with("digest", null);
    } else {
      var shown = call.params().flag("running") ? running : configured;
      if (shown != null) {
        item.putAll(fields.told(shown.values()));
        item.with("type", shown.type());
        item.with("digest", configured(call.world()).digest());
      }
    }
    item.with(key, id);
    var values = configured == null ? running : configured;
    telling.more(item, id, values == null ? Map.of() : values.values());
    return item;
  }

  /** What runs, and under {@code pending} what would change. */
  private void pending(Item item, @Nullable Section configured, @Nullable Section running) {
    var wanted = configured == null ? Map.<String, String>of() : configured.values();
    var known = running == null ? Map.<String, String>of() : running.values();
    var changes = new Item();
    var names = new TreeSet<>(wanted.keySet());
    names.addAll(known.keySet());
    for (var name : names) {
      var value = wanted.get(name);
      if (value == null || !value.equals(known.get(name))) {
        changes.with(name, value == null ? null : fields.typed(name, value));
      }
    }
    item.putAll(fields.told(known));
    var type = configured == null ? running : configured;
    item.withKnown("type", type == null ? null : type.type());
    var state =
        running == null
            ? "new"
            : configured == null ? "deleted" : changes.isEmpty() ? "" : "changed";
    if (!state.isEmpty()) {
      item.with("state", state).with("pending", changes);
    }
  }

  /** The names of what is configured. */
  Set<String> ids(World world) {
    return configured(world).all().keySet();
  }
}
