package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.Inspection;
import dev.hearth.runtime.LiveRun;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A debugger looks into a run. */
class InspectTest {
  private static final String RECIPE =
      """
      import { helper } from './helper.js';
      import { log } from 'hearth:log';
      export default async function ({ params }) {
        let sum = 0;
        for (const each of [1, 2, 3]) {
          sum += helper(each);
        }
        log.info('the sum is ' + sum);
        return sum;
      }
      //# sourceMappingURL=recipe.js.map
      """;

  private final Path folder;
  private final Hearth hearth;
  private final CompletableFuture<RunEvent.Inspectable> door = new CompletableFuture<>();

  InspectTest(@TempDir Path temp) throws IOException {
    folder = temp.toRealPath();
    hearth =
        Hearth.builder()
            .home(folder.resolve("home"))
            .environment(name -> java.util.Optional.empty())
            .build();
    Files.writeString(
        folder.resolve("helper.js"),
        "export function helper(n) {\n  const twice = n * 2;\n  return twice;\n}\n");
  }

  private Path recipe(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private LiveRun start(RunRequest request, boolean waits) throws InterruptedException {
    var inspection = new Inspection("127.0.0.1", 0, waits);
    return hearth.start(
        request.diagnosed(Diagnostics.inspected(inspection)),
        event -> {
          if (event instanceof RunEvent.Inspectable it) {
            door.complete(it);
          }
        });
  }

  private String url() throws Exception {
    return door.get(30, TimeUnit.SECONDS).url();
  }

  private static int line(com.fasterxml.jackson.databind.JsonNode paused) {
    return paused.path("callFrames").path(0).path("location").path("lineNumber").asInt() + 1;
  }

  private static String place(com.fasterxml.jackson.databind.JsonNode paused) {
    return paused.path("callFrames").path(0).path("url").asText();
  }

  @Test
  void it_stops_at_the_first_line_that_runs_and_at_breakpoints_and_goes_on() throws Exception {
    var recipe = recipe("recipe.js", RECIPE);
    var run = start(RunRequest.of(recipe), true);
    try (var debugger = new DebuggerClient(url())) {
      debugger.attach();
      var parsed =
          debugger.event(
              "Debugger.scriptParsed",
              script -> script.path("url").asText().equals(recipe.toUri().toString()));
      assertThat(parsed.path("sourceMapURL").asText()).isEqualTo("recipe.js.map");
      var first = debugger.event("Debugger.paused");
      assertThat(place(first)).isEqualTo(recipe.toUri().toString());
      assertThat(line(first)).isEqualTo(3);

      var set =
          debugger.ask(
              "Debugger.setBreakpointByUrl",
              "{\"url\":\"%s\",\"lineNumber\":5}".formatted(recipe.toUri()));
      assertThat(set.path("breakpointId").asText()).isNotEmpty();
      debugger.ask("Debugger.resume");
      var paused = debugger.event("Debugger.paused");
      assertThat(place(paused)).isEqualTo(recipe.toUri().toString());
      assertThat(line(paused)).isEqualTo(6);
      assertThat(debugger.local(paused, "sum").path("value").asInt()).isZero();
      assertThat(debugger.local(paused, "each").path("value").asInt()).isEqualTo(1);

      debugger.ask("Debugger.stepInto");
      var inside = debugger.event("Debugger.paused");
      assertThat(place(inside)).endsWith("/helper.js");
      debugger.ask(
          "Debugger.removeBreakpoint",
          "{\"breakpointId\":\"%s\"}".formatted(set.path("breakpointId").asText()));
      debugger.ask("Debugger.resume");
      assertThat(run.await().value()).hasToString("12");
    }
  }

  @Test
  void a_recipe_in_typescript_is_stopped_at_its_own_lines() throws Exception {
    var recipe =
        recipe(
            "recipe.ts",
            """
            interface Machine {
              name: string;
            }
            export default async function (): Promise<string> {
              const machine: Machine = { name: 'web' };
              const shown: string = machine.name as string;
              return shown;
            }
            """);
    var run = start(RunRequest.of(recipe), true);
    try (var debugger = new DebuggerClient(url())) {
      debugger.attach();
      debugger.event("Debugger.paused");
      debugger.ask(
          "Debugger.setBreakpointByUrl",
          "{\"url\":\"%s\",\"lineNumber\":6}".formatted(recipe.toUri()));
      debugger.ask("Debugger.resume");
      var paused = debugger.event("Debugger.paused");
      assertThat(line(paused)).isEqualTo(7);
      assertThat(debugger.local(paused, "shown").path("value").asText()).isEqualTo("web");
      debugger.ask("Debugger.resume");
      assertThat(run.await().value()).hasToString("\"web\"");
    }
  }

  @Test
  void without_waiting_it_runs_on_and_a_debugger_may_come_later() throws Exception {
    var recipe =
        recipe(
            "recipe.js",
            """
            export default async function () {
              for (let i = 0; ; i++) {
                await new Promise((resolve) => setTimeout(resolve, 5));
                if (globalThis.enough) return i;
              }
            }
            """);
    var run = start(RunRequest.of(recipe), false);
    try (var debugger = new DebuggerClient(url())) {
      debugger.attach();
      debugger.event(
          "Debugger.scriptParsed",
          script -> script.path("url").asText().equals(recipe.toUri().toString()));
      var set =
          debugger.ask(
              "Debugger.setBreakpointByUrl",
              "{\"url\":\"%s\",\"lineNumber\":3}".formatted(recipe.toUri()));
      var paused = debugger.event("Debugger.paused");
      assertThat(line(paused)).isEqualTo(4);
      var frame = paused.path("callFrames").path(0).path("callFrameId").asText();
      debugger.ask(
          "Debugger.evaluateOnCallFrame",
          "{\"callFrameId\":\"%s\",\"expression\":\"globalThis.enough = true\"}".formatted(frame));
      debugger.ask(
          "Debugger.removeBreakpoint",
          "{\"breakpointId\":\"%s\"}".formatted(set.path("breakpointId").asText()));
      debugger.ask("Debugger.resume");
      assertThat(run.await().succeeded()).isTrue();
    }
  }

  @Test
  void a_debugger_that_goes_away_lets_the_recipe_go_on() throws Exception {
    var run = start(RunRequest.of(recipe("recipe.js", RECIPE)), true);
    try (var debugger = new DebuggerClient(url())) {
      debugger.attach();
      debugger.event("Debugger.paused");
    }
    assertThat(run.await().value()).hasToString("12");
  }

  @Test
  void the_time_in_which_it_is_paused_is_not_the_recipes() throws Exception {
    var recipe = recipe("recipe.js", RECIPE);
    var run = start(RunRequest.of(recipe).timeout(Duration.ofMillis(300)), true);
    try (var debugger = new DebuggerClient(url())) {
      debugger.attach();
      var paused = debugger.event("Debugger.paused");
      long until = System.nanoTime() + Duration.ofMillis(700).toNanos();
      while (System.nanoTime() < until) { // somebody thinks
        debugger.ask("Runtime.evaluate", "{\"expression\":\"1\"}");
      }
      assertThat(paused.isMissingNode()).isFalse();
      debugger.ask("Debugger.resume");
      assertThat(run.await().error()).isNull();
    }
  }

  @Test
  void a_paused_recipe_can_be_stopped() throws Exception {
    var run = start(RunRequest.of(recipe("recipe.js", RECIPE)), true);
    try (var debugger = new DebuggerClient(url())) {
      debugger.attach();
      debugger.event("Debugger.paused");
      run.stop();
      assertThat(java.util.Objects.requireNonNull(run.await().error()).code())
          .isEqualTo("run.interrupted");
    }
  }

  @Test
  void a_stop_runs_no_line_after_the_one_at_which_it_is_paused() throws Exception {
    var marker = folder.resolve("marker");
    var text =
        """
        import { fs } from 'hearth:fs';
        export default async function () {
          let ready = true;
          await fs.write('%s', String(ready));
        }
        """;
    var recipe = recipe("recipe.js", text.formatted(marker));
    var run = start(RunRequest.of(recipe).allow("write=" + folder), true);
    try (var debugger = new DebuggerClient(url())) {
      debugger.attach();
      var first = debugger.event("Debugger.paused");
      assertThat(place(first)).isEqualTo(recipe.toUri().toString());
      run.stop();
      assertThat(run.await().succeeded()).isFalse();
    }
    assertThat(marker).doesNotExist();
  }

  @Test
  void a_recipe_that_waits_for_a_debugger_can_be_stopped() throws Exception {
    var run = start(RunRequest.of(recipe("recipe.js", RECIPE)), true);
    url();
    run.stop();
    assertThat(java.util.Objects.requireNonNull(run.await().error()).code())
        .isEqualTo("run.interrupted");
  }

  @Test
  void nobody_comes_in_without_the_whole_address_and_nobody_is_told_it() throws Exception {
    var run = start(RunRequest.of(recipe("recipe.js", RECIPE)), true);
    var url = URI.create(url());
    assertThat(url.getPath()).matches("/[0-9a-f]{32,}");
    for (var path : new String[] {"/", "/json", "/json/list", "/json/version", "/secret"}) {
      assertThat(answer(url, path, url.getAuthority())).startsWith("HTTP/1.1 404");
    }
    assertThat(answer(url, url.getPath(), "evil.example")).startsWith("HTTP/1.1 404");
    assertThat(answer(url, url.getPath(), url.getAuthority())).startsWith("HTTP/1.1 426");
    run.stop();
    assertThat(run.await().succeeded()).isFalse();
  }

  private static String answer(URI url, String path, String host) throws IOException {
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(10_000);
      var request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void an_address_that_is_none_is_refused_before_anything_runs() throws IOException {
    var recipe = recipe("recipe.js", "export default () => console.log('it ran');").toString();
    var typed = new TypedCommand().at(folder.resolve("home"));
    for (var wrong : new String[] {"nine", "70000", "127.0.0.1:", ":9229", "a b:1"}) {
      assertThat(typed.type("run", recipe, "--inspect=" + wrong)).as(wrong).isEqualTo(2);
      assertThat(typed.err()).startsWith("error: --inspect cannot be `" + wrong + "`.");
      assertThat(typed.out()).isEmpty();
    }
  }

  @Test
  void a_port_that_is_taken_is_told_and_nothing_runs() throws IOException {
    var recipe = recipe("recipe.js", "export default () => console.log('it ran');").toString();
    var typed = new TypedCommand().at(folder.resolve("home"));
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      assertThat(typed.type("run", recipe, "--inspect=" + taken.getLocalPort())).isEqualTo(4);
      assertThat(typed.err()).contains("net.listen-failed");
      assertThat(typed.out()).isEmpty();
    }
  }

  @Test
  void who_asks_for_a_debugger_is_told_where_and_what_it_means() throws IOException {
    var recipe = recipe("recipe.js", "export default () => 'done';").toString();
    var typed = new TypedCommand().at(folder.resolve("home"));
    assertThat(typed.type("run", recipe, "--inspect=0")).as(typed.err()).isZero();
    assertThat(typed.err())
        .containsPattern("  debugger: ws://127\\.0\\.0\\.1:\\d+/[0-9a-f]+\n")
        .containsPattern(
            "  in Chrome: devtools://devtools/bundled/js_app.html\\?ws=127\\.0\\.0\\.1:\\d+/")
        .contains("Who knows this address can do all that the recipe may, and read its secrets.\n");
  }

  @Test
  void there_is_one_debugger_at_a_time() throws Exception {
    var run = start(RunRequest.of(recipe("recipe.js", RECIPE)), true);
    try (var _ = new DebuggerClient(url())) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new DebuggerClient(url())))
          .isNotNull();
    }
    run.stop();
    run.await();
  }
}
