package dev.hearth.stdlib.proxmox.sim.access;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A pool; its members are mutable, guarded by the world's lock. */
public record Pool(@Nullable String comment, Set<Integer> vms, Set<String> storages) {
  public Pool {
    vms = new TreeSet<>(vms);
    storages = new TreeSet<>(storages);
  }

  /** A pool with nothing in it. */
  public static Pool empty(@Nullable String comment) {
    return new Pool(comment, Set.of(), Set.of());
  }

  /** The same pool with another comment. */
  public Pool commented(String newComment) {
    return new Pool(newComment, vms, storages);
  }
}
