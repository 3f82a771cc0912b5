package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lock that a recipe declares, with its parameters filled in: {@code vm/{vmid}}. */
final class LockName {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]*)}");

  private LockName() {}

  /**
   * The name that a run is to hold.
   *
   * @param declared as the recipe has it
   * @param simulated whether nothing real is changed
   * @param world the file of the simulated world, which is then what the run changes
   * @return empty when nothing is changed that another run could change
   */
  static Optional<String> of(
      String declared, ObjectNode parameters, boolean simulated, Optional<String> world) {
    var name =
        PARAMETER
            .matcher(declared)
            .replaceAll(
                match -> Matcher.quoteReplacement(parameters.path(match.group(1)).asText()));
    if (!simulated) {
      return Optional.of(name);
    }
    return world.map(file -> "simulated in " + file + ": " + name);
  }
}
