package dev.hearth.stdlib.proxmox.sim.rest;

import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which options the sections of one of Proxmox's files have, by the type of the section: some must
 * be there, some can be given only when the section is made.
 */
final class Sections {
  private final Map<String, Map<String, Need>> types = new LinkedHashMap<>();

  private enum Need {
    REQUIRED(true, false),
    REQUIRED_FOR_GOOD(true, true),
    OPTIONAL(false, false),
    OPTIONAL_FOR_GOOD(false, true);

    private final boolean isRequired;
    private final boolean isFixed;

    Need(boolean isRequired, boolean isFixed) {
      this.isRequired = isRequired;
      this.isFixed = isFixed;
    }
  }

  /**
   * Declares a type by its options, separated by blanks. Plain ones may be left out; {@code !}
   * behind one says that it must be there, {@code =} that it stays as it was made.
   */
  Sections type(String type, String options) {
    var needs = new LinkedHashMap<String, Need>();
    for (var option : options.split("\\s+", -1)) {
      var name = option.replaceAll("[!=]", "");
      boolean isRequired = option.contains("!");
      boolean isFixed = option.contains("=");
      needs.put(
          name,
          isRequired
              ? (isFixed ? Need.REQUIRED_FOR_GOOD : Need.REQUIRED)
              : (isFixed ? Need.OPTIONAL_FOR_GOOD : Need.OPTIONAL));
    }
    types.put(type, needs);
    return this;
  }

  /** The options that sections of a type can have. */
  Set<String> options(String type) {
    return types.getOrDefault(type, Map.of()).keySet();
  }

  boolean isRequired(String type, String option) {
    var need = types.getOrDefault(type, Map.of()).get(option);
    return need != null && need.isRequired;
  }

  boolean isFixed(String type, String option) {
    var need = types.getOrDefault(type, Map.of()).get(option);
    return need != null && need.isFixed;
  }

  /** Refuses a new section with options that its type has not, or without one that it needs. */
  void checkNew(String type, Collection<String> given) {
    given.forEach(option -> checkKnown(type, option));
    for (var option : options(type)) {
      if (isRequired(type, option) && !given.contains(option)) {
        throw Refusal.die("missing value for required option '" + option + "'");
      }
    }
  }

  /** Refuses to change what its type has not, or what stays as it was made. */
  void checkChange(String type, Collection<String> given) {
    for (var option : given) {
      if (isFixed(type, option)) {
        throw Refusal.die("can't change value of fixed parameter '" + option + "'");
      }
      checkKnown(type, option);
    }
  }

  private void checkKnown(String type, String option) {
    if (!options(type).contains(option)) {
      throw Refusal.die("unexpected property '" + option + "'");
    }
  }
}
