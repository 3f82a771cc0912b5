package dev.hearth.stdlib.proxmox.config;

import static dev.hearth.stdlib.proxmox.config.ValueType.bool;
import static dev.hearth.stdlib.proxmox.config.ValueType.formatted;
import static dev.hearth.stdlib.proxmox.config.ValueType.integer;
import static dev.hearth.stdlib.proxmox.config.ValueType.matching;
import static dev.hearth.stdlib.proxmox.config.ValueType.number;
import static dev.hearth.stdlib.proxmox.config.ValueType.oneOf;
import static dev.hearth.stdlib.proxmox.config.ValueType.string;

import java.util.List;
import java.util.regex.Pattern;

/** What may be said of a drive, by the bus it hangs on. */
public final class DriveFormats {
  private static final Pattern CLOUD_INIT =
      Pattern.compile(".*[:/](?:vm-\\d+-)?cloudinit(?:\\.(?:raw|qcow2|vmdk|qcow|qed|cloop))?");

  private static final ValueType VOLUME = formatted(Formats.VOLUME_ID_OR_QM_PATH);
  private static final ValueType IMPORT = formatted(Formats.VOLUME_ID_OR_PATH);
  private static final ValueType SIZE = formatted(Formats.DISK_SIZE);
  private static final ValueType FORMAT = oneOf("raw", "qcow", "qed", "qcow2", "vmdk", "cloop");

  private static final PropertyFormat ANY_BUS =
      PropertyFormat.named("pve-qm-drive")
          .first("file", VOLUME)
          .alias("volume", "file")
          .optional("media", oneOf("cdrom", "disk").orElse("disk"))
          .optional(List.of("cyls", "heads", "secs"), integer())
          .optional("trans", oneOf("none", "lba", "auto"))
          .optional("snapshot", bool())
          .optional("cache", oneOf("none", "writethrough", "writeback", "unsafe", "directsync"))
          .optional("format", FORMAT)
          .optional("size", SIZE)
          .optional("backup", bool().orElse("1"))
          .optional("replicate", bool().orElse("1"))
          .optional("rerror", oneOf("ignore", "report", "stop"))
          .optional("werror", oneOf("enospc", "ignore", "report", "stop"))
          .optional("aio", oneOf("native", "threads", "io_uring"))
          .optional("discard", oneOf("ignore", "on"))
          .optional("detect_zeroes", bool())
          .optional("serial", string().format(Formats.URL_ENCODED).maxLength(60))
          .optional("shared", bool().orElse("0"))
          .optional("import-from", IMPORT)
          .optional(List.of("bps", "bps_rd", "bps_wr"), integer())
          .optional(
              List.of("mbps", "mbps_max", "mbps_rd", "mbps_rd_max", "mbps_wr", "mbps_wr_max"),
              number())
          .optional(
              List.of("iops", "iops_max", "iops_rd", "iops_rd_max", "iops_wr", "iops_wr_max"),
              integer())
          .optional(
              List.of(
                  "bps_max_length",
                  "bps_rd_max_length",
                  "bps_wr_max_length",
                  "iops_max_length",
                  "iops_rd_max_length",
                  "iops_wr_max_length"),
              integer().min(1))
          .alias("bps_rd_length", "bps_rd_max_length")
          .alias("bps_wr_length", "bps_wr_max_length")
          .alias("iops_rd_length", "iops_rd_max_length")
          .alias("iops_wr_length", "iops_wr_max_length");

  private static final ValueType WWN = matching("(0x)[0-9a-fA-F]{16}");

  public static final PropertyFormat IDE =
      ANY_BUS
          .optional("ssd", bool())
          .optional("wwn", WWN)
          .optional("model", string().format(Formats.URL_ENCODED).maxLength(120));
  public static final PropertyFormat SATA = ANY_BUS.optional("ssd", bool()).optional("wwn", WWN);
  public static final PropertyFormat SCSI =
      ANY_BUS
          .optional("ssd", bool())
          .optional("wwn", WWN)
          .optional("iothread", bool())
          .optional("ro", bool())
          .optional("queues", integer().min(2))
          .optional("scsiblock", bool().orElse("0"))
          .optional("product", matching("[A-Za-z0-9\\-_\\s]{0,16}"))
          .optional("vendor", matching("[A-Za-z0-9\\-_\\s]{0,8}"));
  public static final PropertyFormat VIRTIO =
      ANY_BUS.optional("iothread", bool()).optional("ro", bool());

  public static final PropertyFormat EFI =
      PropertyFormat.named("pve-qm-efidisk")
          .first("file", VOLUME)
          .alias("volume", "file")
          .optional("format", FORMAT)
          .optional("size", SIZE)
          .optional("efitype", oneOf("2m", "4m").orElse("2m"))
          .optional("pre-enrolled-keys", bool().orElse("0"))
          .optional("ms-cert", oneOf("2011", "2023", "2023w", "2023k").orElse("2011"))
          .optional("import-from", IMPORT);
  public static final PropertyFormat TPM =
      PropertyFormat.named("pve-qm-tpmstate")
          .first("file", VOLUME)
          .alias("volume", "file")
          .optional("size", SIZE)
          .optional("version", oneOf("v1.2", "v2.0").orElse("v1.2"))
          .optional("import-from", IMPORT);
  public static final PropertyFormat UNUSED =
      PropertyFormat.named("pve-qm-unused")
          .first("file", formatted(Formats.VOLUME_ID))
          .alias("volume", "file");

  private DriveFormats() {}

  /**
   * What may be said of the drive at {@code key}, in any version.
   *
   * @param key such as {@code scsi0} or {@code unused1}
   */
  public static PropertyFormat of(String key) {
    return switch (key.replaceAll("\\d+$", "")) {
      case "ide", "cdrom" -> IDE;
      case "sata" -> SATA;
      case "scsi" -> SCSI;
      case "virtio" -> VIRTIO;
      case "efidisk" -> EFI;
      case "tpmstate" -> TPM;
      case "unused" -> UNUSED;
      default -> throw new IllegalArgumentException(key + " is no drive.");
    };
  }

  /** Whether a drive's file is one of generated cloud-init data, or is to become one. */
  public static boolean isCloudInit(String file) {
    return CLOUD_INIT.matcher(file).matches();
  }

  /** PVE 9 dropped the geometry that nobody sets. */
  static PropertyFormat withoutGeometry(PropertyFormat format) {
    return format.without("cyls", "heads", "secs", "trans");
  }
}
