package dev.hearth.cli;

import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.param.ParameterFile;
import java.nio.file.Path;
import java.util.List;

/** {@code hearth run RECIPE}: flags in, request out; the runtime does the rest. */
final class RunCommand extends RecipeCommand {
  RunCommand() {
    this(Typed.NOTHING);
  }

  private RunCommand(Typed typed) {
    super(CommandName.RUN, typed);
  }

  @Override
  RunCommand of(Typed what) {
    return new RunCommand(what);
  }

  @Override
  Spec describe(Spec spec) {
    spec.option(
        "--params", "FILE", "Take parameters from this JSON or YAML file; - is standard input.");
    RunFlags.describe(spec)
        .flag(
            "--remember",
            "Allow it for later runs too, until the recipe or a file that it imports changes.");
    return WorldFlags.describe(DiagnosticFlags.describeRun(spec));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth run template.js --help",
        "hearth run template.js --simulate --memory 4GiB",
        "hearth run template.js --connection proxmox=lab --allow-proxmox:write");
  }

  @Override
  public HelpPage help(NamedCommand name) {
    return named().map(it -> it.help().page()).orElseGet(() -> CommandHelp.of(name, this));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var flagged = WorldFlags.of(invocation).in(request(invocation));
    var request = invocation.has("--remember") ? flagged.remembering() : flagged;
    var file = invocation.value("--params");
    var typed = input(invocation);
    var input = file == null ? typed : typed.file(parameters(invocation, file));
    return new LiveRunView(invocation)
        .follow((hearth, heard) -> hearth.start(request, input, heard));
  }

  private static ParameterFile parameters(Invocation invocation, String file) {
    return file.equals("-") || file.equals("/dev/stdin")
        ? ParameterFile.read("standard input", invocation.terminal().in())
        : ParameterFile.read(Path.of(file), new LocalSources());
  }
}
