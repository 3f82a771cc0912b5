package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.LimitError;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.RunningProcess.OutputListener;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.shell.ShellOps.Invocation;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs commands; each may read what another one writes, without it passing through JavaScript. */
final class Pipelines {
  private final Processes processes;
  private final OpContext.Log log;

  /**
   * One pipeline starts at a time: two that had each got half of the processes that may run at once
   * would wait for one another.
   */
  private final ReentrantLock starting = new ReentrantLock(true);

  Pipelines(Processes processes, OpContext.Log log) {
    this.processes = processes;
    this.log = log;
  }

  /** Runs to the end. */
  ProcessOutcome run(Invocation last, byte @Nullable [] stdin) throws InterruptedException {
    var commandLine = last.commandLine();
    ProcessOutcome outcome;
    if (last.from() == null && !isTrue(last.options().verbose())) {
      outcome = processes.run(request(last, commandLine, stdin));
    } else {
      try (var pipeline = start(last, stdin)) {
        outcome = finish(pipeline.last());
        pipeline.requireOthersToSucceed();
      }
    }
    if (!outcome.succeeded() && !isTrue(last.options().nothrow())) {
      throw ShellOps.failure(commandLine, outcome);
    }
    return outcome;
  }

  OpStream<List<String>> lines(Invocation last, byte @Nullable [] stdin) {
    return new LineStream(start(last, stdin), isTrue(last.options().nothrow()));
  }

  private Pipeline start(Invocation last, byte @Nullable [] stdin) {
    var stages = new ArrayDeque<Invocation>();
    for (var stage = last; stage != null; stage = stage.from()) {
      stages.push(stage);
    }
    try {
      starting.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(
              LimitError.INTERRUPTED, "a child process", Limit.PROCESSES.setting())
          .causedBy(e);
    }
    try {
      return start(stages, stdin);
    } finally {
      starting.unlock();
    }
  }

  private Pipeline start(Deque<Invocation> stages, byte @Nullable [] stdin) {
    var started = new ArrayList<Pipeline.Stage>();
    try {
      for (var stage : stages) {
        var commandLine = stage.commandLine();
        var request = request(stage, commandLine, started.isEmpty() ? stdin : null);
        if (!started.isEmpty()) {
          request = request.input(started.getLast().process().output());
        }
        started.add(new Pipeline.Stage(stage, commandLine, processes.start(request)));
      }
      return new Pipeline(started);
    } catch (RuntimeException e) {
      started.reversed().forEach(stage -> stage.process().close());
      throw e;
    }
  }

  private static ProcessRequest request(
      Invocation command, List<String> commandLine, byte @Nullable [] stdin) {
    var options = command.options();
    var request = ProcessRequest.of(commandLine);
    if (options.cwd() != null) {
      request = request.in(path(options.cwd()));
    }
    if (options.env() != null) {
      request = request.withEnvironment(options.env());
    }
    if (options.timeout() != null) {
      request = request.timeout(options.timeout());
    }
    if (stdin != null) {
      request = request.input(stdin);
    } else if (options.stdin() != null) {
      request = request.input(options.stdin().getBytes(StandardCharsets.UTF_8));
    }
    return request;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new HearthException(
          ShellError.MALFORMED, "`" + VisibleText.of(text) + "` is no path of a folder");
    }
  }

  private ProcessOutcome finish(Pipeline.Stage last) throws InterruptedException {
    if (!isTrue(last.command().options().verbose())) {
      return last.process().finish(OutputListener.NONE);
    }
    var logged = new LoggedOutput(ShellOps.shown(last.commandLine()), log);
    try {
      return last.process().finish(logged);
    } finally {
      logged.end();
    }
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }
}
