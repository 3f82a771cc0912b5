package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.BlockFilter;
import dev.hearth.runtime.effect.NetStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** One request and its answer on a server's connection. */
final class ServerExchange {
  /** What a client that goes on sending after its answer may still send before it is cut off. */
  private static final long LINGER_BYTES = 8L * 1024 * 1024;

  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "keep-alive");

  private final DefaultBHttpServerConnection connection;
  private final NetStream stream;
  private final @Nullable ClassicHttpRequest request;
  private final long bodyLimit;
  private @Nullable IncomingBody body;
  private boolean awaitsContinue;
  private boolean answered;

  ServerExchange(
      DefaultBHttpServerConnection connection,
      NetStream stream,
      @Nullable ClassicHttpRequest request,
      long bodyLimit) {
    this.connection = connection;
    this.stream = stream;
    this.request = request;
    this.bodyLimit = bodyLimit;
  }

  /** Refuses what two servers in a row could read as two different messages. */
  void checkFraming() throws ProtocolException {
    var head = head();
    boolean chunked = head.containsHeader("Transfer-Encoding");
    int lengths = head.countHeaders("Content-Length");
    if (lengths > 1 || (chunked && lengths > 0)) {
      throw new ProtocolException("The request says its length twice.");
    }
    if (version().greaterEquals(HttpVersion.HTTP_1_1) && head.countHeaders("Host") != 1) {
      throw new ProtocolException("The request needs one Host.");
    }
  }

  private ClassicHttpRequest head() {
    if (request == null) {
      throw new IllegalStateException("The request could not be read.");
    }
    return request;
  }

  private ProtocolVersion version() {
    var said = request == null ? null : request.getVersion();
    return said == null ? HttpVersion.HTTP_1_1 : said;
  }

  HttpRequest receive() throws IOException, HttpException {
    var head = head();
    connection.receiveRequestEntity(head);
    var request = emptyRequest(head);
    var headers = request.headers();
    var entity = head.getEntity();
    var incoming = HttpBody.empty();
    if (entity != null) {
      if (entity.getContentLength() > bodyLimit) {
        throw new HearthException(HttpError.BODY_TOO_LARGE, head.getMethod(), bodyLimit);
      }
      awaitsContinue = headers.lists("Expect", "100-continue");
      body = new IncomingBody(entity.getContent());
      incoming = HttpBody.of(body, entity.getContentLength(), "the request");
    }
    return request.body(incoming);
  }

  private static HttpRequest emptyRequest(ClassicHttpRequest head) throws ProtocolException {
    var fields = new ArrayList<HttpHeaders.Field>();
    try {
      for (var header : head.getHeaders()) {
        var value = header.getValue();
        fields.add(new HttpHeaders.Field(header.getName(), value == null ? "" : value));
      }
      var headers = HttpHeaders.of(fields);
      return new HttpRequest(head.getMethod(), head.getRequestUri(), headers, HttpBody.empty());
    } catch (HearthException e) {
      throw new ProtocolException(e.sentence(), e);
    }
  }

  /** Sends the last answer of a connection, unless one is already on its way. */
  boolean refuse(HttpResponse response) throws IOException {
    if (answered) {
      return false;
    }
    try {
      return send(response.header("Connection", "close"));
    } catch (HttpException e) {
      throw new IOException("The answer could not be written.", e);
    }
  }

  /** Sends the answer; returns whether the connection can carry another exchange. */
  boolean send(HttpResponse response) throws IOException, HttpException {
    try (response) {
      boolean unasked = awaitsContinue; // the client may or may not send its body now
      awaitsContinue = false;
      var outgoing = outgoing(unasked ? response.header("Connection", "close") : response);
      answered = true;
      connection.sendResponseHeader(outgoing);
      var then = response.upgrade();
      if (then != null) {
        connection.flush();
        stream.readTimeout(Duration.ZERO);
        then.serve(stream);
        return false;
      }
      connection.sendResponseEntity(outgoing);
      connection.flush();
      if (request != null && keepsAlive(outgoing) && (body == null || body.drain())) {
        return true;
      }
      linger();
      return false;
    }
  }

  private boolean keepsAlive(ClassicHttpResponse outgoing) {
    var context = HttpCoreContext.create();
    context.setProtocolVersion(version());
    return DefaultConnectionReuseStrategy.INSTANCE.keepAlive(head(), outgoing, context);
  }

  /** Closing on a client that still sends would reset the connection and lose the answer. */
  private void linger() throws IOException {
    stream.closeOutput();
    stream.readTimeout(LINGER);
    var rest = stream.input();
    var sink = new byte[16 * 1024];
    long read = 0;
    try {
      int count = rest.read(sink);
      while (count >= 0 && read < LINGER_BYTES) {
        read += count;
        count = rest.read(sink);
      }
    } catch (java.net.SocketTimeoutException e) {
      return; // it neither sends nor closes: it has had its time
    }
  }

  private ClassicHttpResponse outgoing(HttpResponse response) {
    var outgoing = new BasicClassicHttpResponse(response.status(), response.reason());
    var method = request == null ? "GET" : request.getMethod();
    boolean bodiless =
        method.equals("HEAD")
            || response.status() < 200
            || response.status() == 204
            || response.status() == 304;
    for (var field : response.headers().fields()) {
      boolean ours = FRAMING.contains(field.name().toLowerCase(java.util.Locale.ROOT));
      if (!ours || (bodiless && field.name().equalsIgnoreCase("Content-Length"))) {
        outgoing.addHeader(field.name(), field.value());
      }
    }
    if (response.upgrade() != null) {
      outgoing.setHeader("Connection", "Upgrade");
    } else if (response.headers().lists("Connection", "close")) {
      outgoing.setHeader("Connection", "close");
    }
    if (!bodiless) {
      frame(outgoing, response.body());
    }
    if (request != null && response.upgrade() == null && !keepsAlive(outgoing)) {
      outgoing.setHeader("Connection", "close");
    }
    return outgoing;
  }

  private void frame(ClassicHttpResponse outgoing, HttpBody content) {
    boolean old = version().lessEquals(HttpVersion.HTTP_1_0);
    if (content.length() >= 0) {
      outgoing.setHeader("Content-Length", Long.toString(content.length()));
    } else if (old) {
      outgoing.setHeader("Connection", "close");
    } else {
      outgoing.setHeader("Transfer-Encoding", "chunked");
    }
    outgoing.setEntity(
        new EntityTemplate(content.length(), null, null, target -> copy(content, target)));
  }

  private void copy(HttpBody content, OutputStream target) throws IOException {
    try {
      content.writeTo(target);
    } catch (IOException | RuntimeException e) {
      stream.close(); // or the half body would be ended as if it were whole
      throw e;
    }
  }

  /** A request's body: says "100 Continue" when it is first read, and ends at the limit. */
  private final class IncomingBody extends BlockFilter {
    private long count;

    private IncomingBody(InputStream below) {
      super(below);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      sayContinue();
      int read = in.read(target, offset, length);
      count += Math.max(0, read);
      if (count > bodyLimit) {
        throw new HearthException(HttpError.BODY_TOO_LARGE, "the request", bodyLimit);
      }
      return read;
    }

    /** Reads what the handler left; returns whether that was the end. */
    private boolean drain() throws IOException {
      var sink = new byte[16 * 1024];
      long drained = 0;
      int read = 0;
      while (read >= 0 && drained < LINGER_BYTES) {
        read = in.read(sink, 0, sink.length);
        drained += Math.max(0, read);
      }
      return read < 0;
    }

    private void sayContinue() throws IOException {
      if (!awaitsContinue) {
        return;
      }
      awaitsContinue = false;
      try {
        connection.sendResponseHeader(new BasicClassicHttpResponse(100, "Continue"));
        connection.flush();
      } catch (HttpException e) {
        throw new IOException("The interim answer could not be written.", e);
      }
    }

    /** The rest belongs to the connection, which reads or drops it. */
    @Override
    public void close() {}
  }
}
