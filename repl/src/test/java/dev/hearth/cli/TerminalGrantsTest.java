package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.permission.GrantPrompt.Answer;
import dev.hearth.runtime.permission.GrantPrompt.Lasting;
import dev.hearth.runtime.permission.GrantPrompt.Library;
import dev.hearth.runtime.permission.GrantPrompt.Question;
import dev.hearth.runtime.permission.Need;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person answers is what a recipe may do. */
class TerminalGrantsTest {
  private final Need first =
      new Need(net("cloud.debian.org:443"), "download from cloud.debian.org");
  private final Need second = new Need(net("pve:8006"), "change Proxmox through connection `lab`");
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Set<Need> answer(String typed, Need... needs) {
    return asked(typed, new Question("template.js", List.of(needs), List.of())).granted();
  }

  private Answer asked(String typed, Question question) {
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    var in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    var terminal = new Terminal(in, stream, stream, Screen.pipe(), Screen.pipe(), true);
    return new TerminalGrants(terminal).ask(question);
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void all_needs_are_shown_and_one_answer_grants_them() {
    assertThat(answer("o\n", first, second)).containsExactlyInAnyOrder(first, second);
    assertThat(shown())
        .startsWith(
            """
            template.js asks to be allowed to
              - download from cloud.debian.org
              - change Proxmox through connection `lab`
            Allow all of it? [o]nce, [a]lways for this recipe, [N]o, [s]ingly \
            """)
        .contains("Without asking: --allow-net=cloud.debian.org:443 --allow-net=pve:8006");
  }

  @Test
  void each_library_is_told_apart_with_what_it_gets() {
    var question =
        new Question("template.js", List.of(first, second), List.of())
            .with(
                List.of(
                    new Library("disks 1.2.0", List.of("read `/sys` and all below it")),
                    new Library("e\u001b[2J\u202e", List.of("see\u001b[1A"))));
    asked("n\n", question);
    assertThat(shown())
        .startsWith(
            """
            template.js asks to be allowed to
              - download from cloud.debian.org
              - change Proxmox through connection `lab`
            of that, library disks 1.2.0 is to be allowed to
              - read `/sys` and all below it
            of that, library e""")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void always_says_how_long_that_is_and_how_to_take_it_back() {
    var answer = asked("a\n", new Question("template.js", List.of(first), List.of()));
    assertThat(answer.granted()).containsExactly(first);
    assertThat(answer.lasting()).isEqualTo(Lasting.ALWAYS);
    assertThat(shown())
        .endsWith(
            """
            Allow it? [o]nce, [a]lways for this recipe, [N]o \
            Remembered until the recipe or a file that it imports changes. To take it back: \
            hearth permissions revoke template.js
            """);
  }

  @Test
  void an_answer_holds_for_one_run_unless_always_is_said() {
    var question = new Question("template.js", List.of(first, second), List.of());
    assertThat(asked("o\n", question).lasting()).isEqualTo(Lasting.ONCE);
    assertThat(asked("s\ny\ny\nn\n", question).lasting()).isEqualTo(Lasting.ONCE);
    assertThat(asked("s\ny\ny\ny\n", question).lasting()).isEqualTo(Lasting.ALWAYS);
  }

  @Test
  void what_changed_since_it_was_allowed_stands_above_the_question() {
    asked(
        "n\n", new Question("template.js", List.of(first), List.of("`lib/disks.js` has changed")));
    assertThat(shown())
        .startsWith(
            """
            It is not as it was when you allowed it:
              ! `lib/disks.js` has changed
            template.js asks to be allowed to
            """);
  }

  @Test
  void the_return_key_grants_nothing() {
    assertThat(answer("\n", first, second)).isEmpty();
    assertThat(answer("\n", first)).isEmpty();
  }

  @Test
  void the_end_of_the_input_grants_nothing() {
    assertThat(answer("", first, second)).isEmpty();
    assertThat(answer("s\ny\n", first, second)).isEmpty();
  }

  @Test
  void singly_ends_with_the_first_no() {
    assertThat(answer("s\ny\ny\nn\n", first, second)).containsExactlyInAnyOrder(first, second);
    assertThat(answer("s\ny\nn\n", first, second)).containsExactly(first);
    err.reset();
    assertThat(answer("s\nn\n", first, second)).isEmpty();
    assertThat(shown()).doesNotContain("Allow it to change Proxmox", "Without asking");
  }

  @Test
  void another_letter_grants_nothing_and_is_asked_again() {
    assertThat(answer("x\nn\n", first)).isEmpty();
    assertThat(shown()).contains("Please answer");
  }

  @Test
  void a_prompt_cannot_be_redrawn_by_what_it_shows() {
    var hostile = new Need(first.permission(), "read\u001b[1A\u202e nothing");
    answer("n\n", hostile);
    assertThat(shown()).contains("read\\u001b[1A\\u202e nothing");
  }

  private static Permission net(String address) {
    return PermissionParser.relativeTo(Path.of("/")).parse("net=" + address);
  }
}
