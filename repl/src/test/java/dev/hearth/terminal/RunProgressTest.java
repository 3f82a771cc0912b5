package dev.hearth.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run as a person follows it. */
class RunProgressTest {
  private static final Instant T = Instant.parse("2026-11-23T04:10:12Z");
  private static final ErrorReport ERROR =
      new ErrorReport(
          "proxmox.storage-full",
          ErrorKind.SYSTEM,
          "Storage local-lvm has no room for 20 GiB.",
          "Free some, or choose another with `--storage`.",
          null,
          Map.of(),
          List.of(),
          List.of());
  private static final List<RunEvent> GOOD =
      List.of(
          new RunEvent.Started(T, "r1", "template.js", true),
          new RunEvent.StepStarted(T, "download"),
          new RunEvent.Logged(
              T, RunEvent.Logged.Level.INFO, "", "found", Map.of("image", TextNode.valueOf("d12"))),
          new RunEvent.Logged(T, RunEvent.Logged.Level.DEBUG, "proxmox", "GET /nodes", Map.of()),
          new RunEvent.Logged(T, RunEvent.Logged.Level.WARN, "", "old image", Map.of()),
          new RunEvent.Printed(T, false, "data"),
          new RunEvent.Audited(T, "net=pve:8006", true),
          new RunEvent.StepFinished(T, "download", Duration.ofMillis(4120), null),
          new RunEvent.Finished(
              T,
              new RunResult(
                  "r1",
                  RunResult.Status.DONE,
                  IntNode.valueOf(1),
                  null,
                  0,
                  Duration.ofSeconds(5))));
  private static final List<RunEvent> BAD =
      List.of(
          new RunEvent.Started(T, "r2", "template.js", false),
          new RunEvent.StepStarted(T, "create"),
          new RunEvent.StepFinished(T, "create", Duration.ofMillis(800), null),
          new RunEvent.StepStarted(T, "disk"),
          new RunEvent.StepFinished(T, "disk", Duration.ofMillis(90), ERROR),
          new RunEvent.Undoing(T, ERROR),
          new RunEvent.StepUndoing(T, "create"),
          new RunEvent.StepUndone(T, "create", null),
          new RunEvent.Finished(
              T,
              new RunResult("r2", RunResult.Status.FAILED, null, ERROR, 4, Duration.ofSeconds(2))));

  private static TestScreens follow(List<RunEvent> events, Screen screen, Verbosity verbosity) {
    var seen = new TestScreens();
    try (var progress = new RunProgress(seen.with(screen, ""), verbosity, Clock.system())) {
      events.forEach(progress);
    }
    return seen;
  }

  @Test
  void a_pipe_gets_plain_lines_and_data_goes_to_the_other_stream() {
    var seen = follow(GOOD, Screen.pipe(), Verbosity.NORMAL);
    assertThat(seen.err())
        .isEqualTo(
            """
            ▸ template.js  simulated  run r1
              … download
              found  image=d12
              warning: old image
              ✓ download  4.1s
            ✓ done in 5s
            """);
    assertThat(seen.out()).isEqualTo("data\n");
  }

  @Test
  void quiet_leaves_only_warnings() {
    assertThat(follow(GOOD, Screen.pipe(), Verbosity.QUIET).err())
        .isEqualTo("  warning: old image\n");
  }

  @Test
  void verbose_adds_debug_messages_and_the_use_of_permissions() {
    assertThat(follow(GOOD, Screen.pipe(), Verbosity.VERBOSE).err())
        .contains("  debug proxmox: GET /nodes\n", "  used net=pve:8006\n");
  }

  @Test
  void a_failure_ends_with_what_was_undone_and_what_to_type_next() {
    assertThat(follow(BAD, Screen.pipe(), Verbosity.NORMAL).err())
        .isEqualTo(
            """
            ▸ template.js  run r2
              … create
              ✓ create  800ms
              … disk
              ✗ disk  90ms
            error: Storage local-lvm has no room for 20 GiB.            proxmox.storage-full
              hint: Free some, or choose another with `--storage`.
              ↶ undoing: create
              ↶ undone: create

            ✗ failed, 1 step undone in 2s
              next: hearth runs show r2
            """);
  }

