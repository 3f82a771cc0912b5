package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.http.WebSocketFrames.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How an HTTP exchange becomes a {@link WebSocket}. */
public final class WebSocketHandshake {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  private WebSocketHandshake() {}

  static WebSocket open(Http http, HttpRequest request, long limitBytes) {
    var nonce = new byte[16];
    new SecureRandom().nextBytes(nonce);
    var key = Base64.getEncoder().encodeToString(nonce);
    var asking = request.header("Sec-WebSocket-Version", "13").header("Sec-WebSocket-Key", key);
    var upgraded = http.upgrade(asking, "websocket");
    var headers = upgraded.response().headers();
    var stream = upgraded.stream();
    var agreed = headers.first(PROTOCOL).orElse("");
    var problem = problem(headers, key, offered(request.headers()), agreed);
    if (problem.isPresent()) {
      var failure = new HearthException(HttpError.WEBSOCKET_BROKEN, stream.peer(), problem.get());
      try (stream) {
        throw failure;
      } catch (java.io.IOException e) {
        throw failure.causedBy(e);
      }
    }
    return new WebSocket(stream, Role.CLIENT, agreed, limitBytes);
  }

  private static Optional<String> problem(
      HttpHeaders headers, String key, List<String> offered, String agreed) {
    if (!headers.first("Sec-WebSocket-Accept").equals(Optional.of(accept(key)))) {
      return Optional.of("the answer does not prove that the server speaks it");
    }
    if (headers.first("Sec-WebSocket-Extensions").isPresent()) {
      return Optional.of("the server uses an extension that was not offered");
    }
    if (!agreed.isEmpty() && !offered.contains(agreed)) {
      return Optional.of("the server chose a subprotocol that was not offered");
    }
    return Optional.empty();
  }

  /**
   * The answer of a server: it takes the first subprotocol of the client's that it speaks, if any.
   *
   * @param protocols what the server speaks; may be empty
   * @param then serves the socket, which is closed afterwards
   */
  public static HttpResponse accept(
      HttpRequest request, List<String> protocols, Consumer<WebSocket> then) {
    var key = request.headers().first("Sec-WebSocket-Key");
    boolean asked = request.headers().lists("Upgrade", "websocket");
    if (!asked
        || key.isEmpty()
        || request.headers().all("Sec-WebSocket-Version").indexOf("13") < 0) {
      return HttpResponse.of(426)
          .header("Upgrade", "websocket")
          .header("Sec-WebSocket-Version", "13");
    }
    var agreed = offered(request.headers()).stream().filter(protocols::contains).findFirst();
    var answer =
        HttpResponse.upgrade(
                "websocket",
                stream -> {
                  try (var socket =
                      new WebSocket(
                          stream, Role.SERVER, agreed.orElse(""), WebSocket.DEFAULT_LIMIT_BYTES)) {
                    then.accept(socket);
                  }
                })
            .header("Sec-WebSocket-Accept", accept(key.get()));
    return agreed.map(protocol -> answer.header(PROTOCOL, protocol)).orElse(answer);
  }

  private static List<String> offered(HttpHeaders headers) {
    return headers.all(PROTOCOL).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private static String accept(String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1.", e);
    }
  }
}
