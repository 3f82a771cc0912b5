package dev.hearth.stdlib.proxmox.sim.storage;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a volume (the part after {@code STORAGE:}) says about it.
 *
 * @param content {@code images}, {@code iso}, {@code vztmpl}, {@code import}, {@code snippets} or
 *     {@code backup}
 * @param file the file's or the logical volume's own name
 * @param vmid the guest it belongs to
 * @param base the volume name it is a linked clone of, where the name says so
 * @param isBase whether others may be linked clones of it
 * @param format {@code raw}, {@code qcow2}, {@code vmdk}, {@code subvol} or {@code ova}
 */
public record VolumeName(
    String content,
    String file,
    @Nullable Integer vmid,
    @Nullable String base,
    boolean isBase,
    String format) {
  private static final String IMAGE = "((base-)?[^/\\s]+\\.(raw|qcow2|vmdk|subvol))";
  private static final Pattern LINKED = Pattern.compile("(\\d+)/(\\S+)/(\\d+)/(\\S+)");
  private static final Pattern OWNED = Pattern.compile("(\\d+)/(\\S+)");
  private static final Pattern IMAGE_FILE = Pattern.compile(IMAGE);
  private static final Pattern ISO = Pattern.compile("iso/([^/]+\\.(?i:iso|img))");
  private static final Pattern VZTMPL = Pattern.compile("vztmpl/([^/]+\\.tar\\.(gz|xz|zst|bz2))");
  private static final Pattern SNIPPET = Pattern.compile("snippets/([^/]+)");
  private static final Pattern BACKUP =
      Pattern.compile("backup/([^/]+\\.(?:tgz|(?:tar|vma)(?:\\.(?:gz|lzo|zst|bz2))?))");
  private static final Pattern BACKUP_OWNER = Pattern.compile("vzdump-(?:lxc|qemu)-(\\d+)-.+");
  private static final Pattern IMPORT =
      Pattern.compile("import/([a-zA-Z0-9\\-.+=_]+\\.(ova|ovf|qcow2|raw|vmdk))");
  private static final Pattern LVM = Pattern.compile("((vm|base)-(\\d+)-\\S+)");

  /** Reads a name on a storage of files; dies as Proxmox does when it is none. */
  public static VolumeName ofFile(String volname) {
    var linked = LINKED.matcher(volname);
    if (linked.matches()) {
      image(linked.group(2));
      var name = image(linked.group(4));
      var base = linked.group(1) + "/" + linked.group(2);
      return new VolumeName(
          "images", name.file, Integer.valueOf(linked.group(3)), base, name.isBase, name.format);
    }
    var owned = OWNED.matcher(volname);
    if (owned.matches()) {
      var name = image(owned.group(2));
      return new VolumeName(
          "images", name.file, Integer.valueOf(owned.group(1)), null, name.isBase, name.format);
    }
    var other = plain(volname);
    if (other == null) {
      throw Refusal.die("unable to parse directory volume name '" + volname + "'");
    }
    return other;
  }

  /** Reads a name on a storage of logical volumes; dies as Proxmox does when it is none. */
  public static VolumeName ofLogicalVolume(String volname) {
    var match = LVM.matcher(volname);
    if (!match.matches()) {
      throw Refusal.die("unable to parse lvm volume name '" + volname + "'");
    }
    return new VolumeName(
        "images",
        match.group(1),
        Integer.valueOf(match.group(3)),
        null,
        match.group(2).equals("base"),
        "raw");
  }

  /** Reads the name of an image file, such as {@code vm-100-disk-0.qcow2}. */
  static VolumeName image(String file) {
    var match = IMAGE_FILE.matcher(file);
    if (!match.matches()) {
      throw Refusal.die("unable to parse volume filename '" + file + "'");
    }
    return new VolumeName("images", file, null, null, match.group(2) != null, match.group(3));
  }

  private static @Nullable VolumeName plain(String volname) {
    var iso = ISO.matcher(volname);
    if (iso.matches()) {
      return new VolumeName("iso", iso.group(1), null, null, false, "raw");
    }
    var template = VZTMPL.matcher(volname);
    if (template.matches()) {
      return new VolumeName("vztmpl", template.group(1), null, null, false, "raw");
    }
    var snippet = SNIPPET.matcher(volname);
    if (snippet.matches()) {
      return new VolumeName("snippets", snippet.group(1), null, null, false, "raw");
    }
    var source = IMPORT.matcher(volname);
    if (source.matches()) {
      return new VolumeName("import", source.group(1), null, null, false, source.group(2));
    }
    var backup = BACKUP.matcher(volname);
    if (backup.matches()) {
      var owner = BACKUP_OWNER.matcher(backup.group(1));
      var vmid = owner.matches() ? Integer.valueOf(owner.group(1)) : null;
      return new VolumeName("backup", backup.group(1), vmid, null, false, "raw");
    }
    return null;
  }
}
