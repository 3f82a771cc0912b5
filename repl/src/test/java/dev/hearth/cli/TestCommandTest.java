package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hearth test} says about files of tests. */
class TestCommandTest {
  private static final String IMPORT =
      "import { afterAll, afterEach, beforeAll, beforeEach, clock, describe, expect, it, runRecipe,"
          + " test } from 'hearth:test';\n";

  private final TypedCommand hearth = new TypedCommand();
  private final Path folder;

  TestCommandTest(@TempDir Path folder) {
    this.folder = folder;
    hearth.at(folder.resolve("home"));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int test(String body, String... more) throws IOException {
    var file = file("a.test.js", IMPORT + body);
    var arguments = new ArrayList<>(List.of("test", file.toString()));
    arguments.addAll(List.of(more));
    return hearth.type(arguments.toArray(String[]::new));
  }

  /** What was printed, without the folder and how long it took. */
  private String out() {
    return hearth
        .out()
        .replace(folder + "/", "")
        .replaceAll("\\((\\d+(\\.\\d+)?(ms|s|m))+\\)", "(TIME)");
  }

  @Test
  void tests_are_named_in_their_suites_and_counted() throws Exception {
    var status =
        test(
            """
            describe('numbers', () => {
              it('add', () => expect(1 + 1).toBe(2));
              it.each([[1, 2], [2, 4]])('double %d to %d', (a, b) => expect(2 * a).toBe(b));
              describe('large ones', () => {
                test.each([{ n: 2n ** 64n }])('have $n', ({ n }) => expect(n).toBeGreaterThan(1));
              });
              it.skip('are left out', () => expect.fail());
              it.todo('divide');
            });
            """);
    assertThat(out())
        .isEqualTo(
            """
            a.test.js
              numbers
                ✓ add (TIME)
                ✓ double 1 to 2 (TIME)
                ✓ double 2 to 4 (TIME)
                large ones
                  ✓ have 18446744073709551616 (TIME)
                - are left out (skipped)
                - divide (to do)

            6 tests: 4 passed, 1 skipped, 1 todo (TIME)
            """);
    assertThat(status).isZero();
  }

  @Test
  void a_failure_shows_its_line_and_the_difference() throws Exception {
    var status =
        test(
            """
            it('compares', () => {
              expect({ name: 'web', disks: [1, 3] }).toEqual({ name: 'web', disks: [1, 2, 3] });
            });
            """,
            "--quiet");
    assertThat(out())
        .isEqualTo(
            """

            ✗ a.test.js > compares
            error: Expected { name: 'web', disks: [ 1, 3 ] } to equal { name: 'web', disks: [ 1, 2, 3 ]\
             }.  test.expectation
              at a.test.js:3:42
                 3 |   expect({ name: 'web', disks: [1, 3] }).toEqual({ name: 'web', disks: [1, 2, 3] });
                   |                                          ^
              difference (- expected, + received):
                  {
                    disks: [
                      1,
                -     2,
                      3,
                    ],
                    name: 'web',
                  }

            1 test: 1 failed (TIME)
            """);
    assertThat(status).isEqualTo(1);
  }

  @Test
  void what_never_ends_is_lost_or_loops_fails_alone() throws Exception {
    var status =
        test(
            """
            it('never settles', () => new Promise(() => {}));
            it('waits too long', () => new Promise((done) => setTimeout(done, 60_000)), 200);
            it('loops', { timeout: '200ms' }, () => { for (;;); });
            it('loses a rejection', () => { Promise.reject(new Error('lost')); });
            it('rejects late', async () => {
              await expect(Promise.reject(new RangeError('too big'))).rejects.toThrow('too small');
            });
            it('goes on', () => {});
            """,
            "--json");
    assertThat(status).isEqualTo(1);
    var results = json();
    assertThat(results.subList(0, 6).stream().map(each -> each.at("/error/code").asText()))
        .containsExactly(
            "test.never-settles",
            "test.timeout",
            "test.timeout",
            "recipe.error",
            "test.expectation",
            "");
    assertThat(results.subList(0, 5).stream().map(each -> each.at("/error/location/line").asInt()))
        .containsExactly(2, 3, 4, 5, 7);
    assertThat(results.get(1).at("/error/message").asText())
        .isEqualTo("`waits too long` has not ended after 200ms.");
    assertThat(results.get(4).at("/error/message").asText())
        .isEqualTo("Expected the promise to throw 'too small'; RangeError: too big was thrown.");
    assertThat(results.getLast().path("type").asText()).isEqualTo("tests");
    assertThat(results.getLast().path("failed").asInt()).isEqualTo(5);
    assertThat(results.getLast().path("passed").asInt()).isEqualTo(1);
  }

  private List<JsonNode> json() throws IOException {
    var results = new ArrayList<JsonNode>();
    for (var line : hearth.out().lines().toList()) {
      results.add(JsonMapper.builder().build().readTree(line));
    }
    return results;
  }

  @Test
  void hooks_run_around_tests_from_the_outside_in_and_back() throws Exception {
    var status =
        test(
            """
            const seen = [];
            const note = (what) => () => void seen.push(what);
            beforeAll(note('B')); afterEach(note('a'));
            beforeEach(note('b'));
            describe('inner', () => {
              beforeAll(note('IB')); beforeEach(note('ib')); afterEach(note('ia')); afterAll(note('IA'));
              it('one', note('1'));
              it('two', note('2'));
            });
            describe('broken', () => {
              beforeAll(() => { throw new Error('no world'); });
              it('does not run', note('x'));
            });
            it('sees all', () => {
              expect(seen.join(' ')).toBe('B IB b ib 1 ia a b ib 2 ia a IA b');
            });
            """);
    assertThat(out())
        .contains("✗ does not run", "error: no world", "✓ sees all", "3 passed, 1 failed");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void only_and_a_filter_choose() throws Exception {
    var body =
        """
        it('a first', () => {});
        it.only('a second', () => {});
        describe.only('group', () => { it('third', () => {}); });
        """;
    assertThat(test(body)).isZero();
    assertThat(out()).contains("3 tests: 2 passed, 1 skipped");
    assertThat(test(body, "--filter", "GROUP third")).isZero();
    assertThat(out()).contains("✓ third", "1 test: 1 passed").doesNotContain("first");
  }

  @Test
  void each_matcher_holds_and_denies() throws Exception {
    var status =
        test(
            """
            class Disk { constructor(size) { this.size = size; } }
            const coded = Object.assign(new Error('VM 9 is gone'), { code: 'vm.gone' });
            const boom = () => { throw coded; };
            const cyclic = { a: 1 }; cyclic.self = cyclic;
            const alike = { a: 1 }; alike.self = alike;
            const cases = [
              ['toBe', NaN, [NaN], [0]], ['toBe', 'x', ['x'], ['y']], ['toBe', 0, [0], [-0]],
              ['toEqual', { a: undefined, b: [1] }, [{ b: [1] }], [{ b: [2] }]],
              ['toEqual', cyclic, [alike], [{ a: 1 }]],
              ['toEqual', new Map([['k', { v: 1 }]]), [new Map([['k', { v: 1 }]])], [new Map([['k', { v: 2 }]])]],
              ['toEqual', new Set([[1]]), [new Set([[1]])], [new Set([[2]])]],
              ['toEqual', [1, 2], [[1, 2]], [[1, 2, 3]]], ['toEqual', new Date(5), [new Date(5)], [new Date(6)]],
              ['toEqual', new Uint8Array([1]), [new Uint8Array([1])], [[1]]],
              ['toEqual', { id: 7, at: 'now' }, [{ id: expect.any(Number), at: expect.anything() }], [{ id: expect.any(String), at: 'now' }]],
              ['toEqual', { a: 1 }, [expect.objectContaining({ a: 1 })], [expect.objectContaining({ b: 1 })]],
              ['toEqual', [1, 2], [expect.arrayContaining([2])], [expect.arrayContaining([3])]],
              ['toEqual', 'abc', [expect.stringMatching(/^a/)], [expect.stringContaining('x')]],
              ['toStrictEqual', new Disk(1), [new Disk(1)], [{ size: 1 }]], ['toStrictEqual', { a: 1 }, [{ a: 1 }], [{ a: 1, b: undefined }]],
              ['toMatchObject', { a: { b: 1, c: 2 }, l: [{ x: 1, y: 2 }] }, [{ a: { b: 1 }, l: [{ x: 1 }] }], [{ a: { b: 2 } }]],
              ['toMatchObject', { l: [1, 2] }, [{ l: [1, 2] }], [{ l: [1] }]], ['toMatchObject', null, [], [{}]],
              ['toContain', 'hearth', ['ear'], ['eye']], ['toContain', [1, 2], [2], [3]],
              ['toContainEqual', [{ a: 1 }], [{ a: 1 }], [{ a: 2 }]],
              ['toHaveLength', 'abc', [3], [2]], ['toHaveLength', new Set([1]), [1], [2]],
              ['toHaveProperty', { a: { b: [{ c: 1 }] } }, ['a.b[0].c', 1], ['a.x']], ['toHaveProperty', { 'a.b': 1 }, [['a.b']], ['a.b']],
              ['toMatch', 'vm-100', [/\\\\d+/], [/x/]], ['toMatch', 'vm-100', ['100'], ['200']], ['toMatch', 100, [], ['100']],
              ['toBeCloseTo', 0.1 + 0.2, [0.3], [0.31]], ['toBeCloseTo', 100, [101, -1], [106, -1]],
              ['toBeGreaterThan', 2, [1], [2]], ['toBeGreaterThanOrEqual', 2, [2], [3]], ['toBeLessThan', 1n, [2], [1]],
              ['toBeLessThanOrEqual', 2, [2], [1]], ['toBeGreaterThan', '2', [], [1]],
              ['toBeNull', null, [], undefined], ['toBeNull', undefined, undefined, []], ['toBeDefined', 0, [], undefined],
              ['toBeDefined', undefined, undefined, []], ['toBeUndefined', undefined, [], undefined], ['toBeTruthy', 'x', [], undefined],
              ['toBeTruthy', '', undefined, []], ['toBeFalsy', 0, [], undefined], ['toBeNaN', NaN, [], undefined], ['toBeNaN', 'x', undefined, []],
              ['toBeInstanceOf', new Disk(1), [Disk], [Map]],
              ['toThrow', boom, [], ['other']], ['toThrow', boom, ['gone'], [/here/]], ['toThrow', boom, ['vm.gone'], ['vm']+['.x']],
              ['toThrow', boom, [Error], [RangeError]], ['toThrow', boom, [{ code: 'vm.gone' }], [{ code: 'vm.here' }]], ['toThrow', () => {}, undefined, []],
            ];
            const failure = (work) => { try { work(); } catch (error) { return error; } };
            it.each(cases)('%s of %o', (name, actual, holds, fails) => {
              if (holds?.length > 0 || fails === undefined) {
                expect(actual)[name](...holds);
                expect(failure(() => expect(actual).not[name](...holds))?.code).toBe('test.expectation');
              }
              if (fails !== undefined && Array.isArray(fails)) {
                expect(actual).not[name](...fails);
                expect(failure(() => expect(actual)[name](...fails))?.code).toBe('test.expectation');
              }
            });
            it('waits for promises', async () => {
              await expect(Promise.resolve({ a: 1 })).resolves.toEqual({ a: 1 });
              await expect(async () => { throw coded; }).rejects.toThrow({ code: 'vm.gone' });
              await expect(Promise.reject(coded)).rejects.not.toThrow('here');
              await expect(expect(Promise.resolve(1)).rejects.toThrow()).rejects.toThrow('resolved with 1');
              await expect(expect(Promise.reject(coded)).resolves.toBe(1)).rejects.toThrow('VM 9 is gone (vm.gone)');
            });
            """
                .replace("\\\\", "\\"));
    assertThat(out()).doesNotContain("✗");
    assertThat(status).isZero();
  }

  @Test
  void files_share_no_realm_and_no_world() throws Exception {
    var body =
        IMPORT
            + """
            import { proxmox } from 'hearth:proxmox';
            it('is alone', async () => {
              expect(globalThis.mark).toBeUndefined();
              expect(await proxmox().vms.list()).toEqual([]);
              globalThis.mark = 1;
              await proxmox().vms.create({ node: 'pve', vmid: 100 });
            });
            """;
    file("one.test.js", body);
    file("two.test.ts", body.replace("async ()", "async (): Promise<void>"));
    file("none.js", "throw new Error('this is no file of tests');");
    assertThat(hearth.type("test", folder.toString())).isZero();
    assertThat(out())
        .isEqualTo(
            """
            one.test.js
              ✓ is alone (TIME)
            two.test.ts
              ✓ is alone (TIME)

            2 tests: 2 passed (TIME)
            """);
  }

  @Test
  void a_recipe_under_test_does_only_what_was_allowed() throws Exception {
    file(
        "recipe.js",
        """
        export const recipe = { summary: 'Reads', permissions: { read: ['.'] } };
        import { fs } from 'hearth:fs';
        export default async ({ step, log }) => {
          log.info('reading', { n: 1 });
          await step('look', () => 1, { undo: () => {} });
          console.log('printed');
          return fs.read(%s);
        };
        """
            .formatted("'" + file("data.txt", "data") + "'"));
    var body =
        """
        it('runs', async () => {
          const run = await runRecipe('recipe.js', { onError: 'undo' });
          console.log(JSON.stringify(run));
        });
        """;
    assertThat(test(body)).isZero();
    var refused = JsonMapper.builder().build().readTree(hearth.err().strip());
    assertThat(refused.path("status").asText()).isEqualTo("refused");
    assertThat(refused.path("exitStatus").asInt()).isEqualTo(3);
    assertThat(test(body, "--allow-read", folder.toString())).isZero();
    var run = JsonMapper.builder().build().readTree(hearth.err().strip());
    assertThat(run.path("result").asText()).isEqualTo("data");
    assertThat(run.path("steps")).hasToString("[{\"name\":\"look\",\"error\":null}]");
    assertThat(run.at("/log/0/fields")).hasToString("{\"n\":1}");
    assertThat(run.path("printed")).hasToString("[\"printed\"]");
    assertThat(folder.resolve("home/state")).doesNotExist();
  }

  @Test
  void a_file_of_tests_reads_nothing_that_was_not_allowed() throws Exception {
    var secret = file("secret.txt", "secret");
    assertThat(
            test(
                """
                import { fs } from 'hearth:fs';
                it('reads', () => fs.read('%s'));
                """
                    .formatted(secret)))
        .isEqualTo(1);
    assertThat(out()).contains("permission.").doesNotContain("\"secret\"");
  }

  @Test
  void time_is_put_forward_in_order() throws Exception {
    var status =
        test(
            """
            import { now, sleep } from 'hearth:time';
            it('rings', async () => {
              const seen = [];
              const bell = setInterval(() => seen.push('bell'), 600_000);
              setTimeout(() => seen.push('timer'), 1_500_000);
              const nap = sleep('59m').then(() => seen.push('nap'));
              const before = Date.parse(await now());
              await clock.advance('1h');
              await nap;
              clearInterval(bell);
              expect(seen.filter((what) => what === 'bell')).toHaveLength(6);
              expect(seen.slice(0, 4)).toEqual(['bell', 'bell', 'timer', 'bell']);
              expect(Date.parse(await now()) - before).toBeGreaterThanOrEqual(3_600_000);
            });
            """);
    assertThat(out()).doesNotContain("✗");
    assertThat(status).isZero();
  }

  @Test
  void results_are_written_for_ci_systems() throws Exception {
    var report = folder.resolve("report.xml");
    test(
        "it('is <well>', () => {}); it('is not', () => { throw new Error('\\u0000 & <no>'); });",
        "--junit",
        report.toString());
    assertThat(
            Files.readString(report).replace(folder + "/", "").replaceAll("time=\"[0-9.]+\"", "T"))
        .contains(
            "<testsuite name=\"a.test.js\" tests=\"2\" failures=\"1\" skipped=\"0\" T>",
            "<testcase classname=\"a.test.js\" name=\"is &lt;well&gt;\" T></testcase>",
            "<failure type=\"recipe.error\" message=\"\uFFFD &amp; &lt;no");
  }

  @Test
  void what_cannot_be_run_is_told() throws Exception {
    assertThat(hearth.type("test", folder.toString())).isEqualTo(2);
    assertThat(hearth.err()).contains("There is no file of tests in the folder", "cli.no-tests");
    assertThat(test("it('x', () => {});", "--timeout", "5")).isEqualTo(2);
    assertThat(hearth.err()).contains("a duration such as 90s or 5m; the default is 5s");
    assertThat(test("const x = 1;")).isEqualTo(1);
    assertThat(out()).contains("✗ the file is loaded", "There is no test in `");
    assertThat(test("it('x');")).isEqualTo(1);
    assertThat(out()).contains("error: The test 'x' has no function.", "at a.test.js:2:1");
    assertThat(test("import { nothing } from './missing.js';")).isEqualTo(1);
    assertThat(out()).contains("missing.js");
  }

  @Test
  void tests_in_an_ordinary_run_are_refused() throws Exception {
    var file = file("r.js", IMPORT + "it('x', () => {}); export default () => 1;");
    assertThat(hearth.type("run", file.toString())).isEqualTo(1);
    assertThat(hearth.err()).contains("`hearth:test` works in tests only.");
  }

  @Test
  void the_examples_of_the_page_pass() throws Exception {
    var page =
        Files.readString(
            Path.of("..").resolve("stdlib/src/main/java/dev/hearth/stdlib/test/README.md"));
    var blocks = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL).matcher(page);
    var examples = 0;
    while (blocks.find()) {
      var isRecipe = blocks.group(1).contains("export default");
      file(isRecipe ? "inventory.js" : "example" + examples++ + ".test.js", blocks.group(1));
    }
    assertThat(examples).isEqualTo(2);
    assertThat(hearth.type("test", folder.toString())).as(out()).isZero();
  }
}
