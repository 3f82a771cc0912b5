package dev.hearth.stdlib.images;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One image of the catalogue: where its vendor publishes it, and what a template of it needs.
 *
 * @param id such as {@code debian-13}
 * @param family such as {@code debian}; alone it means the newest release of the family
 * @param release such as {@code 13}; {@code rolling} where there are none
 * @param aliases further names, such as {@code ubuntu-lts}
 * @param variant whether it is a special edition that its family's name never means
 * @param source where the vendor publishes it
 * @param architectures the vendor's words, by ours: {@code amd64}, {@code arm64}
 * @param packing what it is packed in; {@code null} for nothing
 * @param user the user that is made when nobody else is named; {@code null} for none
 * @param packageManager such as {@code apt}; {@code null} where packages cannot be installed
 * @param init what starts services: {@code systemd}, {@code openrc} …
 * @param setup what reads the settings that Proxmox hands over
 * @param dataSource how it wants them: {@code nocloud} or {@code configdrive2}, the words of
 *     Proxmox
 * @param agentPackage the package with the guest agent; {@code null} where there is none
 * @param agentPreinstalled whether the image has it
 * @param secureBoot whether it starts with Secure Boot on
 * @param cpuLevel the x86-64 level that it needs at least
 * @param diskGiB how big the disk must be at least
 * @param memoryMiB how much memory it needs at least to boot and set itself up
 * @param released the day it came out; {@code null} where nobody says so
 * @param rolling whether it has no releases
 * @param endOfLife the vendor's own date; {@code null} where there is none
 * @param extendedUntil until when long-term or paid updates come
 */
public record CatalogueImage(
    String id,
    String family,
    String release,
    @Nullable String codename,
    String name,
    List<String> aliases,
    boolean variant,
    Kind kind,
    ImageSource source,
    Map<String, String> architectures,
    Format format,
    @Nullable Packing packing,
    @Nullable String user,
    @Nullable String packageManager,
    String init,
    Setup setup,
    String dataSource,
    @Nullable String agentPackage,
    boolean agentPreinstalled,
    List<Firmware> firmware,
    boolean secureBoot,
    String cpuLevel,
    int diskGiB,
    int memoryMiB,
    List<String> quirks,
    @Nullable String released,
    boolean rolling,
    @Nullable String endOfLife,
    @Nullable String extendedUntil,
    @JsonIgnore Map<String, String> seen) {

  /** What the file is for. */
  public enum Kind implements Word {
    CLOUD_IMAGE,
    INSTALLER,
    APPLIANCE
  }

  /** What the file is, once unpacked. */
  public enum Format implements Word {
    QCOW2,
    RAW,
    ISO
  }

  /** What the file is packed in. */
  public enum Packing implements Word {
    XZ,
    GZ,
    TAR_XZ {
      @Override
      public String word() {
        return "tar.xz";
      }
    }
  }

  /** What reads the settings that Proxmox hands over. */
  public enum Setup implements Word {
    CLOUD_INIT,
    CLOUD_INIT_SUBSET,
    IGNITION,
    NONE
  }

  /** What starts the machine. */
  public enum Firmware implements Word {
    BIOS,
    UEFI
  }

  /** How it comes to a node. */
  public enum Delivery implements Word {
    /** The node downloads it as a disk to import. */
    IMPORT,
    /** The node downloads it as an ISO image. */
    ISO,
    /** No node can unpack it: somebody else has to. */
    UNPACK
  }

  /** The Proxmox CPU type that it runs on, on as many hosts as can be. */
  String cpu() {
    return cpuLevel.equals("x86-64-v3") ? "x86-64-v3" : "x86-64-v2-AES";
  }

  Delivery delivery() {
    if (packing != null) {
      return Delivery.UNPACK;
    }
    return format == Format.ISO ? Delivery.ISO : Delivery.IMPORT;
  }

  ImageStatus status(LocalDate today) {
    if (endOfLife == null) {
      return rolling ? ImageStatus.ROLLING : ImageStatus.SUPPORTED;
    }
    if (!today.isAfter(LocalDate.parse(endOfLife))) {
      return ImageStatus.SUPPORTED;
    }
    return extendedUntil != null && !today.isAfter(LocalDate.parse(extendedUntil))
        ? ImageStatus.EXTENDED
        : ImageStatus.END_OF_LIFE;
  }

  boolean isOut(LocalDate today) {
    return released == null || !today.isBefore(LocalDate.parse(released));
  }

  /** The words of addresses that are known beforehand; empty where the vendor has no such image. */
  Optional<Map<String, String>> words(String architecture) {
    return Optional.ofNullable(architectures.get(architecture)).map(word -> Map.of("arch", word));
  }
}
