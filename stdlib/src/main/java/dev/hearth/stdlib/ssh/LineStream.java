package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.effect.ssh.SshProcess;
import dev.hearth.runtime.spi.OpStream;
import dev.hearth.stdlib.command.CommandOutcome;
import dev.hearth.stdlib.command.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a command, as they come. A slow reader slows the command. */
final class LineStream implements OpStream<List<String>> {
  private static final int LONGEST = 1 << 20;
  private static final long ERROR_BYTES = 1 << 20;

  private final Host host;
  private final RemoteCommand command;
  private final RemoteInput input;
  private final boolean mayFail;
  private final Lines lines = new Lines();
  private final byte[] chunk = new byte[1 << 13];
  private Sessions.Shared.@Nullable Place place;
  private @Nullable SshProcess running;
  private @Nullable Capture errors;
  private boolean ended;

  LineStream(Host host, RemoteCommand command, RemoteInput input, boolean mayFail) {
    this.host = host;
    this.command = command;
    this.input = input;
    this.mayFail = mayFail;
  }

  @Override
  public @Nullable List<String> next() throws InterruptedException {
    if (ended) {
      return null;
    }
    var process = running == null ? begin() : running;
    try {
      var read = lines(process.output());
      if (read.isEmpty()) {
        ended = true;
        finish(process);
        return null;
      }
      return read;
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new HearthException(SshError.INTERRUPTED, host.target().name()).causedBy(e);
      }
      throw new HearthException(SshError.LOST, host.target().name(), "it broke off").causedBy(e);
    }
  }

  private SshProcess begin() {
    place = host.place();
    var commands = new Commands(host);
    var process = commands.begin(command);
    running = process;
    if (command.asRoot()) {
      new Sudo(host, process).enter();
    }
    errors = new Capture(process.errors(), ERROR_BYTES, () -> {});
    var _ = commands.feed(process, input);
    return process;
  }

  /** Those that came, at least one; none at the end. */
  private List<String> lines(InputStream output) throws IOException {
    for (int n = output.read(chunk); n >= 0; n = output.read(chunk)) {
      var came = lines.add(chunk, n);
      if (!came.isEmpty()) {
        return came;
      }
      if (lines.openBytes() > LONGEST) {
        throw new HearthException(
            SshRunError.LINE_TOO_LONG, Commands.shown(command), LONGEST, host.target().name());
      }
    }
    return lines.rest().stream().toList();
  }

  /** A failure comes after the last line, not instead of it. */
  private void finish(SshProcess process) throws InterruptedException {
    process.await();
    var said = errors;
    if (said != null) {
      said.await();
    }
    var end = process.end();
    if (!mayFail) {
      var stderr = said == null ? "" : new String(said.bytes(), StandardCharsets.UTF_8);
      var outcome = new CommandOutcome("", stderr, end.status(), end.signal(), 0);
      var _ = new Commands(host).requireSuccess(command, outcome);
    }
  }

  @Override
  public void close() {
    var process = running;
    if (process != null) {
      process.close();
    }
    var taken = place;
    if (taken != null) {
      taken.close();
    }
  }
}
