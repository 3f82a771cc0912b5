package dev.hearth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.repl.UncaughtErrors;
import dev.hearth.repl.ValuePrinter;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.Evaluation;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.run.RecipePrompt;
import dev.hearth.terminal.EventJson;
import dev.hearth.terminal.JsonDocument;
import dev.hearth.terminal.RunProgress;
import dev.hearth.terminal.TerminalPrompt;
import dev.hearth.terminal.ValueView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hearth eval CODE}. */
final class EvalCommand implements Command {
  private final List<String> grants;

  EvalCommand() {
    this(List.of());
  }

  private EvalCommand(List<String> grants) {
    this.grants = grants;
  }

  @Override
  public CommandSpec spec() {
    var code = "JavaScript, in which `await` works; its last value is printed.";
    var spec = DiagnosticFlags.describe(new Spec().argument("CODE", code, List.of()));
    return WorldFlags.describe(spec).build();
  }

  @Override
  public boolean runsJavaScript() {
    return true;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "hearth eval '6 * 7'",
        "hearth eval \"import { proxmox } from 'hearth:proxmox'; await proxmox().vms.list()\"");
  }

  @Override
  public Given given(List<String> arguments) {
    var split = GrantFlags.of(arguments);
    return new Given(new EvalCommand(split.grants()), WorldFlags.attachEmptyValue(split.rest()));
  }

  @Override
  public int run(Invocation invocation) throws InterruptedException {
    var code = Objects.requireNonNull(invocation.argument(0));
    if (invocation.json()) {
      return evaluate(
          invocation, code, new EventJson(invocation.terminal().out()), Optional.empty());
    }
    try (var progress =
        new RunProgress(invocation.terminal(), invocation.verbosity(), invocation.clock())) {
      var prompt =
          invocation.terminal().interactive()
              ? Optional.<RecipePrompt>of(new TerminalPrompt(invocation.terminal(), progress))
              : Optional.<RecipePrompt>empty();
      return evaluate(invocation, code, progress, prompt);
    }
  }

  private int evaluate(
      Invocation invocation,
      String code,
      Consumer<RunEvent> listener,
      Optional<RecipePrompt> prompt)
      throws InterruptedException {
    var uncaught = new UncaughtErrors(DiagnosticFlags.of(invocation).listening(listener));
    return uncaught.status(status(invocation, code, uncaught, prompt));
  }

  private int status(
      Invocation invocation,
      String code,
      Consumer<RunEvent> listener,
      Optional<RecipePrompt> prompt)
      throws InterruptedException {
    var builder = invocation.hearth();
    prompt.ifPresent(builder::recipePrompt);
    var hearth = builder.build();
    var diagnostics = DiagnosticFlags.of(invocation).diagnostics(invocation);
    var request = WorldFlags.of(invocation).session(grants, diagnostics);
    try (var session = hearth.session(request, listener)) {
      invocation.interrupts().get().stopBy(session::interrupt);
      var evaluated = session.evaluate(code, "eval");
      if (invocation.json()) {
        invocation.terminal().out().println(JsonDocument.line(document(evaluated)));
      } else {
        print(invocation, evaluated);
      }
      var error = evaluated.error();
      return error == null ? 0 : error.kind().exitStatus();
    }
  }

  private static JsonNode document(Evaluation evaluated) {
    var error = evaluated.error();
    var document = JsonDocument.of("value").put("text", evaluated.text());
    document.set("value", evaluated.value());
    return document.set("error", error == null ? null : ErrorJson.of(error));
  }

  private static void print(Invocation invocation, Evaluation evaluated) {
    var terminal = invocation.terminal();
    ErrorReport error = evaluated.error();
    if (error != null) {
      var renderer = new ErrorRenderer(terminal.errScreen(), invocation.verbosity().detail());
      terminal.err().print(renderer.text(error));
    } else if (evaluated.value() != null && evaluated.value().isTextual()) {
      // A text is data for whoever reads the output, and so has no quotes.
      terminal.out().print(new ValueView(terminal.outScreen()).text(evaluated.value()));
    } else {
      terminal.out().print(new ValuePrinter(terminal.outScreen()).text(evaluated));
    }
  }
}
