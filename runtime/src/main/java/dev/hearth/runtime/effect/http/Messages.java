package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Our messages as OkHttp's, and back. */
final class Messages {
  private static final Set<String> NEED_A_BODY =
      Set.of("POST", "PUT", "PATCH", "PROPPATCH", "REPORT");
  private static final Set<String> NEVER_A_BODY = Set.of("GET", "HEAD");

  private Messages() {}

  /**
   * A request for the wire.
   *
   * @param url what the caller asked for, which the Host header says
   * @param wire what OkHttp is asked for: the same, without TLS when the other end is in process
   */
  static Request outgoing(HttpRequest request, HttpUrl url, HttpUrl wire, String userAgent) {
    var outgoing = new Request.Builder().url(wire).method(request.method(), body(request));
    var headers = new okhttp3.Headers.Builder();
    for (var field : request.headers().fields()) {
      headers.addUnsafeNonAscii(field.name(), field.value());
    }
    if (request.headers().first("User-Agent").isEmpty()) {
      headers.add("User-Agent", userAgent);
    }
    if (request.headers().first("Authorization").isEmpty() && !url.username().isEmpty()) {
      headers.add("Authorization", Credentials.basic(url.username(), url.password()));
    }
    if (!wire.equals(url) && request.headers().first("Host").isEmpty()) {
      headers.add("Host", host(url));
    }
    return outgoing.headers(headers.build()).build();
  }

  private static String host(HttpUrl url) {
    var name = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? name : name + ":" + url.port();
  }

  private static @Nullable RequestBody body(HttpRequest request) {
    boolean empty = request.body().length() == 0;
    if (!empty && NEVER_A_BODY.contains(request.method())) {
      throw new HearthException(HttpError.BODY_NOT_POSSIBLE, request.method());
    }
    return empty && !NEED_A_BODY.contains(request.method()) ? null : new Outgoing(request.body());
  }

  /** A body that is sent once; what may be sent again is for {@link Redirects} to say. */
  private static final class Outgoing extends RequestBody {
    private final HttpBody body;

    private Outgoing(HttpBody body) {
      this.body = body;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null; // the request's own header says it
    }

    @Override
    public long contentLength() {
      return body.length();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      body.writeTo(sink.outputStream());
    }
  }

  /**
   * An answer from the wire.
   *
   * @param done called once, when the body has been read to its end or closed
   */
  static HttpResponse incoming(HttpRequest request, Contacts.Exchange exchange, Runnable done) {
    var response = exchange.response();
    var body = response.body();
    if (hasNoBody(request, response)) {
      response.close();
      done.run(); // whoever only looks at the status need not close anything
      return head(response);
    }
    var stream = new Incoming(body.byteStream(), exchange.abort(), done);
    return head(response)
        .body(HttpBody.of(stream, body.contentLength(), "the answer of " + request));
  }

  private static boolean hasNoBody(HttpRequest request, Response response) {
    return request.method().equals("HEAD")
        || response.code() == 204
        || response.code() == 304
        || response.body().contentLength() == 0;
  }

  /** An answer without its body. */
  static HttpResponse head(Response response) {
    var fields = new ArrayList<HttpHeaders.Field>();
    for (var header : response.headers()) {
      fields.add(new HttpHeaders.Field(header.getFirst(), printable(header.getSecond())));
    }
    var headers = HttpHeaders.of(fields);
    return new HttpResponse(
        response.code(), printable(response.message()), headers, HttpBody.empty());
  }

  /** A server may send what no message of ours could hold. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  /**
   * A body as it comes, for one thread that reads it and others that may close it. OkHttp's own
   * cannot be closed while it is read: it would go on reading, for what is left.
   */
  private static final class Incoming extends FilterInputStream {
    private final Runnable abort;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Runnable done; // guarded by turn

    private Incoming(InputStream below, Runnable abort, Runnable done) {
      super(below);
      this.abort = abort;
      this.done = done;
    }

    @Override
    public int read() throws IOException {
      turn.lock();
      try {
        return noticed(super.read());
      } finally {
        turn.unlock();
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      turn.lock();
      try {
        return noticed(super.read(target, offset, length));
      } finally {
        turn.unlock();
      }
    }

    private int noticed(int read) {
      if (read < 0) {
        finish();
      }
      return read;
    }

    private void finish() {
      var last = done;
      done = null;
      if (last != null) {
        last.run();
      }
    }

    /** Whoever reads meanwhile fails, and the connection is not used again. */
    @Override
    public void close() throws IOException {
      if (!turn.tryLock()) {
        abort.run();
        turn.lock();
      }
      try {
        super.close();
      } finally {
        finish();
        turn.unlock();
      }
    }
  }
}
