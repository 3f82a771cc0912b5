package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is set up with.
 *
 * @param options what Proxmox itself sets
 * @param vendorData the cloud-config, or the configuration of Ignition, for all else, as data; null
 *     when there is nothing else
 * @param part in the place of which file on the drive it stands
 */
record Documents(Map<String, String> options, @Nullable JsonNode vendorData, Part part) {
  /** A file on the drive that Proxmox makes. */
  enum Part {
    /** It stands in the place of what Proxmox says of users, keys and names. */
    USER,
    /** It stands beside that. */
    VENDOR;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Documents of(Specification spec, ImageFacts image, Map<String, String> hashes) {
    var config =
        switch (image.setup()) {
          case CLOUD_INIT -> VendorData.of(spec, image, hashes).orElse(null);
          case IGNITION -> Ignition.of(spec, image, hashes).orElse(null);
          case CLOUD_INIT_SUBSET, NONE -> null;
        };
    boolean isIgnition = image.setup() == ImageFacts.Setup.IGNITION;
    var part = isIgnition ? Ignition.part(image) : Part.VENDOR;
    return new Documents(ProxmoxOptions.of(spec, image.setup()), config, part);
  }
}
