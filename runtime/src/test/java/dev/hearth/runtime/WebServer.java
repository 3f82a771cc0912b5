package dev.hearth.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/** A server on loopback with all that the cases of fetch ask for. */
final class WebServer implements AutoCloseable {
  private final StreamServer server;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile CountDownLatch drip = new CountDownLatch(1);

  WebServer() {
    Net net = new SystemNet();
    server =
        StreamServer.start(
            net.listen("127.0.0.1", 0, null), new HttpService(this::answer), (peer, failure) -> {});
  }

  /** {@code 127.0.0.1:PORT}. */
  String address() {
    return server.address();
  }

  private HttpResponse answer(HttpRequest request) throws IOException {
    var steps = request.path().split("/", -1);
    return switch (steps[1]) {
      case "hello" -> HttpResponse.of(200, "text/plain", "hello");
      case "json" -> HttpResponse.of(200, "application/json", "{\"a\":[1,\"ä\"]}");
      case "bytes" -> HttpResponse.of(200).body(HttpBody.of(counting(100_000)));
      case "status" -> HttpResponse.of(Integer.parseInt(steps[2]));
      case "echo" -> echo(request);
      case "redirect" -> {
        int more = Integer.parseInt(steps[2]) - 1;
        yield to(302, more == 0 ? "/hello" : "/redirect/" + more);
      }
      case "circle" -> to(302, "/circle");
      case "moved" -> to(Integer.parseInt(steps[2]), "/echo");
      case "drip" ->
          steps.length > 2 ? drop() : HttpResponse.of(200).body(HttpBody.of(dripping(), -1));
      case "gzip" -> gzip();
      case "never" -> {
        await(over);
        yield HttpResponse.of(200);
      }
      case "endless" -> HttpResponse.of(200).body(HttpBody.of(endless(), -1));
      case "broken" -> HttpResponse.of(200).body(HttpBody.of(breaking(), 100));
      default -> HttpResponse.of(404);
    };
  }

  private static byte[] counting(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static HttpResponse to(int status, String location) {
    return HttpResponse.of(status).header("Location", location);
  }

  private static HttpResponse echo(HttpRequest request) {
    var seen = JsonNodeFactory.instance.objectNode();
    seen.put("method", request.method()).put("path", request.target());
    var headers = seen.putObject("headers");
    for (var field : request.headers().fields()) {
      headers.put(field.name().toLowerCase(Locale.ROOT), field.value());
    }
    seen.put("body", new String(request.body().bytes(), StandardCharsets.UTF_8));
    return HttpResponse.of(200, "application/json", seen.toString());
  }

  private static HttpResponse gzip() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(packed)) {
      zip.write("compressed ".repeat(100).getBytes(StandardCharsets.UTF_8));
    }
    return HttpResponse.of(200)
        .header("Content-Encoding", "gzip")
        .body(HttpBody.of(packed.toByteArray()));
  }

  private HttpResponse drop() {
    drip.countDown();
    return HttpResponse.of(200);
  }

  private InputStream dripping() {
    drip = new CountDownLatch(1);
    return new Steps() {
      @Override
      byte[] step(int count) throws IOException {
        if (count == 1) {
          await(drip);
        }
        var lines = new String[] {"first\n", "second\n", ""};
        return lines[count].getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  private static InputStream endless() {
    return new Steps() {
      @Override
      byte[] step(int count) {
        return new byte[4096];
      }
    };
  }

  private static InputStream breaking() {
    return new Steps() {
      @Override
      byte[] step(int count) throws IOException {
        if (count > 0) {
          throw new IOException("It breaks off on purpose.");
        }
        return new byte[10];
      }
    };
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The server is closed.", e);
    }
  }

  /** A stream that is made step by step; an empty step ends it. */
  private abstract static class Steps extends InputStream {
    private int count;

    abstract byte[] step(int count) throws IOException;

    @Override
    public int read() {
      throw new UnsupportedOperationException("It is read in pieces.");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      var bytes = step(count++);
      System.arraycopy(bytes, 0, target, offset, bytes.length);
      return bytes.length == 0 ? -1 : bytes.length;
    }
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    drip.countDown();
    server.close();
  }
}
