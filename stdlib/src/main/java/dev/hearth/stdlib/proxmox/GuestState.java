package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a guest is.
 *
 * @param runs whether changes meet a running guest
 * @param config as it is configured, with what waits for the next start
 * @param current as it is configured now
 * @param waiting the keys that wait for the next start
 * @param digest what Proxmox compares to see whether somebody else changed it meanwhile
 */
record GuestState(
    long vmid,
    String node,
    boolean runs,
    Map<String, String> config,
    Map<String, String> current,
    Set<String> waiting,
    String digest) {

  /** Of its three answers: configuration, pending changes and status. */
  static GuestState of(long vmid, String node, JsonNode config, JsonNode pending, JsonNode status) {
    var digest = config.path("digest").asText();
    var all = new LinkedHashMap<String, String>();
    config.properties().forEach(option -> all.put(option.getKey(), option.getValue().asText()));
    all.remove("digest");
    var current = new LinkedHashMap<String, String>();
    var waiting = new TreeSet<String>();
    for (var option : pending) {
      var key = option.path("key").asText();
      if (option.hasNonNull("value")) {
        current.put(key, option.get("value").asText());
      }
      if (option.hasNonNull("pending") || option.path("delete").asInt() > 0) {
        waiting.add(key);
      }
    }
    current.remove("digest");
    return new GuestState(
        vmid,
        node,
        status.path("status").asText().equals("running"),
        Collections.unmodifiableMap(all),
        Collections.unmodifiableMap(current),
        Collections.unmodifiableSet(waiting),
        digest);
  }

  /** The keys that another state has otherwise. */
  Set<String> changedIn(GuestState other) {
    var keys = new TreeSet<>(config.keySet());
    keys.addAll(other.config.keySet());
    keys.removeIf(
        key -> String.valueOf(config.get(key)).equals(String.valueOf(other.config.get(key))));
    return keys;
  }
}
