package dev.hearth.cli;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.LocalSources;
import dev.hearth.runtime.param.ParameterFile;
import dev.hearth.runtime.param.ParameterInput;
import dev.hearth.runtime.permission.GrantPrompt;
import dev.hearth.runtime.permission.GrantPrompt.Answer;
import dev.hearth.runtime.permission.GrantPrompt.Lasting;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.terminal.EventJson;
import dev.hearth.terminal.RunProgress;
import dev.hearth.terminal.ValueView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
                "Take parameters from this JSON or YAML file; - is standard input.")
            .option("--timeout", "DURATION", "Stop the run after this long, such as 90s or 5m.")
            .choice(
                "--on-error",
                List.of("stop", "undo"),
                "What becomes of finished steps after a failure. Default: as the recipe says.")
            .flag("-y, --yes", "Allow all that the recipe asks for, without being asked.")
            .flag(
                "--remember",
                "Allow it for later runs too, until the recipe or a file that it imports changes.");
    var own = WorldFlags.describe(spec).build();
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
  public String typed(CommandName name) {
    return "hearth run" + recipe.map(named -> " " + SafeText.line(named.typed())).orElse("");
  }

  @Override
  public HelpPage help(CommandName name) {
    return recipe.map(named -> named.help().page()).orElseGet(() -> CommandHelp.of(name, this));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var named = recipe.orElseThrow();
    var builder = Hearth.builder().environment(invocation.environment());
    grantPrompt(invocation).ifPresent(builder::grantPrompt);
    if (invocation.terminal().interactive()) {
      builder.parameterPrompt(new TerminalParameters(invocation.terminal()));
    }
    var hearth = builder.build();
    var interrupts = invocation.interrupts().get();
    var order = new Order(hearth, request(invocation, named), input(invocation, named));
    if (invocation.json()) {
      return order.follow(new EventJson(invocation.terminal().out()), interrupts).exitStatus();
    }
    try (var progress =
        new RunProgress(invocation.terminal(), invocation.verbosity(), invocation.clock())) {
      var result = order.follow(progress, interrupts);
      printValue(invocation, result);
      return result.exitStatus();
    }
  }

  private record Order(Hearth hearth, RunRequest request, ParameterInput input) {
    RunResult follow(Consumer<RunEvent> listener, Interrupts interrupts)
        throws InterruptedException {
      Consumer<RunEvent> heard = interrupts::heard;
      var run = hearth.start(request, input, heard.andThen(listener));
      interrupts.stopBy(run::stop);
      return run.await();
    }
  }

  private static void printValue(Invocation invocation, RunResult result) {
    if (result.value() != null && !result.value().isNull()) {
      var out = invocation.terminal().out();
      out.print(new ValueView(invocation.terminal().outScreen()).text(result.value()));
    }
  }

  private static Optional<GrantPrompt> grantPrompt(Invocation invocation) {
    if (invocation.has("--yes")) {
      return Optional.of(asked -> new Answer(new LinkedHashSet<>(asked.needs()), Lasting.ONCE));
    }
    return invocation.terminal().interactive()
        ? Optional.of(new TerminalGrants(invocation.terminal()))
        : Optional.empty();
  }

  private static ParameterInput input(Invocation invocation, NamedRecipe named) {
    var input = named.flags().read(invocation.parsed()).environment(invocation.environment()::get);
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
    return new RunRequest(
        Path.of(named.typed()),
        Map.of(),
        grants,
        invocation.has("--remember"),
        world.connections(),
        world.simulate(),
        world.world(),
        timeout(invocation),
        Optional.ofNullable(invocation.value("--on-error"))
            .map(choice -> OnError.valueOf(choice.toUpperCase(Locale.ROOT))));
  }

  private static Optional<Duration> timeout(Invocation invocation) {
    var typed = invocation.value("--timeout");
    if (typed == null) {
      return Optional.empty();
    }
    try {
      var limit = DurationText.parse(typed);
      if (limit.isPositive()) {
        return Optional.of(limit);
      }
      throw badTimeout(typed);
    } catch (IllegalArgumentException e) {
      throw badTimeout(typed).causedBy(e);
    }
  }

  private static HearthException badTimeout(String typed) {
    return new HearthException(
        CliError.BAD_VALUE,
        "--timeout",
        SafeText.line(typed),
        "a duration such as 90s or 5m; without the option there is no limit");
  }
}
