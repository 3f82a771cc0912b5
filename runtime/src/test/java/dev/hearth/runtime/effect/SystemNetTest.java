package dev.hearth.runtime.effect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The machine's TCP, on loopback. */
@Timeout(60)
class SystemNetTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.0.0.2");

  private final Net net = new SystemNet();

  @Test
  void bytes_go_both_ways_and_half_a_close_still_lets_the_peer_answer() throws Exception {
    try (var listener = net.listen("127.0.0.1", 0, null)) {
      var server = Worker.virtual(() -> echoAll(listener));
      try (var stream = net.connect(NetAddress.parse(listener.address()), null)) {
        stream.output().write("hello".getBytes(UTF_8));
        stream.closeOutput();
        assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("hello");
        assertThat(stream.peer()).isEqualTo(listener.address());
      }
      assertThat(server.result()).isEqualTo(5);
    }
  }

  private static int echoAll(Listener listener) throws IOException {
    try (var stream = listener.accept()) {
      var bytes = stream.input().readAllBytes();
      stream.output().write(bytes);
      return bytes.length;
    }
  }

  @Test
  void the_given_addresses_are_connected_and_the_name_is_not_asked_again() throws Exception {
    try (var listener = net.listen("127.0.0.1", 0, null)) {
      var port = NetAddress.parse(listener.address()).port();
      var asked = new NetAddress("no-such-host.invalid", port);
      try (var stream = net.connect(asked, List.of(HERE), null)) {
        assertThat(stream.peer()).isEqualTo("127.0.0.1:" + port);
      }
    }
  }

  @Test
  void the_next_address_is_tried_when_one_refuses() throws Exception {
    try (var listener = net.listen("127.0.0.1", 0, null)) {
      var port = NetAddress.parse(listener.address()).port();
      var asked = new NetAddress("pve.lan", port);
      try (var stream = net.connect(asked, List.of(ELSEWHERE, HERE), null)) {
        assertThat(stream.peer()).isEqualTo("127.0.0.1:" + port);
      }
    }
  }

  @Test
  void a_refusal_names_the_address_as_it_was_asked_for_and_lists_the_attempts() throws Exception {
    int port = unusedPort();

    assertThatThrownBy(
            () -> net.connect(new NetAddress("pve.lan", port), List.of(HERE, ELSEWHERE), null))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.code()).isEqualTo(NetError.REFUSED);
              assertThat(e.sentence())
                  .isEqualTo(
                      "Nothing answers at `pve.lan:" + port + "`: the connection was refused.");
              assertThat(e.details().get("attempts"))
                  .asString()
                  .contains("127.0.0.1:" + port, "127.0.0.2:" + port);
            });
  }

  @Test
  void a_name_that_nobody_knows_is_named() {
    assertThatThrownBy(() -> net.connect(new NetAddress("no-such-host.invalid", 80), null))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> assertThat(e.code()).isIn(NetError.NAME_NOT_RESOLVED, NetError.RESOLVE_TIMEOUT))
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void a_silent_address_is_given_up_in_time() throws Exception {
    var impatient = new SystemNet(Duration.ofMillis(300));
    try (var silent = new SilentPort()) {
      assertThatThrownBy(() -> impatient.connect(silent.address(), null))
          .isInstanceOfSatisfying(
              HearthException.class, e -> assertThat(e.code()).isEqualTo(NetError.CONNECT_TIMEOUT))
          .hasMessage("`" + silent.address() + "` did not answer within 300 ms.");
    }
  }

  @Test
  void an_interrupt_ends_a_connect_that_waits() throws Exception {
    try (var silent = new SilentPort()) {
      var connecting = Worker.virtual(() -> net.connect(silent.address(), null)).untilItWaits();
      connecting.interrupt();
      assertThat(connecting.failure())
          .isInstanceOfSatisfying(
              HearthException.class, e -> assertThat(e.code()).isEqualTo(NetError.INTERRUPTED));
    }
  }

  @Test
  void an_interrupt_ends_a_read_on_a_virtual_thread_and_closes_the_stream() throws Exception {
    try (var pair = new Pair(net)) {
      var reading = Worker.virtual(() -> pair.client.input().read()).untilItWaits();
      reading.interrupt();
      assertThat(reading.failure()).isInstanceOf(IOException.class);
      assertThat(pair.server.input().read()).isEqualTo(-1);
    }
  }

  @Test
  void an_interrupt_ends_a_read_on_a_platform_thread_too() throws Exception {
    try (var pair = new Pair(net)) {
      var reading = Worker.platform(() -> pair.client.input().read());
      reading.interrupt();
      assertThat(reading.failure()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void closing_ends_a_blocked_read_and_a_blocked_write() throws Exception {
    try (var pair = new Pair(net)) {
      var reading = Worker.virtual(() -> pair.client.input().read()).untilItWaits();
      var writing = Worker.virtual(() -> writeForEver(pair.client)).untilItWaits();
      pair.client.close();
      assertThat(reading.failure()).isInstanceOf(IOException.class);
      assertThat(writing.failure()).isInstanceOf(IOException.class);
    }
  }

  private static int writeForEver(NetStream stream) throws IOException {
    var chunk = new byte[64 * 1024];
    while (true) {
      stream.output().write(chunk);
    }
  }

  @Test
  void a_read_that_gets_nothing_in_time_fails_and_the_next_one_works() throws Exception {
    try (var pair = new Pair(net)) {
      pair.client.readTimeout(Duration.ofMillis(50));
      assertThatThrownBy(() -> pair.client.input().read())
          .isInstanceOf(SocketTimeoutException.class);
      pair.server.output().write(7);
      assertThat(pair.client.input().read()).isEqualTo(7);
    }
  }

  @Test
  void a_port_that_is_taken_cannot_be_listened_on() throws Exception {
    try (var listener = net.listen("127.0.0.1", 0, null)) {
      int port = NetAddress.parse(listener.address()).port();
      assertThatThrownBy(() -> net.listen("127.0.0.1", port, null))
          .isInstanceOfSatisfying(
              HearthException.class, e -> assertThat(e.code()).isEqualTo(NetError.LISTEN_FAILED))
          .hasMessage("Cannot listen on `127.0.0.1:" + port + "`.");
    }
  }

  @Test
  void closing_a_listener_ends_its_accept() throws Exception {
    var listener = net.listen("127.0.0.1", 0, null);
    var accepting = Worker.virtual(listener::accept).untilItWaits();
    listener.close();
    assertThat(accepting.failure()).isInstanceOf(IOException.class);
  }

  @Test
  void of_the_environment_only_what_concerns_the_network_can_be_asked_for() {
    var everything = new SystemNet(SystemNet.DEFAULT_TIMEOUT, name -> Optional.of("value"));
    assertThat(everything.userSetting("https_proxy")).hasValue("value");
    assertThat(everything.userSetting("SSL_CERT_FILE")).hasValue("value");
    assertThat(everything.userSetting("AWS_SECRET_ACCESS_KEY")).isEmpty();
  }

  @Test
  void a_host_that_could_pass_for_another_is_no_address() {
    for (var host : List.of("", "a b", "evil.example\r\nhost", "user@host", "a/b", "\u202Eabc")) {
      assertThatThrownBy(() -> new NetAddress(host, 80))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new NetAddress("Example.ORG", 443)).isEqualTo(new NetAddress("example.org", 443));
    assertThat(NetAddress.parse("[::1]:80")).isEqualTo(new NetAddress("::1", 80));
  }

  private static int unusedPort() throws IOException {
    try (var channel = ServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0))) {
      return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }
  }

  /** Two ends of one connection. */
  private static final class Pair implements AutoCloseable {
    final NetStream client;
    final NetStream server;

    Pair(Net net) throws IOException {
      try (var listener = net.listen("127.0.0.1", 0, null)) {
        client = net.connect(NetAddress.parse(listener.address()), null);
        server = listener.accept();
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  /** A port whose queue is full, so that the system drops who knocks. */
  private static final class SilentPort implements AutoCloseable {
    private final ServerSocketChannel channel = ServerSocketChannel.open();
    private final List<SocketChannel> waiting = new ArrayList<>();

    SilentPort() throws IOException {
      channel.bind(new InetSocketAddress(HERE, 0), 1);
      for (int i = 0; i < 8; i++) {
        var client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(channel.getLocalAddress());
        waiting.add(client);
      }
    }

    NetAddress address() throws IOException {
      return new NetAddress("127.0.0.1", ((InetSocketAddress) channel.getLocalAddress()).getPort());
    }

    @Override
    public void close() throws IOException {
      channel.close();
      for (var client : waiting) {
        client.close();
      }
    }
  }
}
