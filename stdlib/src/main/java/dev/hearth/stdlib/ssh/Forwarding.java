package dev.hearth.stdlib.ssh;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.ssh.SshError;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Streams that come in at one end and go out at the other, until it is closed. */
final class Forwarding implements OpStream<Forwarding.Opened> {
  private static final int CHUNK = 32 * 1024;

  private final Host host;
  private final NetAddress to;
  private final Opening opening;
  private final Connecting connecting;
  private @Nullable StreamServer server;

  /** Where it listens. */
  record Opened(String host, int port) {}

  private interface Opening {
    Listener open();
  }

  private interface Connecting {
    NetStream connect();
  }

  private Forwarding(Host host, NetAddress to, Opening opening, Connecting connecting) {
    this.host = host;
    this.to = to;
    this.opening = opening;
    this.connecting = connecting;
  }

  /**
   * From an address of this machine to what the host can reach. Listening takes a grant of the
   * recipe's; what the host reaches is the business of who may use the host.
   */
  static Forwarding there(Host host, String listenAt, int port, String to) {
    var target = address(to);
    var net = host.recipe().net();
    return new Forwarding(
        host, target, () -> net.listen(listenAt, port, null), () -> host.session().connect(target));
  }

  /**
   * From an address of the host to what this machine can reach, which takes a grant of the
   * recipe's.
   */
  static Forwarding back(Host host, String listenAt, int port, String to) {
    var target = address(to);
    var net = host.recipe().net();
    return new Forwarding(
        host,
        target,
        () -> {
          var _ = net.resolve(target.host()); // what nobody granted is refused now, not at night
          return host.session().listen(listenAt, port);
        },
        () -> net.connect(target, null));
  }

  private static NetAddress address(String text) {
    try {
      return NetAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new HearthException(SshError.HOST_MALFORMED, VisibleText.of(text))
          .with("field", "to")
          .causedBy(e);
    }
  }

  /** Where it listens, once; then nothing until it is closed. */
  @Override
  public @Nullable Opened next() {
    if (server != null) {
      return null;
    }
    var listener = opening.open();
    server = StreamServer.start(listener, this::serve, this::told);
    var address = NetAddress.parse(listener.address());
    return new Opened(address.host(), address.port());
  }

  private void serve(NetStream client) throws IOException {
    try (var target = connecting.connect()) {
      var back =
          Thread.ofVirtual()
              .name("ssh-forward " + to)
              .start(
                  () -> {
                    try {
                      pour(target, client);
                    } catch (IOException e) {
                      told(client.peer(), e);
                      closeBoth(client, target); // else the other direction would wait for ever
                    }
                  });
      pour(client, target);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeBoth(NetStream client, NetStream target) {
    try (client) {
      target.close();
    } catch (IOException e) {
      told(client.peer(), e);
    }
  }

  /** One direction, to its end; the other may go on. */
  private static void pour(NetStream from, NetStream to) throws IOException {
    InputStream input = from.input();
    OutputStream output = to.output();
    var chunk = new byte[CHUNK];
    for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
      output.write(chunk, 0, count);
      output.flush();
    }
    to.closeOutput();
  }

  /** A client that goes away is nothing to speak of; one that cannot be served is. */
  private void told(String peer, Exception failure) {
    var level =
        failure instanceof HearthException ? OpContext.Log.Level.WARN : OpContext.Log.Level.DEBUG;
    host.log()
        .write(
            level,
            "a stream to " + to + " ended",
            Map.of("from", peer, "reason", String.valueOf(failure.getMessage())));
  }

  @Override
  public void close() {
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        told(server.address(), e);
      }
    }
  }
}
