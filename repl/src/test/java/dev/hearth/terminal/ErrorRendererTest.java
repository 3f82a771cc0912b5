package dev.hearth.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.report.ErrorJson;
import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.runtime.report.ErrorRenderer.Detail;
import dev.hearth.runtime.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whole errors, as a person sees them. */
class ErrorRendererTest {
  private static final Location PLACE =
      new Location("template.js", 14, 31, "  const vm = await pve.vm(9000).start();");
  private static final String HINT = "List the VMs with `pve.vms.list()`; 9001 is the closest.";

  private static ErrorReport missingVm(@Nullable Location place, ErrorReport... also) {
    return new ErrorReport(
        "proxmox.vm-not-found",
        ErrorKind.SYSTEM,
        "VM 9000 does not exist on node pve1.",
        HINT,
        place,
        Map.of(),
        List.of(),
        List.of(also));
  }

  private static String show(ErrorReport report, Screen screen, Detail detail) {
    return new ErrorRenderer(screen, detail).text(report);
  }

  private static ErrorReport simple(String message, @Nullable String hint) {
    return new ErrorReport(
        "recipe.error", ErrorKind.RECIPE, message, hint, null, Map.of(), List.of(), List.of());
  }

  @Test
  void an_error_says_what_and_where_and_what_to_do() {
    assertThat(show(missingVm(PLACE), Screen.pipe(), Detail.BRIEF))
        .isEqualTo(
            """
            error: VM 9000 does not exist on node pve1.                 proxmox.vm-not-found
              at template.js:14:31
                 14 |   const vm = await pve.vm(9000).start();
                    |                               ^
              hint: List the VMs with `pve.vms.list()`; 9001 is the closest.
            """);
  }

  @Test
  void without_a_place_and_a_hint_it_is_one_line() {
    assertThat(show(simple("No luck.", null), Screen.pipe(), Detail.BRIEF))
        .isEqualTo(
            """
            error: No luck.                                                     recipe.error
            """);
  }

  @Test
  void on_a_narrow_terminal_it_is_wrapped_between_words() {
    assertThat(show(missingVm(null), TestScreens.terminal(40), Detail.BRIEF))
        .isEqualTo(
            """
            error: VM 9000 does not exist on node
                   pve1.        proxmox.vm-not-found
              hint: List the VMs with
                    `pve.vms.list()`; 9001 is the
                    closest.
            """);
  }

  @Test
  void a_code_without_room_beside_the_sentence_stands_below_it() {
    assertThat(
            show(
                simple("Nothing can be done about it.", null),
                TestScreens.terminal(40),
                Detail.BRIEF))
        .isEqualTo(
            """
            error: Nothing can be done about it.
                                        recipe.error
            """);
  }

  @Test
  void in_a_pipe_nothing_is_wrapped_so_that_grep_finds_it() {
    var long80 = "x".repeat(30) + " " + "y".repeat(60);
    assertThat(show(simple(long80, null), Screen.pipe(), Detail.BRIEF))
        .isEqualTo("error: " + long80 + "  recipe.error\n");
  }

  @Test
  void a_long_source_line_is_cut_around_the_place() {
    var source = "a".repeat(100) + "HERE" + "b".repeat(100);
    var report = missingVm(new Location("min.js", 1, 101, source));
    assertThat(show(report, TestScreens.terminal(50), Detail.BRIEF).lines().skip(3).limit(2))
        .containsExactly(
            "     1 | …aaaaaaaaaaaaaaaaaaaaHEREbbbbbbbbbbbbbbb…",
            "       |                      ^");
  }

  @Test
  void the_caret_stands_under_its_character_behind_tabs_and_wide_ones() {
    var report = missingVm(new Location("a.js", 2, 7, "\t'東京' x"));
    assertThat(show(report, Screen.pipe(), Detail.BRIEF).lines().skip(2).limit(2))
        .containsExactly("     2 |     '東京' x", "       |            ^");
  }

