package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waiting for the end of a container at an engine that does not tell how it ended. */
class ContainerWaitTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | docker.broke-off",
        "{\"Error\":null} | docker.broke-off",
        "{\"StatusCode\":0,\"Error\":{\"Message\":\"no such disk\"}} | docker.engine-failed",
      })
  void is_no_success(String answer, String code, @TempDir Path folder) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var body =
                exchange.getRequestURI().getPath().endsWith("/wait")
                    ? answer
                    : "{\"ApiVersion\":\"1.45\",\"MinAPIVersion\":\"1.24\"}";
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    try {
      var user =
          new UserHome(folder, "docker")
              .variable("DOCKER_HOST", "tcp://127.0.0.1:" + server.getAddress().getPort());
      assertThat(user.failure("return await docker().container('box').wait();"))
          .startsWith(code + ": ")
          .contains("POST /containers/box/wait");
    } finally {
      server.stop(0);
    }
  }
}
