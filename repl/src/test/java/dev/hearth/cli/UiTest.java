package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:ui} as somebody at the command line meets it. */
@Timeout(60)
class UiTest {
  private final Path folder;
  private final TypedCommand hearth;

  UiTest(@TempDir Path folder) {
    this.folder = folder;
    this.hearth = new TypedCommand().at(folder.resolve("home"));
  }

  private String recipe(String body) throws IOException {
    var text =
        """
        import { ui } from 'hearth:ui';
        const code = async (work) => { try { return await work(); } catch (e) { return e.code ?? e.message; } };
        export default async ({ step, log }) => {
        %s
        };
        """
            .formatted(body.indent(2).stripTrailing());
    return Files.writeString(folder.resolve("recipe.js"), text).toString();
  }

  private String said() {
    return hearth.err().replaceAll("(?m)^(▸|✓|✗|\\d).*\\n", "");
  }

  @Test
  void answers_are_taken_when_they_fit_and_asked_for_again_when_not() throws Exception {
    var recipe =
        recipe(
            """
            const name = await ui.ask('Name of the host', { pattern: '[a-z]+', validate: (n) => n !== 'bad' || 'That one is bad.' });
            const usual = await ui.ask('Region?', { default: 'eu' });
            const sure = await ui.confirm('Sure?', { default: false });
            const one = await ui.choose('Disk', ['sda', { label: 'second', value: 2 }]);
            const some = await ui.choose('Parts', ['a', 'b', 'c', 'd'], { multiple: true });
            return { name, usual, sure, one, some };
            """);
    assertThat(
            hearth
                .onTerminal()
                .input("\nWEB\nbad\nweb\n\nmaybe\ny\n3\nSECOND\n0\n4,1-2,a\n")
                .type("run", recipe, "--quiet"))
        .as(hearth.err())
        .isZero();
    assertThat(hearth.out())
        .isEqualTo("name   web\nusual  eu\nsure   true\none    2\nsome   a, b, d\n");
    assertThat(said())
        .isEqualTo(
            """
            Name of the host:   Please give an answer.
            Name of the host:   It does not fit ^(?:[a-z]+)$.
            Name of the host:   That one is bad.
            Name of the host: Region? [eu] Sure? [y/N]   Please answer y or n.
            Sure? [y/N]   1) sda
              2) second
            Disk:   Please answer with a number from 1 to 2.
              1) sda
              2) second
            Disk:   1) a
              2) b
              3) c
              4) d
            Parts [such as 1,3-4]:   Please answer with numbers from 1 to 4.
              1) a
              2) b
              3) c
              4) d
            Parts [such as 1,3-4]: \
            """);
  }

  @Test
  void where_nobody_can_be_asked_there_is_the_default_or_an_error_that_says_what_to_do()
      throws Exception {
    var recipe =
        recipe(
            """
            return [await ui.ask('a', { default: 'x' }), await ui.confirm('b', { default: true }), await ui.choose('c', [1, 2], { default: 2 }),
              (await ui.choose('d', ['p', 'q'], { multiple: true, default: ['q'] })).join(), await code(() => ui.ask('e')), await code(() => ui.confirm('f')),
              await code(() => ui.choose('g', [1])), await code(() => ui.ask('h', { secret: true }))];
            """);
    assertThat(hearth.type("run", recipe, "--json")).isZero();
    var last = new ObjectMapper().readTree(hearth.out().lines().reduce((a, b) -> b).orElseThrow());
    assertThat(last.path("value").toString())
        .isEqualTo("[\"x\",true,2,\"q\",\"ui.nobody\",\"ui.nobody\",\"ui.nobody\",\"ui.nobody\"]");

    var asks = recipe("return ui.ask('Which \\u001b[31mhost');");
    for (var flag : new String[] {"--no-input", "--json"}) {
      assertThat(hearth.onTerminal().input("web\n").type("run", asks, flag)).isEqualTo(2);
    }
    assertThat(hearth.onTerminal().type("run", asks, "--no-input")).isEqualTo(2);
    assertThat(hearth.err())
        .contains(
            "error: Nobody can be asked `Which \\u{1B}[31mhost`.",
            "hint: Run it on a terminal, without `--no-input` and `--json`.");
  }

