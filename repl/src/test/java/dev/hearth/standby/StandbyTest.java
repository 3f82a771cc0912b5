package dev.hearth.standby;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.terminal.PseudoTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run in a standby process is the run that it would be in a process of its own. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandbyTest {
  private final Path folder;
  private final StandbyProcess standby;

  StandbyTest(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
    write(
        "hello.js",
        """
        export const recipe = { params: { who: { type: 'string' }, often: { type: 'integer', default: 1 } } };
        export default async ({ params, step, log }) => {
          log.info(`hello ${params.who}`);
          return await step('count', () => ({ who: params.who, often: params.often }));
        };
        """);
    write("fails.js", "export default () => { throw new Error('no'); };\n");
    write(
        "reads.js",
        """
        export const recipe = { permissions: { exec: ['true'] } };
        export default () => 'never here';
        """);
    write(
        "looks.js",
        """
        import { fs } from 'hearth:fs';
        export default ({ step }) => step('look', () => fs.exists('looks.js'));
        """);
    write(
        "waits.js",
        """
        export default async ({ step, log }) => {
          await step('made', () => 1, { undo: () => log.info('unmade') });
          log.info('waiting');
          await new Promise((resolve) => setTimeout(resolve, 60_000));
        };
        """);
    write(
        "talks.js",
        "export default () => { for (let i = 0; i < 20_000; i++) console.log('line ' + i); };\n");
    standby = new StandbyProcess(folder);
  }

  @AfterAll
  void stop() {
    standby.close();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void output_messages_and_status_are_the_same() throws Exception {
    for (var words :
        List.of(
            List.of("run", "hello.js", "--who", "ü"),
            List.of("run", "hello.js", "--who", "me", "--json"),
            List.of("run", "fails.js"),
            List.of("run", "hello.js"),
            List.of("run", "nowhere.js"),
            List.of("run", "hello.js", "--whom", "me"),
            List.of("eval", "[1, 2].map((x) => x * 2)"),
            List.of("run", "hello.js", "--params", "-"))) {
      var input = "{\"who\":\"from input\",\"often\":3}";
      var typed = words.toArray(String[]::new);

      var warm = standby.call(input, folder, Map.of(), typed);
      var cold = standby.cold(input, Map.of(), typed);

      if (!words.contains("--json")) {
        assertThat(warm.comparable()).as("%s", words).isEqualTo(cold.comparable());
      }
      assertThat(warm.status()).as("%s", words).isEqualTo(cold.status());
      assertThat(warm.out()).as("%s", words).doesNotStartWith("cold");
    }
  }

  @Test
  void a_trace_tells_the_same_on_the_screen_and_in_a_file_of_the_caller() throws Exception {
    var typed = new String[] {"run", "looks.js", "--allow-read=.", "--trace"};

    var warm = standby.call("", folder, Map.of(), typed);
    var cold = standby.cold("", Map.of(), typed);

    assertThat(warm.out()).isEqualTo("true\n");
    assertThat(withoutTimes(warm)).isEqualTo(withoutTimes(cold));
    assertThat(warm.err()).contains("looks.js");

    standby.call("", folder, Map.of(), "run", "looks.js", "--allow-read=.", "--trace=warm.jsonl");
    standby.cold("", Map.of(), "run", "looks.js", "--allow-read=.", "--trace=cold.jsonl");
    assertThat(traced("warm.jsonl")).isNotEmpty().isEqualTo(traced("cold.jsonl"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("warm.jsonl")))
        .isEqualTo(Files.getPosixFilePermissions(folder.resolve("cold.jsonl")));
  }

  @Test
  void a_timing_has_the_same_parts_and_begins_when_the_caller_did() throws Exception {
    var typed = new String[] {"run", "looks.js", "--allow-read=.", "--timing", "--json"};

    var began = System.nanoTime();
    var warm = timed(standby.call("", folder, Map.of(), typed).out());
    var wallMillis = (System.nanoTime() - began) / 1e6;
    var cold = timed(standby.cold("", Map.of(), typed).out());

    assertThat(shape(warm)).isEqualTo(shape(cold));
    assertThat(warm.path("totalMillis").asDouble(-1))
        .as(warm.toString())
        .isBetween(0.0, wallMillis);
  }

  private static String withoutTimes(StandbyProcess.Outcome outcome) {
    return outcome
        .comparable()
        .err()
        .replaceAll("\\d+(\\.\\d+)?µs\\b", "TIME")
        .replaceAll(" +", " ");
  }

  private List<String> traced(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .map(
            line ->
                line.replaceAll(
                    "\"(run|time|[a-zA-Z]*(Millis|Micros|Nanos))\":(\"[^\"]*\"|[0-9.]+),?", ""))
        .toList();
  }

  private static JsonNode timed(String lines) throws IOException {
    for (var line : lines.lines().toList()) {
      var event = JsonMapper.builder().build().readTree(line);
      if (event.path("type").asText().equals("timed")) {
        return event;
      }
    }
    throw new AssertionError("nothing was timed in:\n" + lines);
  }

  /** The names of all that a timing tells, without the numbers. */
  private static List<String> shape(JsonNode timed) {
    var names = new ArrayList<String>();
    timed.fieldNames().forEachRemaining(names::add);
    names.addAll(timed.findValuesAsText("name"));
    return names;
  }

  @Test
  void variables_are_those_of_the_caller() throws Exception {
    var outcome =
        standby.call(
            "",
            folder,
            Map.of("HEARTH_PARAM_WHO", "the caller", "FORCE_COLOR", "1"),
            "run",
            "hello.js");

    assertThat(outcome.out()).contains("the caller");
    assertThat(outcome.err()).contains("\u001b[");
    assertThat(standby.call("run", "hello.js").err()).contains("hello undefined");
  }

  @Test
  void a_run_that_may_start_programs_is_a_process_of_its_own() throws Exception {
    for (var words :
        List.of(
            List.of("run", "reads.js"),
            List.of("run", "hello.js", "--who", "me", "--allow-exec", "true"),
            List.of("run", "hello.js", "--who", "me", "--allow-all"),
            List.of("version"))) {
      var outcome = standby.call(words.toArray(String[]::new));

      assertThat(outcome.out())
          .isEqualTo("cold " + outcome.pid() + " [unsuitable] " + String.join(" ", words) + "\n");
      assertThat(outcome.err())
          .as("no signal is held back")
          .startsWith("SigBlk:\t0000000000000000");
      assertThat(outcome.status()).isZero();
    }
  }

  @Test
  void who_stands_elsewhere_or_has_other_limits_is_sent_back() throws Exception {
    var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));

    assertThat(standby.call("", elsewhere, Map.of(), "run", "hello.js").out()).startsWith("cold");
    assertThat(standby.call("", folder, Map.of("TZ", "Asia/Tokyo"), "eval", "1").out())
        .startsWith("cold");

    var limited = standby.caller(folder, Map.of(), "eval", "1");
    limited.command().addAll(0, List.of("sh", "-c", "umask 077; exec \"$@\"", "sh"));
    assertThat(StandbyProcess.outcome(limited.start(), "").out()).startsWith("cold");
  }

  @Test
  void who_comes_while_it_is_busy_is_sent_back_and_a_signal_stops_gently() throws Exception {
    var waiting = standby.caller(folder, Map.of(), "run", "waits.js", "--on-error", "undo").start();
    var err = waiting.errorReader(StandardCharsets.UTF_8);
    var said = new StringBuilder();
    while (said.indexOf("waiting") < 0) {
      said.append(err.readLine()).append('\n');
    }

    assertThat(standby.call("eval", "1").out()).startsWith("cold");
    assertThat(standby.address.state()).get().matches(StandbyState::busy);

    waiting.toHandle().destroy(); // SIGTERM, and its output is still read
    for (var line = err.readLine(); line != null; line = err.readLine()) {
      said.append(line).append('\n');
    }
    assertThat(said).contains("Stopping; once more ends it at once.").contains("unmade");
    assertThat(waiting.waitFor()).isEqualTo(130);
    assertThat(standby.call("eval", "20 + 1").out()).isEqualTo("21\n");
  }

  @Test
  void a_caller_that_is_killed_stops_its_run() throws Exception {
    var waiting = standby.caller(folder, Map.of(), "run", "waits.js", "--on-error", "undo").start();
    var err = waiting.errorReader(StandardCharsets.UTF_8);
    for (var line = err.readLine(); !line.contains("waiting"); ) {
      line = err.readLine();
    }

    waiting.destroyForcibly().waitFor();

    while (standby.address.state().orElseThrow().busy()) {
      Thread.onSpinWait();
    }
    var runs = standby.cold("", Map.of(), "runs", "list", "--limit", "1", "--json");
    assertThat(runs.out()).contains("\"error\":\"run.interrupted\"");
    assertThat(standby.isAlive()).isTrue();
  }

  @Test
  void output_that_nobody_reads_any_more_hurts_nobody() throws Exception {
    var talking = standby.caller(folder, Map.of(), "run", "talks.js").start();
    assertThat(talking.errorReader().readLine()).contains("talks.js");
    talking.getInputStream().close();
    talking.getErrorStream().close();

    assertThat(talking.waitFor()).isZero();
    assertThat(standby.call("eval", "1").out()).isEqualTo("1\n");
  }

  @Test
  void who_sits_at_the_callers_terminal_is_asked_after_a_failure() throws Exception {
    write(
        "asks.js",
        """
        export default async ({ step }) => {
          await step('made', () => 1, { undo: () => console.log('unmade') });
          throw new Error('no');
        };
        """);
    var caller = standby.caller(folder, Map.of(), "run", "asks.js", "--on-error=ask");
    try (var terminal = new PseudoTerminal(caller)) {
      assertThat(terminal.see("[u]ndo `made`, [r]etry? ").type("u\r").status()).isEqualTo(1);
      assertThat(terminal.shown()).contains("unmade", "1 step undone").doesNotContain("cold");
    }
    var next = standby.caller(folder, Map.of(), "run", "asks.js", "--on-error=ask");
    try (var terminal = new PseudoTerminal(next)) { // Ctrl-C, with nobody left to read the answer
      assertThat(terminal.see("[r]etry? ").type("\u0003").status()).isEqualTo(11);
    }
    assertThat(standby.call("run", "hello.js", "--who", "me").status()).isZero();
  }

  @Test
  void nothing_of_a_run_is_left_for_the_next() throws Exception {
    standby.call("eval", "globalThis.left = 1; Array.prototype.map = () => 'mine'; 1");

    assertThat(standby.call("eval", "typeof left + [1].map((x) => x + 1)").out())
        .isEqualTo("undefined2\n");
  }

  @Test
  void only_the_user_can_reach_it() throws IOException {
    assertThat(Files.getPosixFilePermissions(address().folder()).toString())
        .doesNotContain("GROUP", "OTHERS");
  }

  @Test
  void it_is_found_and_ends_when_told() throws Exception {
    try (var another =
        new StandbyProcess(Files.createDirectory(folder.resolve("another")).toRealPath())) {
      assertThat(another.address.state())
          .get()
          .extracting(StandbyState::pid)
          .isEqualTo(another.pid());

      another.address.end();
      another.awaitEnd();

      assertThat(another.isAlive()).isFalse();
      assertThat(another.address.socket()).doesNotExist();
      assertThat(another.address.isServed()).isFalse();
      assertThat(another.address.state()).isEmpty();
    }
  }

  @Test
  void one_that_was_killed_is_taken_for_none() throws Exception {
    try (var another =
        new StandbyProcess(Files.createDirectory(folder.resolve("killed")).toRealPath())) {
      assertThat(another.address.isServed()).isTrue();

      another.kill();

      assertThat(another.address.socket()).exists();
      assertThat(another.address.isServed()).isFalse();
    }
  }

  @Test
  void a_machine_with_much_memory_keeps_it_as_well() throws Exception {
    try (var another =
        new StandbyProcess(
            Files.createDirectory(folder.resolve("large")).toRealPath(), "-Xms800m")) {
      assertThat(another.call("eval", "1").out()).isEqualTo("1\n");
      assertThat(another.call("eval", "2").out()).isEqualTo("2\n");

      assertThat(another.address.state()).get().extracting(StandbyState::runs).isEqualTo(2);
    }
  }

  @Test
  void its_log_tells_of_it_and_of_the_runs_that_it_does() throws Exception {
    try (var another =
        new StandbyProcess(Files.createDirectory(folder.resolve("told")).toRealPath())) {
      Files.writeString(another.folder.resolve("fails.js"), "export default () => { throw 1; };");
      another.call("run", "fails.js");
      another.address.end();
      another.awaitEnd();

      var lines = Files.readAllLines(another.folder.resolve("STATE/log/hearth.log"));
      assertThat(lines).allMatch(line -> line.contains("\"process\":" + another.pid() + ","));
      assertThat(lines)
          .extracting(line -> line.replaceAll(".*?\"message\":\"(.*?)\".*", "$1"))
          .containsExactly(
              "A standby process began.",
              "The run began.",
              "The run ended: failed.",
              "The standby process ended.");
    }
  }

  @Test
  void without_one_the_caller_becomes_the_ordinary_program() throws Exception {
    var nowhere = Files.createDirectory(folder.resolve("nowhere")).toRealPath();
    try (var ended = new StandbyProcess(nowhere)) {
      ended.address.end();
      ended.awaitEnd();

      assertThat(ended.call("run", "a b.js", "").out()).endsWith("[absent] run a b.js \n");
    }
  }

  private StandbyAddress address() {
    return standby.address;
  }
}
