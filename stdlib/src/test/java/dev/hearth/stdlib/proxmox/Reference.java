package dev.hearth.stdlib.proxmox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The recordings of a real server, which stand beside the project where there are any. */
public final class Reference {
  private Reference() {}

  /** A file or folder of the recordings; empty where they are not at hand. */
  public static Optional<Path> find(String name) {
    var inside = Path.of("shared", "reference", "pve-exchanges").resolve(name);
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(inside))) {
        return Optional.of(at.resolve(inside));
      }
    }
    return Optional.empty();
  }
}
