package dev.hearth.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.report.ErrorRenderer;
import dev.hearth.terminal.Glyphs;
import dev.hearth.terminal.Ink;
import dev.hearth.terminal.Screen;
import dev.hearth.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The REPL as keys are pressed, on a terminal of JLine's that is made of streams. */
@Timeout(10)
class InteractiveReplTest {
  private static final String UP = "\u001bOA";
  private static final String TAB = "\t";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  private final Shown shown = new Shown();
  private final Echo session = new Echo();
  private Path history = Path.of("");

  @BeforeEach
  void makeHistory(@TempDir Path folder) throws IOException {
    var mine = PosixFilePermissions.fromString("rw-------");
    history =
        Files.createFile(folder.resolve("history"), PosixFilePermissions.asFileAttribute(mine));
  }

  private void press(String keys) throws Exception {
    var jline = newTerminal();
    jline.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    use(jline);
  }

  private LineDisciplineTerminal newTerminal() throws IOException {
    var jline = new LineDisciplineTerminal("test", "xterm", shown, StandardCharsets.UTF_8);
    jline.setSize(Size.of(80, 24));
    return jline;
  }

  private void use(LineDisciplineTerminal jline) throws Exception {
    var screen = new Screen(Screen.Kind.LIVE, Ink.PLAIN, Glyphs.UNICODE, () -> 80);
    var stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    var terminal = new Terminal(System.in, stream, stream, screen, screen, true);
    var repl =
        new Repl(session, terminal, ErrorRenderer.Detail.BRIEF, new OneFile(), Repl.OnError.GO_ON);
    try (var input = new InteractiveInput(jline, screen, session, history)) {
      assertThat(repl.run(input)).isZero();
    }
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void return_ends_what_is_whole_and_goes_on_with_what_is_not() throws Exception {
    press("f({\r  a\r})\r1\r" + CTRL_D);
    assertThat(session.evaluated).containsExactly("f({\n  a\n})", "1");
    assertThat(shown()).contains("hearth> ").contains("   ...> ");
  }

  @Test
  void a_terminal_that_tells_no_size_gets_the_usual_one() throws Exception {
    var jline = newTerminal();
    jline.setSize(Size.of(0, 0));
    type(jline, "1\r" + CTRL_D);
    use(jline);
    assertThat(shown()).contains("hearth> ");
    assertThat(session.evaluated).containsExactly("1");
  }

  @Test
  void an_error_is_shown_and_the_next_input_read() throws Exception {
    press("fail\r2\r" + CTRL_D);
    assertThat(shown()).contains("error: ReferenceError: x is not defined");
    assertThat(session.evaluated).containsExactly("fail", "2");
  }

  @Test
  void control_c_throws_away_what_was_typed_and_control_d_leaves() throws Exception {
    var jline = newTerminal();
    shown.once("hearth> ", () -> type(jline, CTRL_C + "whole\r" + CTRL_D + "never\r"));
    type(jline, "half");
    use(jline);
    assertThat(session.evaluated).containsExactly("whole");
  }

  @Test
  void control_c_stops_the_evaluation_and_not_the_repl() throws Exception {
    var jline = newTerminal();
    var finger =
        Thread.startVirtualThread(
            () -> {
              try {
                session.waiting.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              type(jline, CTRL_C + "2\r" + CTRL_D);
            });
    type(jline, "wait\r");
    use(jline);
    finger.join();
    assertThat(session.evaluated).containsExactly("wait", "2");
    assertThat(shown().replace("\r", "")).contains("^C\n");
    assertThat(shown()).contains("error: The evaluation was interrupted.");
  }

  private static void type(LineDisciplineTerminal jline, String keys) {
    try {
      jline.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_was_typed_comes_back_with_all_its_lines_also_another_day() throws Exception {
    press("f({\r})\r" + CTRL_D);
    press(UP + "\r" + CTRL_D);
    assertThat(session.evaluated).containsExactly("f({\n})", "f({\n})");
  }

  @Test
  void what_begins_with_a_blank_is_not_remembered() throws Exception {
    press(" secret('x')\r" + CTRL_D);
    assertThat(Files.readString(history)).doesNotContain("secret");
  }

  @Test
  void an_exclamation_mark_is_javascript() throws Exception {
    press("a\r!a || !!a\r" + CTRL_D);
    assertThat(session.evaluated).containsExactly("a", "!a || !!a");
  }

  @Test
  void names_commands_and_modules_are_completed() throws Exception {
    press("prox" + TAB + "\r.lo" + TAB + "tools.js\r.ex" + TAB + "\r");
    assertThat(session.evaluated).containsExactly("proxmox", "let tools");
    session.evaluated.clear();
    press("import 'hearth:pr" + TAB + "'\r" + CTRL_D);
    assertThat(session.evaluated).containsExactly("import 'hearth:proxmox'");
  }

  @Test
  void what_comes_while_somebody_types_is_shown_above_it() throws Exception {
    var jline = newTerminal();
    var screen = new Screen(Screen.Kind.LIVE, Ink.PLAIN, Glyphs.UNICODE, () -> 80);
    var stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    var above = new AbovePrompt(stream);
    try (var input = new InteractiveInput(jline, screen, session, history)) {
      input.show(above);
      shown.once(
          "hearth> 1 + ",
          () -> {
            try (var late = above.stream()) {
              late.print("late\n");
            }
            type(jline, "2\r");
          });
      type(jline, "1 + ");
      assertThat(input.next()).isEqualTo(new Input.Read.Typed("1 + 2"));
    }
    var lines = shown().replaceAll("\u001b\\[[?0-9;]*[a-zA-Z]", "").replace("\r", "\n").lines();
    assertThat(lines).containsSubsequence("late", "hearth> 1 + 2");
  }

  @Test
  void members_of_a_chain_of_names_are_completed() throws Exception {
    press("console.l" + TAB + "(1)\rf().l" + TAB + "\r" + CTRL_D);
    assertThat(session.evaluated).containsExactly("console.log(1)", "f().l");
  }

  @Test
  void what_follows_calls_with_plain_values_is_completed() throws Exception {
    press(
        "await pve.api.nodes('pve').qemu(100).co"
            + TAB
            + ".get()\rpve.api.nodes(f(')')).qemu(100).co"
            + TAB
            + "\r"
            + CTRL_D);
    assertThat(session.evaluated)
        .containsExactly(
            "await pve.api.nodes('pve').qemu(100).config.get()",
            "pve.api.nodes(f(')')).qemu(100).co");
  }

  @Test
  void a_text_that_is_no_import_is_not_completed() throws Exception {
    press("f('hearth:pr" + TAB + "')\rimport('hearth:pr" + TAB + "')\r" + CTRL_D);
    assertThat(session.evaluated).containsExactly("f('hearth:pr')", "import('hearth:proxmox')");
  }

  @Test
  void a_long_list_is_cut_and_says_how_to_see_the_rest() throws Exception {
    press("many\r" + CTRL_D);
    assertThat(shown())
        .contains("… 150 more items: .slice(from, to) shows others, `hearth eval --json` all");
  }

  @Test
  void control_d_on_a_line_with_something_on_it_does_not_leave() throws Exception {
    press("12" + CTRL_D + "3\r" + CTRL_D);
    assertThat(session.evaluated).containsExactly("123");
  }

  @Test
  void a_pasted_block_is_one_input() throws Exception {
    press("\u001b[200~a {\nb }\u001b[201~\r" + CTRL_D);
    assertThat(session.evaluated).containsExactly("a {\nb }");
  }

  /** What the terminal shows, and what is to be done when it shows something for the first time. */
  private static final class Shown extends ByteArrayOutputStream {
    private String awaited = "";
    private Runnable reaction = () -> {};

    void once(String text, Runnable react) {
      awaited = text;
      reaction = react;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      look();
    }

    @Override
    public synchronized void write(int b) {
      super.write(b);
      look();
    }

    private void look() {
      if (!awaited.isEmpty() && toString(StandardCharsets.UTF_8).contains(awaited)) {
        awaited = "";
        Thread.startVirtualThread(reaction);
      }
    }
  }
}