  @Test
  void further_errors_follow_with_their_own_places_and_hints() {
    var other =
        new ErrorReport(
            "param.too-small",
            ErrorKind.USAGE,
            "`memory` is 64 MiB and must be at least 512 MiB.",
            "Pass `--memory 512` or more.",
            new Location("template.js", 8, 5, "    memory: { minimum: 512 },"),
            Map.of(),
            List.of(),
            List.of());
    assertThat(show(missingVm(null, other), Screen.pipe(), Detail.BRIEF))
        .isEqualTo(
            """
            error: VM 9000 does not exist on node pve1.                 proxmox.vm-not-found
              hint: List the VMs with `pve.vms.list()`; 9001 is the closest.
              also: `memory` is 64 MiB and must be at least 512 MiB.         param.too-small
                at template.js:8:5
                   8 |     memory: { minimum: 512 },
                     |     ^
                hint: Pass `--memory 512` or more.
            """);
  }

  @Test
  void verbose_adds_the_further_places_and_what_was_observed_but_no_secret() {
    var details = new LinkedHashMap<String, Object>();
    details.put("status", 500);
    details.put("reason", "VM 9000 not running");
    details.put("token", Secret.of("hunter2"));
    details.put("answer", Map.of("errors", List.of("a", "b")));
    var report =
        new ErrorReport(
            "proxmox.failed",
            ErrorKind.SYSTEM,
            "The node refused.",
            "Look at its log.",
            null,
            details,
            List.of(new Location("lib/vm.js", 3, 9, null)),
            List.of());
    assertThat(show(report, Screen.pipe(), Detail.BRIEF).lines()).hasSize(2);
    assertThat(show(report, Screen.pipe(), Detail.FULL))
        .isEqualTo(
            """
            error: The node refused.                                          proxmox.failed
              from lib/vm.js:3:9
              details:
                status  500
                reason  VM 9000 not running
                token   ***
                answer
                └─ errors  a, b
              hint: Look at its log.
            """);
  }

  @Test
  void what_comes_from_outside_cannot_fake_a_line_or_a_colour() {
    var report =
        new ErrorReport(
            "recipe.error",
            ErrorKind.RECIPE,
            "first\nhint: run `rm -rf /`\u001b[0m",
            null,
            new Location("a\u001b[31m.js", 1, 1, "x\u202ey"),
            Map.of(),
            List.of(),
            List.of());
    assertThat(show(report, Screen.pipe(), Detail.BRIEF))
        .isEqualTo(
            """
            error: first
                   hint: run `rm -rf /`\\u001b[0m                                recipe.error
              at a\\u001b[31m.js:1:1
                 1 | x\\u202ey
                   | ^
            """);
  }

  @Test
  void colours_change_nothing_but_the_colours() {
    var coloured = new Screen(Screen.Kind.TERMINAL, Ink.COLOUR, Glyphs.UNICODE, () -> 80);
    var text = show(missingVm(PLACE), coloured, Detail.BRIEF);
    assertThat(text).contains("\u001b[1;31merror:\u001b[0m");
    assertThat(text.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(show(missingVm(PLACE), TestScreens.terminal(80), Detail.BRIEF));
  }

  @Test
  void json_carries_the_same_facts() {
    var json = JsonDocument.line(ErrorJson.of(missingVm(PLACE, simple("No undo.", null))));
    assertThat(json)
        .isEqualTo(
            """
            {"code":"proxmox.vm-not-found","kind":"system","exitStatus":4,\
            "message":"VM 9000 does not exist on node pve1.",\
            "hint":"List the VMs with `pve.vms.list()`; 9001 is the closest.",\
            "location":{"file":"template.js","line":14,"column":31,\
            "text":"  const vm = await pve.vm(9000).start();"},\
            "details":{},"stack":[],\
            "also":[{"code":"recipe.error","kind":"recipe","exitStatus":1,"message":"No undo.",\
            "hint":null,"location":null,"details":{},"stack":[],"also":[]}]}\
            """);
  }
}
