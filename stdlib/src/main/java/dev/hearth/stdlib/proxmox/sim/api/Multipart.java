package dev.hearth.stdlib.proxmox.sim.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The strict way in which pveproxy reads an upload: simple fields first, then the file, whose part
 * is named {@code filename}; each part begins with its Content-Disposition, with quoted values.
 *
 * @param fields the simple fields, and {@code filename} as the sender named the file
 */
record Multipart(Map<String, @Nullable Object> fields, @Nullable Upload upload) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern FIELD =
      Pattern.compile("(?i)Content-Disposition: form-data; name=\"([^\"]*)\"");
  private static final Pattern FILE =
      Pattern.compile(
          "(?i)Content-Disposition: form-data; name=\"([^\"]*)\"; filename=\"([^\"]*)\"");

  /** Reads a body; empty when it is not what pveproxy understands, on which it hangs up. */
  static Optional<Multipart> read(@Nullable String contentType, byte[] body) {
    var match = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!match.find()) {
      return Optional.empty();
    }
    var delimiter = ("--" + match.group(1)).getBytes(StandardCharsets.US_ASCII);
    var fields = new LinkedHashMap<String, @Nullable Object>();
    int at = indexOf(body, delimiter, 0);
    while (at >= 0) {
      int head = at + delimiter.length + 2;
      int headEnd = indexOf(body, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), head);
      int next = indexOf(body, delimiter, head);
      if (headEnd < 0 || next < 0 || headEnd > next) {
        break;
      }
      var first =
          new String(Arrays.copyOfRange(body, head, headEnd), StandardCharsets.UTF_8)
              .lines()
              .findFirst()
              .orElse("");
      var content = Arrays.copyOfRange(body, headEnd + 4, Math.max(headEnd + 4, next - 2));
      var file = FILE.matcher(first);
      if (file.matches() && file.group(1).equals("filename")) {
        fields.put("filename", file.group(2));
        return Optional.of(new Multipart(fields, new Upload(file.group(2), content)));
      }
      var field = FIELD.matcher(first);
      if (!field.matches()) {
        return Optional.empty();
      }
      fields.put(field.group(1), new String(content, StandardCharsets.UTF_8).strip());
      at = next;
    }
    return Optional.empty();
  }

  private static int indexOf(byte[] in, byte[] what, int from) {
    for (int i = from; i <= in.length - what.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}
