package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes that want all memory, and such as no interrupt reaches, in a process of their own. */
class MemoryTest {
  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();

  MemoryTest(@TempDir Path temp) throws IOException {
    folder = temp.toRealPath();
  }

  /** How a process ended. */
  private record Ended(int status, JsonNode last, Duration took) {}

  private Ended run(String heap, String recipe, List<String> flags) throws Exception {
    var file = Files.writeString(folder.resolve("recipe.js"), recipe);
    var words = new ArrayList<>(List.of("run", file.toString(), "--json"));
    words.addAll(flags);
    var line = JavaCommand.hearth(List.of("-Xmx" + heap), words);
    var builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
    for (var place : List.of("CONFIG", "DATA", "STATE", "CACHE")) {
      builder.environment().put("HEARTH_" + place + "_HOME", folder.resolve("home").toString());
    }
    builder.environment().put("HEARTH_TIMEOUTS_GRACE", "500ms");
    builder.environment().put("HEARTH_STANDBY", "off");
    builder.environment().putAll(variables);
    long began = System.nanoTime();
    var process = builder.start();
    try {
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var status = process.waitFor();
      var last = said.lines().reduce((a, b) -> b).orElse("{}");
      return new Ended(
          status, new ObjectMapper().readTree(last), Duration.ofNanos(System.nanoTime() - began));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String recipe(String body) {
    return "export default async ({ step }) => {\n  await step('first', () => 1);\n"
        + body
        + "\n};\n";
  }

  private String journal() throws IOException {
    try (var runs = Files.walk(folder.resolve("home"))) {
      return Files.readString(
          runs.filter(file -> file.endsWith("journal.jsonl")).findFirst().orElseThrow());
    }
  }

  private JsonNode lastOfJournal() throws IOException {
    return new ObjectMapper().readTree(journal().lines().toList().getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const all = []; for (let i = 0; ; i++) all.push(('x' + i).repeat(100000));", // strings
        "const all = []; for (;;) all.push(new Array(10000).fill(1.5));", // arrays
        "const all = []; for (;;) all.push(new Uint8Array(1_000_000).fill(1));", // typed arrays
        "const all = []; for (let n = 2n ** 100000n; ; n *= 3n) all.push(n);", // bigints
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });", // maps
        "let p = Promise.resolve(); const all = [];"
            + " for (;;) { all.push(p = p.then((x) => x)); }", // promise chains
        "const all = []; for (;;) { try { for (;;) all.push(new Array(10000)); } catch {} }",
        "const all = []; for (;;) { all.push(new Array(1000).fill(0)); await null; }",
      })
  void a_recipe_that_keeps_all_ends_and_its_journal_can_be_resumed(String body) throws Exception {
    var ended = run("128m", recipe(body), List.of());

    assertThat(ended.status()).as(ended.toString()).isIn(1, 11);
    assertThat(journal()).contains("\"type\":\"step-finished\"", "\"step\":\"first\"");
    // In a heap that is full to the last byte, what would tell of the end may find no room either.
    if (ended.last().path("type").asText().equals("finished")) {
      assertThat(ended.last().path("error").path("code").asText())
          .as(ended.toString())
          .isEqualTo("limit.out-of-memory");
      assertThat(ended.status()).isEqualTo(11);
      assertThat(lastOfJournal().path("type").asText()).isEqualTo("finished");
    }
  }

  @Test
  void the_setting_ends_a_run_long_before_the_heap_is_full() throws Exception {
    var body = "const all = []; for (;;) { all.push(new Array(1000).fill(0)); await null; }";
    variables.put("HEARTH_LIMITS_MEMORY", "100MiB");
    var ended = run("900m", "export default async () => {" + body + "};", List.of());
    assertThat(ended.last().path("error").path("message").asText())
        .isEqualTo("The run needs more memory than the 100 MiB that it has.");
    assertThat(ended.last().path("error").path("hint").asText()).contains("`limits.memory`");
    assertThat(ended.status()).isEqualTo(1);
  }

  /** One step of the engine, of minutes, that takes no interrupt. */
  @Test
  void what_no_interrupt_reaches_is_left_behind_and_the_process_ends() throws Exception {
    var ended = run("2g", recipe("return (3n ** 500000000n) % 7n;"), List.of("--timeout=2s"));
    var error = ended.last().path("error");
    assertThat(error.path("code").asText()).as(ended.toString()).isEqualTo("run.timed-out");
    assertThat(error.path("also").findValuesAsText("code")).containsExactly("run.stuck");
    assertThat(ended.status()).isEqualTo(11);
    assertThat(ended.took()).isLessThan(Duration.ofSeconds(60));
    assertThat(lastOfJournal().path("type").asText()).isEqualTo("finished");
  }
}
