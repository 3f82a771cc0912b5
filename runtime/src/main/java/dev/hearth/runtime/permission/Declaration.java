package dev.hearth.runtime.permission;

import dev.hearth.runtime.HearthException;
import java.util.List;

/**
 * What a recipe says that it needs. Declaring is not granting.
 *
 * @param permissions what it declares, in its order
 * @param problems all that is wrong with the declaration, each {@link
 *     PermissionError#DECLARED_WRONG} with the detail {@code pointer}: the place in the literal as
 *     a JSON pointer below {@code permissions}, such as {@code /net/0}
 */
public record Declaration(List<Permission> permissions, List<HearthException> problems) {
  public Declaration {
    permissions = List.copyOf(permissions);
    problems = List.copyOf(problems);
  }

  /** The declaration of a recipe that declares nothing. */
  public static Declaration nothing() {
    return new Declaration(List.of(), List.of());
  }

  /** What it declares; fails with the first problem when there is one. */
  public List<Permission> orThrow() {
    if (!problems.isEmpty()) {
      throw problems.getFirst();
    }
    return permissions;
  }
}
