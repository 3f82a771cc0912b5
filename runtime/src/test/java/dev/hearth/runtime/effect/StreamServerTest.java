package dev.hearth.runtime.effect;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class StreamServerTest {
  @Test
  void nobody_reaches_a_server_that_was_closed() throws IOException {
    for (int i = 0; i < 300; i++) {
      var listener = new SystemNet().listen("127.0.0.1", 0, null);
      var server = StreamServer.start(listener, stream -> {}, (peer, failure) -> {});
      int port = NetAddress.parse(server.address()).port();
      new Socket(InetAddress.getLoopbackAddress(), port).close(); // it does accept
      server.close();

      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }
  }
}
