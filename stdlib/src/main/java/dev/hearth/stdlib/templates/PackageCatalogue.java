package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Packages by what they are for, and what each package manager calls them.
 *
 * <p>In {@code packages.json} a package is called the same everywhere ({@code name}, or its own id)
 * unless a manager has a name of its own; {@code null} says that a manager has none.
 */
final class PackageCatalogue {
  /** The managers whose names are known. */
  static final List<String> MANAGERS = List.of("apt", "dnf", "zypper", "pacman", "apk");

  /** Those that are built of the sources of Red Hat Enterprise Linux. */
  private static final Set<String> EL = Set.of("rocky", "almalinux", "centos-stream", "oracle");

  static boolean isEl(String family) {
    return EL.contains(family);
  }

  private final Map<String, List<String>> sets = new LinkedHashMap<>();
  private final Map<String, JsonNode> packages = new LinkedHashMap<>();

  private PackageCatalogue(JsonNode categories) {
    categories
        .properties()
        .forEach(
            category -> {
              List<String> set = new ArrayList<>();
              category.getValue().path("set").forEach(name -> set.add(name.asText()));
              sets.put(category.getKey(), List.copyOf(set));
              category
                  .getValue()
                  .path("packages")
                  .properties()
                  .forEach(entry -> packages.put(entry.getKey(), entry.getValue()));
            });
  }

  /** The one that ships, read when it is asked for first. */
  static PackageCatalogue shipped() {
    return Shipped.CATALOGUE;
  }

  private static final class Shipped {
    static final PackageCatalogue CATALOGUE = read();

    private static PackageCatalogue read() {
      try (var in = PackageCatalogue.class.getResourceAsStream("packages.json")) {
        return new PackageCatalogue(JsonMapper.builder().build().readTree(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  SequencedSet<String> setNames() {
    return new LinkedHashSet<>(sets.keySet());
  }

  SequencedSet<String> packageNames() {
    return new TreeSet<>(packages.keySet());
  }

  boolean hasSet(String name) {
    return sets.containsKey(name);
  }

  boolean knows(String name) {
    return packages.containsKey(name);
  }

  /** The packages that a set consists of, by the names of this catalogue. */
  List<String> set(String name) {
    return sets.getOrDefault(name, List.of());
  }

  /**
   * What a distribution calls a package that this catalogue knows.
   *
   * @param names empty when it has none
   * @param epel whether it is in EPEL there, and nowhere else
   * @param vendor whose repository has it; empty for the distribution's own
   */
  record Known(List<String> names, boolean epel, String vendor) {}

  /** What the manager of an image calls a package. */
  Known find(String name, String manager, String family) {
    var entry = packages.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("Nobody knows the package " + name + ".");
    }
    boolean isEl = isEl(family);
    boolean isLacking = entry.path(manager).isNull() || (isEl && entry.path("notOnEl").asBoolean());
    var vendor =
        manager.equals("apt") || manager.equals("dnf") ? entry.path("vendor").asText("") : "";
    return new Known(
        isLacking ? List.of() : names(entry, name, manager),
        manager.equals("dnf") && isEl && entry.path("epel").asBoolean(),
        vendor);
  }

  private static List<String> names(JsonNode entry, String name, String manager) {
    var special = entry.path(manager);
    if (special.isArray()) {
      List<String> all = new ArrayList<>();
      special.forEach(each -> all.add(each.asText()));
      return all;
    }
    return List.of(special.isTextual() ? special.asText() : entry.path("name").asText(name));
  }
}
