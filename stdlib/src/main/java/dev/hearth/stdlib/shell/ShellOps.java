package dev.hearth.stdlib.shell;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessOutcome;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What recipes can do with programs. Every method blocks; the runtime gives it a worker. */
final class ShellOps {
  private final Pipelines pipelines;

  ShellOps(Processes processes, OpContext.Log log) {
    pipelines = new Pipelines(processes, log);
  }

  /**
   * How a command is run.
   *
   * @param cwd where, from Hearth's own working directory; absent: there
   * @param env variables beside those that every child gets
   * @param stdin text that it reads; bytes come beside the argument
   * @param timeout how long it may run
   * @param shell which one, if the command needs one
   * @param nothrow whether a failure is a result
   * @param verbose whether what it writes is logged as it comes
   */
  record Options(
      @Nullable String cwd,
      @Nullable Map<String, String> env,
      @Nullable String stdin,
      @Nullable Duration timeout,
      @Nullable String shell,
      @Nullable Boolean nothrow,
      @Nullable Boolean verbose) {}

  /**
   * A command.
   *
   * @param text the template's own text
   * @param values between each two pieces of it, as words
   * @param from whose output it reads
   */
  record Invocation(
      List<String> text, List<List<String>> values, Options options, @Nullable Invocation from) {
    List<String> commandLine() {
      var shell = options.shell() == null ? Shell.BASH : Shell.named(options.shell());
      return new CommandText(text, values).commandLine(shell);
    }
  }

  @Op(writes = true)
  CommandOutcome run(Invocation request, byte @Nullable [] stdin) throws InterruptedException {
    return ExitStatus.told(pipelines.run(request, stdin));
  }

  /** What it wrote to its standard output, as bytes. */
  @Op(writes = true)
  byte[] bytes(Invocation request, byte @Nullable [] stdin) throws InterruptedException {
    return pipelines.run(request, stdin).output();
  }

  /** Its lines, some at a time. */
  @Op(writes = true)
  OpStream<List<String>> lines(Invocation request, byte @Nullable [] stdin) {
    return pipelines.lines(request, stdin);
  }

  /** What `program` is called in messages. */
  static String shown(List<String> commandLine) {
    return VisibleText.of(commandLine.getFirst());
  }

  /** Why a command that ended so is a failure. */
  static HearthException failure(List<String> commandLine, ProcessOutcome outcome) {
    return ExitStatus.told(outcome).failure(ShellError.EXIT_STATUS, shown(commandLine));
  }
}
