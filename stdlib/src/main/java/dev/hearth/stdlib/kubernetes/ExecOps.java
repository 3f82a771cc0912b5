package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Commands in containers. Every method blocks; the runtime gives it a worker. */
final class ExecOps {
  private final ApiServer server;
  private final Inlets inlets = new Inlets();

  ExecOps(Cluster cluster) {
    this.server = cluster.server();
  }

  /**
   * A command.
   *
   * @param container absent: the only one, or the one that the pod says
   * @param stdin text that it reads; bytes come beside the argument
   * @param inlet through which it gets more input
   * @param nothrow whether a failure is a result
   * @param terminal its size, for a command that runs in one
   */
  record Exec(
      String name,
      @Nullable String namespace,
      List<String> command,
      @Nullable String container,
      @Nullable String stdin,
      @Nullable String inlet,
      @Nullable Duration timeout,
      @Nullable Boolean nothrow,
      Execution.@Nullable Size terminal) {
    private boolean mayFail() {
      return Boolean.TRUE.equals(nothrow);
    }

    private byte @Nullable [] input(byte @Nullable [] beside) {
      return beside == null && stdin != null ? stdin.getBytes(StandardCharsets.UTF_8) : beside;
    }
  }

  /** Runs it to its end. */
  @Op(writes = true)
  CommandOutcome exec(Exec request, byte @Nullable [] stdin) {
    long began = server.clock().nanoTime();
    try (var execution = begin(request, stdin)) {
      var output = new CapturedOutput(execution);
      output.readAll();
      var outcome =
          new CommandOutcome(
              output.stdout(),
              output.stderr(),
              execution.exitCode(),
              null,
              Duration.ofNanos(server.clock().nanoTime() - began).toMillis());
      return request.mayFail() ? outcome : required(execution, outcome);
    } finally {
      inlets.end(request.inlet());
    }
  }

  /** The same outcome, unless it is a failure. */
  static CommandOutcome required(Execution execution, CommandOutcome outcome) {
    if (!outcome.succeeded()) {
      throw outcome.failure(PodError.EXIT_STATUS, execution.shown(), execution.shownPod());
    }
    return outcome;
  }

  private Execution begin(Exec request, byte @Nullable [] beside) {
    var pod = PodName.of(server, request.namespace(), request.name());
    var input = request.input(beside);
    boolean reads = input != null || request.inlet() != null;
    var wish = new Execution.Wish(request.command(), reads, request.terminal());
    Supplier<Execution> start =
        () -> Execution.start(server, PodContainer.find(server, pod, request.container()), wish);
    var execution =
        request.timeout() == null
            ? start.get()
            : new TimedStart(server.clock(), pod, wish, request.timeout()).of(start);
    inlets.connect(request.inlet(), execution);
    if (input != null) {
      execution.feed(input, request.inlet() == null);
    }
    return execution;
  }

  /** The lines of its stdout, some at a time. */
  @Op(writes = true)
  OpStream<List<String>> execLines(Exec request, byte @Nullable [] stdin) {
    return new ExecLines(
        () -> begin(request, stdin), request.mayFail(), () -> inlets.end(request.inlet()));
  }

  /** All that it writes, as it comes. It runs before it is read, so that it can be given input. */
  @Op(writes = true)
  OpStream<ExecPieces.Said> execPieces(Exec request, byte @Nullable [] stdin) {
    Runnable after = () -> inlets.end(request.inlet());
    try {
      return new ExecPieces(begin(request, stdin), after);
    } catch (HearthException e) {
      after.run();
      throw e;
    }
  }

  // ---- Input that comes later ------------------------------------------------------------------

  /** A name for {@link Exec#inlet}. */
  @Op(writes = true)
  String inlet() {
    return inlets.make();
  }

  /**
   * More input.
   *
   * @param text absent: the bytes beside the argument
   */
  record Input(String inlet, @Nullable String text) {}

  /** Waits until it is sent; false when nobody reads it any more. */
  @Op(writes = true)
  boolean input(Input request, byte @Nullable [] bytes) {
    var all =
        bytes == null
            ? Objects.requireNonNullElse(request.text(), "").getBytes(StandardCharsets.UTF_8)
            : bytes;
    return inlets.reach(request.inlet(), execution -> execution.write(all));
  }

  record InputEnd(String inlet) {}

  @Op(writes = true)
  void endInput(InputEnd request) {
    inlets.reach(
        request.inlet(),
        execution -> {
          execution.endInput();
          return true;
        });
  }

  /** A new size of a terminal. */
  record Resize(String inlet, int rows, int columns) {}

  @Op(writes = true)
  void resize(Resize request) {
    var size = new Execution.Size(request.rows(), request.columns());
    inlets.reach(
        request.inlet(),
        execution -> {
          execution.resize(size);
          return true;
        });
  }
}
