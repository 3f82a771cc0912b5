package dev.hearth.stdlib.proxmox.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Privileges by the path on which they are needed. Immutable.
 *
 * @param byPath such as {@code /vms/100} to {@code VM.Audit}
 */
public record Privileges(Map<String, Set<String>> byPath) {
  public static final Privileges NONE = new Privileges(Map.of());

  /** Some privileges on one path. */
  public static Privileges of(String path, String... names) {
    return names.length == 0
        ? NONE
        : new Privileges(Map.of(normal(path), new TreeSet<>(List.of(names))));
  }

  /** A path of an ACL, with no slash at its end. */
  static String normal(String path) {
    var clean = path.replaceAll("/+", "/");
    return clean.length() > 1 && clean.endsWith("/")
        ? clean.substring(0, clean.length() - 1)
        : clean;
  }

  /** These and others. */
  public Privileges and(Privileges more) {
    var sum = new TreeMap<String, Set<String>>();
    byPath.forEach((path, names) -> sum.put(path, new TreeSet<>(names)));
    more.byPath.forEach(
        (path, names) -> sum.computeIfAbsent(path, _ -> new TreeSet<>()).addAll(names));
    return new Privileges(sum);
  }

  /** Whether a privilege is among them on this path, or above it. */
  public boolean has(String path, String name) {
    for (var at = path; ; at = at.substring(0, Math.max(1, at.lastIndexOf('/')))) {
      if (byPath.getOrDefault(at, Set.of()).contains(name)) {
        return true;
      }
      if (at.equals("/")) {
        return false;
      }
    }
  }

  /** How many of them are not among those. */
  int besides(Privileges those) {
    return byPath.entrySet().stream()
        .mapToInt(
            entry ->
                (int)
                    entry.getValue().stream()
                        .filter(name -> !those.has(entry.getKey(), name))
                        .count())
        .sum();
  }

  /**
   * The same as roles must be given: a role on a path takes the place of those from above for all
   * below it, so each path has what is needed above it too; one that has nothing more is left out.
   */
  public Privileges asGiven() {
    var all = new TreeMap<String, Set<String>>();
    for (var entry : new TreeMap<>(byPath).entrySet()) { // what is above comes first
      var above = inherited(all, entry.getKey());
      var names = new TreeSet<>(entry.getValue());
      names.addAll(above);
      if (!names.equals(above)) {
        all.put(entry.getKey(), names);
      }
    }
    return new Privileges(all);
  }

  private static Set<String> inherited(Map<String, Set<String>> given, String path) {
    for (var at = path; !at.equals("/"); ) {
      at = at.substring(0, Math.max(1, at.lastIndexOf('/')));
      var names = given.get(at);
      if (names != null) {
        return names;
      }
    }
    return Set.of();
  }
}
