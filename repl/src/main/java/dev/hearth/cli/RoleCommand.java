package dev.hearth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.Simulation;
import dev.hearth.terminal.JsonDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code hearth SYSTEM role RECIPE}: runs the recipe against the system's simulator and prints how
 * to allow somebody what was asked of it, and no more.
 */
final class RoleCommand implements Command {
  private static final String FOR = "--for";
  private static final String NAME = "--role";

  private final String system;
  private final List<String> grants;
  private final Optional<NamedRecipe> recipe;

  RoleCommand(String system) {
    this(system, List.of(), Optional.empty());
  }

  private RoleCommand(String system, List<String> grants, Optional<NamedRecipe> recipe) {
    this.system = system;
    this.grants = grants;
    this.recipe = recipe;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        new Spec()
            .argument("RECIPE", "The recipe file; its own flags stand behind it.", List.of())
            .option(FOR, "USER", "Who is to have it, also a token or group of theirs.")
            .option(
                NAME, "NAME", "What the names of its roles begin with. Default: as the recipe.");
    var own = GrantFlags.describe(RunFlags.describe(spec)).build();
    recipe.ifPresent(named -> named.flags().addTo(own));
    return own;
  }

  @Override
  public boolean runsJavaScript() {
    return true;
  }

  @Override
  public boolean grows() {
    return true;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth proxmox role template.js",
        "hearth proxmox role template.js --for 'ci@pve!templates' --memory 4GiB");
  }

  @Override
  public Given given(List<String> arguments) {
    var split = GrantFlags.of(arguments);
    var named = NamedRecipe.among(split.rest(), CommonFlags.addTo(spec()));
    return new Given(new RoleCommand(system, split.grants(), named), split.rest());
  }

  @Override
  public String typed(NamedCommand name) {
    return "hearth "
        + name.words()
        + recipe.map(named -> " " + SafeText.line(named.typed())).orElse("");
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var named = recipe.orElseThrow();
    var request = request(invocation, named);
    var input =
        named
            .flags()
            .read(invocation.parsed(), typed(CommandName.PROXMOX_ROLE), 1)
            .environment(invocation.environment()::get);
    try (var world = world(invocation)) {
      var result =
          new LiveRunView(invocation.quieter())
              .result((hearth, heard) -> hearth.startIn(world, request, input, heard));
      if (result.exitStatus() == 0) {
        print(invocation, result, lines(invocation, named, world));
      }
      return result.exitStatus();
    }
  }

  private static Simulation world(Invocation invocation) {
    var hearth = invocation.surroundings();
    return Simulation.start(hearth.bindings().all(), Optional.empty(), invocation.clock());
  }

  private RunRequest request(Invocation invocation, NamedRecipe named) {
    var flags = RunFlags.of(invocation);
    return new RunRequest(
        Path.of(named.typed()),
        Map.of(),
        grants,
        false,
        Map.of(),
        true,
        Optional.empty(),
        flags.timeout(),
        flags.onError(),
        DiagnosticFlags.of(invocation).diagnostics(invocation));
  }

  private List<String> lines(Invocation invocation, NamedRecipe named, Simulation world) {
    var name =
        Optional.ofNullable(invocation.value(NAME))
            .orElseGet(() -> stem(String.valueOf(Path.of(named.typed()).getFileName())));
    return world.role(system, name, Optional.ofNullable(invocation.value(FOR)));
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
