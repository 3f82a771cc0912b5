package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.DurationText;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.effect.ssh.SshProcess;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.stdlib.command.CommandOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Runs commands on a host. */
final class Commands {
  /** As of a process of this machine. */
  private static final long OUTPUT_BYTES = 16L << 20;

  /** A program left in the background keeps the channel open as long as it lives. */
  private static final Duration LONG = Duration.ofDays(365);

  private final Host host;

  Commands(Host host) {
    this.host = host;
  }

  /** Runs one to its end; an exit status other than 0 is no error here. */
  CommandOutcome run(RemoteCommand command, RemoteInput input) {
    try (var _ = host.place()) {
      long began = host.clock().nanoTime();
      try (var running = begin(command)) {
        return finish(command, running, input, began);
      }
    }
  }

  /** The same outcome, unless it is a failure. */
  CommandOutcome requireSuccess(RemoteCommand command, CommandOutcome outcome) {
    if (!outcome.succeeded()) {
      throw outcome.failure(SshRunError.EXIT_STATUS, shown(command), host.target().name());
    }
    return outcome;
  }

  /** Starts one; with sudo, the talk with it is still to come. */
  SshProcess begin(RemoteCommand command) {
    var line = command.asRoot() ? Sudo.line(command) : command.line();
    return host.patiently(() -> host.session().start(line));
  }

  private CommandOutcome finish(
      RemoteCommand command, SshProcess running, RemoteInput input, long began) {
    var sudo = command.asRoot() ? new Sudo(host, running) : null;
    var output = new Capture(running.output(), OUTPUT_BYTES, running::close);
    try {
      if (sudo != null) {
        sudo.enter();
      }
      var errors = new Capture(running.errors(), OUTPUT_BYTES, running::close);
      var feeding = feed(running, input);
      if (!running.await(command.timeout().orElse(LONG))) {
        throw timedOut(command);
      }
      output.await();
      errors.await();
      feeding.interrupt();
      if (output.isTooLarge() || errors.isTooLarge()) {
        throw new HearthException(
            SshRunError.OUTPUT_TOO_LARGE, shown(command), OUTPUT_BYTES, host.target().name());
      }
      var end = running.end();
      return new CommandOutcome(
          text(output.bytes()),
          text(errors.bytes()),
          end.status(),
          end.signal(),
          Duration.ofNanos(host.clock().nanoTime() - began).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HearthException(SshError.INTERRUPTED, host.target().name()).causedBy(e);
    }
  }

  /** Writes what it reads, beside. */
  Thread feed(SshProcess running, RemoteInput input) {
    return Thread.ofVirtual()
        .name("ssh-input " + host.target().name())
        .start(
            () -> {
              try (OutputStream stream = running.input()) {
                input.writeTo(stream);
              } catch (IOException e) {
                // It has read what it wanted to and ended; its status says how.
              }
            });
  }

  private HearthException timedOut(RemoteCommand command) {
    return new HearthException(
        SshRunError.TIMED_OUT,
        shown(command),
        DurationText.format(command.timeout().orElse(LONG)),
        host.target().name());
  }

  static String shown(RemoteCommand command) {
    return VisibleText.of(command.shown());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
