package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Locale;

/** Names of projects, which all that belongs to one bears. */
final class ProjectName {
  private ProjectName() {}

  /** A name that somebody chose. */
  static String chosen(String name) {
    if (!name.matches("[a-z0-9][a-z0-9_-]{0,127}")) {
      throw new HearthException(ComposeError.COMPOSE_PROJECT_NAME, VisibleText.of(name));
    }
    return name;
  }

  /** The name that a folder gives: what of its own name can stand in one. */
  static String ofFolder(String folder) {
    return chosen(
        folder.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", ""));
  }
}
