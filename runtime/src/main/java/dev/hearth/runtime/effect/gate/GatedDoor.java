package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.file.Door;
import dev.hearth.runtime.effect.file.RealPath;
import dev.hearth.runtime.effect.file.Way;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionError;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * The gate in front of files: the path as it was asked for, without {@code ..}; then what it leads
 * to; then the way there, on which no link is followed any more.
 *
 * <p>What is left: the folders above a grant are trusted as they are when the grant is used, and a
 * hard link to a file is that file.
 */
final class GatedDoor implements Door {
  private final Gate gate;

  GatedDoor(Gate gate) {
    this.gate = gate;
  }

  @Override
  public Way way(Path asked, Last last, Set<Use> uses) throws IOException {
    var path = asked.toAbsolutePath().normalize();
    for (var use : uses) {
      requireRemovable(use, path);
      gate.check(permission(use, path));
    }
    var real = last == Last.FOLLOWED ? RealPath.of(path) : RealPath.ofItself(path);
    if (!real.equals(path)) {
      for (var use : uses) {
        requireRemovable(use, real);
        requireGrantedBehindLink(permission(use, real), path, real);
        gate.resolved(permission(use, path), real.toString());
      }
    }
    return new Way(real, start(permission(uses.iterator().next(), real), real));
  }

  private void requireRemovable(Use use, Path path) {
    if (use == Use.REMOVE) {
      gate.requireNothingClosedBelow(permission(use, path), path);
    }
  }

  private void requireGrantedBehindLink(Permission permission, Path asked, Path real) {
    if (!gate.admits(permission)) {
      throw gate.refusal(
          permission,
          new HearthException(
              PermissionError.LEADS_OUTSIDE,
              gate.name(),
              VisibleText.of(asked),
              VisibleText.of(real),
              VisibleText.of(permission.declaration()),
              VisibleText.of(permission.flag())));
    }
  }

  /** The outermost granted folder above: from there on, no link that appears is followed. */
  private Path start(Permission used, Path real) {
    var parent = real.getParent();
    if (parent == null) {
      return real;
    }
    var above = parent;
    for (var grant : gate.grants().covering(used).toList()) {
      var granted = path(grant.permission(), parent);
      if (above.startsWith(granted)) {
        above = granted;
      }
    }
    return above;
  }

  private static Path path(Permission granted, Path otherwise) {
    return switch (granted) {
      case Permission.Read(var path) -> path;
      case Permission.Write(var path) -> path;
      default -> otherwise;
    };
  }

  private static Permission permission(Use use, Path path) {
    return use == Use.READ ? new Permission.Read(path) : new Permission.Write(path);
  }
}
