package dev.hearth.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of {@link Hearth#session}. In a session the user writes the code, so systems of
 * configured connections are open to it; addresses, files and programs are not.
 *
 * @param folder where relative imports start
 * @param grants further grants, as in {@link RunRequest}
 * @param connections which connection a binding's default is, by binding
 * @param simulate against simulators; no packet leaves the machine
 * @param simulatedWorld the file that the simulated world is loaded from and saved to
 * @param diagnostics what is to be found out beside values
 */
public record SessionRequest(
    Path folder,
    List<String> grants,
    Map<String, String> connections,
    boolean simulate,
    Optional<Path> simulatedWorld,
    Diagnostics diagnostics) {
  public SessionRequest {
    grants = List.copyOf(grants);
    connections = Map.copyOf(connections);
  }

  /** Against the user's connections. */
  public static SessionRequest in(Path folder) {
    return new SessionRequest(
        folder, List.of(), Map.of(), false, Optional.empty(), Diagnostics.NONE);
  }

  /** Against simulators. */
  public static SessionRequest simulatedIn(Path folder) {
    return new SessionRequest(
        folder, List.of(), Map.of(), true, Optional.empty(), Diagnostics.NONE);
  }
}
