package dev.hearth.cli;

import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.SessionRequest;
import dev.hearth.runtime.report.SafeText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flags that say what a recipe or a session may reach: simulators or the real thing, over which
 * connections, and with which grants.
 *
 * @param simulate whether simulators stand for the real thing
 * @param world the file that the simulated world is kept in
 * @param connections which connection is a binding's default, by binding
 */
record WorldFlags(boolean simulate, Optional<Path> world, Map<String, String> connections) {
  private static final String SIMULATE = "--simulate";

  static Spec describe(Spec spec) {
    return GrantFlags.describe(describeWorld(spec));
  }

  /** Without the flags for grants. */
  static Spec describeWorld(Spec spec) {
    return spec.add(
            OptionSpec.builder(SIMULATE)
                .type(String.class)
                .arity("0..1")
                .fallbackValue("")
                .paramLabel("[=FILE]")
                .description(
                    "Use simulators: nothing real is touched. The file keeps their world between"
                        + " runs."))
        .repeatable("--connection", "BINDING=NAME", "Use this connection, as in proxmox=lab.");
  }

  /** Without a value of its own {@code --simulate} would take the recipe behind it for one. */
  static List<String> attachEmptyValue(List<String> arguments) {
    return DiagnosticFlags.attachEmptyValue(arguments).stream()
        .map(a -> a.equals(SIMULATE) ? SIMULATE + "=" : a)
        .toList();
  }

  static WorldFlags of(Invocation invocation) {
    var file = invocation.value(SIMULATE);
    return new WorldFlags(
        file != null,
        Optional.ofNullable(file).filter(name -> !name.isEmpty()).map(Path::of),
        connections(invocation.values("--connection")));
  }

  /** The same run, in this world. */
  RunRequest in(RunRequest request) {
    var connected = request;
    for (var choice : connections.entrySet()) {
      connected = connected.connection(choice.getKey(), choice.getValue());
    }
    if (!simulate) {
      return connected;
    }
    return world.map(connected::simulatedIn).orElseGet(connected::simulated);
  }

  SessionRequest session(List<String> grants, Diagnostics diagnostics) {
    return new SessionRequest(Path.of(""), grants, connections, simulate, world, diagnostics);
  }

  private static Map<String, String> connections(List<String> typed) {
    var connections = new LinkedHashMap<String, String>();
    for (var choice : typed) {
      var sign = choice.indexOf('=');
      if (sign < 1 || sign == choice.length() - 1) {
        throw new HearthException(
            CliError.BAD_VALUE, "--connection", SafeText.line(choice), "a choice like proxmox=lab");
      }
      connections.put(choice.substring(0, sign), choice.substring(sign + 1));
    }
    return connections;
  }
}
