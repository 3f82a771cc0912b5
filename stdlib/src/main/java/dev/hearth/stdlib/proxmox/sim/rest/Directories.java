package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.api.Entry;
import java.util.List;
import java.util.stream.Stream;

/** What Proxmox answers for a path that only leads further. */
final class Directories {
  private Directories() {}

  /** The names below, each under {@code "subdir"}. */
  static List<Entry> of(String... names) {
    return Stream.of(names).map(name -> Entry.of("subdir", name)).toList();
  }

  /** The names below, each under {@code "name"}. */
  static List<Entry> named(String... names) {
    return Stream.of(names).map(name -> Entry.of("name", name)).toList();
  }
}
