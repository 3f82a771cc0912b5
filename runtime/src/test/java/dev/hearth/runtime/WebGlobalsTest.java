package dev.hearth.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The web's globals behave as the web's: each case of the specs in {@code web/} holds, or is known
 * not to and why. The same cases run under Node.js, so that what they expect is not only our
 * opinion.
 */
class WebGlobalsTest {
  private static final List<String> SPECS =
      List.of(
          "url.spec.js",
          "encoding.spec.js",
          "events.spec.js",
          "clone.spec.js",
          "streams.spec.js",
          "fetch.spec.js");
  private static final Path PAGE = Path.of("../docs/globals.md");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Path folder = Path.of("");
  private static WebServer server;

  @BeforeAll
  static void layOut(@TempDir Path temporary) throws IOException {
    folder = temporary;
    server = new WebServer();
    for (var name : SPECS) {
      copy(name);
    }
    copy("harness.js");
    copy("node.mjs");
    Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
    Files.writeString(
        folder.resolve("recipe.js"),
        SPECS.stream().map("import './%s';%n"::formatted).collect(Collectors.joining())
            + """
            import { runAll } from './harness.js';
            export const recipe = {
              params: { origin: { type: 'string' } },
              permissions: { net: ['127.0.0.1:PORT', '127.0.0.1:1'] },
            };
            export default ({ params }) => runAll(params.origin);
            """
                .replace("127.0.0.1:PORT", server.address()));
  }

  private static void copy(String name) throws IOException {
    Files.writeString(folder.resolve(name), resource(name));
  }

  private static String resource(String name) throws IOException {
    try (var in = WebGlobalsTest.class.getResourceAsStream("web/" + name)) {
      return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  /** How many cases there are of each family, and those that do not hold, with why. */
  private record Outcome(Map<String, Integer> counts, List<String> failures) {
    static Outcome of(JsonNode results) {
      var counts = new TreeMap<String, Integer>(String.CASE_INSENSITIVE_ORDER);
      var failures = new ArrayList<String>();
      for (var result : results) {
        counts.merge(result.get("family").asText(), 1, Integer::sum);
        if (!result.get("why").isNull()) {
          failures.add(id(result) + " -- " + result.get("why").asText());
        }
      }
      return new Outcome(counts, failures);
    }

    private static String id(JsonNode result) {
      return result.get("family").asText() + ": " + result.get("name").asText();
    }

    int total() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    List<String> unexplained(List<String> known) {
      return failures.stream().filter(failure -> !known.contains(name(failure))).toList();
    }

    List<String> mended(List<String> known) {
      var failing = failures.stream().map(Outcome::name).toList();
      return known.stream().filter(name -> !failing.contains(name)).toList();
    }

    private static String name(String failure) {
      return failure.substring(0, failure.indexOf(" -- "));
    }
  }

  /** Lines {@code WHERE | CASE | WHY}. */
  private static List<String> known(String where) throws IOException {
    return resource("known-differences.txt")
        .lines()
        .filter(line -> line.startsWith(where + " | "))
        .map(line -> line.split(" \\| ", 3))
        .peek(parts -> assertThat(parts).as("a difference has a reason").hasSize(3))
        .map(parts -> parts[1])
        .toList();
  }

  @Test
  void every_case_holds_in_a_recipe_or_is_known_not_to() throws Exception {
    var hearth =
        Hearth.builder()
            .home(folder.resolve("home"))
            .bindings(List.of())
            .environment(name -> Optional.empty())
            .build();
    var result =
        hearth.run(
            RunRequest.of(folder.resolve("recipe.js"))
                .param("origin", "http://" + server.address())
                .allow("net=" + server.address())
                .allow("net=127.0.0.1:1"));
    assertThat(result.error()).isNull();
    var outcome = Outcome.of(requireNonNull(result.value()));

    assertThat(outcome.unexplained(known("hearth"))).isEmpty();
    assertThat(outcome.mended(known("hearth"))).as("listed, but holding").isEmpty();
    assertThat(Files.readString(PAGE)).contains(table(outcome));
  }

  /** As docs/globals.md has it. */
  private static String table(Outcome outcome) {
    var rows =
        outcome.counts().entrySet().stream()
            .map(entry -> "| %s | %d |%n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return rows + "| all | %d |".formatted(outcome.total());
  }

  @Test
  void every_case_holds_in_node_or_is_known_not_to() throws Exception {
    assumeTrue(nodeMajor() >= 20, "Node.js 20 or newer is not installed here");
    var command = new ArrayList<>(List.of("node", "node.mjs", "http://" + server.address()));
    command.addAll(SPECS);
    var output = folder.resolve("node.json");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    var outcome = Outcome.of(JSON.readTree(output.toFile()));

    assertThat(outcome.unexplained(known("node"))).isEmpty();
  }

  private static int nodeMajor() throws InterruptedException {
    try {
      var process = new ProcessBuilder("node", "--version").start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? Integer.parseInt(said.replaceAll("^v(\\d+)\\..*\\s*$", "$1"))
          : 0;
    } catch (IOException e) {
      return 0; // it is not installed
    }
  }
}
