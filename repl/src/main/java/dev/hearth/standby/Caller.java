package dev.hearth.standby;

import dev.hearth.standby.Wire.Kind;
import dev.hearth.standby.Wire.Message;
import dev.hearth.terminal.ProcessTerminal;
import dev.hearth.terminal.StreamFacts;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.utils.Signals;

/**
 * What a user starts when there is a standby process: hands the command over and is its hands and
 * ears. Everything in here is on the way of each start, so it loads next to nothing.
 *
 * <p>When the standby process does not want the command, this process becomes the ordinary one, by
 * {@code exec}: same process id, same streams, nothing of them read yet.
 */
public final class Caller {
  /** The exit status of what broke in the middle: a bug in Hearth. */
  private static final int BROKEN = 70;

  private static final int INTERRUPTED = 130;

  private final FileInputStream in = new FileInputStream(FileDescriptor.in);
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
  private final Wire wire;
  private volatile boolean signalled;

  private Caller(Wire wire) {
    this.wire = wire;
  }

  /**
   * Hands a command over.
   *
   * @param args the folder of the standby process's socket, the launcher, the jar, and what was
   *     typed after {@code hearth}
   */
  public static void main(String[] args) throws IOException {
    var words = List.of(args).subList(3, args.length);
    switch (call(new StandbyAddress(Path.of(args[0])), Path.of(args[2]), words)) {
      case Done(int status) -> Runtime.getRuntime().halt(status);
      case SentBack(String why) -> Replacement.by(args[1], words, why);
    }
  }

  private sealed interface Answer {}

  private record Done(int status) implements Answer {}

  /** Nothing has happened yet. */
  private record SentBack(String why) implements Answer {}

  private static Answer call(StandbyAddress address, Path jar, List<String> words)
      throws IOException {
    var environment = System.getenv();
    var likeness = Likeness.ofThisProcess(jar, environment);
    if (likeness.isEmpty()) {
      return new SentBack("unknown");
    }
    Wire wire;
    try {
      wire = new Wire(address.connect());
    } catch (IOException nobodyListens) {
      return new SentBack("absent");
    }
    var call = new Call(likeness.get(), words, environment, StreamFacts.ofThisProcess()).bytes();
    var caller = new Caller(wire);
    try {
      wire.send(Kind.CALL, call, 0, call.length);
      var first = wire.receive();
      if (first == null) {
        return new SentBack("silent");
      }
      if (first.kind() == Kind.COLD) {
        return new SentBack(first.text());
      }
      caller.watchSignals();
      return new Done(caller.serve(first));
    } catch (IOException broken) {
      return new Done(caller.broken());
    }
  }

  private void watchSignals() {
    for (var name : new String[] {"INT", "TERM", "HUP"}) {
      Signals.register(
          name,
          () -> {
            signalled = true;
            try {
              wire.send(Kind.SIGNAL, "");
            } catch (IOException standbyIsGone) {
              Runtime.getRuntime().halt(INTERRUPTED);
            }
          });
    }
  }

  private int serve(Message first) throws IOException {
    for (var said = first; said != null; said = wire.receive()) {
      switch (said.kind()) {
        case OUT -> write(out, said);
        case ERR -> write(err, said);
        case READ -> read(said.number());
        case READ_HIDDEN -> readHidden(said.text());
        case ASK_COLUMNS -> wire.send(Kind.COLUMNS, String.valueOf(ProcessTerminal.askColumns()));
        case EXIT -> {
          return said.number();
        }
        default -> {
          return broken();
        }
      }
    }
    return broken();
  }

  /** It was ended by a second signal, or somebody ended it from outside. */
  private int broken() throws IOException {
    if (signalled) {
      return INTERRUPTED;
    }
    err.write(
        "hearth: the standby process has ended in the middle of this run.\n  hint: See what was done with `hearth runs list`; `hearth standby stop` and HEARTH_STANDBY=off do without one.\n"
            .getBytes(StandardCharsets.UTF_8));
    return BROKEN;
  }

  private void write(OutputStream stream, Message said) throws IOException {
    var failure = "";
    try {
      stream.write(said.bytes());
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    wire.send(Kind.WRITTEN, failure);
  }

  /** On a thread of its own: what is printed meanwhile must not wait for what is typed. */
  private void read(int most) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                var bytes = new byte[most];
                var length = in.read(bytes);
                wire.send(Kind.INPUT, bytes, 0, Math.max(length, 0));
              } catch (IOException standbyIsGone) {
                return; // which the other thread says
              }
            });
  }

  private void readHidden(String prompt) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                var typed =
                    Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .map(console -> console.readPassword("%s", prompt));
                wire.send(Kind.HIDDEN, typed.map(line -> ":" + new String(line)).orElse(""));
              } catch (IOException standbyIsGone) {
                return; // which the other thread says
              }
            });
  }
}
