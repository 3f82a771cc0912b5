package dev.hearth.stdlib.proxmox.sim.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One question to the API, which is always a {@code GET}.
 *
 * @param kind its path before the places in it were filled, such as {@code /nodes/{}/qemu}
 * @param segments of its path; what stands in them is text, nothing in it is read as syntax
 * @param params of its query
 */
public record Ask(String kind, List<String> segments, Map<String, String> params) {
  public Ask {
    segments = List.copyOf(segments);
    params = Map.copyOf(params);
  }

  /** A path such as {@code /nodes/{}/qemu}, whose places are filled in order. */
  static Ask of(String path, Object... values) {
    var segments = new ArrayList<String>();
    int next = 0;
    for (var segment : path.substring(1).split("/", -1)) {
      segments.add(segment.equals("{}") ? values[next++].toString() : segment);
    }
    return new Ask(path, segments, Map.of());
  }

  /** What is below its path. */
  Ask then(String path, Object... values) {
    var below = of(path, values);
    var all = new ArrayList<>(segments);
    all.addAll(below.segments);
    return new Ask(kind + path, all, params);
  }

  Ask with(String name, String value) {
    var more = new TreeMap<>(params);
    more.put(name, value);
    return new Ask(kind, segments, more);
  }

  /** Without its parameters. */
  @Override
  public String toString() {
    return "GET /" + String.join("/", segments);
  }
}
