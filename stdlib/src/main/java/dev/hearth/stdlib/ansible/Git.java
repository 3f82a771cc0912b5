package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The user's {@code git}, with their keys and configuration, that asks nobody and runs nothing of a
 * repository: no hooks, and no program in place of an address.
 */
final class Git {
  private static final List<String> QUIET =
      List.of("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false");

  private final Programs programs;
  private final Processes processes;

  /**
   * As somebody may run it.
   *
   * @param processes of the binding for what the user configured, else of the recipe
   */
  Git(Programs programs, Processes processes) {
    this.programs = programs;
    this.processes = processes;
  }

  /** What it prints; fails when it does. */
  String run(Path folder, String... words) throws InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(QUIET);
    command.addAll(List.of(words));
    var request =
        ProcessRequest.of(command)
            .in(folder)
            .variable("GIT_TERMINAL_PROMPT", "0")
            .variable("GIT_SSH_COMMAND", "ssh -oBatchMode=yes")
            .variable("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
    var agent = programs.context().effects().environment().get("SSH_AUTH_SOCK");
    var whole = agent.map(at -> request.variable("SSH_AUTH_SOCK", at)).orElse(request);
    var outcome = programs.run(processes, whole);
    if (!outcome.succeeded()) {
      var said = outcome.errorText();
      throw new HearthException(AnsibleError.PROGRAM_FAILED, "git", Programs.sentence(said))
          .with("status", outcome.exitStatus())
          .with("stderr", Programs.excerpt(said));
    }
    return outcome.outputText();
  }
}
