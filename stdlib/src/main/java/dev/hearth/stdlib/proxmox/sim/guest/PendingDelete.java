package dev.hearth.stdlib.proxmox.sim.guest;

import dev.hearth.stdlib.proxmox.config.Lists;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The keys that go at the next start: one entry of the pending section, a list in which {@code !}
 * before a key means that its volume goes with it.
 */
public record PendingDelete(Map<String, String> pending) {
  public static final String KEY = "delete";

  /** The keys with whether their volumes go too. */
  public Map<String, Boolean> entries() {
    var entries = new LinkedHashMap<String, Boolean>();
    for (var item : Lists.split(pending.getOrDefault(KEY, ""))) {
      var force = item.startsWith("!");
      entries.put(force ? item.substring(1) : item, force);
    }
    return entries;
  }

  public Set<String> keys() {
    return entries().keySet();
  }

  public void add(String key, boolean force) {
    var entries = entries();
    entries.put(key, force);
    write(entries);
  }

  public void remove(String key) {
    var entries = entries();
    entries.remove(key);
    write(entries);
  }

  private void write(Map<String, Boolean> entries) {
    if (entries.isEmpty()) {
      pending.remove(KEY);
      return;
    }
    var text = new StringBuilder();
    entries.forEach(
        (key, force) ->
            text.append(text.isEmpty() ? "" : ",").append(force ? "!" : "").append(key));
    pending.put(KEY, text.toString());
  }
}
