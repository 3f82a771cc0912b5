package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hostile recipe: DNS that changes its answer, from a public address to this machine's own. */
class RebindingTest {
  private static final String CANARY = "SECRETKEY0123";

  private final Path folder;
  private final Path hosts;
  private final HttpServer canary;
  private final AtomicInteger visits = new AtomicInteger();

  RebindingTest(@TempDir Path temp) throws IOException {
    folder = temp.toRealPath();
    hosts = folder.resolve("hosts");
    canary = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    canary.createContext(
        "/",
        exchange -> {
          visits.incrementAndGet();
          exchange.sendResponseHeaders(200, CANARY.length());
          exchange.getResponseBody().write(CANARY.getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    canary.start();
  }

  @AfterEach
  void stop() {
    canary.stop(0);
  }

  private void answer(String address) throws IOException {
    var next = Files.writeString(folder.resolve("next"), address + " rebind.example\n");
    Files.move(
        next,
        hosts,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** A process of its own, whose resolver reads a file at each question and remembers nothing. */
  private Process start(Path recipe, int port) throws IOException {
    var line =
        JavaCommand.hearth(
            List.of(
                "-Djdk.net.hosts.file=" + hosts,
                "-Dsun.net.inetaddr.ttl=0",
                "-Dsun.net.inetaddr.negative.ttl=0"),
            List.of("run", recipe.toString(), "--json", "--allow-net=rebind.example:" + port));
    var builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
    for (var place : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
      builder.environment().put("HEARTH_" + place + "_HOME", folder.resolve("home").toString());
    }
    builder.environment().put("HEARTH_STANDBY", "off");
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
    return builder.start();
  }

  @Test
  void dns_that_changes_its_answer_opens_no_port_of_this_machine() throws Exception {
    int port = canary.getAddress().getPort();
    var recipe =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            import { sleep } from 'hearth:time';
            export const recipe = { permissions: { net: ['rebind.example:%1$d'] } };
            export default async () => {
              const codes = [];
              for (let i = 0; i < 40; i++) {
                const signal = AbortSignal.timeout(250);
                try {
                  return await (await fetch('http://rebind.example:%1$d/', { signal })).text();
                } catch (error) {
                  const code = error.code ?? error.cause?.code ?? error.name;
                  if (codes.at(-1) !== code) codes.push(code);
                  console.log(`tried ${i} ${code}`);
                  if (String(code).startsWith('permission.')) throw error;
                }
                await sleep('100ms');
              }
              return codes;
            };
            """
                .formatted(port));
    answer("192.0.2.1"); // public, and nobody's
    var process = start(recipe, port);
    JsonNode last = MissingNode.getInstance();
    var all = new StringBuilder();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.append(line).append('\n');
        last = new ObjectMapper().readTree(line);
        if (last.path("text").asText().contains("tried 1 ")) {
          answer("127.0.0.1"); // what was granted by its name is now this machine
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as(all.toString()).isEqualTo(3);
    assertThat(last.path("error").path("code").asText())
        .as(all.toString())
        .isEqualTo("permission.private-address");
    assertThat(all.toString()).contains("tried 1 ").doesNotContain(CANARY);
    assertThat(visits).hasValue(0);
  }
}
