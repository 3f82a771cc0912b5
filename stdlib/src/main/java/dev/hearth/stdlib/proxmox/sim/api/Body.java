package dev.hearth.stdlib.proxmox.sim.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request carries: query and body together; the query wins.
 *
 * @param upload the file, if it is an upload
 */
record Body(Map<String, @Nullable Object> params, @Nullable Upload upload) {
  /**
   * Reads a request.
   *
   * @return {@code null} where pveproxy hangs up instead of answering
   */
  static @Nullable Body read(SimRequest request, boolean isUpload) {
    var params = new LinkedHashMap<String, @Nullable Object>();
    Upload upload = null;
    if (isUpload) {
      if (!request.mediaType().equals("multipart/form-data")) {
        return null;
      }
      var multipart = Multipart.read(request.header("Content-Type"), request.body()).orElse(null);
      if (multipart == null) {
        return null;
      }
      params.putAll(multipart.fields());
      upload = multipart.upload();
    } else if (request.method().equals("POST") || request.method().equals("PUT")) {
      if (request.mediaType().equals("application/json")) {
        params.putAll(Forms.json(request.text()));
      } else {
        params.putAll(Forms.form(request.text()));
      }
    }
    params.putAll(Forms.form(request.query()));
    return new Body(params, upload);
  }
}
