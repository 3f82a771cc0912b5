package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.run.Simulation;
import dev.hearth.terminal.JsonDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code hearth SYSTEM role RECIPE}: runs the recipe against the system's simulator and prints how
 * to allow somebody what was asked of it, and no more.
 */
final class RoleCommand extends RecipeCommand {
  private static final String FOR = "--for";
  private static final String NAME = "--role";

  private final NamedCommand name;
  private final String system;

  RoleCommand(NamedCommand name, String system) {
    this(name, system, Typed.NOTHING);
  }

  private RoleCommand(NamedCommand name, String system, Typed typed) {
    super(name, typed);
    this.name = name;
    this.system = system;
  }

  @Override
  RoleCommand of(Typed what) {
    return new RoleCommand(name, system, what);
  }

  @Override
  Spec describe(Spec spec) {
    spec.option(FOR, "USER", "Who is to have it, also a token or group of theirs.")
        .option(NAME, "NAME", "What the names of its roles begin with. Default: as the recipe.");
    return GrantFlags.describe(RunFlags.describe(spec));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth " + name.words() + " template.js",
        "hearth " + name.words() + " template.js --for 'ci@pve!templates' --memory 4GiB");
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var request = request(invocation).simulated();
    var input = input(invocation);
    try (var world = world(invocation)) {
      var result =
          new LiveRunView(invocation.quieter())
              .result((hearth, heard) -> hearth.startIn(world, request, input, heard));
      if (result.exitStatus() == 0) {
        print(invocation, result, lines(invocation, world));
      }
      return result.exitStatus();
    }
  }

  private static Simulation world(Invocation invocation) {
    var hearth = invocation.surroundings();
    return Simulation.start(hearth.bindings().all(), Optional.empty(), invocation.clock());
  }

  private List<String> lines(Invocation invocation, Simulation world) {
    var roles =
        Optional.ofNullable(invocation.value(NAME))
            .orElseGet(() -> stem(String.valueOf(Path.of(recipe().typed()).getFileName())));
    return world.role(system, roles, Optional.ofNullable(invocation.value(FOR)));
  }

  private static String stem(String file) {
    return file.replaceFirst("\\.[a-z]+$", "").replaceAll("[^A-Za-z0-9_.-]", "-");
  }

  private void print(Invocation invocation, RunResult result, List<String> lines) {
    var out = invocation.terminal().out();
    if (invocation.json()) {
      var document = JsonDocument.of("role");
      ArrayNode all = document.put("system", system).put("run", result.run()).putArray("lines");
      lines.forEach(all::add);
      out.println(JsonDocument.line(document));
    } else if (lines.isEmpty()) {
      invocation.say("It asks " + system + " for nothing that needs a right.");
    } else {
      lines.forEach(out::println);
    }
  }
}
