package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.OpStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A port of this machine that leads to a port of a pod, until it is closed. Each stream that comes
 * in gets a connection of its own, so that a slow one holds up no other.
 */
final class PodForwarding implements OpStream<PodForwarding.Opened> {
  private static final String SPDY = "SPDY/3.1";
  private static final String PROTOCOL = "portforward.k8s.io";
  private static final int CHUNK = 32 * 1024;

  private final ApiServer server;
  private final PodName pod;
  private final int port;
  private final String listenAt;
  private final int listenOn;
  private @Nullable StreamServer listening;

  /** Where it listens. */
  record Opened(String host, int port) {}

  PodForwarding(ApiServer server, PodName pod, int port, String listenAt, int listenOn) {
    this.server = server;
    this.pod = pod;
    this.port = port;
    this.listenAt = listenAt;
    this.listenOn = listenOn;
  }

  /** Where it listens, once; then nothing until it is closed. */
  @Override
  public @Nullable Opened next() {
    if (listening != null) {
      return null;
    }
    // What does not run, or may not be reached, is said now and not to who connects.
    PodContainer.requirePod(server, pod);
    connect().close();
    var listener = server.context().recipe().net().listen(listenAt, listenOn, null);
    listening = StreamServer.start(listener, this::serve, this::told);
    var address = NetAddress.parse(listener.address());
    return new Opened(address.host(), address.port());
  }

  private SpdyStreams connect() {
    var call =
        ApiCall.of("POST", pod.path().then("portforward"))
            .accept("*/*")
            .header("X-Stream-Protocol-Version", PROTOCOL)
            .about("ports of " + pod);
    return new SpdyStreams(server.upgrade(call, SPDY).stream());
  }

  private void serve(NetStream client) throws IOException {
    try (var spdy = connect()) {
      var about = Map.of("port", Integer.toString(port), "requestID", "0");
      int errors = spdy.open(with(about, "error"));
      spdy.end(errors);
      int data = spdy.open(with(about, "data"));
      var there =
          Thread.ofVirtual().name("kubernetes-forward").start(() -> send(client, spdy, data));
      try {
        receive(client, spdy, errors, data);
      } finally {
        client.close();
        there.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> with(Map<String, String> about, String type) {
    var headers = new java.util.LinkedHashMap<>(about);
    headers.put("streamType", type);
    return headers;
  }

  private void send(NetStream client, SpdyStreams spdy, int stream) {
    var chunk = new byte[CHUNK];
    try {
      var input = client.input();
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        spdy.write(stream, chunk, 0, count);
      }
      spdy.end(stream);
    } catch (IOException e) {
      told(client.peer(), e);
      spdy.close(); // else the other direction would wait for ever
    }
  }

  /** What the pod answers, to its end. */
  private void receive(NetStream client, SpdyStreams spdy, int errors, int data)
      throws IOException {
    var problem = new ByteArrayOutputStream();
    boolean answering = true;
    boolean failing = true;
    while (answering || failing) {
      var frame = spdy.read();
      if (frame == null) {
        break;
      }
      if (frame.stream() == errors) {
        problem.writeBytes(frame.bytes());
        failing &= !frame.isLast();
      } else if (frame.stream() == data) {
        client.output().write(frame.bytes());
        client.output().flush();
        if (frame.isLast()) {
          answering = false;
          client.closeOutput();
        }
      }
    }
    if (problem.size() > 0) {
      throw new HearthException(PodError.PORT_UNREACHABLE, port, pod)
          .with("reason", problem.toString(StandardCharsets.UTF_8).strip());
    }
  }

  /** A client that goes away is nothing to speak of; one that cannot be served is. */
  private void told(String peer, Exception failure) {
    var level =
        failure instanceof HearthException ? OpContext.Log.Level.WARN : OpContext.Log.Level.DEBUG;
    server
        .log()
        .write(
            level,
            "a stream to port " + port + " of " + pod + " ended",
            Map.of("from", peer, "reason", String.valueOf(failure.getMessage())));
  }

  @Override
  public void close() {
    var open = listening;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        told(open.address(), e);
      }
    }
  }
}
