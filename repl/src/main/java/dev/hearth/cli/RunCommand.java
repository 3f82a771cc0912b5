package dev.hearth.cli;

import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.param.ParameterFile;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.report.SafeText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth run RECIPE}: flags in, request out; the runtime does the rest. */
final class RunCommand implements Command {
  private final List<String> grants;
  private final Optional<NamedRecipe> recipe;

  RunCommand() {
    this(List.of(), Optional.empty());
  }

  private RunCommand(List<String> grants, Optional<NamedRecipe> recipe) {
    this.grants = grants;
    this.recipe = recipe;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        new Spec()
            .argument("RECIPE", "The recipe file; its own flags stand behind it.", List.of())
            .option(
                "--params",
                "FILE",
                "Take parameters from this JSON or YAML file; - is standard input.");
    RunFlags.describe(spec)
        .flag(
            "--remember",
            "Allow it for later runs too, until the recipe or a file that it imports changes.");
    var own = WorldFlags.describe(DiagnosticFlags.describeRun(spec)).build();
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
        "hearth run template.js --help",
        "hearth run template.js --simulate --memory 4GiB",
        "hearth run template.js --connection proxmox=lab --allow-proxmox:write");
  }

  @Override
  public Given given(List<String> arguments) {
    var split = GrantFlags.of(arguments);
    var rest = WorldFlags.attachEmptyValue(split.rest());
    var named = NamedRecipe.among(rest, CommonFlags.addTo(spec()));
    return new Given(new RunCommand(split.grants(), named), rest);
  }

  @Override
  public String typed(NamedCommand name) {
    return "hearth run" + recipe.map(named -> " " + SafeText.line(named.typed())).orElse("");
  }

  @Override
  public HelpPage help(NamedCommand name) {
    return recipe.map(named -> named.help().page()).orElseGet(() -> CommandHelp.of(name, this));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var named = recipe.orElseThrow();
    var request = request(invocation, named);
    var input = input(invocation, named);
    return new LiveRunView(invocation)
        .follow((hearth, heard) -> hearth.start(request, input, heard));
  }

  private ParameterInput input(Invocation invocation, NamedRecipe named) {
    var input =
        named
            .flags()
            .read(invocation.parsed(), typed(CommandName.RUN), 1)
            .environment(invocation.environment()::get);
    var file = invocation.value("--params");
    return file == null ? input : input.file(parameters(invocation, file));
  }

  private static ParameterFile parameters(Invocation invocation, String file) {
    return file.equals("-") || file.equals("/dev/stdin")
        ? ParameterFile.read("standard input", invocation.terminal().in())
        : ParameterFile.read(Path.of(file), new LocalSources());
  }

  private RunRequest request(Invocation invocation, NamedRecipe named) {
    var world = WorldFlags.of(invocation);
    var flags = RunFlags.of(invocation);
    return new RunRequest(
        Path.of(named.typed()),
        Map.of(),
        grants,
        invocation.has("--remember"),
        world.connections(),
        world.simulate(),
        world.world(),
        flags.timeout(),
        flags.onError(),
        DiagnosticFlags.of(invocation).diagnostics(invocation));
  }
}
