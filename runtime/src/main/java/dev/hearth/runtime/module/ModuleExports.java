package dev.hearth.runtime.module;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The names that modules export, their own and those of {@code export *}. */
final class ModuleExports {
  private final Map<String, ModuleSyntax> known = new HashMap<>();
  private final BiFunction<String, String, String> target;

  /**
   * No module yet.
   *
   * @param target which module an import leads to, by the importing one and what is written there
   */
  ModuleExports(BiFunction<String, String, String> target) {
    this.target = target;
  }

  void add(String module, ModuleSyntax syntax) {
    known.put(module, syntax);
  }

  boolean knows(String module) {
    return known.containsKey(module);
  }

  /** All that {@code module} exports; empty when one of the modules behind it is not known. */
  Optional<Set<String>> of(String module) {
    var names = new TreeSet<String>();
    return collect(module, names, new HashSet<>()) ? Optional.of(names) : Optional.empty();
  }

  private boolean collect(String module, Set<String> names, Set<String> seen) {
    if (!seen.add(module)) {
      return true;
    }
    var syntax = known.get(module);
    if (syntax == null) {
      return false;
    }
    names.addAll(syntax.exports());
    for (var specifier : syntax.passedOn()) {
      var others = new TreeSet<String>();
      if (!collect(target.apply(module, specifier), others, seen)) {
        return false;
      }
      others.remove("default"); // which `export *` leaves behind
      names.addAll(others);
    }
    return true;
  }
}
