package dev.hearth.stdlib.proxmox;

import dev.hearth.runtime.HearthException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A path of the API, such as {@code /nodes/pve/qemu/100}. The server decodes a path before it
 * splits it, so encoding alone would not keep a name inside its segment: a slash is refused, but in
 * the volume id that follows {@code content}.
 */
record ApiPath(List<String> segments) {
  private static final String VOLUMES = "content";

  ApiPath {
    for (int i = 0; i < segments.size(); i++) {
      boolean volume = i > 0 && segments.get(i - 1).equals(VOLUMES);
      check(segments.get(i), volume);
    }
    segments = List.copyOf(segments);
  }

  private static void check(String segment, boolean volume) {
    var parts = volume ? List.of(segment.split("/", -1)) : List.of(segment);
    for (var part : parts) {
      boolean bad =
          part.isEmpty()
              || part.equals(".")
              || part.equals("..")
              || part.contains("/")
              || part.contains("\\")
              || part.chars().anyMatch(Character::isISOControl);
      if (bad) {
        throw new HearthException(
            ProxmoxError.PATH_SEGMENT, segment.replaceAll("\\p{Cntrl}", "\uFFFD"));
      }
    }
  }

  /** A path of segments; what stands in them is text, nothing in it is read as syntax. */
  static ApiPath of(Object... segments) {
    return new ApiPath(List.of()).then(segments);
  }

  /** Reads {@code /nodes/pve/status}, with or without {@code /api2/json} before it. */
  static ApiPath parse(String path) {
    var rest = path.replaceFirst("^/?(api2/json(/|$))?", "");
    var segments = new ArrayList<>(List.of(rest.split("/", -1)));
    int volumes = segments.indexOf(VOLUMES);
    if (volumes >= 0 && volumes + 1 < segments.size()) {
      var volume = String.join("/", segments.subList(volumes + 1, segments.size()));
      segments.subList(volumes + 1, segments.size()).clear();
      segments.add(volume);
    }
    return new ApiPath(segments);
  }

  ApiPath then(Object... more) {
    var all = new ArrayList<>(segments);
    for (var segment : more) {
      all.add(segment.toString());
    }
    return new ApiPath(all);
  }

  ApiPath then(List<String> more) {
    return then(more.toArray());
  }

  /** As it is sent. */
  String encoded() {
    return segments.stream().map(s -> "/" + percent(s)).collect(Collectors.joining());
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** As people write it. */
  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