  @Test
  void a_secret_is_typed_unseen_and_a_secret_ever_after() throws Exception {
    var recipe =
        recipe(
            """
            const usual = await ui.ask('Key', { secret: true, default: undefined }).catch((e) => e.code);
            return usual;
            """);
    // Nothing here can hide what is typed, which is said and not overlooked.
    assertThat(hearth.onTerminal().input("s3cret\n").type("run", recipe, "--quiet")).isZero();
    assertThat(hearth.out()).isEqualTo("terminal.cannot-hide\n");
  }

  @Test
  void the_end_of_the_input_and_a_question_that_is_given_up_are_errors_of_the_recipe()
      throws Exception {
    var recipe =
        recipe(
            """
            const aborted = await code(() => ui.ask('a', { signal: AbortSignal.abort(new RangeError('enough')) }));
            return [aborted, await code(() => ui.ask('b'))].join();
            """);
    assertThat(hearth.onTerminal().input("").type("run", recipe, "--quiet")).isZero();
    assertThat(hearth.out()).isEqualTo("enough,terminal.no-answer\n");
  }

  @Test
  void tables_are_data_on_the_output_and_have_no_control_characters() throws Exception {
    var recipe =
        recipe(
            """
            await ui.table([{ name: 'web', cpu: 2, tags: ['a', 'b'] }, { name: '\\u001b[2Jdb', cpu: 16, note: null }]);
            await ui.table([{ name: 'web', cpu: 2 }], { columns: [{ field: 'cpu', heading: 'cores' }, 'name', 'none'] });
            await ui.table([]);
            return code(() => ui.table([1]));
            """);
    assertThat(hearth.intoTerminal().type("run", recipe, "--quiet")).isZero();
    assertThat(hearth.out())
        .isEqualTo(
            """
            name         cpu  tags
            web            2  a, b
            \\u001b[2Jdb   16
            cores  name  none
                2  web
            ui.no-rows
            """);
    assertThat(hearth.type("run", recipe, "--json")).isZero();
    assertThat(hearth.out())
        .contains(
            "\"columns\":[{\"field\":\"cpu\",\"heading\":\"cores\"},{\"field\":\"name\",\"heading\":\"name\"},{\"field\":\"none\",\"heading\":\"none\"}],\"rows\":[{\"name\":\"web\",\"cpu\":2}]");
  }

  @Test
  void progress_is_told_now_and_then_where_each_word_is_a_line() throws Exception {
    var recipe =
        recipe(
            """
            const bar = ui.progress('copy', { total: 1000 });
            for (let i = 0; i < 1000; i++) bar.advance();
            await bar.done();
            bar.advance();
            const open = ui.progress('count');
            open.set(7);
            await open.done();
            return [await code(async () => ui.progress('x', { total: -1 })), await code(async () => ui.progress('')), await code(async () => bar.set(0.5))].join();
            """);
    assertThat(hearth.type("run", recipe)).isZero();
    var lines = said().lines().map(String::strip).toList();
    assertThat(lines.getFirst()).isEqualTo("… copy  0/1000  0%");
    assertThat(lines).hasSizeLessThan(16).contains("✓ copy  1000/1000  100%", "✓ count  7");
    assertThat(hearth.out()).isEqualTo("ui.option,ui.option,ui.option\n");

    assertThat(hearth.type("run", recipe, "--json")).isZero();
    assertThat(hearth.out())
        .contains("\"label\":\"copy\",\"done\":1000,\"total\":1000,\"isOver\":true}")
        .contains("\"label\":\"count\",\"done\":7,\"isOver\":true}");
  }

  @Test
  void what_happens_while_a_question_stands_is_told_after_the_answer() throws Exception {
    var recipe =
        recipe(
            """
            const [a, b] = await Promise.all([ui.ask('first'), ui.ask('second'), step('meanwhile', () => log.info('log'))]);
            return [a, b].sort().join();
            """);
    assertThat(hearth.onTerminal().input("1\n2\n").type("run", recipe)).isZero();
    assertThat(hearth.out()).isEqualTo("1,2\n");
    assertThat(said()).contains("first: ", "second: ", "meanwhile");
  }

  /** The input gives its next line only once the question that is to get it stands there. */
  @Test
  void after_a_question_was_given_up_the_next_one_gets_the_answer() throws Exception {
    var recipe =
        recipe(
            """
            const late = await code(() => ui.ask('slow', { signal: AbortSignal.timeout(50) }));
            const hidden = await code(() => ui.ask('hidden', { secret: true }));
            const again = await code(() => ui.ask('slower', { signal: AbortSignal.timeout(50) }));
            const answer = await ui.ask('next');
            return [late, hidden, again, answer, await ui.ask('last')].join();
            """);
    var err = new Shown();
    var answers = new LineWhenAsked(err, Map.of("next: ", "yes\n", "last: ", "done\n"));
    var command = new TypedCommand(err).at(folder.resolve("home")).onTerminal().input(answers);
    assertThat(command.type("run", recipe, "--quiet")).as(command.err()).isZero();
    var timeout = "23"; // of a DOMException
    assertThat(command.out())
        .isEqualTo(timeout + ",run.question-still-open," + timeout + ",yes,done\n");
  }

