package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.spi.Op;
import dev.hearth.runtime.spi.OpStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What recipes can do on a host. Every method blocks; the runtime gives it a worker. */
final class SshOps {
  private final Host host;
  private final Commands commands;

  SshOps(Host host) {
    this.host = host;
    this.commands = new Commands(host);
  }

  // ---- Commands --------------------------------------------------------------------------------

  /**
   * How a command is run.
   *
   * @param cwd the folder there
   * @param secretEnv variables that nobody else on the host may see
   * @param stdin text that it reads; bytes come beside the argument
   * @param shell reads it; absent: sh
   * @param nothrow whether a failure is a result
   * @param sudo whether root runs it
   */
  record Options(
      @Nullable String cwd,
      @Nullable Map<String, String> env,
      @Nullable Map<String, String> secretEnv,
      @Nullable String stdin,
      @Nullable Duration timeout,
      @Nullable String shell,
      @Nullable Boolean nothrow,
      @Nullable Boolean sudo) {}

  /**
   * A command.
   *
   * @param text the template's own text
   * @param values between each two pieces of it, as words
   */
  record Invocation(List<String> text, List<List<String>> values, @Nullable Options options) {
    private RemoteCommand command() {
      var script = RemoteScript.of(text, values);
      return options == null
          ? RemoteCommand.of(script)
          : new RemoteCommand(
              SecretVariables.of(options.secretEnv()).reading(),
              RemoteScript.prepared(
                  script, options.cwd(), options.env() == null ? Map.of() : options.env()),
              Shells.named(options.shell()),
              Optional.ofNullable(options.timeout()),
              Boolean.TRUE.equals(options.sudo()));
    }

    private RemoteInput input(byte @Nullable [] bytes) {
      var own = ownInput(bytes);
      return options == null ? own : SecretVariables.of(options.secretEnv()).before(own);
    }

    private RemoteInput ownInput(byte @Nullable [] bytes) {
      if (bytes != null) {
        return RemoteInput.of(bytes);
      }
      return options == null || options.stdin() == null
          ? RemoteInput.NONE
          : RemoteInput.of(options.stdin().getBytes(StandardCharsets.UTF_8));
    }

    private boolean mayFail() {
      return options != null && Boolean.TRUE.equals(options.nothrow());
    }
  }

  @Op(writes = true)
  CommandOutcome run(Invocation request, byte @Nullable [] stdin) {
    var command = request.command();
    var outcome = commands.run(command, request.input(stdin));
    return request.mayFail() ? outcome : outcome.orThrow(command, host.target().name());
  }

  /** What the host is. */
  @Op
  Facts facts() {
    var command = RemoteCommand.of(Facts.SCRIPT);
    var outcome = commands.run(command, RemoteInput.NONE);
    return Facts.parse(outcome.orThrow(command, host.target().name()).stdout());
  }

  /** Its lines, some at a time. */
  @Op(writes = true)
  OpStream<List<String>> lines(Invocation request, byte @Nullable [] stdin) {
    return new LineStream(host, request.command(), request.input(stdin), request.mayFail());
  }
}
