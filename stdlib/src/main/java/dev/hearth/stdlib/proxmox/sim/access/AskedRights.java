package dev.hearth.stdlib.proxmox.sim.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The privileges by which something was allowed, by the path that they were looked up on: what
 * somebody needs who is to do the same.
 */
public final class AskedRights {
  private record Choice(String path, List<String> privileges) {}

  private final NavigableMap<String, NavigableSet<String>> needed = new TreeMap<>();
  private final Set<Choice> choices = new LinkedHashSet<>();

  void all(String path, List<String> privileges) {
    needed.computeIfAbsent(path, _ -> new TreeSet<>()).addAll(privileges);
  }

  void any(String path, List<String> privileges) {
    choices.add(new Choice(path, privileges));
  }

  /** By path; where one of several would do, one that is needed anyway, else the first. */
  public NavigableMap<String, NavigableSet<String>> needed() {
    var all = new TreeMap<String, NavigableSet<String>>();
    needed.forEach((path, privileges) -> all.put(path, new TreeSet<>(privileges)));
    for (var choice : choices) {
      var there = all.computeIfAbsent(choice.path(), _ -> new TreeSet<>());
      if (choice.privileges().stream().noneMatch(there::contains)) {
        there.add(choice.privileges().getFirst());
      }
    }
    return all;
  }
}
