package dev.hearth.stdlib.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a command reaches the program, without a shell and through real ones. */
class QuotingTest {
  private static final String NASTY =
      "'\"`$(){}[]<>|&;*?!~#=:,.-+%^@\\\\/ \t\n\r\u0001\u007f\u001babcXYZ019äßЖ漢😀\u202e\u00a0";

  private static CommandText command(Object... parts) {
    var text = new ArrayList<String>();
    var values = new ArrayList<List<String>>();
    for (var part : parts) {
      if (part instanceof List<?> words) {
        values.add(words.stream().map(String::valueOf).toList());
      } else {
        text.add((String) part);
      }
    }
    return new CommandText(text, values);
  }

  private static List<String> v(String... words) {
    return List.of(words);
  }

  private static List<String> run(List<String> commandLine) throws Exception {
    var builder = new ProcessBuilder(commandLine).redirectErrorStream(true);
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", "/root");
    var process = builder.start();
    process.getOutputStream().close();
    var written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(written).isZero();
    return List.of(written.split("\0", -1)).subList(0, count(written));
  }

  private static int count(String written) {
    return (int) written.chars().filter(c -> c == 0).count();
  }

  private static String random(Random random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(12); n >= 0; n--) {
      int at = NASTY.offsetByCodePoints(0, random.nextInt(NASTY.codePointCount(0, NASTY.length())));
      text.appendCodePoint(NASTY.codePointAt(at));
    }
    return text.toString();
  }

  @Test
  void any_value_arrives_as_it_is_without_a_shell() throws Exception {
    var random = new Random(3);
    for (int round = 0; round < 100; round++) {
      var words = List.of(random(random), "", random(random), random(random));
      var line =
          command(
                  "/usr/bin/printf '%s\\0' ",
                  words,
                  " x",
                  v(words.getFirst()),
                  "y \"q ",
                  v(words.getLast()),
                  "\" 'q ",
                  v(words.getLast()),
                  "'")
              .commandLine(Shell.BASH);
      assertThat(line).as("%s", words).startsWith("/usr/bin/printf");
      assertThat(run(line))
          .containsExactly(
              words.get(0),
              words.get(1),
              words.get(2),
              words.get(3),
              "x" + words.getFirst() + "y",
              "q " + words.getLast(),
              "q " + words.getLast());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash"})
  void any_value_arrives_as_it_is_through_a_shell(String shell) throws Exception {
    var random = new Random(4);
    for (int round = 0; round < 60; round++) {
      var a = random(random);
      var b = random(random);
      var line =
          command(
                  "f() { printf '%s\\0' \"$@\"; }; # don't mind ",
                  v(b),
                  "\nf ",
                  v(a, b),
                  " pre",
                  v(a),
                  "post \"in ",
                  v(a),
                  " \\\" ",
                  v(b),
                  "\" 'in ",
                  v(b),
                  "' \"$(printf %s ",
                  v(a),
                  "x)\" \"${HOME:+}\" ",
                  v(),
                  " | cat")
              .commandLine(Shell.named(shell));
      assertThat(line).startsWith(shell);
      // What $(…) writes loses the ends of lines behind it; the x keeps them.
      assertThat(run(line))
          .as("%s %s", a, b)
          .containsExactly(
              a, b, "pre" + a + "post", "in " + a + " \" " + b, "in " + b, a + "x", "");
    }
  }

  @Test
  void no_value_is_in_the_script_itself() {
    var line = command("echo ", v("$(id)"), " | cat").commandLine(Shell.BASH);

    assertThat(line)
        .containsExactly(
            "bash",
            "-c",
            "set -euo pipefail; hearth_1=${1}; set --; echo \"${hearth_1}\" | cat",
            "bash",
            "$(id)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo $HOME",
        "a | b",
        "a && b",
        "a; b",
        "a > f",
        "ls *.js",
        "ls ?",
        "ls [ab]",
        "(a)",
        "`a`",
        "\"$x\"",
        "cd /",
        "export A=1",
        "A=1 env",
        "if true",
        "! true",
        "{ a",
        "ls ~",
        "dd of=~/x",
        "echo {a,b}",
        "echo {1..3}",
        "# only a comment",
        "one\ntwo",
        "time ls",
        "[ -f x ]"
      })
  void what_means_something_to_a_shell_goes_to_one(String text) {
    assertThat(command(text).commandLine(Shell.BASH)).startsWith("bash", "-c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          git log --format=%H      | git,log,--format=%H
          a  'b c'\td"e f"g         | a,b c,de fg
          echo '$x' '*' '~'        | echo,$x,*,~
          echo \\$x \\* a\\ b       | echo,$x,*,a b
          echo "a \\" \\\\ \\n"     | echo,a " \\ \\n
          docker ps -f {{.Names}} {} | docker,ps,-f,{{.Names}},{}
          x a#b a~b -o=1           | x,a#b,a~b,-o=1
          """)
  void plain_words_need_no_shell(String text, String words) {
    assertThat(command(text).commandLine(Shell.BASH)).containsExactly(words.split(","));
  }

  @Test
  void a_template_over_several_lines_may_begin_and_end_with_one_and_be_continued() {
    assertThat(command("\n   ls \\\n  -l ", v("a"), "\n  ").commandLine(Shell.BASH))
        .containsExactly("ls", "-l", "a");
    assertThat(command("ls ", v("a"), "\n", v("b"), "").commandLine(Shell.BASH)).startsWith("bash");
  }

  @Test
  void a_program_that_is_a_value_is_never_a_shells_own_word() {
    assertThat(command("", v("cd"), " /").commandLine(Shell.BASH)).containsExactly("cd", "/");
    assertThat(command("", v("eval", "x"), "").commandLine(Shell.BASH))
        .containsExactly("eval", "x");
  }

  @Test
  void an_empty_array_is_no_word_and_an_empty_string_is_one() {
    assertThat(command("ls ", v(), " ", v(""), "").commandLine(Shell.BASH))
        .containsExactly("ls", "");
  }

  private static String refusal(Object... parts) {
    return catchThrowableOfType(HearthException.class, () -> command(parts).commandLine(Shell.BASH))
        .sentence();
  }

  @Test
  void a_value_where_a_shell_reads_code_is_refused() {
    var x = v("a[$(touch pwned)]");

    assertThat(refusal("echo $((", x, " + 1))")).contains("in arithmetic");
    assertThat(refusal("(( ", x, " > 1 ))")).contains("in arithmetic");
    assertThat(refusal("[[ ", x, " -eq 0 ]]")).contains("in a test that compares numbers");
    assertThat(refusal("echo `", x, "`")).contains("inside of back quotes");
    assertThat(refusal("echo ${HOME:-", x, "}")).contains("inside of `${…}` of the shell");
    assertThat(refusal("cat <<EOF\n", x, "\nEOF")).contains("behind a here-document");
    assertThat(refusal("echo \"$(case a in a) echo ", x, ";; esac)\"")).contains("beside a `case`");
    assertThat(refusal("echo \\", x, " | cat")).contains("a backslash stands before a value");
    assertThat(refusal("echo \"\\", x, "\" | cat")).contains("`\\` stands before a value");
    assertThat(refusal("echo $", x, "")).contains("`$` stands before a value");
    assertThat(refusal("echo \"", x, " | cat")).contains("is opened and not closed");
  }

  @Test
  void whole_numbers_may_stand_in_arithmetic() throws Exception {
    assertThat(run(command("printf '%s\\0' $((", v("-20"), " + (2 * 1)))").commandLine(Shell.BASH)))
        .containsExactly("-18");
  }

  @Test
  void text_for_a_here_string_is_a_value_as_any_other() throws Exception {
    assertThat(run(command("tr 'a\\n' 'b\\0' <<< ", v("a $HOME"), "").commandLine(Shell.BASH)))
        .containsExactly("b $HOME");
  }
}
