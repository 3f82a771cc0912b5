package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.effect.ssh.KeyRing;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.effect.ssh.SshSecrets;
import dev.hearth.runtime.effect.ssh.SshSession;
import dev.hearth.runtime.effect.ssh.SshTarget;
import dev.hearth.runtime.spi.OpContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network whose only socket is the engine of a host that is reached by SSH. Each stream is a
 * {@code docker system dial-stdio} there, as {@code docker -H ssh://} does it, so that the host's
 * own user, groups and contexts decide which engine that is.
 */
final class SshDial implements Net, AutoCloseable {
  /** Below sshd's own limit, {@code MaxSessions} 10, with some left for others. */
  private static final int STREAMS_OF_SESSION = 8;

  private final SshTarget target;
  private final String command;
  private final OpContext context;
  private final List<Carrier> carriers = new ArrayList<>(); // guarded by this

  SshDial(SshTarget target, @Nullable Path socket, OpContext context) {
    this.target = target;
    this.command =
        "docker "
            + (socket == null ? "" : "--host " + quoted("unix://" + socket) + " ")
            + "system dial-stdio";
    this.context = context;
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** One login, and how many streams it carries. */
  private record Carrier(SshSession session, AtomicInteger streams) {}

  @Override
  public NetStream connect(Path unixSocket) {
    var carrier = carrier();
    try {
      return new Dialled(carrier, carrier.session().start(command));
    } catch (RuntimeException e) {
      carrier.streams().decrementAndGet();
      throw e;
    }
  }

  /** One with a place for a stream, which is taken. */
  private synchronized Carrier carrier() {
    carriers.removeIf(each -> !each.session().isOpen());
    for (var each : carriers) {
      if (each.streams().get() < STREAMS_OF_SESSION) {
        each.streams().incrementAndGet();
        return each;
      }
    }
    var audience =
        new SshSession.Audience(
            Optional.empty(),
            Optional.empty(),
            new KeyRing(),
            warning -> context.log().write(OpContext.Log.Level.WARN, warning, Map.of()));
    var session = SshSession.open(target, context.effects(), SshSecrets.NONE, audience);
    var made = new Carrier(session, new AtomicInteger(1));
    carriers.add(made);
    return made;
  }

  @Override
  public synchronized void close() {
    carriers.forEach(each -> each.session().close());
    carriers.clear();
  }

  /** One {@code dial-stdio}. */
  private final class Dialled implements NetStream {
    private final Carrier carrier;
    private final dev.hearth.runtime.effect.ssh.SshProcess process;
    private boolean closed; // guarded by this

    private Dialled(Carrier carrier, dev.hearth.runtime.effect.ssh.SshProcess process) {
      this.carrier = carrier;
      this.process = process;
    }

    @Override
    public InputStream input() {
      return process.output();
    }

    @Override
    public OutputStream output() {
      return process.input();
    }

    @Override
    public void closeOutput() throws IOException {
      process.input().close();
    }

    @Override
    public void readTimeout(Duration limit) {
      // The engine answers when it has something to say; that the host is there, SSH itself looks.
    }

    @Override
    public String peer() {
      return target + " (docker system dial-stdio)";
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        process.close();
        carrier.streams().decrementAndGet();
      }
    }
  }

  @Override
  public NetStream connect(NetAddress address, List<InetAddress> addresses, @Nullable Tls tls) {
    throw nothingElse(address);
  }

  @Override
  public List<InetAddress> resolve(String host) {
    throw nothingElse(host);
  }

  @Override
  public Listener listen(String host, int port, @Nullable Tls tls) {
    throw nothingElse(host);
  }

  @Override
  public Listener listen(Path unixSocket) {
    throw nothingElse(unixSocket);
  }

  @Override
  public boolean isInProcess(NetAddress address) {
    return false;
  }

  private HearthException nothingElse(Object what) {
    return new HearthException(SshError.LOST, target.name(), what + " is not there");
  }
}