  /** A screen that wakes up who waits for what is shown next. */
  private static final class Shown extends ByteArrayOutputStream {
    @Override
    public synchronized void write(int octet) {
      super.write(octet);
      notifyAll();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      notifyAll();
    }

    /** Waits until what is shown after {@code from} ends with one of {@code questions}. */
    synchronized String awaitOneOf(Set<String> questions, int from) throws InterruptedException {
      for (; ; wait()) {
        var now = toString(UTF_8).substring(from);
        var asked = questions.stream().filter(now::endsWith).findFirst();
        if (asked.isPresent()) {
          return asked.get();
        }
      }
    }
  }

  /** A keyboard at which somebody answers only some questions. */
  private static final class LineWhenAsked extends InputStream {
    private final Shown shown;
    private final Map<String, String> answers;
    private String typed = "";
    private int seen;

    LineWhenAsked(Shown shown, Map<String, String> answers) {
      this.shown = shown;
      this.answers = answers;
    }

    @Override
    public synchronized int read() throws IOException {
      if (typed.isEmpty()) {
        try {
          typed = requireNonNull(answers.get(shown.awaitOneOf(answers.keySet(), seen)));
          seen = shown.toString(UTF_8).length();
        } catch (InterruptedException e) {
          throw (IOException) new InterruptedIOException().initCause(e);
        }
      }
      var next = typed.charAt(0);
      typed = typed.substring(1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      into[offset] = (byte) read();
      return 1;
    }
  }

  @Test
  void a_library_that_asks_is_named_and_does_not_speak_as_the_recipe() throws Exception {
    var library = Files.createDirectories(folder.resolve("lib/evil"));
    Files.writeString(
        library.resolve("package.json"),
        "{ \"name\": \"evil\", \"version\": \"1.0.0\", \"hearth\": { \"permissions\": {} } }");
    Files.writeString(
        library.resolve("index.js"),
        "import { ui } from 'hearth:ui'; export const phish = () => ui.ask('Your password');");
    var recipe =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            import { ui } from 'hearth:ui';
            import { phish } from './lib/evil/index.js';
            export default async () => [await ui.ask('mine'), await phish()].join();
            """);
    assertThat(hearth.onTerminal().input("a\nb\n").type("run", recipe.toString(), "--quiet"))
        .isZero();
    assertThat(hearth.out()).isEqualTo("a,b\n");
    assertThat(said()).isEqualTo("mine: library evil asks:\nYour password: ");
  }

  @Test
  void a_test_answers_what_a_recipe_asks() throws Exception {
    recipe(
        """
        const who = await ui.ask('Who', { default: 'me', pattern: '[a-z]*' });
        const key = await ui.ask('Key', { secret: true });
        const all = await ui.choose('Which', ['a', 'b', 'c'], { multiple: true });
        await ui.table([{ who }]);
        return { who, key: key.reveal().length, all, sure: await ui.confirm('Sure') };
        """);
    var test =
        Files.writeString(
            folder.resolve("recipe.test.js"),
            """
            import { expect, it, runRecipe } from 'hearth:test';
            it('is answered', async () => {
              const run = await runRecipe('./recipe.js', { answers: { Who: '', Key: 'abc', Which: ['a', 3], Sure: true } });
              expect(run.error).toBeNull();
              expect(run.result).toEqual({ who: 'me', key: 3, all: ['a', 'c'], sure: true });
              expect(run.tables).toEqual([[{ who: 'me' }]]);
            });
            it('says what was not', async () => {
              expect((await runRecipe('./recipe.js', { answers: {} })).error.message).toBe('The recipe asks `Who`, and the test has no answer.');
              const refused = await runRecipe('./recipe.js', { answers: { Who: 'ME' } });
              expect(refused.error.code).toBe('test.answer-refused');
              expect((await runRecipe('./recipe.js')).error.code).toBe('ui.nobody');
            });
            """);
    assertThat(hearth.type("test", test.toString())).as(hearth.out() + hearth.err()).isZero();
  }
}
