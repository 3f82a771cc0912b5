package dev.hearth.runtime.effect.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.Listener;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.Tls;
import dev.hearth.runtime.effect.Worker;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS against a real server of our own, on loopback. */
@Timeout(60)
class TlsTest {
  private final Net net = new SystemNet();
  private final SelfSigned server = create("localhost", "127.0.0.1", "pve.lan");
  private final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
  private final StreamServer echo = start();

  @TempDir private Path folder = Path.of("");

  private static SelfSigned create(String... hosts) {
    return SelfSigned.create(List.of(hosts), Duration.ofDays(1), Clock.system());
  }

  private StreamServer start() {
    return StreamServer.start(
        net.listen("127.0.0.1", 0, server.tls(List.of("h2", "http/1.1"))),
        stream -> stream.output().write(stream.input().readAllBytes()),
        (peer, failure) -> failures.add(failure));
  }

  @AfterEach
  void stop() throws IOException {
    echo.close();
  }

  private NetAddress address() {
    return NetAddress.parse(echo.address());
  }

  private static Tls pin(SelfSigned certificate) {
    return ClientTls.pinned(certificate.fingerprint()).tls(List.of());
  }

  private static String echoed(NetStream stream, String text) throws IOException {
    try (stream) {
      stream.output().write(text.getBytes(UTF_8));
      stream.closeOutput();
      return new String(stream.input().readAllBytes(), UTF_8);
    }
  }

  private static void assertFails(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
  }

  @Test
  void a_pinned_certificate_is_believed_and_the_peer_can_answer_after_our_end() throws Exception {
    assertThat(echoed(net.connect(address(), pin(server)), "hello")).isEqualTo("hello");
  }

