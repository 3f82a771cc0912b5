package dev.hearth.stdlib.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far the layers of an image are that an engine pulls or pushes, by what it told so far. */
final class LayerProgress {
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private String status = "";

  /**
   * A layer, in the engine's words.
   *
   * @param totalBytes null as long as nobody knows
   */
  record Layer(String id, String status, long currentBytes, @Nullable Long totalBytes) {}

  /**
   * All of them.
   *
   * @param status what the engine said of the whole
   * @param totalBytes of the layers whose size is known
   */
  record Snapshot(String status, List<Layer> layers, long currentBytes, long totalBytes) {}

  /** Takes a message in; whether it says something else than that some more bytes came. */
  boolean isNews(JsonNode message) {
    var said = message.path("status").asText("");
    var id = message.path("id").asText("");
    if (id.isEmpty() || !message.has("progressDetail")) {
      var news = !said.isEmpty() && !said.equals(status);
      status = said.isEmpty() ? status : said;
      return news;
    }
    var before = layers.get(id);
    var detail = message.path("progressDetail");
    var total =
        detail.path("total").asLong(0) > 0 ? Long.valueOf(detail.path("total").asLong()) : null;
    if (total == null && before != null) {
      total = before.totalBytes();
    }
    var current = detail.path("current").asLong(isWhole(said) && total != null ? total : 0);
    layers.put(id, new Layer(id, said, current, total));
    return before == null || !before.status().equals(said);
  }

  /** Whether all bytes of a layer are where they should be; the engine's words of two decades. */
  private static boolean isWhole(String status) {
    return switch (status) {
      case "Download complete", "Pull complete", "Pushed", "Verifying Checksum" -> true;
      default -> false;
    };
  }

  Snapshot snapshot() {
    long current = 0;
    long total = 0;
    for (var layer : layers.values()) {
      current += layer.currentBytes();
      total += layer.totalBytes() == null ? 0 : layer.totalBytes();
    }
    return new Snapshot(status, List.copyOf(layers.values()), current, total);
  }
}
