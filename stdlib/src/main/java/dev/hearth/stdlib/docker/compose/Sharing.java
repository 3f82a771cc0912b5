package dev.hearth.stdlib.docker.compose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whose namespaces a service lives in: {@code network_mode: service:NAME}, and so on. */
public final class Sharing {
  private static final List<String> KEYS = List.of("network_mode", "pid", "ipc");
  private static final String SERVICE = "service:";

  private Sharing() {}

  /** The other services, by the keys that name them; empty for a service of its own. */
  public static Map<String, String> of(JsonNode service) {
    var others = new LinkedHashMap<String, String>();
    for (var key : KEYS) {
      var mode = service.path(key).asText("");
      if (mode.startsWith(SERVICE)) {
        others.put(key, mode.substring(SERVICE.length()));
      }
    }
    return others;
  }
}
