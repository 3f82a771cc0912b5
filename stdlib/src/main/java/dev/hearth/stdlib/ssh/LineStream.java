package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.effect.ssh.SshProcess;
import dev.hearth.runtime.spi.OpStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a command, as they come. A slow reader slows the command. */
final class LineStream implements OpStream<List<String>> {
  private static final int LONGEST = 1 << 20;
  private static final int MOST_AT_ONCE = 1000;
  private static final long ERROR_BYTES = 1 << 20;

  private final Host host;
  private final RemoteCommand command;
  private final RemoteInput input;
  private final boolean mayFail;
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
      var lines = new ArrayList<String>();
      var output = process.output();
      do {
        var line = line(output);
        if (line == null) {
          break;
        }
        lines.add(line);
      } while (lines.size() < MOST_AT_ONCE && output.available() > 0);
      if (!lines.isEmpty()) {
        return lines;
      }
      ended = true;
      finish(process);
      return null;
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

  private @Nullable String line(InputStream output) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = output.read(); c >= 0; c = output.read()) {
      if (c == '\n') {
        return text(line);
      }
      if (line.size() >= LONGEST) {
        throw new HearthException(
            SshRunError.LINE_TOO_LONG, Commands.shown(command), LONGEST, host.target().name());
      }
      line.write(c);
    }
    return line.size() == 0 ? null : text(line);
  }

  private static String text(ByteArrayOutputStream line) {
    var text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
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
      var _ =
          new CommandOutcome("", stderr, end.status(), end.signal(), 0)
              .orThrow(command, host.target().name());
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
