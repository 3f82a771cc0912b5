package dev.hearth.runtime.run;

import dev.hearth.runtime.effect.gate.Gate;
import dev.hearth.runtime.effect.gate.Principal;
import dev.hearth.runtime.engine.Principals;
import dev.hearth.runtime.module.LibraryFolders;
import dev.hearth.runtime.module.LibraryFolders.Library;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Grants;
import dev.hearth.runtime.permission.PermissionParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gates of a run with libraries: a library gets what it says that it needs, as far as whoever
 * imports it has that. So does the recipe's own file that a library imports: what reaches it comes
 * from the library. Confined to the run's thread.
 */
final class LibraryPrincipals implements Principals {
  private static final String IMPORT =
      "This recipe imports a library that has grants of its own, and `fetch` is shared by both;"
          + " import `http` from `hearth:http`, which acts with the grants of who imports it.";

  /** What is declared in one place only helps nobody. */
  private static final String BOTH =
      "A library may do what its `package.json` declares under `hearth.permissions` and whoever"
          + " imports it may do too: it must stand in both. Or do it in the recipe.";

  private final LibraryFolders libraries;
  private final PermissionParser permissions;
  private final List<Owner> owners = new ArrayList<>();
  private final Gate nobody;
  private final Gate shared;

  /** The principals; {@code permissions} reads what libraries need, from any folder. */
  LibraryPrincipals(LibraryFolders libraries, Gate recipe, PermissionParser permissions) {
    this.libraries = libraries;
    this.permissions = permissions;
    this.nobody = recipe.as(new Principal("code imported by a computed path", Grants.none()));
    this.shared = recipe.as(new Principal("the global fetch", Grants.none()).advising(IMPORT));
    owners.add(new Owner(Optional.empty(), recipe));
  }

  /** A library's folder, or none for the recipe's files, with what it may do. */
  private record Owner(Optional<Path> folder, Gate gate) {
    Grants grants() {
      return gate.principal().grants();
    }
  }

  Gate gate(int principal) {
    return switch (principal) {
      case NOBODY -> nobody;
      case SHARED -> shared;
      default -> owners.get(principal).gate();
    };
  }

  @Override
  public int of(int importer, Path real) {
    if (importer == NOBODY) {
      return NOBODY;
    }
    var library = libraries.of(real);
    var folder = library.map(Library::folder);
    var from = owners.get(importer);
    if (from.folder().equals(folder)) {
      return importer;
    }
    var grants = library.map(it -> from.grants().intersection(needs(it))).orElse(from.grants());
    for (int known = 0; known < owners.size(); known++) {
      if (owners.get(known).folder().equals(folder) && owners.get(known).grants().equals(grants)) {
        return known;
      }
    }
    var name = library.map(it -> "library " + it.name()).orElse("a file of the recipe");
    var principal = new Principal(name, grants).advising(BOTH);
    owners.add(new Owner(folder, from.gate().as(principal)));
    return owners.size() - 1;
  }

  private Grants needs(Library library) {
    var declared = permissions.in(library.folder()).declared(library.permissions()).orThrow();
    return Grants.of(Grant.Origin.FLAG, declared);
  }
}
