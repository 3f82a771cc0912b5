package dev.hearth.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.secret.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A state folder on a real disk with one run in it. */
final class RunFixture {
  final SteppingClock clock = new SteppingClock();
  final Redaction redaction = new Redaction();
  final List<RunEvent> events = new ArrayList<>();
  final RunStore store;
  final Journal journal;
  final Steps steps;

  RunFixture(Path state) {
    this(state, RunLimits.DEFAULT);
  }

  RunFixture(Path state, RunLimits limits) {
    store = new RunStore(state, clock);
    journal = store.create(start(), redaction, limits);
    steps = new Steps(journal, clock, events::add);
  }

  static RunStart start() {
    return start(JsonNodeFactory.instance.objectNode().put("memory", 2048), Set.of());
  }

  static RunStart start(ObjectNode parameters, Set<String> secretParameters) {
    var request =
        RunRequest.of(Path.of("/recipes/template.js"))
            .allow("proxmox:write")
            .connection("proxmox", "lab")
            .onError(RunRequest.OnError.UNDO);
    return RunStart.of(request, "ab12", "0.1.0", parameters, secretParameters);
  }

  static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ErrorReport error(String message) {
    return new ErrorReport(
        "proxmox.task-failed",
        ErrorKind.SYSTEM,
        message,
        "Look at the task.",
        new ErrorReport.Location("template.js", 14, 33, "  await x();"),
        Map.of("exitstatus", "unable to lock"),
        List.of(),
        List.of());
  }

  void finish(RunResult.Status status, @Nullable JsonNode value, @Nullable ErrorReport error) {
    var exit = error == null ? 0 : error.kind().exitStatus();
    journal.finish(new RunResult(journal.run(), status, value, error, exit, Duration.ofSeconds(9)));
  }

  String text() {
    try {
      return new String(Files.readAllBytes(journal.path()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of the journal, each parsed. */
  List<JsonNode> lines() {
    return text().lines().map(RunFixture::json).toList();
  }

  /** Appends bytes that Hearth did not write, as a crash or a bad disk would. */
  void damage(byte[] bytes) {
    try {
      Files.write(journal.path(), bytes, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
