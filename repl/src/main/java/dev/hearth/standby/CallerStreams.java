package dev.hearth.standby;

import dev.hearth.standby.Wire.Kind;
import dev.hearth.standby.Wire.Message;
import dev.hearth.terminal.HidingInput;
import dev.hearth.terminal.ProcessTerminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a caller, as the standby process uses them. A write returns when the
 * caller has written, so that a full disk or a closed pipe is noticed where it would be without all
 * this.
 *
 * <p>A socket channel is closed by an interrupt of whoever uses it, and the threads of a run are
 * interrupted when it is stopped. So one thread of its own writes to it, and one reads.
 */
final class CallerStreams {
  private static final Message NO_MORE = new Message(Kind.END, new byte[0]);
  private static final Kind[] ANSWERS = {Kind.WRITTEN, Kind.INPUT, Kind.HIDDEN, Kind.COLUMNS};

  private final Wire wire;
  private final BlockingQueue<Message> outgoing = new LinkedBlockingQueue<>();
  private final Map<Kind, BlockingQueue<Optional<Message>>> answers = new EnumMap<>(Kind.class);
  private final Thread writer;
  private volatile boolean gone;

  CallerStreams(Wire wire) {
    this.wire = wire;
    for (var kind : ANSWERS) {
      answers.put(kind, new LinkedBlockingQueue<>());
    }
    writer = Thread.ofPlatform().daemon().name("hearth-to-caller").start(this::write);
  }

  /**
   * Reads what the caller says until it is gone.
   *
   * @param signalled called for each signal, and once when the caller is gone
   */
  void listen(Runnable signalled) {
    Thread.ofPlatform()
        .daemon()
        .name("hearth-from-caller")
        .start(
            () -> {
              read(signalled);
              gone = true;
              answers.values().forEach(queue -> queue.add(Optional.empty()));
              signalled.run();
            });
  }

  /**
   * On a thread of its own: who handles it may print, and waits for the answer that is read here.
   */
  private static void signal(Runnable signalled) {
    Thread.ofPlatform().daemon().name("hearth-signal").start(signalled);
  }

  private void read(Runnable signalled) {
    try {
      for (var said = wire.receive(); said != null; said = wire.receive()) {
        var queue = answers.get(said.kind());
        if (queue != null) {
          queue.add(Optional.of(said));
        } else if (said.kind() == Kind.SIGNAL) {
          signal(signalled);
        } else {
          return; // nothing else makes sense now
        }
      }
    } catch (IOException callerIsGone) {
      return;
    }
  }

  private void write() {
    try {
      for (var message = outgoing.take(); message != NO_MORE; message = outgoing.take()) {
        wire.send(message.kind(), message.bytes(), 0, message.bytes().length);
      }
    } catch (IOException | InterruptedException callerIsGone) {
      gone = true; // the reader notices too, and tells whoever waits
    }
  }

  /** The last message. */
  void exit(int status) {
    outgoing.add(new Message(Kind.EXIT, digits(status)));
    outgoing.add(NO_MORE);
    uninterrupted(
        () -> {
          writer.join();
          return status;
        });
  }

  ProcessTerminal.Streams streams() {
    return new ProcessTerminal.Streams(new Input(), new Output(Kind.OUT), new Output(Kind.ERR));
  }

  /** The width of the caller's terminal; 0 when there is none. */
  int columns() {
    try {
      return ask(new Message(Kind.ASK_COLUMNS, new byte[0]), Kind.COLUMNS).number();
    } catch (IOException e) {
      return 0;
    }
  }

  private Message ask(Message question, Kind answer) throws IOException {
    var queue = Objects.requireNonNull(answers.get(answer));
    synchronized (queue) { // one question of a kind at a time, so that answers find back
      if (gone) {
        throw new IOException("The caller is gone.");
      }
      outgoing.add(question);
      return uninterrupted(queue::take)
          .orElseThrow(() -> new InterruptedIOException("The caller is gone."));
    }
  }

  private interface Waiting<T> {
    T get() throws InterruptedException;
  }

  private static <T> T uninterrupted(Waiting<T> waiting) {
    var interrupted = false;
    try {
      while (true) {
        try {
          return waiting.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static byte[] digits(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  private final class Output extends OutputStream {
    private final Kind kind;

    Output(Kind kind) {
      this.kind = kind;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (var at = from; at < from + length; at += 64 * 1024) {
        var part = new byte[Math.min(64 * 1024, from + length - at)];
        System.arraycopy(bytes, at, part, 0, part.length);
        var failure = ask(new Message(kind, part), Kind.WRITTEN).text();
        if (!failure.isEmpty()) {
          throw new IOException(failure);
        }
      }
    }
  }

  private final class Input extends InputStream implements HidingInput {
    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      var most = Math.min(length, 64 * 1024);
      var came = ask(new Message(Kind.READ, digits(most)), Kind.INPUT).bytes();
      System.arraycopy(came, 0, bytes, from, came.length);
      return came.length == 0 ? -1 : came.length;
    }

    @Override
    public char @Nullable [] readHidden(String prompt) {
      try {
        var text = prompt.getBytes(StandardCharsets.UTF_8);
        var came = ask(new Message(Kind.READ_HIDDEN, text), Kind.HIDDEN);
        return came.bytes().length == 0 ? null : came.text().substring(1).toCharArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
