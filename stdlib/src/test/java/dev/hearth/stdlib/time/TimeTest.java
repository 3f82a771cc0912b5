package dev.hearth.stdlib.time;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trying again, polling and limits; what is claimed of times is how long they are at least. */
class TimeTest {
  private final Path folder;
  private final RecipeTester tester;

  TimeTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private JsonNode value(String body) throws IOException, InterruptedException {
    var recipe =
        """
        import { add, between, format, inZone, now, parse, rateLimit, retry, sleep, startOfDay, subtract, timeout, until }
          from 'hearth:time';
        const t0 = Date.parse(await now());
        const passed = async () => Date.parse(await now()) - t0;
        export default async ({ log }) => {
        %s
        };
        """
            .formatted(body.indent(2).stripTrailing());
    var result = tester.run(Files.writeString(folder.resolve("recipe.js"), recipe));
    assertThat(tester.error()).isEmpty();
    return requireNonNull(result.value());
  }

  @Test
  void what_fails_is_tried_again_later_and_later() throws Exception {
    assertThat(
            value(
                """
                const at = [];
                const answer = await retry(async (attempt) => {
                  at.push(await passed());
                  if (attempt < 5) throw new Error('not yet');
                  return `attempt ${attempt}`;
                }, { attempts: 9, delay: '10ms', backoff: 3, longest: '40ms', jitter: 0 });
                const pauses = at.slice(1).map((time, i) => time - at[i]);
                return [answer, ...pauses.map((pause, i) => pause >= [10, 30, 40, 40][i] - 1)];
                """))
        .hasToString("[\"attempt 5\",true,true,true,true]");
  }

  @Test
  void the_last_failure_is_the_one_that_is_thrown() throws Exception {
    assertThat(
            value(
                """
                const told = [];
                const failing = (attempt) => { throw new Error(`failure ${attempt}`); };
                for (const options of [{ delay: '1ms' }, { delay: '1ms', attempts: 2 }, { delay: '1ms', when: (e) => !/2/.test(e.message) }]) {
                  try { await retry(failing, options); } catch (e) { told.push(e.message); }
                }
                try { await retry(failing, { tries: 3 }); } catch (e) { told.push(e.code, e.message); }
                return told;
                """))
        .hasToString(
            "[\"failure 3\",\"failure 2\",\"failure 2\",\"time.option\","
                + "\"`retry` has no option `tries`.\"]");
  }

  @Test
  void a_condition_is_asked_until_it_holds_or_the_time_is_over() throws Exception {
    assertThat(
            value(
                """
                let n = 0;
                const before = await passed();
                const answer = await until(() => ++n === 4 && 'ready', { every: '10ms' });
                const after = await passed();
                let failed;
                try { await until(() => false, { every: '5ms', timeout: '30ms' }); } catch (e) { failed = [e.code, e.message]; }
                return [answer, after - before >= 29, failed];
                """))
        .hasToString("[\"ready\",true,[\"time.timed-out\",\"It took longer than 30ms.\"]]");
  }

  @Test
  void what_takes_too_long_is_given_up_and_told_so() throws Exception {
    assertThat(
            value(
                """
                let aborted;
                const never = (signal) => new Promise(() => signal.addEventListener('abort', () => { aborted = signal.reason.code; }));
                let failed;
                try { await timeout(never, '30ms'); } catch (e) { failed = e.code; }
                return [await timeout(Promise.resolve('fast'), '1m'), failed, aborted];
                """))
        .hasToString("[\"fast\",\"time.timed-out\",\"time.timed-out\"]");
  }

  @Test
  void no_more_begin_within_a_time_than_the_limit_says() throws Exception {
    assertThat(
            value(
                """
                const limited = rateLimit(2, '50ms');
                const before = await passed(); // when the first two begin is known no better: to ask for the time takes some
                const at = await Promise.all(Array.from({ length: 5 }, () => limited(passed)));
                return [2, 3, 4].map((nth) => at[nth] - before >= 50 * Math.floor(nth / 2) - 1);
                """))
        .hasToString("[true,true,true]");
  }

  @Test
  void instants_are_reckoned_with_in_utc() throws Exception {
    assertThat(
            value(
                """
                const at = '2026-11-26T04:45:00+01:00';
                return [parse(at), parse(new Date(0)), add(at, '90m'), subtract(at, '1.5s'), add(at, '1d'),
                  between(at, add(at, '2h')), between(add(at, '1ms'), at), format(between('2026-01-01T00:00:00Z', '2026-01-02T00:00:00+02:00')),
                  add(await now(), '1h') > await now()];
                """))
        .hasToString(
            "[\"2026-11-26T03:45:00.000Z\",\"1970-01-01T00:00:00.000Z\",\"2026-11-26T05:15:00.000Z\","
                + "\"2026-11-26T03:44:58.500Z\",\"2026-11-27T03:45:00.000Z\",7200000,-1,\"22h\",true]");
  }

  @Test
  void days_and_clocks_are_those_of_a_zone_also_when_its_clocks_are_changed() throws Exception {
    assertThat(
            value(
                """
                return [startOfDay('2026-11-26T03:45:00Z'), startOfDay('2026-11-25T23:30:00Z', 'Europe/Berlin'),
                  startOfDay('2026-03-29T20:00:00Z', 'Europe/Berlin'), startOfDay('2026-10-25T20:00:00Z', 'Europe/Berlin'),
                  startOfDay('2018-11-04T12:00:00Z', 'America/Sao_Paulo'),
                  inZone('2026-07-01T12:00:00Z', 'Europe/Berlin'), inZone(new Date(0), '-03:30'), inZone('2026-07-01T12:00:00Z', 'UTC')];
                """))
        .hasToString(
            "[\"2026-11-26T00:00:00.000Z\",\"2026-11-25T23:00:00.000Z\","
                + "\"2026-03-28T23:00:00.000Z\",\"2026-10-24T22:00:00.000Z\","
                + "\"2018-11-04T03:00:00.000Z\","
                + "\"2026-07-01T14:00:00.000+02:00\",\"1969-12-31T20:30:00.000-03:30\","
                + "\"2026-07-01T12:00:00.000+00:00\"]");
  }

  @Test
  void what_is_no_instant_zone_or_duration_is_refused_by_name() throws Exception {
    assertThat(
            value(
                """
                const told = [];
                for (const wrong of [() => parse('2026-11-26'), () => parse('2026-11-26T03:45:00'), () => parse('tomorrow'),
                  () => parse(new Date(NaN)), () => parse(undefined), () => add('2026-13-01T00:00:00Z', '1h'),
                  () => startOfDay('2026-11-26T03:45:00Z', 'Europe/Bärlin'), () => inZone('2026-11-26T03:45:00Z', '+25:00'),
                  () => add('2026-11-26T03:45:00Z', 5), () => parse('+10000-01-01T00:00:00Z'),
                  () => add('9999-12-31T23:59:59Z', '1s'), () => subtract('0000-01-01T00:00:00Z', '999999999999d'), () => add('2026-11-26T03:45:00Z', '99999999999999d')]) {
                  try { told.push(wrong()); } catch (e) { told.push(e.code); }
                }
                return told;
                """))
        .hasToString(
            "[\"time.instant\",\"time.instant\",\"time.instant\","
                + "\"time.instant\",\"time.instant\",\"time.instant\","
                + "\"time.zone\",\"time.zone\","
                + "\"recipe.op-argument\",\"time.instant\",\"time.no-such\",\"time.no-such\",\"recipe.op-argument\"]");
  }
}
