package dev.hearth.stdlib.proxmox.sim.sdn;

import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;

import dev.hearth.stdlib.proxmox.config.NetworkFormats;
import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import java.util.Optional;

/** The named formats of software-defined networks. */
final class SdnFormats {
  private static final int LONGEST = 8;

  static final ValueFormat ZONE_ID = id("pve-sdn-zone-id", "zone ID");
  static final ValueFormat SUBNET_ID =
      ValueFormat.of(
          "pve-sdn-subnet-id",
          value -> {
            int dash = value.indexOf('-');
            boolean isId = dash > 0 && value.matches("[^-]+-\\S+-\\d+");
            var network = isId ? value.substring(dash + 1).replaceFirst("-(\\d+)$", "/$1") : value;
            return NetworkFormats.CIDR.problem(network, "");
          });
  static final PropertyFormat RANGE =
      PropertyFormat.named("pve-sdn-dhcp-range")
          .required("start-address", formatted(NetworkFormats.IP))
          .required("end-address", formatted(NetworkFormats.IP));
  static final ValueFormat TARGETS =
      ValueFormat.of(
          "pve-sdn-bgp-rt",
          value ->
              value.matches("\\d+:\\d+")
                  ? Optional.empty()
                  : Optional.of("value does not look like a valid bgp route-target\n"));

  private SdnFormats() {}

  static ValueFormat id(String name, String what) {
    return ValueFormat.of(
        name,
        value -> {
          if (value.length() > LONGEST) {
            return Optional.of(what + " '" + value + "' can't be more length than 8 characters\n");
          }
          return value.matches("(?i)[a-z][a-z0-9]*[a-z0-9]")
              ? Optional.empty()
              : Optional.of(what + " '" + value + "' contains illegal characters\n");
        });
  }
}
