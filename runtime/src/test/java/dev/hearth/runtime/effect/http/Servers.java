package dev.hearth.runtime.effect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.StreamService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Servers of a test on loopback, each reached as {@code pve.lan} through its {@link #net}. */
final class Servers implements AutoCloseable {
  final NamedNet net = new NamedNet();

  /** How many connections they accepted, all together. */
  final AtomicInteger connections = new AtomicInteger();

  private final List<StreamServer> servers = new ArrayList<>();

  /** Starts one and returns {@code pve.lan:PORT}. */
  String serve(HttpHandler handler) {
    return serveStreams(new HttpService(handler));
  }

  /** Starts one that speaks whatever it likes. */
  String serveStreams(StreamService service) {
    StreamService counted =
        stream -> {
          connections.incrementAndGet();
          service.serve(stream);
        };
    var server =
        StreamServer.start(net.listen("127.0.0.1", 0, null), counted, (peer, failure) -> {});
    servers.add(server);
    return "pve.lan:" + NetAddress.parse(server.address()).port();
  }

  /** Starts one that answers every stream with these bytes, and goes on holding it. */
  String serveBytes(String answer) {
    return serveStreams(
        stream -> {
          stream.output().write(answer.replace("\n", "\r\n").getBytes(UTF_8));
          stream.input().readAllBytes();
        });
  }

  /** The deliberate failure of a call, which must have this code. */
  static HearthException assertFails(ErrorCode code, ThrowingCallable call) {
    var thrown = catchThrowableOfType(HearthException.class, call);
    assertThat(thrown).isNotNull();
    assertThat(thrown.code()).as(thrown.toString()).isEqualTo(code);
    return thrown;
  }

  @Override
  public void close() throws IOException {
    for (var server : servers) {
      server.close();
    }
  }
}
