package dev.hearth.stdlib.proxmox.sim.rest;

import static dev.hearth.stdlib.proxmox.config.ValueType.number;

import dev.hearth.stdlib.proxmox.config.PropertyFormat;
import dev.hearth.stdlib.proxmox.config.ValueFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the options of storages may look like. */
final class StorageFormats {
  static final ValueFormat PATH =
      matching(
          "pve-storage-path",
          "/[^;()]+.*",
          value -> "value does not look like a valid absolute path");
  static final ValueFormat VOLUME_GROUP =
      matching(
          "pve-storage-vgname",
          "(?i)[a-z0-9][a-z0-9\\-_.]*[a-z0-9]",
          value -> "lvm name '" + value + "' contains illegal characters");
  static final ValueFormat MOUNT_OPTIONS =
      matching("pve-storage-options", "\\S+", value -> "invalid options");
  static final ValueFormat BLOCK_SIZE =
      matching(
          "pve-storage-zfs-blocksize",
          "[1-9]\\d*[KkMm]?",
          value -> "value does not look like a valid block size");
  static final ValueFormat FOLDER = ValueFormat.of("pve-dir-override", StorageFormats::folder);
  static final PropertyFormat BANDWIDTH =
      PropertyFormat.named("bwlimit")
          .optional(List.of("default", "restore", "migration", "clone", "move"), number().min(0));

  private StorageFormats() {}

  private static ValueFormat matching(
      String name, String pattern, java.util.function.Function<String, String> problem) {
    var compiled = Pattern.compile(pattern);
    return ValueFormat.of(
        name,
        value ->
            compiled.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(problem.apply(value) + "\n"));
  }

  private static Optional<String> folder(String value) {
    int equals = value.indexOf('=');
    if (equals < 1 || equals == value.length() - 1) {
      return Optional.of("invalid override '" + value + "'\n");
    }
    return StorageTypes.CONTENT.problem(value.substring(0, equals), "");
  }
}
