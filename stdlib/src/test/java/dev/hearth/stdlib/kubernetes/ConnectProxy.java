package dev.hearth.stdlib.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that leads anywhere by {@code CONNECT}, and remembers what it was asked. */
final class ConnectProxy implements AutoCloseable {
  private final SystemNet net = new SystemNet();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final StreamServer server =
      StreamServer.start(net.listen("127.0.0.1", 0, null), this::serve, (peer, failure) -> {});

  String address() {
    return server.address();
  }

  /** The heads of the requests, in order. */
  List<String> asked() {
    return List.copyOf(heads);
  }

  private void serve(NetStream client) throws IOException {
    var head = head(client);
    heads.add(head);
    try (var there = net.connect(NetAddress.parse(head.split(" ", 3)[1]), null)) {
      client.output().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(UTF_8));
      Thread.ofVirtual().start(() -> pipe(there, client));
      pipe(client, there);
    }
  }

  private static void pipe(NetStream from, NetStream to) {
    try {
      from.input().transferTo(to.output());
      to.closeOutput();
    } catch (IOException e) {
      return; // one of the two is gone, and so is the tunnel
    }
  }

  private static String head(NetStream client) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = client.input().read();
      if (next < 0) {
        throw new IOException("half a head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
