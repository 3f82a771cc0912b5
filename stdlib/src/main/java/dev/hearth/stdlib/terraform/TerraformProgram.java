package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.RunningProcess.Output;
import dev.hearth.runtime.effect.RunningProcess.OutputListener;
import dev.hearth.runtime.permission.PermissionError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.command.Lines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The program itself: which one it is, and how it is run. */
final class TerraformProgram {
  static final ObjectMapper MAPPER = new ObjectMapper();

  /** Terraform ends what it does with a resource first, and then writes its state. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  /** So that it asks nobody, looks for no newer version, and writes for programs. */
  private static final Map<String, String> VARIABLES =
      Map.of("TF_IN_AUTOMATION", "1", "TF_INPUT", "0", "CHECKPOINT_DISABLE", "1");

  private final List<String> names;
  private final OpContext context;

  TerraformProgram(Connection connection, OpContext context) {
    this.names = names(connection);
    this.context = context;
  }

  /** The programs that may be it, in the order in which they are tried. */
  static List<String> names(Connection connection) {
    var program = connection.settings().path("program").asText("");
    return program.isEmpty() ? List.of("tofu", "terraform") : List.of(program);
  }

  /**
   * What is to be run.
   *
   * @param what it does, as a verb for messages: {@code plan}
   * @param variables of the environment, beside those that every run gets
   */
  record Work(String what, Path folder, List<String> words, Map<String, String> variables) {
    String shownFolder() {
      return VisibleText.of(folder.toString());
    }
  }

  /** What it printed as JSON, whole. */
  JsonNode json(Work work) {
    var outcome = run(work, OutputListener.NONE);
    if (!outcome.succeeded()) {
      throw Diagnostics.failed(work, UiLog.read(outcome.output()), outcome);
    }
    return UiLog.message(outcome.outputText())
        .orElseThrow(() -> noAnswer(work)); // without what it printed: secrets may stand there
  }

  /**
   * The same of what says by its status whether it found something wrong, and prints it all the
   * same.
   */
  JsonNode report(Work work) {
    var outcome = run(work, OutputListener.NONE);
    return UiLog.message(outcome.outputText())
        .orElseThrow(() -> Diagnostics.failed(work, UiLog.read(outcome.output()), outcome));
  }

  /** Runs what writes a line of JSON for each thing that happens, and tells of it meanwhile. */
  UiLog log(Work work) {
    var lines = new Lines();
    OutputListener listener =
        (output, bytes, length) -> {
          if (output == Output.STANDARD) {
            lines.add(bytes, length).forEach(this::tell);
          }
        };
    var outcome = run(work, listener);
    var log = UiLog.read(outcome.output());
    if (!outcome.succeeded()) {
      throw Diagnostics.failed(work, log, outcome);
    }
    return log;
  }

  private static HearthException noAnswer(Work work) {
    return new HearthException(
        TerraformError.ANSWER, "terraform " + work.words().getFirst(), work.shownFolder());
  }

  private void tell(String line) {
    UiLog.message(line)
        .ifPresent(
            message -> {
              var type = message.path("type").asText();
              if (type.startsWith("apply_") || type.startsWith("refresh_")) {
                context
                    .log()
                    .write(OpContext.Log.Level.INFO, message.path("@message").asText(), Map.of());
                var hook = message.path("hook");
                context
                    .events()
                    .tell(
                        type.replace('_', '-'),
                        Map.of(
                            "address", hook.path("resource").path("addr").asText(),
                            "action", hook.path("action").asText()));
              }
            });
  }

  private ProcessOutcome run(Work work, OutputListener listener) {
    HearthException refused = new HearthException(TerraformError.MISSING);
    for (var name : names) {
      try {
        return run(name, work, listener);
      } catch (HearthException e) {
        if (e.code() == PermissionError.DENIED) {
          refused = e; // says more than that another one is not there
        } else if (e.code() != ProcessError.NOT_FOUND) {
          throw e;
        }
      }
    }
    throw refused;
  }

  private ProcessOutcome run(String name, Work work, OutputListener listener) {
    var command = new ArrayList<>(List.of(name));
    command.addAll(work.words());
    var variables = new LinkedHashMap<>(VARIABLES);
    variables.putAll(work.variables());
    var request =
        ProcessRequest.of(command)
            .in(work.folder())
            .withEnvironment(variables)
            .grace(GRACE)
            .endingItself();
    try (var process = context.effects().processes().start(request)) {
      return process.finish(listener);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(TerraformError.INTERRUPTED, work.what(), work.shownFolder())
          .causedBy(e);
    }
  }
}
