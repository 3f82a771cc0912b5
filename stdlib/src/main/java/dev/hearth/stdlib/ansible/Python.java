package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Python of the user's PATH.
 *
 * @param program its name there
 * @param version such as {@code 3.11.2}
 * @param minor the 11 of it
 * @param makesEnvironments whether it has {@code venv} and what puts pip into one, which Debian
 *     keeps in a package of its own
 */
record Python(String program, String version, int minor, boolean makesEnvironments) {
  /** The newest first, and the one that the user calls so last. */
  static final List<String> NAMES =
      Stream.concat(
              IntStream.iterate(16, minor -> minor >= 9, minor -> minor - 1)
                  .mapToObj(minor -> "python3." + minor),
              Stream.of("python3"))
          .toList();

  private static final String QUESTION =
      "import sys; print('.'.join(map(str, sys.version_info[:3])), flush=True); import venv, ensurepip";
  private static final Pattern VERSION = Pattern.compile("3\\.([0-9]{1,3})\\.[0-9]+");

  /** Those that run, the newest first. */
  static List<Python> all(Processes processes) throws InterruptedException {
    var found = new ArrayList<Python>();
    for (var name : NAMES) {
      asked(processes, name)
          .filter(python -> found.stream().noneMatch(each -> each.minor() == python.minor()))
          .ifPresent(found::add);
    }
    found.sort(Comparator.comparingInt(Python::minor).reversed());
    return found;
  }

  private static Optional<Python> asked(Processes processes, String name)
      throws InterruptedException {
    try {
      var outcome = processes.run(ProcessRequest.of(name, "-I", "-c", QUESTION));
      var version = VERSION.matcher(outcome.outputText().strip());
      return version.matches()
          ? Optional.of(
              new Python(
                  name, version.group(), Integer.parseInt(version.group(1)), outcome.succeeded()))
          : Optional.empty(); // one that starts others and has none to start
    } catch (HearthException e) {
      if (e.code() == ProcessError.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The newest one that runs a version and makes environments. */
  static Python forVersion(CoreVersion version, List<Python> all) {
    return usable(
        all.stream().filter(python -> version.runsOn(python.minor())).toList(),
        version.text(),
        version.pythons(),
        all);
  }

  /** The newest one that runs any version that is a default. */
  static Python forNewest(List<Python> all) {
    return usable(
        all.stream().filter(each -> CoreVersion.newestFor(each.minor()).isPresent()).toList(),
        "",
        "3.9 or newer",
        all);
  }

  private static Python usable(
      List<Python> fitting, String version, String wanted, List<Python> all) {
    if (fitting.isEmpty()) {
      var there =
          all.isEmpty() ? "none" : String.join(", ", all.stream().map(Python::version).toList());
      throw new HearthException(
          AnsibleError.PYTHON_MISSING, ("ansible-core " + version).strip(), wanted, there);
    }
    return fitting.stream()
        .filter(Python::makesEnvironments)
        .findFirst()
        .orElseThrow(
            () ->
                new HearthException(
                    AnsibleError.PYTHON_WITHOUT_VENV,
                    fitting.getFirst().version(),
                    fitting.getFirst().minor()));
  }
}