  @Test
  void another_certificate_than_the_pinned_one_is_refused_with_both_fingerprints() {
    var other = create("localhost");
    assertThatThrownBy(() -> net.connect(address(), pin(other)))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> assertThat(e.code()).isEqualTo(TlsError.FINGERPRINT_MISMATCH))
        .hasMessage(
            "The certificate of `%s` has the fingerprint %s, but %s is pinned.",
            address(), server.fingerprint(), other.fingerprint());
  }

  @Test
  void an_unknown_issuer_is_refused_and_the_error_says_what_could_be_pinned() {
    var system = ClientTls.system(name -> Optional.empty()).tls(List.of());
    assertThatThrownBy(() -> net.connect(address(), system))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.code()).isEqualTo(TlsError.UNTRUSTED);
              assertThat(e.hint()).contains(server.fingerprint().toString());
              assertThat(e.details())
                  .containsKeys("fingerprint", "issuer", "validFrom", "validUntil")
                  .containsEntry("subject", "CN=localhost");
            });
  }

  @Test
  void an_authority_of_the_users_own_is_believed_for_the_hosts_it_names_only() throws Exception {
    var tls = ClientTls.authorities(server.certificatePem()).tls(List.of());
    assertThat(echoed(net.connect(address(), tls), "hello")).isEqualTo("hello");

    var here = List.of(InetAddress.ofLiteral("127.0.0.1"));
    var named = new NetAddress("pve.lan", address().port());
    assertThat(echoed(net.connect(named, here, tls), "hello")).isEqualTo("hello");

    var other = new NetAddress("evil.example", address().port());
    assertThatThrownBy(() -> net.connect(other, here, tls))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.code()).isEqualTo(TlsError.WRONG_HOST))
        .hasMessageContaining("evil.example")
        .hasMessageContaining("localhost, 127.0.0.1, pve.lan");
  }

  @Test
  void ssl_cert_file_replaces_the_authorities_of_the_system() throws Exception {
    var file = Files.writeString(folder.resolve("ca.pem"), server.certificatePem());
    var tls = ClientTls.system(lookup(file.toString())).tls(List.of());
    assertThat(echoed(net.connect(address(), tls), "hello")).isEqualTo("hello");

    var missing = ClientTls.system(lookup(folder.resolve("none").toString()));
    assertFails(
        TlsError.CERTIFICATES_UNREADABLE, () -> net.connect(address(), missing.tls(List.of())));
  }

  private static java.util.function.Function<String, Optional<String>> lookup(String file) {
    return name -> Optional.ofNullable(Map.of("SSL_CERT_FILE", file).get(name));
  }

  @Test
  void both_sides_agree_on_a_protocol() throws Exception {
    var tls = ClientTls.pinned(server.fingerprint()).tls(List.of("http/1.1"));
    try (var stream = net.connect(address(), tls)) {
      assertThat(stream.applicationProtocol()).isEqualTo("http/1.1");
    }
    try (var stream = net.connect(address(), pin(server))) {
      assertThat(stream.applicationProtocol()).isEmpty();
    }
  }

  @Test
  void a_certificate_can_be_looked_at_without_trusting_it() {
    var seen = PeerCertificate.fetch(net, address());
    assertThat(seen.fingerprint()).isEqualTo(server.fingerprint());
    assertThat(seen.subject()).isEqualTo("CN=localhost");
    assertThat(seen.issuer()).isEqualTo("CN=localhost");
    assertThat(seen.names()).containsExactly("localhost", "127.0.0.1", "pve.lan");
    assertThat(seen.validUntil()).isAfter(seen.validFrom());
    assertThat(seen.fingerprint().toString()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertFails(
        TlsError.NO_TLS_IN_PROCESS, () -> PeerCertificate.fetch(new InProcessNet(), address()));
  }

  @Test
  void fingerprints_are_read_as_people_copy_them() {
    var expected = server.fingerprint();
    var text = expected.toString();
    for (var copied :
        List.of(
            text,
            text.toLowerCase(java.util.Locale.ROOT),
            text.replace(":", ""),
            " sha256 Fingerprint=" + text + "\n",
            "SHA256:" + text)) {
      assertThat(Fingerprint.parse(copied)).as(copied).isEqualTo(expected);
    }
    for (var wrong : List.of("", "AA:BB", text + ":00", "zz" + text.substring(2))) {
      assertFails(TlsError.FINGERPRINT_MALFORMED, () -> Fingerprint.parse(wrong));
    }
  }

  @Test
  void a_port_that_speaks_something_else_is_told_apart_from_a_bad_certificate() throws Exception {
    try (var plain =
        StreamServer.start(
            net.listen("127.0.0.1", 0, null),
            stream -> stream.output().write("SSH-2.0-OpenSSH\r\n".getBytes(UTF_8)),
            (peer, failure) -> {})) {
      var there = NetAddress.parse(plain.address());
      assertFails(NetError.TLS_FAILED, () -> net.connect(there, pin(server)));
    }
  }

  @Test
  void a_silent_handshake_ends_in_time_and_delays_nobody_else() throws Exception {
    try (var silent = net.connect(address(), null)) {
      assertThat(echoed(net.connect(address(), pin(server)), "hello")).isEqualTo("hello");
      assertThat(silent.peer()).isEqualTo(echo.address());
    }
    try (var mute = net.listen("127.0.0.1", 0, null)) {
      var impatient = new SystemNet(Duration.ofMillis(200));
      assertFails(
          NetError.CONNECT_TIMEOUT,
          () -> impatient.connect(NetAddress.parse(mute.address()), pin(server)));
    }
  }

  @Test
  void an_interrupt_and_closing_end_blocked_reads() throws Exception {
    var first = net.connect(address(), pin(server));
    var reading = Worker.virtual(() -> first.input().read()).untilItWaits();
    reading.interrupt();
    assertThat(reading.failure()).isInstanceOf(IOException.class);

    var second = net.connect(address(), pin(server));
    var closed = Worker.virtual(() -> second.input().read()).untilItWaits();
    second.close();
    assertThat(closed.failure()).isInstanceOf(IOException.class);
  }

  @Test
  void closing_does_not_wait_for_a_peer_that_stopped_reading() throws Exception {
    try (var listener = net.listen("127.0.0.1", 0, server.tls(List.of()))) {
      var accepted = Worker.virtual(() -> handshakeOnly(listener));
      var stream = net.connect(NetAddress.parse(listener.address()), pin(server));
      try (var held = accepted.result()) {
        var writing = Worker.virtual(() -> writeForEver(stream)).untilItWaits();
        stream.close();
        assertThat(writing.failure()).isInstanceOf(IOException.class);
        assertThat(held.peer()).isNotEmpty();
      }
    }
  }

  private static NetStream handshakeOnly(Listener listener) throws IOException {
    var stream = listener.accept();
    stream.output().write(1);
    return stream;
  }

  private static int writeForEver(NetStream stream) throws IOException {
    var chunk = new byte[64 * 1024];
    while (true) {
      stream.output().write(chunk);
    }
  }

  @Test
  void a_server_that_asks_gets_our_certificate() throws Exception {
    var me = create("client");
    var context = SSLContext.getInstance("TLS");
    var trust = Keys.authorities(Pem.certificates(me.certificatePem(), "test"));
    var keys =
        Keys.identity(
            Pem.privateKey(server.keyPem().reveal(), "test"),
            Pem.certificates(server.certificatePem(), "test"),
            "test");
    context.init(keys, new TrustManager[] {trust}, null);
    try (var listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      listening.setNeedClientAuth(true);
      var seen = Worker.virtual(() -> clientName(listening));
      var pinned = ClientTls.pinned(server.fingerprint());
      for (var key : List.of(me.keyPem(), sec1(me))) {
        var tls = pinned.identity(me.certificatePem(), key).tls(List.of());
        try (var stream = net.connect(new NetAddress("127.0.0.1", listening.getLocalPort()), tls)) {
          assertThat(stream.input().read()).isEqualTo('!');
        }
        assertThat(seen.result()).isEqualTo("CN=client");
        seen = Worker.virtual(() -> clientName(listening));
      }
    }
    var broken =
        ClientTls.pinned(server.fingerprint()).identity(me.certificatePem(), Secret.of("no key"));
    assertFails(TlsError.KEY_UNREADABLE, () -> broken.tls(List.of()));
  }

  private static String clientName(SSLServerSocket listening) throws IOException {
    try (var socket = (SSLSocket) listening.accept()) {
      var name = socket.getSession().getPeerPrincipal().getName();
      socket.getOutputStream().write('!');
      return name;
    }
  }

  /** The form that {@code openssl ecparam -genkey} and kubeconfigs have. */
  private static Secret sec1(SelfSigned certificate) throws IOException {
    var key = (ECPrivateKey) Pem.privateKey(certificate.keyPem().reveal(), "test");
    var bytes =
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1)
            .getEncoded();
    var text = Base64.getMimeEncoder().encodeToString(bytes);
    return Secret.of(
        "-----BEGIN EC PRIVATE KEY-----\n" + text + "\n-----END EC PRIVATE KEY-----\n");
  }

  @Test
  void a_stored_certificate_is_the_same_when_it_is_read_back() throws Exception {
    var again = SelfSigned.read(server.certificatePem(), server.keyPem());
    assertThat(again.fingerprint()).isEqualTo(server.fingerprint());
    assertThat(server.keyPem().toString()).isEqualTo("***");
    echo.close();
    try (var other =
        StreamServer.start(
            net.listen("127.0.0.1", 0, again.tls(List.of())),
            stream -> stream.output().write(stream.input().readAllBytes()),
            (peer, failure) -> failures.add(failure))) {
      assertThat(echoed(net.connect(NetAddress.parse(other.address()), pin(server)), "hi"))
          .isEqualTo("hi");
    }
  }
}
