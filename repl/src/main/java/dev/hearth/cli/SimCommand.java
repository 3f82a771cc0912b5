package dev.hearth.cli;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.report.SafeText;
import dev.hearth.runtime.run.SimulatorServer;
import dev.hearth.runtime.run.SimulatorServer.Place;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Disturbance;
import dev.hearth.runtime.spi.SimulatorOption;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.Verbosity;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth sim SYSTEM}: serves until it is stopped. */
final class SimCommand implements Command {
  private static final int USUAL_PORT = 8006;
  private static final String USUAL_HOST = "127.0.0.1";

  private final List<SimulatorOption> options;

  SimCommand() {
    this(List.of());
  }

  /**
   * @param options what the system that was named has of its own
   */
  private SimCommand(List<SimulatorOption> options) {
    this.options = options;
  }

  @Override
  public CommandSpec spec() {
    return spec(options).build();
  }

  private static Spec spec(List<SimulatorOption> options) {
    var spec =
        new Spec()
            .optionalArgument(
                "SYSTEM",
                "What to simulate; its options are flags. Without it: what there is.",
                List.of())
            .option("--port", "PORT", "Listen here; 0 takes any free one. Default: 8006.")
            .option("--host", "HOST", "Listen on this address. Default: 127.0.0.1.")
            .option("--world", "FILE", "Keep its world and its certificate in this file.")
            .repeatable("--fault", "FAULT", "What fails, such as 'POST /nodes/*/qemu:timeout:2'.")
            .option("--latency", "DURATION", "How long each answer takes besides. Default: 0s.");
    options.forEach(option -> spec.option(option.flag(), option.label(), option.summary()));
    return FirstWorld.describe(spec);
  }

  @Override
  public boolean grows() {
    return true;
  }

  /** Before the system is known, a flag that stands before it may be any simulator's. */
  @Override
  public Given given(List<String> arguments) {
    var simulated = simulated(Bindings.installed());
    var all = simulated.stream().flatMap(each -> FirstWorld.options(each).stream()).toList();
    var named =
        TypedArguments.of(arguments, CommonFlags.addTo(spec(all).build())).stream()
            .findFirst()
            .flatMap(typed -> simulated.stream().filter(is -> is.name().equals(typed)).findFirst());
    return new Given(
        named.map(binding -> new SimCommand(FirstWorld.options(binding))).orElse(this), arguments);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth sim",
        "hearth sim proxmox",
        "hearth sim proxmox --port 0 --world lab.json --json",
        "hearth sim proxmox --nodes 3 --pve 9",
        "hearth sim proxmox --from home --world lab.json",
        "hearth sim proxmox --fault 'task qmclone:failed' --latency 80ms");
  }

  /**
   * Those that somebody could connect to. A simulator without connection fields stands at addresses
   * that a binding knows by itself, such as those of image vendors.
   */
  static List<Binding> simulated(Bindings bindings) {
    return bindings.all().stream()
        .filter(binding -> !binding.connectionFields().isEmpty())
        .filter(binding -> binding.simulator().isPresent())
        .toList();
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var simulated = simulated(Bindings.installed());
    var typed = invocation.argument(0);
    if (typed == null) {
      list(invocation, simulated.stream().map(Binding::name).toList());
      return 0;
    }
    var binding =
        simulated.stream()
            .filter(each -> each.name().equals(typed))
            .findFirst()
            .orElseThrow(() -> unknown(typed, simulated));
    serve(invocation, binding);
    return 0;
  }

  private static void list(Invocation invocation, List<String> names) {
    if (invocation.json()) {
      var document = JsonDocument.of("simulators");
      var array = document.putArray("simulators");
      names.forEach(array::add);
      invocation.terminal().out().println(JsonDocument.line(document));
    } else {
      names.forEach(invocation.terminal().out()::println);
    }
  }

  private static HearthException unknown(String typed, List<Binding> simulated) {
    var names = simulated.stream().map(Binding::name).toList();
    var error =
        new HearthException(CliError.NOT_SIMULATED, SafeText.line(typed), String.join(", ", names));
    return Suggestion.closest(typed, names)
        .map(nearest -> error.hint("Did you mean `" + nearest + "`?"))
        .orElse(error);
  }

  private static void serve(Invocation invocation, Binding binding) throws InterruptedException {
    var first = new FirstWorld(binding).of(invocation);
    var stopped = new CountDownLatch(1);
    invocation.interrupts().get().stopBy(stopped::countDown);
    var world = Optional.ofNullable(invocation.value("--world")).map(Path::of);
    var host = Objects.requireNonNullElse(invocation.value("--host"), USUAL_HOST);
    var place =
        new Place(host, port(invocation.value("--port")), world, disturbance(invocation), first);
    try (var server =
        SimulatorServer.start(
            binding,
            place,
            invocation.clock(),
            new SystemNet(SystemNet.DEFAULT_TIMEOUT, invocation.environment()),
            (peer, failure) -> tell(invocation, peer, failure))) {
      var page = new SimPage(binding, server);
      var terminal = invocation.terminal();
      if (invocation.json()) {
        terminal.out().println(JsonDocument.line(page.json()));
        terminal.out().flush(); // whoever started this in the background waits for it
      } else {
        page.text(terminal.errScreen()).forEach(invocation::say);
      }
      stopped.await();
    }
    world.ifPresent(
        file -> invocation.say("The world is kept in " + SafeText.line(file.toString()) + "."));
  }

  private static Disturbance disturbance(Invocation invocation) {
    var typed = Objects.requireNonNullElse(invocation.value("--latency"), "0s");
    try {
      return new Disturbance(invocation.values("--fault"), DurationText.parse(typed));
    } catch (IllegalArgumentException e) {
      throw new HearthException(
              CliError.BAD_VALUE,
              "--latency",
              SafeText.line(typed),
              "a duration such as 80ms or 2s")
          .causedBy(e);
    }
  }

  private static int port(@Nullable String typed) {
    if (typed == null) {
      return USUAL_PORT;
    }
    if (!typed.matches("\\d{1,5}") || Integer.parseInt(typed) > 65_535) {
      throw new HearthException(
          CliError.BAD_VALUE, "--port", SafeText.line(typed), "a number from 0 to 65535");
    }
    return Integer.parseInt(typed);
  }

  private static void tell(Invocation invocation, String peer, Exception failure) {
    if (invocation.verbosity() == Verbosity.VERBOSE) {
      invocation.say(SafeText.line(peer + ": " + failure.getMessage()));
    }
  }
}
