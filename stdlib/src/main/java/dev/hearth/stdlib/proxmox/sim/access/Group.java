package dev.hearth.stdlib.proxmox.sim.access;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A group of users; its members are mutable, guarded by the world's lock. */
public record Group(@Nullable String comment, Set<String> users) {
  public Group {
    users = new TreeSet<>(users);
  }
}
