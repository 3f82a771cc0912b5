package dev.hearth.stdlib.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.LiveRun;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.testing.FakeClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients that hold a server of `hearth:http` by saying little: slowloris and its like. */
@Isolated("counts on some speed")
@Timeout(90)
class SlowClientTest {
  private static final String RECIPE =
      """
      import { serve } from 'hearth:http';
      export default async ({ log }) => {
        const server = serve({ port: 0 });
        log.info(String((await server.ready).port));
        for await (const request of server) {
          await request.respond(204);
          break;
        }
        return 'served';
      };
      """;

  private final FakeClock clock = new FakeClock();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final LiveRun run;

  SlowClientTest(@TempDir Path folder) throws IOException, InterruptedException {
    var recipe = Files.writeString(folder.resolve("recipe.js"), RECIPE);
    run =
        Hearth.builder()
            .home(folder.resolve("home"))
            .clock(clock)
            .build()
            .start(
                RunRequest.of(recipe).allow("listen=127.0.0.1:0"),
                event -> {
                  if (event instanceof RunEvent.Logged line) {
                    port.complete(Integer.parseInt(line.message()));
                  }
                });
  }

  private Socket connected() throws Exception {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port.get(30, TimeUnit.SECONDS));
    socket.setSoTimeout(200);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether the server has closed it; what it says is passed over. */
  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes() != null;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** One letter at a time, while time passes, until the server has had enough. */
  private void drip(String beginning) throws Exception {
    try (var socket = connected()) {
      say(socket, beginning);
      assertThat(isClosed(socket)).isFalse();
      var passed = Duration.ZERO;
      while (!isClosed(socket)) {
        clock.advance(Duration.ofSeconds(5));
        passed = passed.plusSeconds(5);
        assertThat(passed).isLessThan(Duration.ofMinutes(2));
        try {
          say(socket, "x");
        } catch (IOException e) {
          break; // it was closed meanwhile
        }
      }
      assertThat(passed).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
    }
  }

  private void serveOneMore() throws Exception {
    try (var socket = connected()) {
      socket.setSoTimeout(20_000);
      say(socket, "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 204");
    }
    assertThat(run.await().value()).hasToString("\"served\"");
  }

  @Test
  void a_head_that_comes_a_letter_at_a_time_is_not_waited_for() throws Exception {
    drip("GET / HTTP/1.1\r\nX: ");
    serveOneMore();
  }

  @Test
  void a_body_that_comes_a_letter_at_a_time_is_not_waited_for() throws Exception {
    drip("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n");
    serveOneMore();
  }

  @Test
  void there_is_an_end_to_how_many_may_hold_it_at_once() throws Exception {
    var held = new ArrayList<Socket>();
    try {
      while (held.size() < 1_024) {
        var socket = connected();
        say(socket, "G");
        held.add(socket);
      }
      var turnedAway = new ArrayList<Socket>();
      for (int i = 0; i < 20; i++) {
        turnedAway.add(connected());
      }
      assertThat(turnedAway).anyMatch(SlowClientTest::isClosed);
      close(turnedAway);
    } finally {
      close(held);
    }
    run.stop();
    assertThat(run.await().succeeded()).isFalse();
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }
}
