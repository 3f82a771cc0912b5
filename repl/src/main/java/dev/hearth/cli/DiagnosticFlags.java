package dev.hearth.cli;

import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.RunEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flags that ask for more about a run than its result.
 *
 * @param timing whether to say where time went
 * @param trace whether to tell all that passes the gate
 * @param file where that is written; empty: shown with everything else
 */
record DiagnosticFlags(boolean timing, boolean trace, Optional<Path> file) {
  private static final String TRACE = "--trace";

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

  /** As {@link WorldFlags#attachEmptyValue}. */
  static List<String> attachEmptyValue(List<String> arguments) {
    return arguments.stream().map(a -> a.equals(TRACE) ? TRACE + "=" : a).toList();
  }

  static DiagnosticFlags of(Invocation invocation) {
    var file = invocation.value(TRACE);
    return new DiagnosticFlags(
        invocation.has("--timing"),
        file != null,
        Optional.ofNullable(file).filter(name -> !name.isEmpty()).map(Path::of));
  }

  /** What is asked of the runtime. */
  Diagnostics diagnostics(Invocation invocation) {
    return new Diagnostics(
        timing, trace, timing ? Optional.of(invocation.began().get()) : Optional.empty());
  }

  /** What goes into a file is not shown. */
  Consumer<RunEvent> listening(Consumer<RunEvent> shown) {
    return file.<Consumer<RunEvent>>map(it -> TraceFile.begin(it).beside(shown)).orElse(shown);
  }
}
