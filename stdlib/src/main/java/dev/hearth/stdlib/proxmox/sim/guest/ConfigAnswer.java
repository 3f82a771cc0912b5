package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.config.KeyTable;
import dev.hearth.stdlib.proxmox.config.ValueType.Kind;
import dev.hearth.stdlib.proxmox.sim.api.Params;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Configurations as the API answers them: whole numbers as numbers, passwords as stars. */
public final class ConfigAnswer {
  private static final String STARS = "**********";

  private final KeyTable keys;

  /**
   * @param keys what the type of guest can be configured with
   */
  public ConfigAnswer(KeyTable keys) {
    this.keys = keys;
  }

  /**
   * What {@code GET config} asks for, with its digest: what is to be, what holds now ({@code
   * current}), or what held in a {@code snapshot}.
   *
   * @param guest looked for when the parameters go together
   */
  public Map<String, Object> of(Params params, Supplier<? extends AnyGuest> guest) {
    var current = params.flag("current");
    var snapshot = params.find("snapshot");
    if (current && snapshot != null) {
      throw Refusal.parameters(
          Map.of(
              "snapshot", "cannot use 'snapshot' parameter with 'current'",
              "current", "cannot use 'snapshot' parameter with 'current'"));
    }
    var found = guest.get();
    var config = current ? found.config() : found.effective();
    var answer = plain(snapshot == null ? config : found.snapshot(snapshot));
    answer.replaceAll((key, value) -> key.equals("cipassword") ? STARS : value);
    answer.put("digest", found.digest());
    return answer;
  }

  /** A configuration as it stands, passwords and all: so Proxmox answers for snapshots. */
  public Map<String, Object> plain(Map<String, String> config) {
    var answer = new LinkedHashMap<String, Object>();
    config.forEach((key, value) -> answer.put(key, typed(key, value)));
    return answer;
  }

  /** Current and coming values side by side. */
  public List<Map<String, Object>> pending(AnyGuest guest) {
    var items = new ArrayList<Map<String, Object>>();
    var deleted = guest.pendingDelete().entries();
    guest
        .config()
        .forEach(
            (key, value) -> {
              var item = item(key);
              item.put("value", shown(key, value));
              var coming = guest.pending().get(key);
              if (coming != null) {
                item.put("pending", shown(key, coming));
              }
              if (deleted.containsKey(key)) {
                item.put("delete", deleted.getOrDefault(key, false) ? 2 : 1);
              }
              items.add(item);
            });
    guest
        .pending()
        .forEach(
            (key, value) -> {
              if (!key.equals(PendingDelete.KEY) && !guest.config().containsKey(key)) {
                var item = item(key);
                item.put("pending", shown(key, value));
                items.add(item);
              }
            });
    var digest = item("digest");
    digest.put("value", guest.digest());
    items.add(digest);
    return items;
  }

  private static Map<String, Object> item(String key) {
    var item = new LinkedHashMap<String, Object>();
    item.put("key", key);
    return item;
  }

  private Object shown(String key, String value) {
    return key.equals("cipassword") ? STARS : typed(key, value);
  }

  private Object typed(String key, String value) {
    var isWhole =
        key.equals("snaptime")
            || keys.find(key)
                .map(known -> known.type().kind())
                .filter(kind -> kind == Kind.INTEGER || kind == Kind.BOOLEAN)
                .isPresent();
    return isWhole && value.matches("\\d+") ? new BigInteger(value) : value;
  }
}
