package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.effect.StreamService;
import dev.hearth.runtime.effect.StreamSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.ServerSupport;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;

/**
 * HTTP/1.1 for one handler: any stream can be served with it, in process or from a listener.
 * Parsing and framing are Apache HttpCore's.
 */
public final class HttpService implements StreamService {
  private static final int MAX_LINE_BYTES = 32 * 1024;
  private static final int MAX_FIELDS = 200;

  private final HttpHandler handler;
  private final Limits limits;
  private final Http1Config config =
      Http1Config.custom().setMaxLineLength(MAX_LINE_BYTES).setMaxHeaderCount(MAX_FIELDS).build();

  /**
   * What one client may cost.
   *
   * @param bodyBytes the largest body of a request; larger ones get status 413
   * @param idle how long a client may say nothing before its connection ends
   */
  public record Limits(long bodyBytes, Duration idle) {
    /** 64 MiB and one minute. */
    public static final Limits DEFAULT =
        new Limits(HttpBody.DEFAULT_LIMIT_BYTES, Duration.ofMinutes(1));
  }

  /** A service with the {@link Limits#DEFAULT} limits. */
  public HttpService(HttpHandler handler) {
    this(handler, Limits.DEFAULT);
  }

  /** A service with limits of its own. */
  public HttpService(HttpHandler handler, Limits limits) {
    this.handler = handler;
    this.limits = limits;
  }

  @Override
  public void serve(NetStream stream) throws IOException {
    var utf8 = StandardCharsets.UTF_8;
    // The parser gets the limits from its factory; the connection's apply to single lines only.
    var parsers = new DefaultHttpRequestParserFactory(config);
    var connection =
        new DefaultBHttpServerConnection(
            "http", config, utf8.newDecoder(), utf8.newEncoder(), null, null, parsers, null);
    connection.bind(StreamSocket.over(stream));
    stream.readTimeout(limits.idle());
    boolean goOn = true;
    while (goOn) {
      goOn = serveOne(connection, stream);
    }
  }

  private boolean serveOne(DefaultBHttpServerConnection connection, NetStream stream)
      throws IOException {
    try {
      var request = connection.receiveRequestHeader();
      return request != null && answer(connection, stream, request);
    } catch (SocketTimeoutException e) {
      return false; // an idle client has no claim to an answer
    } catch (HttpException e) {
      return refuse(connection, stream, HttpResponse.of(ServerSupport.toStatusCode(e)));
    }
  }

  private boolean answer(
      DefaultBHttpServerConnection connection, NetStream stream, ClassicHttpRequest request)
      throws IOException, HttpException {
    var exchange = new ServerExchange(connection, stream, request, limits.bodyBytes());
    try {
      exchange.checkFraming();
      return exchange.send(handler.handle(exchange.receive()));
    } catch (HearthException e) {
      if (e.code() == HttpError.BODY_TOO_LARGE) {
        return exchange.refuse(HttpResponse.of(413));
      }
      exchange.refuse(HttpResponse.of(500));
      throw e;
    } catch (RuntimeException e) {
      exchange.refuse(HttpResponse.of(500));
      throw e;
    }
  }

  private static boolean refuse(
      DefaultBHttpServerConnection connection, NetStream stream, HttpResponse response)
      throws IOException {
    return new ServerExchange(connection, stream, null, 0).refuse(response);
  }
}
