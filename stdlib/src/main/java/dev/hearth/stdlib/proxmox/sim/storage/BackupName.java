package dev.hearth.stdlib.proxmox.sim.storage;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a backup says, such as {@code vzdump-qemu-100-2026_11_23-01_05_18.vma.zst}.
 *
 * @param type {@code qemu}, {@code lxc} or {@code openvz}
 * @param vmid the guest, if the name is as vzdump gives it
 * @param ctime when it was made, in seconds since 1970; known only then, too
 */
public record BackupName(String type, @Nullable Integer vmid, @Nullable Long ctime) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy_MM_dd-HH_mm_ss", Locale.ROOT);
  private static final Pattern ANY =
      Pattern.compile("(?:.*/)?vzdump-(lxc|openvz|qemu)-.+\\.(?:tgz|tar|vma).*");
  private static final Pattern STANDARD =
      Pattern.compile(
          "(?:.*/)?vzdump-(lxc|openvz|qemu)-(\\d+)-(\\d{4}_\\d\\d_\\d\\d-\\d\\d_\\d\\d_\\d\\d)\\..+");

  /** What a name says; empty when nothing in it is like a backup's. */
  public static Optional<BackupName> of(String name) {
    var standard = STANDARD.matcher(name);
    if (standard.matches()) {
      var time = LocalDateTime.parse(standard.group(3), STAMP).toEpochSecond(ZoneOffset.UTC);
      return Optional.of(
          new BackupName(standard.group(1), Integer.valueOf(standard.group(2)), time));
    }
    var any = ANY.matcher(name);
    return any.matches() ? Optional.of(new BackupName(any.group(1), null, null)) : Optional.empty();
  }

  /** Whether vzdump names its files so, and therefore may remove it by itself. */
  public boolean isStandard() {
    return vmid != null && ctime != null;
  }

  /** The file of a backup that begins now. */
  public static String file(String type, int vmid, Instant now, String extension) {
    var stamp = STAMP.format(now.atOffset(ZoneOffset.UTC));
    return "vzdump-" + type + "-" + vmid + "-" + stamp + "." + extension;
  }
}
