package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The strict way in which pveproxy reads an upload: simple fields first, then the file, whose part
 * is named {@code filename}; each part begins with its Content-Disposition, with quoted values. The
 * file's bytes are measured as they pass and not kept.
 */
final class Multipart {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_FIELD = 64 * 1024;
  private static final int MAX_HEAD = 8 * 1024;
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern FIELD =
      Pattern.compile("(?i)Content-Disposition: form-data; name=\"([^\"]*)\"");
  private static final Pattern FILE =
      Pattern.compile(
          "(?i)Content-Disposition: form-data; name=\"([^\"]*)\"; filename=\"([^\"]*)\"");

  private final InputStream body;
  private final String delimiter;

  private Multipart(InputStream body, String delimiter) {
    this.body = body;
    this.delimiter = delimiter;
  }

  /**
   * Reads an upload.
   *
   * @return {@code null} when it is not what pveproxy understands, on which it hangs up
   */
  static @Nullable Body read(@Nullable String contentType, InputStream body) throws IOException {
    var boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!boundary.find()) {
      return null;
    }
    var delimiter = "--" + boundary.group(1);
    var buffered = new BufferedInputStream(body, BUFFER);
    var start = new String(buffered.readNBytes(delimiter.length()), StandardCharsets.US_ASCII);
    return start.equals(delimiter) ? new Multipart(buffered, "\r\n" + delimiter).parts() : null;
  }

  private @Nullable Body parts() throws IOException {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    while (true) {
      var end = new String(body.readNBytes(2), StandardCharsets.US_ASCII);
      var head = end.equals("\r\n") ? head() : null;
      if (head == null) {
        return null;
      }
      var part = new PartStream(body, delimiter);
      var file = FILE.matcher(head);
      if (file.matches() && file.group(1).equals("filename")) {
        fields.put("filename", file.group(2));
        return new Body(fields, new Upload(file.group(2), FileFacts.of(part)));
      }
      var field = FIELD.matcher(head);
      if (!field.matches()) {
        return null;
      }
      var value = part.readNBytes(MAX_FIELD);
      if (part.read() >= 0) {
        return null;
      }
      fields.put(field.group(1), new String(value, StandardCharsets.UTF_8).strip());
    }
  }

  /** The first line of a part's head; the rest does not count. */
  private @Nullable String head() throws IOException {
    var text = new StringBuilder();
    while (text.length() < MAX_HEAD) {
      int next = body.read();
      if (next < 0) {
        return null;
      }
      text.append((char) next);
      if (text.length() >= 4 && text.substring(text.length() - 4).equals("\r\n\r\n")) {
        return utf8(text.substring(0, text.indexOf("\r\n")));
      }
    }
    return null;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
