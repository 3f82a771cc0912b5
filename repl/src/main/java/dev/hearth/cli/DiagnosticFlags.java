package dev.hearth.cli;

import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Inspection;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.report.SafeText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flags that ask for more about a run than its result.
 *
 * @param timing whether to say where time went
 * @param trace whether to tell all that passes the gate
 * @param inspect the door for a debugger
 * @param file where that is written; empty: shown with everything else
 */
record DiagnosticFlags(
    boolean timing, boolean trace, Optional<Path> file, Optional<Inspection> inspect) {
  private static final String TRACE = "--trace";
  private static final String INSPECT = "--inspect";
  private static final String INSPECT_BRK = "--inspect-brk";
  private static final Pattern ADDRESS =
      Pattern.compile("(?:([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+]):)?(\\d{1,5})");

  static Spec describe(Spec spec) {
    return spec.flag("--timing", "Say at the end where the time went.")
        .add(
            OptionSpec.builder(TRACE)
                .type(String.class)
                .arity("0..1")
                .fallbackValue("")
                .paramLabel("[=FILE]")
                .description(
                    "Show each contact with the world: files, hosts, programs; as JSON lines into"
                        + " the file."));
  }

  /** Those of a run, which a debugger can look into. */
  static Spec describeRun(Spec spec) {
    return describe(spec)
        .add(door(INSPECT, "Let a debugger in that speaks Chrome's protocol. Default: port 9229."))
        .add(door(INSPECT_BRK, "The same; wait for it, and pause at the first line."));
  }

  private static OptionSpec.Builder door(String name, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("0..1")
        .fallbackValue("")
        .paramLabel("[=[HOST:]PORT]")
        .description(description);
  }

  /** As {@link WorldFlags#attachEmptyValue}. */
  static List<String> attachEmptyValue(List<String> arguments) {
    return arguments.stream()
        .map(a -> List.of(TRACE, INSPECT, INSPECT_BRK).contains(a) ? a + "=" : a)
        .toList();
  }

  /** Whether a debugger is asked for; before anything is parsed. */
  static boolean wantsDebugger(List<String> words) {
    return words.stream().anyMatch(word -> word.matches("--inspect(-brk)?(=.*)?"));
  }

  static DiagnosticFlags of(Invocation invocation) {
    var file = invocation.value(TRACE);
    return new DiagnosticFlags(
        invocation.has("--timing"),
        file != null,
        Optional.ofNullable(file).filter(name -> !name.isEmpty()).map(Path::of),
        inspection(invocation));
  }

  private static Optional<Inspection> inspection(Invocation invocation) {
    var waiting = invocation.value(INSPECT_BRK);
    var typed = waiting == null ? invocation.value(INSPECT) : waiting;
    var flag = waiting == null ? INSPECT : INSPECT_BRK;
    return Optional.ofNullable(typed).map(it -> inspection(flag, it, waiting != null));
  }

  private static Inspection inspection(String flag, String typed, boolean waits) {
    if (typed.isEmpty()) {
      return Inspection.usual(waits);
    }
    var form = ADDRESS.matcher(typed);
    if (!form.matches()) {
      throw badAddress(flag, typed);
    }
    var host = form.group(1) == null ? Inspection.usual(waits).host() : form.group(1);
    int port = Integer.parseInt(form.group(2));
    if (port > 65_535) {
      throw badAddress(flag, typed);
    }
    return new Inspection(host.replaceAll("[\\[\\]]", ""), port, waits);
  }

  private static HearthException badAddress(String flag, String typed) {
    return new HearthException(
        CliError.BAD_VALUE,
        flag,
        SafeText.line(typed),
        "a port, or an address of this machine and a port, such as 9230 or 127.0.0.1:9230");
  }

  /** What is asked of the runtime. */
  Diagnostics diagnostics(Invocation invocation) {
    return new Diagnostics(
        timing, trace, inspect, timing ? Optional.of(invocation.began().get()) : Optional.empty());
  }

  /** What goes into a file is not shown. */
  Consumer<RunEvent> listening(Consumer<RunEvent> shown) {
    return file.<Consumer<RunEvent>>map(it -> TraceFile.begin(it).beside(shown)).orElse(shown);
  }
}
