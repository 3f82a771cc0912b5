package dev.hearth.runtime.effect.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.tls.ClientTls;
import dev.hearth.runtime.effect.tls.SelfSigned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Servers that answer nonsense, or nearly sense: three seconds of each protocol, or as many as
 * {@code -Dhearth.fuzz.seconds} says. Whatever comes must be an answer or a {@link
 * HearthException}, soon, and must leave nothing behind. A failure names its seed; {@code
 * -Dhearth.fuzz.seed} gives it again.
 */
@Timeout(120)
class HttpAnswerFuzzTest {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int BODY_LIMIT = 1 << 20;
  private static final int MOST_LEFT = 48 << 20;
  private static final Timeouts QUICK =
      Timeouts.DEFAULT.read(Duration.ofMillis(400)).call(Duration.ofSeconds(2));

  private static final List<String> ANSWERS =
      List.of(
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nSet-Cookie: a=b; Path=/\r\n\r\n",
          "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\nno",
          "HTTP/1.0 200 OK\r\n\r\nuntil the end",
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n\u001f\u008b\b0000000000000000",
          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n");

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          ":",
          " ",
          "\t",
          "\0",
          "HTTP/1.1",
          "Content-Length: 3\r\n",
          "chunked",
          "Transfer-Encoding: chunked\r\n",
          "0\r\n\r\n",
          "-1",
          "7fffffff",
          "\u00ff\u00fe",
          "gzip, gzip",
          "Location: http://127.0.0.1:1/\r\n",
          "Location: ///\\\r\n",
          "x".repeat(9_000));

  private final NamedNet net = new NamedNet();
  private final AtomicReference<byte[]> answer = new AtomicReference<>(new byte[0]);

  private void serve(NetStream stream) throws IOException {
    stream.readTimeout(Duration.ofMillis(500));
    var request = new byte[8_192];
    if (stream.input().read(request) >= 0) {
      stream.output().write(answer.get());
      stream.output().flush();
      stream.closeOutput();
    }
  }

  private void fuzz(Http http, String url, Function<SplittableRandom, byte[]> inputs) {
    var only = Long.getLong("hearth.fuzz.seed");
    var seconds = Long.getLong("hearth.fuzz.seconds");
    long end =
        System.nanoTime() + Duration.ofSeconds(Objects.requireNonNullElse(seconds, 3L)).toNanos();
    long seed = seconds == null ? 20_261_125 : System.nanoTime();
    int tried = 0;
    long before = used();
    do {
      long one = only == null ? seed + tried : only;
      answer.set(inputs.apply(new SplittableRandom(one)));
      tryOne(http, url, one);
      tried++;
    } while (only == null && System.nanoTime() < end);
    assertThat(tried).isPositive();
    assertThat(used() - before).as("bytes kept after %d answers", tried).isLessThan(MOST_LEFT);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void tryOne(Http http, String url, long seed) {
    long began = System.nanoTime();
    try (var response = http.timeouts(QUICK).send(HttpRequest.get(url))) {
      response.body().bytes(BODY_LIMIT);
    } catch (HearthException e) {
      if (e.sentence().isBlank() || e.sentence().contains("Exception") || e.hint().isBlank()) {
        fail("seed " + seed + ": the message is none: " + e.sentence() + " / " + e.hint());
      }
    } catch (Throwable t) {
      throw new AssertionError("seed " + seed + " made the client fail itself", t);
    }
    var took = Duration.ofNanos(System.nanoTime() - began);
    if (took.compareTo(LONGEST) > 0) {
      fail("seed " + seed + " took " + took);
    }
  }

  private static byte[] mutated(SplittableRandom random) {
    var text = new StringBuilder(ANSWERS.get(random.nextInt(ANSWERS.size())));
    for (int left = random.nextInt(8); left > 0; left--) {
      int at = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), at + random.nextInt(1, 12));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.insert(at, (char) random.nextInt(256));
        case 3 -> text.insert(at, text.substring(at, to));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  /** Frames of HTTP/2: settings first, as a rule, then whatever. */
  private static byte[] frames(SplittableRandom random) {
    var bytes = new ByteArrayOutputStream();
    if (random.nextInt(10) > 0) {
      bytes.writeBytes(frame(4, 0, 0, new byte[0]));
    }
    for (int left = random.nextInt(12); left > 0; left--) {
      var payload = new byte[random.nextInt(random.nextInt(8) == 0 ? 20_000 : 40)];
      random.nextBytes(payload);
      int type = random.nextInt(11);
      if (type == 1 && random.nextInt(3) > 0) {
        payload = new byte[] {(byte) 0x88}; // :status 200
      }
      int stream = random.nextInt(4) == 0 ? random.nextInt() & 0x7fffffff : random.nextInt(2) * 3;
      bytes.writeBytes(frame(type, random.nextInt(256), stream, payload));
    }
    var all = bytes.toByteArray();
    for (int left = random.nextInt(4); left > 0 && all.length > 0; left--) {
      all[random.nextInt(all.length)] = (byte) random.nextInt(256);
    }
    return all;
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  @Test
  void no_answer_of_http_1_harms_the_client() throws IOException {
    try (var server =
            StreamServer.start(net.listen("127.0.0.1", 0, null), this::serve, (peer, e) -> {});
        var http = Http.over(net, HttpOptions.usual())) {
      var url = "http://pve.lan:" + NetAddress.parse(server.address()).port() + "/";
      fuzz(http, url, HttpAnswerFuzzTest::mutated);
    }
  }

  @Test
  void no_answer_of_http_2_harms_the_client() throws IOException {
    var certificate = SelfSigned.create(List.of("pve.lan"), Duration.ofDays(1), Clock.system());
    var listener = net.listen("127.0.0.1", 0, certificate.tls(List.of("h2")));
    try (var server = StreamServer.start(listener, this::serve, (peer, e) -> {});
        var http =
            Http.over(net, HttpOptions.usual().tls(ClientTls.pinned(certificate.fingerprint())))) {
      var url = "https://pve.lan:" + NetAddress.parse(server.address()).port() + "/";
      fuzz(http, url, HttpAnswerFuzzTest::frames);
    }
  }
}