  @Test
  void on_a_terminal_the_running_step_has_a_line_that_is_erased_before_anything_else() {
    var seen = follow(BAD.subList(0, 3), TestScreens.live(80), Verbosity.NORMAL).err();
    assertThat(seen).doesNotContain("… create");
    assertThat(seen)
        .matches("(?s)▸ template.js  run r2\n  . create.*\r\u001b\\[K  ✓ create  800ms\n");
  }

  @Test
  void while_steps_are_undone_the_living_line_says_so_and_not_what_was_cut_off() {
    var events =
        List.<RunEvent>of(
            new RunEvent.StepStarted(T, "long"),
            new RunEvent.Undoing(T, ERROR),
            new RunEvent.StepUndoing(T, "create"));
    var seen = follow(events, TestScreens.live(80), Verbosity.NORMAL).err();
    assertThat(seen).contains("error: Storage local-lvm").endsWith("  ↶ undoing: create\r\u001b[K");
    assertThat(seen.substring(seen.indexOf("error:"))).doesNotContain("long");
  }

  @Test
  void closing_leaves_no_living_line_behind() {
    var seen = follow(BAD.subList(0, 2), TestScreens.live(80), Verbosity.NORMAL).err();
    assertThat(seen).endsWith("\r\u001b[K");
  }

  @Test
  void a_long_step_name_never_wraps_the_living_line() {
    var events = List.<RunEvent>of(new RunEvent.StepStarted(T, "x".repeat(200)));
    var line = follow(events, TestScreens.live(40), Verbosity.NORMAL).err().split("\r", -1)[0];
    assertThat(TextWidth.of(line)).isLessThan(40);
  }

  @Test
  void what_a_recipe_prints_cannot_steer_a_terminal_but_reaches_a_pipe_unchanged() {
    var events = List.<RunEvent>of(new RunEvent.Printed(T, false, "\u001b[2Jx"));
    assertThat(follow(events, TestScreens.terminal(80), Verbosity.NORMAL).out())
        .isEqualTo("\\u001b[2Jx\n");
    assertThat(follow(events, Screen.pipe(), Verbosity.NORMAL).out()).isEqualTo("\u001b[2Jx\n");
  }

  @Test
  void json_tells_why_and_what_is_undone() {
    var seen = new TestScreens();
    BAD.forEach(new EventJson(seen.with(Screen.pipe(), "").out()));
    assertThat(seen.out())
        .containsSubsequence(
            "\"type\":\"undoing\"",
            "\"code\":\"proxmox.storage-full\"",
            "\"type\":\"step-undoing\"",
            "\"step\":\"create\"",
            "\"type\":\"step-undone\"");
  }

  @Test
  void quiet_json_is_warnings_errors_what_is_printed_and_the_end() {
    assertThat(quietTypes(GOOD)).containsExactly("logged", "printed", "finished");
    assertThat(quietTypes(BAD)).containsExactly("step-finished", "undoing", "finished");
  }

  private static List<String> quietTypes(List<RunEvent> events) {
    var seen = new TestScreens();
    events.forEach(new EventJson(seen.with(Screen.pipe(), "").out(), Verbosity.QUIET));
    return seen.out().lines().map(line -> line.split("\"", -1)[5]).toList();
  }

  @Test
  void json_is_one_line_per_event_with_time_type_and_run() {
    var seen = new TestScreens();
    var json = new EventJson(seen.with(Screen.pipe(), "").out());
    GOOD.forEach(json);
    assertThat(seen.out().lines())
        .hasSize(GOOD.size())
        .contains(
            "{\"schema\":1,\"type\":\"started\",\"time\":\"2026-11-23T04:10:12Z\",\"run\":\"r1\","
                + "\"recipe\":\"template.js\",\"simulated\":true}",
            "{\"schema\":1,\"type\":\"step-finished\",\"time\":\"2026-11-23T04:10:12Z\","
                + "\"run\":\"r1\",\"step\":\"download\",\"durationMillis\":4120,\"error\":null}",
            "{\"schema\":1,\"type\":\"finished\",\"time\":\"2026-11-23T04:10:12Z\",\"run\":\"r1\","
                + "\"status\":\"done\",\"exitStatus\":0,\"durationMillis\":5000,\"value\":1,"
                + "\"error\":null}");
  }
}
