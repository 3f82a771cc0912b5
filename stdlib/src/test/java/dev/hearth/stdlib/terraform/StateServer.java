package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Terraform's backend {@code http} asks for: one state, and a lock that one may have. */
final class StateServer implements AutoCloseable {
  private final HttpServer server;
  private byte @Nullable [] state; // guarded by this
  private byte @Nullable [] lock; // guarded by this

  StateServer(String user, String password) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server
        .createContext("/state", this::answer)
        .setAuthenticator(
            new BasicAuthenticator("lab") {
              @Override
              public boolean checkCredentials(String name, String secret) {
                return name.equals(user) && secret.equals(password);
              }
            });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/state";
  }

  /** Somebody else has the lock. */
  synchronized void lockedBy(String who, String id) {
    lock =
        """
        {"ID": "%s", "Operation": "OperationTypeApply", "Who": "%s", "Version": "1.11.4", "Created": "2026-01-02T03:04:05.006Z", "Path": "", "Info": ""}
        """
            .formatted(id, who)
            .getBytes(UTF_8);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestMethod()) {
      case "GET" -> send(exchange, state == null ? 204 : 200, state);
      case "POST" -> {
        state = body;
        send(exchange, 200, null);
      }
      case "LOCK" -> {
        if (lock == null) {
          lock = body;
          send(exchange, 200, null);
        } else {
          send(exchange, 423, Objects.requireNonNull(lock));
        }
      }
      case "UNLOCK" -> {
        lock = null;
        send(exchange, 200, null);
      }
      default -> send(exchange, 405, null);
    }
  }

  private static void send(HttpExchange exchange, int status, byte @Nullable [] body)
      throws IOException {
    exchange.sendResponseHeaders(status, body == null ? -1 : body.length);
    if (body != null) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
