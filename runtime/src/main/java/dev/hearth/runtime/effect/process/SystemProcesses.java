package dev.hearth.runtime.effect.process;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.ProcessError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.RunningProcess;
import dev.hearth.runtime.permission.VisibleText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Processes of this machine. Nothing checks them here. The environment of a request is all that the
 * child gets, beside the mark by which it is found again.
 */
public final class SystemProcesses implements Processes {
  private static final ProcessBuilder.Redirect NOTHING =
      ProcessBuilder.Redirect.from(new File("/dev/null"));

  private final Limits limits;

  public SystemProcesses(Limits limits) {
    this.limits = limits;
  }

  @Override
  public RunningProcess start(ProcessRequest request) {
    return launch(request);
  }

  private ChildProcess launch(ProcessRequest request) {
    requireWellFormed(request);
    var mark = Mark.fresh();
    var builder = new ProcessBuilder(request.command());
    builder.environment().clear();
    builder.environment().putAll(request.environment());
    builder.environment().put(Mark.VARIABLE, mark.value());
    request.folder().map(Path::toFile).ifPresent(builder::directory);
    if (request.input().isEmpty()) {
      builder.redirectInput(NOTHING);
    }
    try {
      return new ChildProcess(request, builder.start(), mark, limits);
    } catch (IOException e) {
      throw failure(request, e);
    }
  }

  private static void requireWellFormed(ProcessRequest request) {
    for (var argument : request.command()) {
      requireWellFormed(request, argument.indexOf('\0') < 0, argument);
    }
    request
        .environment()
        .forEach(
            (name, value) -> {
              requireWellFormed(
                  request,
                  !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0,
                  name);
              requireWellFormed(request, value.indexOf('\0') < 0, value);
            });
  }

  private static void requireWellFormed(ProcessRequest request, boolean holds, String text) {
    if (!holds) {
      throw new HearthException(
          ProcessError.MALFORMED,
          VisibleText.of(request.program()),
          "`" + VisibleText.of(text) + "`");
    }
  }

  private static HearthException failure(ProcessRequest request, IOException e) {
    var program = VisibleText.of(request.program());
    var folder = request.folder().filter(where -> !Files.isDirectory(where));
    if (folder.isPresent()) {
      return new HearthException(
          ProcessError.START_FAILED,
          program,
          "there is no folder `" + VisibleText.of(folder.get()) + "`");
    }
    if (!Files.exists(Path.of(request.program()))) {
      return new HearthException(ProcessError.NOT_FOUND, program).causedBy(e);
    }
    return new HearthException(ProcessError.START_FAILED, program, "the system refuses it")
        .with("reason", Objects.requireNonNullElse(e.getMessage(), "unknown"))
        .causedBy(e);
  }

  @Override
  public ProcessOutcome run(ProcessRequest request) throws InterruptedException {
    try (var child = launch(request)) {
      return child.finish(RunningProcess.OutputListener.NONE);
    }
  }
}
