package dev.hearth.standby;

import dev.hearth.standby.Wire.Kind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A process that waits for commands of its own user and does them one at a time, each with its own
 * permissions, as if it were a process of its own.
 *
 * <p>What it must not do, or what comes while it is busy, it sends back before anything of it has
 * happened: the caller then does it itself. It ends when nobody has called for a while.
 */
public final class Standby {
  /** What is done for callers. */
  public interface Work {
    /** Whether this may be done here. Nothing may happen yet. */
    boolean suits(Visit visit);

    /**
     * Does it.
     *
     * @return the exit status
     */
    int perform(Visit visit);

    /** Called after each, when its caller has its answer: time to tidy up and to prepare. */
    Next after(int status);
  }

  /** What becomes of the process. */
  public enum Next {
    STAY,
    END
  }

  private enum Phase {
    FREE,
    /** A run is being done; who comes now is sent back. */
    BUSY,
    /** The caller has its answer; who comes now waits for some milliseconds. */
    TIDYING
  }

  private final StandbyAddress address;
  private final String likeness;
  private final Work work;
  private final Duration idle;
  private final Runnable endAtOnce;
  private Phase phase = Phase.FREE;
  private boolean ending;
  private int runs;
  private long lastUsed = System.nanoTime();
  private @Nullable ServerSocketChannel server;

  /**
   * A standby process.
   *
   * @param idle after so long without a call it ends
   * @param endAtOnce ends this process, when somebody insists
   */
  Standby(StandbyAddress address, String likeness, Work work, Duration idle, Runnable endAtOnce) {
    this.address = address;
    this.likeness = likeness;
    this.work = work;
    this.idle = idle;
    this.endAtOnce = endAtOnce;
  }

  /** Serves until it has ended; at once when another one serves already. */
  void serve() throws IOException {
    try (var lock =
        FileChannel.open(address.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock.tryLock() == null) {
        return;
      }
      Files.deleteIfExists(address.socket()); // nobody who lives has it, or the lock were theirs
      try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        listening.bind(UnixDomainSocketAddress.of(address.socket()));
        server = listening;
        Thread.ofPlatform().daemon().name("hearth-idle").start(this::endWhenIdle);
        accept(listening);
      } finally {
        Files.deleteIfExists(address.socket());
      }
    }
  }

  private void accept(ServerSocketChannel listening) throws IOException {
    try {
      while (true) {
        var channel = listening.accept();
        Thread.ofPlatform().daemon().name("hearth-call").start(() -> receive(channel));
      }
    } catch (ClosedChannelException ended) {
      awaitLast();
    }
  }

  private synchronized void awaitLast() {
    while (phase != Phase.FREE) {
      try {
        wait();
      } catch (InterruptedException e) {
        return; // nobody but the end of the process does that
      }
    }
  }

  private void endWhenIdle() {
    synchronized (this) {
      try {
        while (!ending) {
          var left = lastUsed + idle.toNanos() - System.nanoTime();
          if (left <= 0 && phase == Phase.FREE) {
            ending = true;
          } else {
            wait(phase == Phase.FREE ? left / 1_000_000 + 1 : 0);
          }
        }
      } catch (InterruptedException e) {
        ending = true;
      }
    }
    close();
  }

  private synchronized void end() {
    ending = true;
    notifyAll();
  }

  private void close() {
    try {
      Files.deleteIfExists(address.socket()); // first, so that nobody connects to what is closed
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      endAtOnce.run();
    }
  }

  private void receive(SocketChannel channel) {
    try (var wire = new Wire(channel)) {
      var first = StandbyAddress.isOwn(channel) ? wire.receive() : null;
      if (first == null) {
        return;
      }
      switch (first.kind()) {
        case CALL -> receive(Call.of(first.bytes()), wire);
        case ASK -> wire.send(Kind.STATE, state().text());
        case END -> {
          var state = state();
          wire.send(Kind.STATE, state.text());
          if (!state.busy()) {
            end();
          }
        }
        default -> wire.send(Kind.COLD, "unknown");
      }
    } catch (IOException callerIsGone) {
      return; // and with it all that could be told to it
    }
  }

  private synchronized StandbyState state() {
    return new StandbyState(
        ProcessHandle.current().pid(), System.getProperty("user.dir"), runs, phase == Phase.BUSY);
  }

  private void receive(Call call, Wire wire) throws IOException {
    if (!call.likeness().equals(likeness)) {
      wire.send(Kind.COLD, "unlike");
      return;
    }
    if (!begin()) {
      wire.send(Kind.COLD, "busy");
      return;
    }
    var next = Next.STAY;
    try {
      var streams = new CallerStreams(wire);
      var visit = new Visit(call, streams, endAtOnce);
      if (work.suits(visit)) {
        streams.listen(visit::signal);
        var status = work.perform(visit);
        visit.onSignal(() -> {});
        tidying();
        streams.exit(status);
        wire.close();
        next = work.after(status);
      } else {
        wire.send(Kind.COLD, "unsuitable");
      }
    } finally {
      done(next);
    }
  }

  private synchronized boolean begin() {
    while (phase == Phase.TIDYING) {
      try {
        wait();
      } catch (InterruptedException e) {
        return false; // nobody but the end of the process does that
      }
    }
    if (phase == Phase.BUSY || ending) {
      return false;
    }
    phase = Phase.BUSY;
    return true;
  }

  private synchronized void tidying() {
    phase = Phase.TIDYING;
    runs++;
  }

  private synchronized void done(Next next) {
    phase = Phase.FREE;
    lastUsed = System.nanoTime();
    ending |= next == Next.END;
    notifyAll();
  }
}
