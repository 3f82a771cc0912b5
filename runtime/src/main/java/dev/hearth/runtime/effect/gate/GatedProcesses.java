package dev.hearth.runtime.effect.gate;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gate in front of child processes. {@code exec=git} opens the {@code git} that the user's PATH
 * finds, under whichever path it is asked for. A child gets a few harmless variables of the user's,
 * all of them where the request says so, and what the caller adds; what it does is outside of the
 * gate.
 */
final class GatedProcesses implements Processes {
  private static final List<String> INHERITED =
      List.of(
          "PATH",
          "HOME",
          "LANG",
          "LC_ALL",
          "LC_ADDRESS",
          "LC_COLLATE",
          "LC_CTYPE",
          "LC_IDENTIFICATION",
          "LC_MEASUREMENT",
          "LC_MESSAGES",
          "LC_MONETARY",
          "LC_NAME",
          "LC_NUMERIC",
          "LC_PAPER",
          "LC_TELEPHONE",
          "LC_TIME",
          "TERM",
          "TZ",
          "TMPDIR");

  private final Processes processes;
  private final Environment environment;
  private final Gate gate;

  /** Where programs are looked up: found out once, with the first program of this principal. */
  private @Nullable ProgramPath path; // guarded by this

  /**
   * Processes behind {@code gate}.
   *
   * @param environment the user's whole environment
   */
  GatedProcesses(Processes processes, Environment environment, Gate gate) {
    this.processes = processes;
    this.environment = environment;
    this.gate = gate;
  }

  @Override
  public RunningProcess start(ProcessRequest request) {
    var admitted = admit(request);
    var slot = gate.processes().take();
    try {
      return new CountedProcess(processes.start(admitted), slot);
    } catch (RuntimeException e) {
      slot.close();
      throw e;
    }
  }

  @Override
  public ProcessOutcome run(ProcessRequest request) throws InterruptedException {
    var admitted = admit(request);
    try (var _ = gate.processes().take()) {
      return processes.run(admitted);
    }
  }

  private ProcessRequest admit(ProcessRequest request) {
    var command = new ArrayList<>(request.command());
    command.set(0, program(request).toString());
    var variables = new LinkedHashMap<String, String>();
    for (var name : request.inherits() ? ofUser() : INHERITED) {
      environment.get(name).ifPresent(value -> variables.put(name, value));
    }
    variables.putAll(request.environment());
    return request.withCommand(command).withEnvironment(Map.copyOf(variables));
  }

  /** Hearth's own say how it reaches systems and opens secrets. */
  private List<String> ofUser() {
    return environment.names().stream().filter(name -> !name.startsWith("HEARTH_")).toList();
  }

  private Path program(ProcessRequest request) {
    var program = request.program();
    var path = path();
    if (!program.contains("/")) {
      gate.check(new Permission.Exec(program));
      return path.find(program).orElseThrow(() -> notFound(program));
    }
    var file = absolute(request);
    var real = Gate.realProgram(file);
    if (!isGrantedByName(real, path) && !gate.admits(new Permission.Exec(real.toString()))) {
      gate.check(new Permission.Exec(file.toString()));
    }
    return file;
  }

  private synchronized ProgramPath path() {
    var known = path;
    if (known == null) {
      known = ProgramPath.of(environment.get("PATH").orElse(""), gate.grants());
      path = known;
    }
    return known;
  }

  private boolean isGrantedByName(Path real, ProgramPath path) {
    var name = String.valueOf(real.getFileName());
    return path.find(name).map(Gate::realProgram).filter(real::equals).isPresent()
        && gate.admits(new Permission.Exec(name));
  }

  private static Path absolute(ProcessRequest request) {
    try {
      var file = Path.of(request.program());
      return request
          .folder()
          .map(where -> where.resolve(file))
          .orElse(file)
          .toAbsolutePath()
          .normalize();
    } catch (InvalidPathException e) {
      throw notFound(request.program());
    }
  }

  private static HearthException notFound(String program) {
    return new HearthException(ProcessError.NOT_FOUND, VisibleText.of(program));
  }
}
