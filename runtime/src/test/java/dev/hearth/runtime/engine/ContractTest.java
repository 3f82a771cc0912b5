package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The five rules between recipes and the engine (architecture, section 3). */
class ContractTest {
  private EngineFixture engine;

  @BeforeEach
  void start(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private static ErrorReport error(RecipeExecution.Outcome outcome) {
    return requireNonNull(outcome.error(), "the run was expected to fail");
  }

  private static ErrorReport.Location place(RecipeExecution.Outcome outcome) {
    return requireNonNull(error(outcome).location(), "the error was expected to have a place");
  }

  private @Nullable String value(String body) {
    var outcome = engine.run(recipe(body));
    assertThat(outcome.error()).isNull();
    return outcome.value() == null ? null : outcome.value().toString();
  }

  private static String recipe(String body) {
    return """
    import { echo, call } from 'hearth:lab';
    export default async function ({ step, log, signal }) {
    %s
    }
    """
        .formatted(body);
  }

  private static Consumer<RecipeExecution> stopWhenBlocked(EngineFixture engine) {
    return execution ->
        Thread.startVirtualThread(
            () -> {
              try {
                engine.lab.blocked.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              execution.stop(new HearthException(EngineError.INTERRUPTED));
            });
  }

  // 1. An op decodes, checks, makes a real promise, reserves a slot, and never throws.

  @Test
  void an_op_returns_a_real_promise_of_real_data() {
    assertThat(
            value(
                """
                const p = echo({ list: [1, 'two', null, { deep: true }] });
                const v = await p;
                return [p instanceof Promise, Array.isArray(v.list), { ...v }.list[3].deep,
                  JSON.stringify(v)];
                """))
        .isEqualTo("[true,true,true,\"{\\\"list\\\":[1,\\\"two\\\",null,{\\\"deep\\\":true}]}\"]");
  }

  @Test
  void a_refused_op_rejects_and_does_not_throw() {
    assertThat(
            value(
                """
                const p = call('change');
                try { await p; } catch (e) { return [e.name, e.code, e.message, e.hint]; }
                """))
        .isEqualTo(
            "[\"HearthError\",\"lab.forbidden\",\"`change` was not granted.\",\"Grant it.\"]");
  }

  @Test
  void a_wrong_argument_is_refused_before_any_work_and_says_which() {
    assertThat(
            value(
                """
                const say = async (args) => { try { await call('timed', { duration: '1s', count: 1, ...args }); } catch (e) { return e.message; } };
                return [await say({ duration: 30 }), await say({ duration: '3 parsecs' }),
                  await say({ durations: '3s' }), await say({ count: '5' })];
                """))
        .isEqualTo(
            "[\"`lab.timed` was called with a wrong argument: `duration`: a duration is written"
                + " with its unit, such as '30s' or '5m'.\",\"`lab.timed` was called with a wrong"
                + " argument: `duration`: `3 parsecs` is no duration; write a number with its unit,"
                + " such as 500ms, 30s, 5m or 2h.\",\"`lab.timed` was called with a wrong argument:"
                + " it has no option `durations`.\",\"`lab.timed` was called with a wrong argument:"
                + " `count` takes a whole number.\"]");
  }

  @Test
  void bytes_cross_as_bytes_both_ways_and_are_copied() {
    assertThat(
            value(
                """
                const out = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4);
                const pending = call('reverse', undefined, { bytes: out });
                out[0] = 77;
                const back = await pending;
                return [back instanceof Uint8Array, [...back], back.buffer instanceof ArrayBuffer];
                """))
        .isEqualTo("[true,[3,2,1],true]");
  }

  @Test
  void data_that_looks_like_a_prototype_stays_data() {
    assertThat(
            value(
                """
                const v = await echo(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}'));
                return [Object.keys(v), v.polluted ?? null, {}.polluted ?? null];
                """))
        .isEqualTo("[[\"__proto__\",\"constructor\"],null,null]");
  }

  @Test
  void a_getter_that_throws_in_an_argument_rejects_the_call() {
    assertThat(
            value(
                """
                try { await echo({ get x() { throw new RangeError('mine'); } }); }
                catch (e) { return [e.constructor.name, e.message]; }
                """))
        .isEqualTo("[\"RangeError\",\"mine\"]");
  }

  // 2. and 3. Any outcome becomes JSON and settles the promise exactly once.

  @Test
  void a_deliberate_failure_arrives_with_code_hint_and_details_at_the_line_of_the_call() {
    var outcome =
        engine.run(
            """
            import { call } from 'hearth:lab';
            export default async () => {
              await null;
              await call('fail', { name: 'vm' });
            };
            """);
    var error = error(outcome);
    assertThat(error.code()).isEqualTo("lab.not-there");
    assertThat(error.kind()).isEqualTo(ErrorKind.SYSTEM);
    assertThat(error.message()).isEqualTo("There is no `vm` here.");
    assertThat(error.hint()).isEqualTo("Look elsewhere than `vm`.");
    assertThat(error.details()).containsEntry("tried", 3);
    assertThat(place(outcome).file()).isEqualTo("recipe.js");
    assertThat(place(outcome).line()).isEqualTo(4);
    assertThat(place(outcome).text()).isEqualTo("  await call('fail', { name: 'vm' });");
  }

  @Test
  void a_bug_and_even_a_java_error_arrive_as_rejections_that_say_so() {
    assertThat(
            value(
                """
                const codes = [];
                for (const op of ['crash', 'overflow']) {
                  try { await call(op); } catch (e) { codes.push(e.code + ' ' + e.message); }
                }
                return codes;
                """))
        .isEqualTo(
            "[\"hearth.bug Hearth itself failed inside `lab.crash`: this is a bug.\","
                + "\"hearth.bug Hearth itself failed inside `lab.overflow`: this is a bug.\"]");
  }

  @Test
  void no_java_object_reaches_javascript() {
    assertThat(
            value(
                """
                return [typeof Java, typeof Packages, typeof Polyglot, typeof Graal, typeof load,
                  typeof print, (await echo({ a: 1 })).getClass ?? null, typeof process, typeof require];
                """))
        .isEqualTo(
            "[\"undefined\",\"undefined\",\"undefined\",\"undefined\",\"undefined\",\"undefined\",null,"
                + "\"undefined\",\"undefined\"]");
  }

  @Test
  void ten_thousand_operations_at_once_all_arrive_and_respect_the_limit() {
    engine.limits = new OpLimits(64, 20_000, 1_000_000);
    assertThat(
            value(
                """
                const all = await Promise.all(
                  Array.from({ length: 10_000 }, (_, i) => call('slowEcho', { value: i })));
                return all.every((v, i) => v === i) && all.length;
                """))
        .isEqualTo("10000");
    assertThat(engine.lab.mostInFlight.get()).isBetween(2, 64);
  }

  @Test
  void more_waiting_operations_than_allowed_are_refused_by_the_settings_name() {
    engine.limits = new OpLimits(1, 10, 1_000);
    var outcome =
        engine.run(recipe("await Promise.all(Array.from({ length: 50 }, () => call('block')));"));
    assertThat(error(outcome).code()).isEqualTo("limit.too-many-operations");
    assertThat(error(outcome).hint()).contains("`limits.waitingOperations`");
  }

  @Test
  void a_result_larger_than_the_limit_is_refused_by_the_settings_name() {
    engine.limits = new OpLimits(4, 10, 1_000);
    var outcome = engine.run(recipe("await echo('x'.repeat(2000));"));
    assertThat(error(outcome).hint()).contains("`limits.resultBytes`");
  }

  @Test
  void microtasks_run_before_the_next_completion() {
    assertThat(
            value(
                """
                const order = [];
                const first = echo(1).then(() => { order.push('a'); queueMicrotask(() => order.push('b')); });
                await first;
                await echo(2);
                order.push('c');
                return order;
                """))
        .isEqualTo("[\"a\",\"b\",\"c\"]");
  }

  @Test
  void a_stream_is_pulled_and_leaving_the_loop_closes_it() {
    assertThat(
            value(
                """
                const seen = [];
                for await (const n of await call('count')) { seen.push(n); if (n === 3) break; }
                return seen;
                """))
        .isEqualTo("[1,2,3]");
    assertThat(engine.lab.pulled.get()).isEqualTo(3);
    assertThat(engine.lab.closed.get()).isEqualTo(1);
  }

  @Test
  void a_stream_read_to_its_end_is_closed_once() {
    assertThat(value("let n = 0; for await (const _ of await call('count')) n++; return n;"))
        .isEqualTo("1000");
    assertThat(engine.lab.closed.get()).isEqualTo(1);
  }

  @Test
  void a_thousand_streams_that_have_ended_leave_nothing() {
    assertThat(
            openStreamsAfter(
                """
                for (let i = 0; i < 500; i++) for await (const _ of await call('count')) break;
                for (let i = 0; i < 499; i++) for await (const _ of await call('count'));
                const broken = await call('broken');
                try { for await (const _ of broken); } catch (e) { log.info(e.code); }
                log.info(`${(await broken.next()).done}`);
                """))
        .isZero();
    assertThat(engine.logged).containsExactly("info lab.forbidden {}", "info true {}");
    assertThat(engine.lab.closed.get()).isEqualTo(1000);
    assertThat(openStreamsAfter("await call('count');")).isEqualTo(1);
  }

  private long openStreamsAfter(String body) {
    var execution = new AtomicReference<@Nullable RecipeExecution>();
    assertThat(engine.run(recipe(body), execution::set).error()).isNull();
    return requireNonNull(execution.get()).openStreams();
  }

  @Test
  void a_stream_that_nobody_read_is_closed_with_the_run() {
    value("await call('count'); return 1;");
    assertThat(engine.lab.closed.get()).isEqualTo(1);
    assertThat(engine.lab.pulled.get()).isZero();
  }

  // 4. When a run ends.

  @Test
  void a_promise_that_never_settles_is_a_failure_and_no_hang() {
    var outcome = engine.run(recipe("await new Promise(() => {});"));
    assertThat(error(outcome).code()).isEqualTo("recipe.never-settles");
  }

  @Test
  void what_was_started_without_await_still_finishes() {
    value("setTimeout(() => echo('late').then((v) => console.log(v)), 5); return 1;");
    assertThat(engine.printed).containsExactly("late");
  }

  // 5. Failure that nobody handled, and stopping.

  @Test
  void a_rejection_that_nobody_handled_fails_the_run_at_its_line() {
    var outcome =
        engine.run(
            recipe(
                """
                call('fail', { name: 'forgotten' });
                await echo(1);
                await echo(2);
                await echo(3);
                """));
    assertThat(error(outcome).message()).isEqualTo("There is no `forgotten` here.");
    assertThat(place(outcome).line()).isEqualTo(3);
  }

  @Test
  void an_error_in_a_timer_fails_the_run_and_interrupts_the_rest() throws InterruptedException {
    var outcome =
        engine.run(
            recipe("setTimeout(() => { throw new TypeError('late'); }, 20); await call('block');"));
    assertThat(error(outcome).message()).isEqualTo("TypeError: late");
    assertThat(engine.lab.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_stop_rejects_what_is_out_and_runs_finally_blocks_with_operations() {
    var outcome =
        engine.run(
            recipe(
                """
                try { await call('block'); }
                catch (e) { console.log('caught ' + e.code + ' ' + signal.aborted); throw e; }
                finally { console.log('cleaned ' + (await echo('up'))); }
                """),
            stopWhenBlocked(engine));
    assertThat(engine.printed).containsExactly("caught run.interrupted true", "cleaned up");
    assertThat(error(outcome).kind()).isEqualTo(ErrorKind.INTERRUPTED);
  }

  @Test
  void an_endless_loop_is_stopped_where_it_is_and_its_finally_blocks_run() {
    var outcome =
        engine.run(
            """
            import { echo } from 'hearth:lab';
            async function spin() {
              try {
                console.log('looping');
                for (;;);
              } finally {
                console.log('cleaned ' + (await echo('inside')));
              }
            }
            export default async () => {
              try {
                await spin();
              } finally {
                console.log('cleaned ' + (await echo('outside')));
              }
            };
            """,
            stopWhenPrinted("looping"));
    assertThat(engine.printed).containsExactly("looping", "cleaned inside", "cleaned outside");
    assertThat(error(outcome).kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(place(outcome).line()).isEqualTo(5);
  }

  @Test
  void what_a_finally_block_begins_after_an_endless_loop_comes_to_its_end() {
    var outcome =
        engine.run(
            recipe(
                """
                try { console.log('looping'); for (;;); }
                finally {
                  await new Promise((resolve) => setTimeout(resolve, 20));
                  console.log('slept');
                  console.log('cleaned ' + (await call('slowEcho', { value: 'up' })));
                }
                """),
            stopWhenPrinted("looping"));
    assertThat(engine.printed).containsExactly("looping", "slept", "cleaned up");
    assertThat(error(outcome).kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void a_loop_inside_one_built_in_call_is_interrupted() {
    engine.grace = Duration.ofMillis(200);
    var outcome =
        engine.run(
            """
            export default () => {
              console.log('matching');
              /^(a+)+\\1?$/.test('a'.repeat(60) + 'b');
            };
            """,
            stopWhenPrinted("matching"));
    assertThat(error(outcome).kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  private Consumer<RecipeExecution> stopWhenPrinted(String line) {
    return execution ->
        engine.onPrint =
            text -> {
              if (text.equals(line)) {
                execution.stop(new HearthException(EngineError.TIMED_OUT, "1s"));
              }
            };
  }

  @Test
  void endless_microtasks_are_ended_after_the_grace_period() {
    engine.grace = Duration.ofMillis(300);
    var outcome =
        engine.run(
            recipe("for (;;) { try { await null; } catch {} }"),
            execution -> execution.stop(new HearthException(EngineError.TIMED_OUT, "1s")));
    assertThat(error(outcome).kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void a_recipe_that_ignores_the_stop_is_ended_after_the_grace_period() {
    engine.grace = Duration.ofMillis(200);
    var outcome =
        engine.run(
            recipe(
                "call('block').catch(() => {}); for (;;) { try { await call('block'); } catch {}"
                    + " }"),
            stopWhenBlocked(engine));
    assertThat(error(outcome).kind()).isEqualTo(ErrorKind.INTERRUPTED);
  }

  @Test
  void an_abort_signal_rejects_the_call_with_its_reason_and_interrupts_the_worker() {
    assertThat(
            value(
                """
                const controller = new AbortController();
                const p = call('block', undefined, { signal: controller.signal });
                setTimeout(() => controller.abort(new Error('enough')), 5);
                try { await p; } catch (e) { return e.message; }
                """))
        .isEqualTo("\"enough\"");
  }

  @Test
  void an_abort_signal_ends_the_stream_that_was_opened_with_it() {
    assertThat(
            value(
                """
                const controller = new AbortController();
                const seen = [];
                try {
                  for await (const n of await call('silent', undefined, { signal: controller.signal })) {
                    seen.push(n);
                    setTimeout(() => controller.abort(new Error('enough')), 5);
                  }
                } catch (e) { seen.push(e.message); }
                return seen;
                """))
        .isEqualTo("[1,\"enough\"]");
    assertThat(engine.lab.closed).hasValue(1);
  }

  @Test
  void a_stream_whose_signal_is_aborted_while_nobody_reads_gives_no_more() {
    assertThat(
            value(
                """
                const controller = new AbortController();
                const stream = await call('count', undefined, { signal: controller.signal });
                const seen = [(await stream.next()).value];
                controller.abort(new Error('enough'));
                try { await stream.next(); } catch (e) { seen.push(e.message); }
                return [...seen, (await stream.next()).done];
                """))
        .isEqualTo("[1,\"enough\",true]");
    assertThat(engine.lab.closed).hasValue(1);
  }

  @Test
  void steps_are_told_in_order_and_undone_by_their_own_function() {
    var outcome =
        engine.run(
            recipe(
                """
                const made = await step('make', async () => ({ id: await echo(7) }), {
                  undo: async (it) => console.log('unmade ' + (await echo(it.id))),
                });
                await step('count', () => {});
                return made;
                """),
            execution -> {},
            List.of("make"));
    assertThat(outcome.error()).isNull();
    assertThat(engine.steps)
        .containsExactly(
            "began make (undo)", "finished make {\"id\":7}", "began count", "finished count null");
    assertThat(engine.printed).containsExactly("unmade 7");
    assertThat(engine.undone).hasSize(1).containsOnlyNulls();
  }

  @Test
  void a_failed_undo_says_why() {
    engine.run(
        recipe("await step('make', () => 1, { undo: () => call('fail', { name: 'undo' }) });"),
        execution -> {},
        List.of("make"));
    assertThat(requireNonNull(engine.undone.getFirst()).message())
        .isEqualTo("There is no `undo` here.");
  }
}
