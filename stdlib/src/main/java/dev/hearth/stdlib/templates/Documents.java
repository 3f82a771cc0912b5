package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is set up with.
 *
 * @param options what Proxmox itself sets
 * @param vendorData the cloud-config for all else, as data; null when there is nothing else
 */
record Documents(Map<String, String> options, @Nullable JsonNode vendorData) {
  static Documents of(Specification spec, ImageFacts image, Map<String, String> hashes) {
    var config =
        image.setup() == ImageFacts.Setup.CLOUD_INIT
            ? VendorData.of(spec, image, hashes).orElse(null)
            : null;
    return new Documents(ProxmoxOptions.of(spec, image.setup()), config);
  }
}
