package dev.hearth.runtime.effect;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may read, write and execute a file.
 *
 * @param bits nine bits, as {@code chmod} takes them: {@code 0644}
 */
public record FileMode(int bits) {
  /** Only the owner reads and writes: 0600. */
  public static final FileMode PRIVATE = new FileMode(0600);

  // From the highest bit to the lowest.
  private static final List<PosixFilePermission> ORDER =
      List.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  public FileMode {
    if (bits < 0 || bits > 0777) {
      throw new IllegalArgumentException(
          "A mode is 0 to 0777, not 0" + Integer.toOctalString(bits) + ".");
    }
  }

  /** The mode that has exactly these permissions. */
  public static FileMode of(Set<PosixFilePermission> permissions) {
    var bits = 0;
    for (var permission : permissions) {
      bits |= 0400 >> ORDER.indexOf(permission);
    }
    return new FileMode(bits);
  }

  /** The permissions that this mode gives. */
  public Set<PosixFilePermission> permissions() {
    var permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (var i = 0; i < ORDER.size(); i++) {
      if ((bits & (0400 >> i)) != 0) {
        permissions.add(ORDER.get(i));
      }
    }
    return permissions;
  }

  /** {@code 0644}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04o", bits);
  }
}
