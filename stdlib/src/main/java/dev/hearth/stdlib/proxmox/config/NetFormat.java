package dev.hearth.stdlib.proxmox.config;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;

import java.util.List;

/** The network keys: {@code net[n]} and {@code ipconfig[n]}. */
public final class NetFormat {
  /** The network cards that QEMU can be. */
  public static final List<String> MODELS =
      List.of(
          "e1000",
          "e1000-82540em",
          "e1000-82544gc",
          "e1000-82545em",
          "e1000e",
          "i82551",
          "i82557b",
          "i82559er",
          "ne2k_isa",
          "ne2k_pci",
          "pcnet",
          "rtl8139",
          "virtio",
          "vmxnet3");

  static final String NUMBER_RANGES = "\\d++(?:-\\d++)?(?:;\\d++(?:-\\d++)?)*+";

  public static final PropertyFormat NET = net();
  public static final PropertyFormat IP_CONFIG =
      PropertyFormat.named("pve-qm-ipconfig")
          .optional("ip", formatted(Formats.IPV4_CONFIG).orElse("dhcp"))
          .optional("gw", formatted(Formats.IPV4_ADDRESS))
          .requires("gw", "ip")
          .optional("ip6", formatted(Formats.IPV6_CONFIG).orElse("dhcp"))
          .optional("gw6", formatted(Formats.IPV6_ADDRESS))
          .requires("gw6", "ip6");

  private NetFormat() {}

  private static PropertyFormat net() {
    var format =
        PropertyFormat.named("pve-qm-net")
            .first("model", oneOf(MODELS))
            .optional("macaddr", formatted(Formats.MAC_ADDRESS))
            .optional("bridge", formatted(Formats.BRIDGE_ID))
            .optional("queues", integer().min(0).max(64))
            .optional("rate", number().min(0))
            .optional("tag", integer().min(1).max(4094))
            .optional("trunks", matching(NUMBER_RANGES))
            .optional("firewall", bool())
            .optional("link_down", bool())
            .optional("mtu", integer().min(1).max(65520));
    for (var model : MODELS) {
      format = format.alias(model, "macaddr", "model");
    }
    return format;
  }
}
