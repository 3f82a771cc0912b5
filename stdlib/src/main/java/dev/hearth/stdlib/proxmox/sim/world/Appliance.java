package dev.hearth.stdlib.proxmox.sim.world;

import dev.hearth.stdlib.proxmox.sim.storage.FileFacts;

/**
 * A container template that Proxmox offers for download, as its index has it.
 *
 * @param template the file, such as {@code debian-12-standard_12.7-1_amd64.tar.zst}
 * @param os such as {@code debian-12}
 * @param headline what it is, in a few words
 * @param location where it is downloaded from
 * @param bytes the length of the file
 * @param unpackedBytes how much is in it
 */
public record Appliance(
    String template, String os, String headline, String location, long bytes, long unpackedBytes) {

  /** The version in the file's name: {@code 12.7-1}. */
  public String version() {
    return template.replaceFirst("^[^_]+_", "").replaceFirst("_[^_]+$", "");
  }

  /** The package that the file is of: {@code debian-12-standard}. */
  public String packageName() {
    return template.replaceFirst("_.*$", "");
  }

  /** Such as {@code amd64}. */
  public String architecture() {
    return template.replaceFirst("^.*_", "").replaceFirst("\\..*$", "");
  }

  /** The file as a storage knows it. */
  public FileFacts facts() {
    return FileFacts.invented(template, bytes, unpackedBytes);
  }
}
