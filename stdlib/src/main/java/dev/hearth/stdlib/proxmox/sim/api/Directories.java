package dev.hearth.stdlib.proxmox.sim.api;

import java.util.List;
import java.util.stream.Stream;

/** What Proxmox answers for a path that only leads further. */
public final class Directories {
  private Directories() {}

  /** The names below, each under {@code "subdir"}. */
  public static List<Item> of(String... names) {
    return Stream.of(names).map(name -> Item.of("subdir", name)).toList();
  }

  /** The names below, each under {@code "name"}. */
  public static List<Item> named(String... names) {
    return Stream.of(names).map(name -> Item.of("name", name)).toList();
  }
}
