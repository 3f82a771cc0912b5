package dev.hearth.stdlib.proxmox;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a task: {@code UPID:NODE:PID:PSTART:STARTTIME:TYPE:ID:USER:}.
 *
 * @param text all of it
 * @param node where it runs, and so where it is asked about
 * @param type such as {@code qmcreate}
 */
record Upid(@JsonValue String text, String node, String type) {
  private static final Pattern FORM =
      Pattern.compile(
          "UPID:([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?):[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}"
              + ":[0-9A-Fa-f]{8}:([^:\\s/]+):([^:\\s/]*):[^:\\s/]+:");

  static Upid parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new HearthException(
          ProxmoxError.UPID_MALFORMED, text.replaceAll("\\p{Cntrl}", "\uFFFD"));
    }
    return new Upid(text, form.group(1), form.group(2));
  }

  /** The task that an answer's data names; empty when the work was done at once. */
  static Optional<Upid> in(JsonNode data) {
    return data.isTextual() && data.textValue().startsWith("UPID:")
        ? Optional.of(parse(data.textValue()))
        : Optional.empty();
  }

  ApiPath path() {
    return ApiPath.of("nodes", node, "tasks", text);
  }

  @Override
  public String toString() {
    return text;
  }
}
