package dev.hearth.stdlib.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of {@code hearth:http}, with clients that are not ours. */
class ServeTest {
  private final Path folder;
  private final RecipeTester tester;
  private final CompletableFuture<@Nullable Void> waiting = new CompletableFuture<>();

  ServeTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  /** What a client does with the port. */
  private interface Client {
    String talk(int port) throws Exception;
  }

  private record Outcome(RunResult run, String client) {
    String value() {
      assertThat(run.error()).isNull();
      return String.valueOf(run.value());
    }
  }

  /** Runs a recipe that logs its port, and a client as soon as it has. */
  private Outcome run(String options, String body, Client client) throws Exception {
    var recipe =
        """
        import { serve } from 'hearth:http';
        export const recipe = { permissions: { listen: ['127.0.0.1:0'] } };
        export default async ({ log }) => {
          const server = serve({ port: 0 %s });
          log.info(String((await server.ready).port));
          %s
        };
        """
            .formatted(options, body);
    return run(recipe, client);
  }

  private Outcome run(String recipe, Client client) throws Exception {
    var file = Files.writeString(folder.resolve("recipe.js"), recipe);
    var port = new CompletableFuture<Integer>();
    var said = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                said.complete(client.talk(port.get(30, TimeUnit.SECONDS)));
              } catch (Exception e) {
                said.completeExceptionally(e);
              }
            });
    var result =
        tester
            .hearth()
            .run(
                dev.hearth.runtime.RunRequest.of(file).allow("listen=127.0.0.1:0"),
                event -> {
                  if (event instanceof RunEvent.Logged line && line.message().equals("waiting")) {
                    waiting.complete(null);
                  }
                  if (event instanceof RunEvent.Logged line && line.message().matches("\\d+")) {
                    port.complete(Integer.parseInt(line.message()));
                  }
                });
    if (result.error() != null && !port.isDone()) {
      throw new AssertionError("The recipe failed: " + result.error());
    }
    return new Outcome(result, said.get(30, TimeUnit.SECONDS));
  }

  private static String curl(String... arguments) throws Exception {
    var command = new java.util.ArrayList<>(List.of("curl", "-sS", "--max-time", "20"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** Sends {@code text} as it is and reads until the other side closes. */
  private static String raw(int port, String text) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        return "cut off";
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void curl_is_answered_by_a_loop() throws Exception {
    var outcome =
        run(
            "",
            """
            for await (const request of server) {
              const sent = await request.json();
              await request.respond({ method: request.method, path: new URL(request.url).pathname, type: request.headers.get('content-type'), a: sent.a });
              break;
            }
            return 'done';
            """,
            port ->
                curl(
                    "-H",
                    "Content-Type: application/json",
                    "-d",
                    "{\"a\":[1,\"ä\"]}",
                    "http://127.0.0.1:" + port + "/hook?x=1"));
    assertThat(outcome.client())
        .isEqualTo(
            "{\"method\":\"POST\",\"path\":\"/hook\",\"type\":\"application/json\",\"a\":[1,\"ä\"]}");
    assertThat(outcome.value()).isEqualTo("\"done\"");
  }

  @Test
  void a_function_that_throws_is_500_and_the_server_goes_on() throws Exception {
    var recipe =
        """
        import { serve } from 'hearth:http';
        export const recipe = { permissions: { listen: ['127.0.0.1:0'] } };
        export default async ({ log }) => {
          let count = 0;
          const server = serve({ port: 0 }, (request) => {
            if (++count === 1) throw new Error('mine');
            if (count === 3) void server.close();
            return `call ${count}`;
          });
          log.info(String((await server.ready).port));
          await server.finished;
          return count;
        };
        """;
    var outcome =
        run(
            recipe,
            port -> {
              var url = "http://127.0.0.1:" + port + "/";
              return curl("-o", "/dev/null", "-w", "%{http_code}", url)
                  + " "
                  + curl(url)
                  + " "
                  + curl(url);
            });
    assertThat(outcome.client()).isEqualTo("500 call 2 call 3");
    assertThat(outcome.value()).isEqualTo("3");
  }

  @Test
  void a_body_that_is_too_large_is_413_and_never_met() throws Exception {
    var outcome =
        run(
            ", maxBodyBytes: 10",
            "for await (const request of server) { await request.respond(await request.text()); break; } return 'done';",
            port ->
                curl(
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "-d",
                        "x".repeat(11),
                        "http://127.0.0.1:" + port)
                    + " "
                    + curl("-d", "x".repeat(10), "http://127.0.0.1:" + port));
    assertThat(outcome.client()).isEqualTo("413 xxxxxxxxxx");
  }

  @Test
  void more_than_may_wait_is_503() throws Exception {
    var outcome =
        run(
            ", concurrency: 1",
            """
            const first = await server[Symbol.asyncIterator]().next();
            log.info('waiting');
            await new Promise((resolve) => setTimeout(resolve, 600));
            await first.value.respond('first');
            await server.close();
            """,
            port -> {
              var url = "http://127.0.0.1:" + port + "/";
              var first = CompletableFuture.supplyAsync(() -> quietly(url));
              waiting.get(20, TimeUnit.SECONDS);
              var second = curl("-o", "/dev/null", "-w", "%{http_code}", url);
              return second + " " + first.get();
            });
    assertThat(outcome.client()).isEqualTo("503 first");
  }

  private static String quietly(String url) {
    try {
      return curl(url);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_head_that_is_a_bomb_is_refused() throws Exception {
    var outcome =
        run(
            "",
            "for await (const request of server) { await request.respond('ok'); break; }",
            port -> {
              var lines = "x: y\r\n".repeat(5_000);
              var many = raw(port, "GET / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n");
              var smuggled =
                  raw(
                      port,
                      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding:"
                          + " chunked\r\n\r\n0\r\n\r\n");
              curl("http://127.0.0.1:" + port);
              return firstLine(many) + " " + firstLine(smuggled);
            });
    assertThat(outcome.client()).matches("HTTP/1.1 4\\d\\d .* HTTP/1.1 4\\d\\d .*");
  }

  private static String firstLine(String answer) {
    return answer.lines().findFirst().orElse("");
  }

  @Test
  void a_request_that_nobody_answers_ends_and_so_does_the_run() throws Exception {
    var outcome =
        run(
            ", answerWithin: '50ms'",
            """
            for await (const request of server) {
              await new Promise((resolve) => setTimeout(resolve, 200));
              const late = await request.respond('late').catch((error) => error.code);
              return late;
            }
            """,
            port -> curl("-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:" + port));
    assertThat(outcome.client()).isEqualTo("504");
    assertThat(outcome.value()).isEqualTo("\"http.answered-twice\"");
  }

  @Test
  void listening_needs_its_permission() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            import { serve } from 'hearth:http';
            export default async () => { await serve({ port: 0 }).ready; };
            """);
    var error = requireNonNull(tester.run(file).error());
    assertThat(error.code()).isEqualTo("permission.denied");
    assertThat(error.message()).contains("wait for connections on 127.0.0.1:0");
  }

  @Test
  void the_loop_is_closed_when_the_recipe_leaves_it() throws Exception {
    var outcome =
        run(
            "",
            "for await (const request of server) { await request.respond(204); break; } return 'left';",
            port -> {
              var first = curl("-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:" + port);
              String last = "";
              for (int i = 0; i < 200 && !last.startsWith("curl:"); i++) {
                last = curl("http://127.0.0.1:" + port);
              }
              return first + " " + last.startsWith("curl:");
            });
    assertThat(outcome.client()).isEqualTo("204 true");
  }
}
