package dev.hearth.stdlib.proxmox.sim.api;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request carries.
 *
 * @param params from the body and the query together
 * @param upload the file, if it is an upload
 */
record Body(Map<String, @Nullable Object> params, @Nullable Upload upload) {
  private static final int MAX_BYTES = 512 * 1024;

  /**
   * Reads a request. It may take as long as its client takes to send, so nobody is kept from
   * working meanwhile.
   *
   * @return {@code null} where pveproxy hangs up instead of answering
   */
  static @Nullable Body read(SimRequest request, boolean isUpload) throws IOException {
    if (isUpload) {
      return request.mediaType().equals("multipart/form-data")
          ? Multipart.read(request.header("Content-Type"), request.body())
          : null;
    }
    var params = new LinkedHashMap<String, @Nullable Object>();
    if (request.method().equals("POST") || request.method().equals("PUT")) {
      var bytes = request.body().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw Refusal.of(501, "for data too large");
      }
      var text = new String(bytes, StandardCharsets.UTF_8);
      if (request.mediaType().equals("application/json")) {
        params.putAll(Forms.json(text));
      } else {
        params.putAll(Forms.form(text));
      }
    }
    params.putAll(Forms.form(request.query()));
    return new Body(params, null);
  }
}
