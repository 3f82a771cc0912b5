package dev.hearth.stdlib.proxmox.sim.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it goes over the wire.
 *
 * @param status the HTTP status; 0 when the connection ends without an answer
 * @param reason what follows the status, where Proxmox puts its messages
 * @param headers in order
 * @param body the JSON, or {@code null} when there is none
 * @param file the text of a file in place of JSON, or {@code null}
 */
public record SimAnswer(
    int status,
    String reason,
    Map<String, String> headers,
    @Nullable JsonNode body,
    @Nullable String file) {
  /** No answer: the connection just ends. */
  public static final SimAnswer DROPPED = new SimAnswer(0, "", Map.of(), null, null);

  public boolean isDropped() {
    return status == 0;
  }

  /** Whether the connection ends after this answer. */
  public boolean closes() {
    return isDropped() || "close".equals(headers.get("Connection"));
  }

  /** The body's bytes; empty when there is none. */
  public byte[] bytes() {
    var text = file != null ? file : body == null ? "" : body.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
