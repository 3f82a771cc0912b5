package dev.hearth.stdlib.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.permission.PermissionError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.stdlib.command.AtWork;
import dev.hearth.stdlib.command.InstalledPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The program itself: which one it is, and how it is run. */
final class TerraformProgram {
  static final ObjectMapper MAPPER = new ObjectMapper();

  /** So that it asks nobody, looks for no newer version, and writes for programs. */
  private static final Map<String, String> VARIABLES =
      Map.of("TF_IN_AUTOMATION", "1", "TF_INPUT", "0", "CHECKPOINT_DISABLE", "1");

  private final ChosenProgram chosen;
  private final OpContext context;
  private final AtWork open;

  TerraformProgram(Connection connection, OpContext context) {
    this.chosen = ChosenProgram.of(connection);
    this.context = context;
    this.open = context.forRun(AtWork.class, AtWork::new);
  }

  /**
   * What is to be run.
   *
   * @param what it does, as a verb for messages: {@code plan}
   * @param shown what it does that to, for messages: its folder, unless it is another's
   * @param variables of the environment, beside those that every run gets
   * @param hidden what no message may show
   * @param timeout how long it may take; empty: as long as it likes
   * @param input what it reads; empty: nothing
   */
  record Work(
      String what,
      String shown,
      Path folder,
      List<String> words,
      Map<String, String> variables,
      SensitiveValues hidden,
      Optional<Duration> timeout,
      Optional<byte[]> input) {
    Work(String what, Path folder, List<String> words, Map<String, String> variables) {
      this(
          what,
          VisibleText.of(folder.toString()),
          folder,
          words,
          variables,
          new SensitiveValues(),
          Optional.empty(),
          Optional.empty());
    }

    Work saying(List<String> others) {
      return new Work(what, shown, folder, others, variables, hidden, timeout, input);
    }

    Work hiding(SensitiveValues values) {
      return new Work(what, shown, folder, words, variables, values, timeout, input);
    }

    Work timeout(@Nullable Duration limit) {
      return new Work(
          what, shown, folder, words, variables, hidden, Optional.ofNullable(limit), input);
    }

    Work reading(byte[] bytes) {
      return new Work(what, shown, folder, words, variables, hidden, timeout, Optional.of(bytes));
    }

    /** The same, which tells of something else than its folder. */
    Work showing(String other) {
      return new Work(what, other, folder, words, variables, hidden, timeout, input);
    }
  }

  /** What it printed as JSON, whole. */
  JsonNode json(Work work) {
    var outcome = run(work, _ -> {});
    if (!outcome.succeeded()) {
      throw outcome.failure(work);
    }
    return UiLog.message(outcome.outputText())
        .orElseThrow(() -> noAnswer(work)); // without what it printed: secrets may stand there
  }

  /**
   * The same of what says by its status whether it found something wrong, and prints it all the
   * same.
   */
  JsonNode report(Work work) {
    var outcome = run(work, _ -> {});
    return UiLog.message(outcome.outputText()).orElseThrow(() -> outcome.failure(work));
  }

  /** Runs what writes a line of JSON for each thing that happens, and tells of it meanwhile. */
  UiLog log(Work work) {
    return log(work, (_, error) -> error);
  }

  /** The same of what says by its status whether it found something wrong, when it came so far. */
  UiLog logEndingWith(String type, Work work) {
    var outcome = run(work, line -> tell(line, work.hidden()));
    var log = UiLog.read(outcome.output());
    if (log.last(type).isMissingNode()) {
      throw outcome.failure(work);
    }
    return log;
  }

  /** What it printed, of a command that writes no JSON. */
  String text(Work work) {
    var words = new ArrayList<>(work.words());
    // Behind its name, which for some is two words.
    words.add(words.getFirst().matches("state|workspace") ? 2 : 1, "-no-color");
    var outcome = run(work.saying(words), _ -> {});
    if (!outcome.succeeded()) {
      throw outcome.failure(work);
    }
    return outcome.outputText();
  }

  /**
   * The same.
   *
   * @param failed adds to a failure what was logged until then
   */
  UiLog log(Work work, BiFunction<UiLog, HearthException, HearthException> failed) {
    var outcome = run(work, line -> tell(line, work.hidden()));
    var log = UiLog.read(outcome.output());
    if (!outcome.succeeded()) {
      throw failed.apply(log, outcome.failure(work));
    }
    return log;
  }

  static HearthException noAnswer(Work work) {
    return new HearthException(
        TerraformError.ANSWER, "terraform " + work.words().getFirst(), work.shown());
  }

  private void tell(String line, SensitiveValues hidden) {
    UiLog.message(line)
        .ifPresent(
            message -> {
              var type = message.path("type").asText();
              if (type.startsWith("apply_") || type.startsWith("refresh_")) {
                context
                    .log()
                    .write(
                        OpContext.Log.Level.INFO,
                        hidden.masked(message.path("@message").asText()),
                        Map.of());
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

  /** How it ended, and when it had begun. */
  private record Ended(Instant begun, ProcessOutcome how) {
    boolean succeeded() {
      return how.succeeded();
    }

    byte[] output() {
      return how.output();
    }

    String outputText() {
      return how.outputText();
    }

    HearthException failure(Work work) {
      return Diagnostics.failed(work, UiLog.read(output()), how, begun);
    }
  }

  private Ended run(Work work, Consumer<String> told) {
    HearthException refused = new HearthException(TerraformError.MISSING);
    for (var name : chosen.names(context.programs().map(_ -> new InstalledPrograms(context)))) {
      try {
        return run(name, work, told);
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

  private Ended run(String name, Work work, Consumer<String> told) {
    var command = new ArrayList<>(List.of(name));
    command.addAll(work.words());
    var variables = new LinkedHashMap<>(VARIABLES);
    variables.putAll(work.variables());
    var request =
        ProcessRequest.of(command)
            .in(work.folder())
            .inheriting()
            .withEnvironment(variables)
            .grace(TerraformRun.GRACE)
            .endingItself();
    if (work.timeout().isPresent()) {
      request = request.timeout(work.timeout().get());
    }
    if (work.input().isPresent()) {
      request = request.input(work.input().get());
    }
    var begun = context.effects().clock().now();
    var run = new TerraformRun(context.effects().processes().start(request), told);
    open.add(run);
    try {
      return new Ended(begun, run.finish());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(TerraformError.INTERRUPTED, work.what(), work.shown()).causedBy(e);
    } finally {
      open.remove(run);
    }
  }
}
