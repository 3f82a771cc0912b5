package dev.hearth.stdlib.proxmox.config;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import java.util.List;

/** The property strings of everything that is neither a drive nor a network card. */
final class DeviceFormats {
  private static final String HEX_ID = "0x[0-9a-fA-F]{4}";
  private static final String UUID = "[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}";
  private static final String USB_HOST =
      "(?:(0x)?[0-9A-Fa-f]{4}:(0x)?[0-9A-Fa-f]{4}|\\d+-\\d+(?:\\.\\d+)*+|[Ss][Pp][Ii][Cc][Ee])";
  private static final String MACHINE =
      "(pc|pc(-i440fx)?-\\d+(\\.\\d+)++(\\+pve\\d+)?(\\.pxe)?|q35"
          + "|pc-q35-\\d+(\\.\\d+)++(\\+pve\\d+)?(\\.pxe)?|virt(?:-\\d+(\\.\\d+)++)?(\\+pve\\d+)?)";
  private static final String PCI_ID = "(?:[0-9a-f]{4,}:)?[0-9a-f]{2}:[0-9a-f]{2}(?:\\.[0-9a-f])?";

  private static final ValueFormat BOOT_DEVICE =
      ValueFormat.of(
          "pve-qm-bootdev",
          value ->
              Formats.unless(
                  value.matches("(net|usb|hostpci)\\d{1,2}") || DriveKeys.isBootable(value),
                  "invalid boot device '" + value + "'"));

  static final PropertyFormat MACHINE_FORMAT =
      PropertyFormat.named("pve-qemu-machine-fmt")
          .optionalFirst("type", matching(MACHINE).maxLength(40))
          .optional("viommu", oneOf("intel", "virtio"))
          .optional("enable-s3", bool())
          .optional("enable-s4", bool());

  static final PropertyFormat AGENT =
      PropertyFormat.named("pve-qm-agent")
          .first("enabled", bool().orElse("0"))
          .optional("fstrim_cloned_disks", bool().orElse("0"))
          .optional("freeze-fs-on-backup", bool().orElse("1"))
          .optional("type", oneOf("virtio", "isa").orElse("virtio"));

  static final PropertyFormat AGENT_9 =
      AGENT
          .without("freeze-fs-on-backup")
          .optional("freeze-fs", bool().orElse("1"))
          .alias("freeze-fs-on-backup", "freeze-fs")
          .alias("guest-fsfreeze", "freeze-fs");

  static final PropertyFormat BOOT =
      PropertyFormat.named("pve-qm-boot")
          .optionalFirst("legacy", matching("[acdn]{1,4}"))
          .optional("order", formatted(BOOT_DEVICE.list()));

  static final PropertyFormat MEMORY =
      PropertyFormat.named("pve-qm-memory").first("current", integer().min(16).orElse("512"));

  static final PropertyFormat VGA =
      PropertyFormat.named("pve-qm-vga")
          .optionalFirst(
              "type",
              oneOf(
                      "cirrus",
                      "qxl",
                      "qxl2",
                      "qxl3",
                      "qxl4",
                      "none",
                      "serial0",
                      "serial1",
                      "serial2",
                      "serial3",
                      "std",
                      "virtio",
                      "virtio-gl",
                      "vmware")
                  .orElse("std"))
          .optional("memory", integer().min(4).max(512))
          .optional("clipboard", oneOf("vnc"));

  static final PropertyFormat AUDIO =
      PropertyFormat.named("pve-qm-audio")
          .required("device", oneOf("ich9-intel-hda", "intel-hda", "AC97"))
          .optional("driver", oneOf("spice", "none").orElse("spice"));

  static final PropertyFormat SEV =
      PropertyFormat.named("pve-qemu-sev-fmt")
          .first("type", oneOf("std", "es", "snp"))
          .optional("no-debug", bool().orElse("0"))
          .optional("no-key-sharing", bool().orElse("0"))
          .optional("allow-smt", bool().orElse("1"))
          .optional("kernel-hashes", bool().orElse("0"));

  static final PropertyFormat CICUSTOM =
      PropertyFormat.named("pve-qm-cicustom")
          .optional(List.of("meta", "network", "user", "vendor"), formatted(Formats.VOLUME_ID));

  static final PropertyFormat HOST_PCI =
      PropertyFormat.named("pve-qm-hostpci")
          .optionalFirst("host", matching(PCI_ID + "(?:;" + PCI_ID + ")*+"))
          .optional("mapping", formatted(Formats.CONFIG_ID))
          .optional("rombar", bool().orElse("1"))
          .optional("romfile", matching("[^,;]+"))
          .optional("pcie", bool().orElse("0"))
          .optional("x-vga", bool().orElse("0"))
          .optional("legacy-igd", bool().orElse("0"))
          .optional("mdev", matching("[^/.:]+"))
          .optional(
              List.of("vendor-id", "device-id", "sub-vendor-id", "sub-device-id"),
              matching(HEX_ID));

  static final PropertyFormat USB =
      PropertyFormat.named("pve-qm-usb")
          .optionalFirst("host", matching(USB_HOST))
          .optional("mapping", formatted(Formats.CONFIG_ID))
          .optional("usb3", bool().orElse("0"));

  static final PropertyFormat IVSHMEM =
      PropertyFormat.named("pve-qm-ivshmem")
          .required("size", integer().min(1))
          .optional("name", matching("[a-zA-Z0-9\\-]+"));

  static final PropertyFormat NUMA =
      PropertyFormat.named("pve-qm-numanode")
          .required("cpus", matching(NetFormat.NUMBER_RANGES))
          .optional("memory", number())
          .optional("hostnodes", matching(NetFormat.NUMBER_RANGES))
          .optional("policy", oneOf("preferred", "bind", "interleave"));

  static final PropertyFormat RNG =
      PropertyFormat.named("pve-qm-rng")
          .first("source", oneOf("/dev/urandom", "/dev/random", "/dev/hwrng"))
          .optional("max_bytes", integer().orElse("1024"))
          .optional("period", integer().orElse("1000"));

  static final PropertyFormat SMBIOS =
      PropertyFormat.named("pve-qm-smbios1")
          .optional("uuid", matching(UUID))
          .optional(
              List.of("version", "serial", "manufacturer", "product", "sku", "family"),
              matching("[A-Za-z0-9+/]+={0,2}"))
          .optional("base64", bool());

  static final PropertyFormat SPICE =
      PropertyFormat.named("pve-qm-spice-enhancements")
          .optional("foldersharing", bool().orElse("0"))
          .optional("videostreaming", oneOf("off", "all", "filter").orElse("off"));

  static final PropertyFormat VIRTIOFS =
      PropertyFormat.named("pve-qm-virtiofs")
          .first("dirid", formatted(Formats.CONFIG_ID))
          .optional("cache", oneOf("auto", "always", "metadata", "never").orElse("auto"))
          .optional(List.of("direct-io", "expose-acl", "expose-xattr"), bool().orElse("0"));

  static final PropertyFormat WATCHDOG =
      PropertyFormat.named("pve-qm-watchdog")
          .optionalFirst("model", oneOf("i6300esb", "ib700").orElse("i6300esb"))
          .optional("action", oneOf("reset", "shutdown", "poweroff", "pause", "debug", "none"));

  static final PropertyFormat TDX =
      PropertyFormat.named("pve-qemu-tdx-fmt")
          .optionalFirst("type", string())
          .required("attestation", bool())
          .optional("vsock-cid", integer())
          .optional("vsock-port", integer());

  private DeviceFormats() {}
}
