package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --timing} and {@code --trace}, as somebody types them. */
class DiagnosticFlagsTest {
  private final Path folder;
  private final TypedCommand hearth;
  private final HttpServer server;
  private final int port;

  DiagnosticFlagsTest(@TempDir Path temp) throws IOException {
    folder = temp.toRealPath();
    hearth = new TypedCommand().at(folder.resolve("home")).set("GREETING", "hello");
    hearth.set("PATH", "/usr/bin:/bin");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(new byte[1000]);
          exchange.close();
        });
    server.start();
    port = server.getAddress().getPort();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private String recipe(String text) throws IOException {
    return Files.writeString(folder.resolve("recipe.js"), text).toString();
  }

  private String busyRecipe() throws IOException {
    Files.writeString(folder.resolve("mine.js"), "export const two = 2;");
    return recipe(
        """
        import { fs } from 'hearth:fs';
        import { env } from 'hearth:env';
        import { $ } from 'hearth:shell';
        import { two } from './mine.js';
        export default async function ({ step }) {
          await step('write', () => fs.write('%1$s/out.txt', 'x'.repeat(50)));
          await step('read', async () => (await fs.read('%1$s/out.txt')).length + two);
          await step('fetch', async () => (await (await fetch('http://127.0.0.1:%2$d/')).bytes()).length);
          await step('run', async () => (await $`echo ${await env.get('GREETING')}`).stdout);
          await fs.read('/etc/hostname').catch(() => {});
        }
        """
            .formatted(folder, port));
  }

  private String[] busy(String... more) throws IOException {
    var flags =
        List.of(
            "run",
            busyRecipe(),
            "--allow-write=" + folder,
            "--allow-read=" + folder,
            "--allow-net=127.0.0.1:" + port,
            "--allow-exec=echo",
            "--allow-env=GREETING");
    return java.util.stream.Stream.concat(flags.stream(), List.of(more).stream())
        .toArray(String[]::new);
  }

  private static List<JsonNode> lines(String text) {
    var mapper = new ObjectMapper();
    return text.lines()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .toList();
  }

  private static JsonNode of(List<JsonNode> lines, String permission) {
    return lines.stream()
        .filter(line -> line.path("permission").asText().equals(permission))
        .findFirst()
        .orElseThrow(() -> new AssertionError(permission + " is not in " + lines));
  }

  @Test
  void a_traced_run_has_a_line_for_each_contact_with_what_was_moved() throws IOException {
    assertThat(hearth.type(busy("--trace", "--json"))).as(hearth.err()).isZero();
    var crossed =
        lines(hearth.out()).stream()
            .filter(line -> line.path("type").asText().equals("crossed"))
            .toList();
    var written = of(crossed, "write=" + folder.resolve("out.txt"));
    assertThat(written.path("outcome").asText()).isEqualTo("ok");
    assertThat(written.path("sentBytes").asInt()).isEqualTo(50);
    assertThat(written.path("principal").asText()).isEqualTo("hearth:fs");
    assertThat(written.path("durationMillis").asDouble()).isPositive();
    var got = of(crossed, "net=127.0.0.1:" + port);
    assertThat(got.path("resolved").asText()).isEqualTo("127.0.0.1");
    assertThat(got.path("receivedBytes").asInt()).isGreaterThan(1000);
    assertThat(got.path("sentBytes").asInt()).isGreaterThan(20);
    assertThat(of(crossed, "exec=echo").path("receivedBytes").asInt()).isEqualTo(6);
    assertThat(of(crossed, "env=GREETING").path("outcome").asText()).isEqualTo("ok");
    var refused = of(crossed, "read=/etc/hostname");
    assertThat(refused.path("outcome").asText()).isEqualTo("refused");
    assertThat(refused.path("code").asText()).isEqualTo("permission.denied");
  }

  @Test
  void a_traced_run_shows_people_a_line_for_each_contact() throws IOException {
    assertThat(hearth.type(busy("--trace"))).as(hearth.err()).isZero();
    assertThat(hearth.err().replaceAll("  \\d+ms", "  Nms"))
        .contains("  gate  write=" + folder + "/out.txt  hearth:fs  ok  Nms  out 50 B\n")
        .contains("  gate  read=/etc/hostname  hearth:fs  refused permission.denied  Nms\n")
        .contains("  gate  env=GREETING  hearth:env  ok");
  }

  @Test
  void what_a_traced_run_does_can_go_into_a_file_and_is_not_shown_then() throws IOException {
    var file = folder.resolve("trace.jsonl");
    Files.writeString(file, "what stood here before");
    assertThat(hearth.type(busy("--trace=" + file))).as(hearth.err()).isZero();
    assertThat(hearth.err()).doesNotContain("gate");
    var lines = lines(Files.readString(file, StandardCharsets.UTF_8));
    assertThat(lines).allMatch(line -> line.path("type").asText().equals("crossed"));
    assertThat(lines).allMatch(line -> !line.path("run").asText().isEmpty());
    assertThat(of(lines, "exec=echo").path("outcome").asText()).isEqualTo("ok");
  }

  @Test
  void nothing_is_run_when_the_file_of_the_trace_cannot_be_written() throws IOException {
    var recipe = recipe("export default () => console.log('it ran');");
    var file = folder.resolve("no/such/folder/trace.jsonl");
    assertThat(hearth.type("run", recipe, "--trace=" + file)).isNotZero();
    assertThat(hearth.out()).isEmpty();
    assertThat(hearth.err()).startsWith("error: ").contains(file.toString());
  }

  @Test
  void a_secret_in_what_is_traced_is_masked() throws IOException {
    var recipe =
        recipe(
            """
            import { fs } from 'hearth:fs';
            export const recipe = { params: { token: { type: 'string', secret: true } } };
            export default ({ params }) => fs.exists('%s/' + params.token.reveal());
            """
                .formatted(folder));
    hearth.set("HEARTH_PARAM_TOKEN", "S3CRET-VALUE");
    assertThat(hearth.type("run", recipe, "--trace", "--timing", "--allow-read=" + folder))
        .as(hearth.err())
        .isZero();
    assertThat(hearth.err()).contains("read=" + folder + "/***").doesNotContain("S3CRET-VALUE");
  }

  @Test
  void a_timed_run_says_where_its_time_went() throws IOException {
    assertThat(hearth.type(busy("--timing", "--json"))).as(hearth.err()).isZero();
    var lines = lines(hearth.out());
    assertThat(lines.getLast().path("type").asText()).isEqualTo("finished");
    var timed = lines.get(lines.size() - 2);
    assertThat(timed.path("type").asText()).isEqualTo("timed");
    double sum = 0;
    for (var phase :
        List.of("start", "preparation", "engine", "loading", "javascript", "waiting")) {
      assertThat(timed.path(phase + "Millis").asDouble()).as(phase).isNotNegative();
      sum += timed.path(phase + "Millis").asDouble();
    }
    assertThat(timed.path("totalMillis").asDouble())
        .isCloseTo(sum, org.assertj.core.data.Offset.offset(0.01));
    assertThat(lines.getLast().path("durationMillis").asDouble())
        .isLessThan(timed.path("totalMillis").asDouble() + 50);
    assertThat(timed.path("steps").findValuesAsText("name"))
        .containsExactlyInAnyOrder("write", "read", "fetch", "run");
    assertThat(timed.path("operations").findValuesAsText("name")).contains("fs.write", "shell.run");
    assertThat(timed.path("contacts").findValuesAsText("name"))
        .contains("net=127.0.0.1:" + port, "exec=echo", "read=/etc/hostname");
    assertThat(timed.path("modules").findValuesAsText("name")).containsExactly("mine.js");
    assertThat(lines).noneMatch(line -> line.path("type").asText().equals("crossed"));
  }

  @Test
  void a_timed_run_shows_what_waited_for_a_limit() throws IOException {
    var recipe =
        recipe(
            """
            import { sleep } from 'hearth:time';
            import { $ } from 'hearth:shell';
            export default () => Promise.all([1, 2, 3].map(() => $`sleep 0.05`));
            """);
    hearth.set("HEARTH_LIMITS_PROCESSES", "1");
    assertThat(hearth.type("run", recipe, "--timing", "--allow-exec=sleep"))
        .as(hearth.err())
        .isZero();
    assertThat(hearth.err())
        .containsPattern("waited for limits\n +for +setting +count +total\n")
        .containsPattern("a child process +limits.processes +2 +");
  }

  @Test
  void a_timed_run_shows_what_waited_for_its_turn_at_a_system() throws IOException {
    var recipe =
        recipe(
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'A fleet', permissions: { proxmox: 'write' } };
            export default async () => {
              const pve = proxmox();
              const golden = await pve.vms.create({ node: 'pve', name: 'golden', scsi0: 'local-lvm:1' });
              await golden.template();
              await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((i) => golden.clone({ name: `web${i}` })));
            };
            """);
    assertThat(hearth.type("run", recipe, "--timing", "--simulate")).as(hearth.err()).isZero();
    assertThat(hearth.err()).containsPattern("a turn to copy guest 100 +learnt +[1-9]");
  }

  @Test
  void a_run_without_the_flags_says_nothing_of_it() throws IOException {
    assertThat(hearth.type(busy("--json"))).as(hearth.err()).isZero();
    assertThat(lines(hearth.out()))
        .noneMatch(line -> List.of("crossed", "timed").contains(line.path("type").asText()));
  }

  @Test
  void an_evaluation_is_traced_and_timed_as_a_run_is() {
    assertThat(
            hearth.type(
                "eval",
                "import { fs } from 'hearth:fs'; await fs.exists('/')",
                "--allow-read=/",
                "--trace",
                "--timing"))
        .as(hearth.err())
        .isZero();
    assertThat(hearth.out()).isEqualTo("true\n");
    assertThat(hearth.err()).contains("  gate  read=/  hearth:fs  ok").contains("phase");
  }

  @Test
  void tests_are_traced_with_the_recipes_that_they_run() throws IOException {
    recipe("import { fs } from 'hearth:fs'; export default () => fs.exists('/etc');");
    Files.writeString(
        folder.resolve("recipe.test.js"),
        """
        import { it, runRecipe } from 'hearth:test';
        it('runs', async () => { await runRecipe('./recipe.js'); });
        """);
    assertThat(hearth.type("test", folder.toString(), "--allow-read=/etc", "--trace", "--timing"))
        .as(hearth.err() + hearth.out())
        .isZero();
    assertThat(hearth.err()).contains("  gate  read=/etc  hearth:fs  ok").contains("phase");
  }

  @Test
  void a_repl_is_traced_as_it_goes() {
    hearth.input("import { fs } from 'hearth:fs'; await fs.exists('/')\n");
    assertThat(hearth.type("repl", "--allow-read=/", "--trace")).as(hearth.err()).isZero();
    assertThat(hearth.err()).contains("  gate  read=/  hearth:fs  ok");
  }
}
