package dev.hearth.stdlib.events;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:events} seen from a recipe. */
@Timeout(20)
class EventsTest {
  private final Path folder;
  private final RecipeTester tester;

  EventsTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private Path recipe(String body) throws IOException {
    return Files.writeString(
        folder.resolve("recipe.js"),
        """
        import { events } from 'hearth:events';
        import { proxmox } from 'hearth:proxmox';
        import { sleep } from 'hearth:time';
        export const recipe = { permissions: { proxmox: 'write' } };
        const told = [];
        const code = async (work) => { try { await work(); return 'done'; } catch (e) { return e.code ?? e.name; } };
        export default async ({ step, log }) => {
        %s
        };
        """
            .formatted(body.indent(2).stripTrailing()));
  }

  private JsonNode value(String body) throws IOException, InterruptedException {
    var result = tester.run(recipe(body), RunRequest::simulated);
    assertThat(tester.error()).isEmpty();
    return requireNonNull(result.value());
  }

  private String error(String body) throws IOException, InterruptedException {
    var result = tester.run(recipe(body), RunRequest::simulated);
    var error = requireNonNull(result.error(), "it did not fail");
    var location = error.location();
    var line = location == null ? "" : location.line() + " ";
    return error.code() + " " + line + error.message();
  }

  @Test
  void listeners_are_told_in_order_by_name_by_what_stands_above_it_and_all() throws Exception {
    assertThat(
            value(
                """
                const off = events.on('a.b', (data) => told.push(`exact ${data}`));
                events.on('a.*', (_, { name, source }) => told.push(`${name} by ${source}`));
                events.once('*', (data) => told.push(`once ${data}`));
                const second = () => told.push('second');
                events.on('a.b', second);
                const counts = [events.emit('a.b', 1), events.emit('a.b.c', 2), events.emit('ab', 3), events.emit('a')];
                off();
                counts.push(events.emit('a.b', 4), events.off('a.b', second), events.off('a.*'), events.off('none'), events.emit('a.b', 5));
                return [counts.join(' '), ...told];
                """))
        .hasToString(
            "[\"4 1 0 0 2 1 1 0 0\",\"exact 1\",\"a.b by recipe\",\"once 1\",\"second\",\"a.b.c by recipe\","
                + "\"a.b by recipe\",\"second\"]");
  }

  @Test
  void data_is_copied_and_cannot_be_changed() throws Exception {
    assertThat(
            value(
                """
                const data = { list: [1], at: new Date(0), skip: undefined, f: () => 1 };
                const tries = [];
                events.on('x', (d) => { try { d.list.push(2); } catch (e) { tries.push(e.name); } tries.push(JSON.stringify(d)); });
                events.emit('x', data);
                data.list.push(3);
                events.emit('x');
                const circle = {};
                circle.circle = circle;
                return [...tries, await code(() => events.emit('x', circle)), await code(() => events.emit('x', () => 1)),
                  await code(() => events.emit('x', 1n))];
                """))
        .hasToString(
            "[\"TypeError\",\"{\\\"list\\\":[1],\\\"at\\\":\\\"1970-01-01T00:00:00.000Z\\\"}\",\"TypeError\",\"null\","
                + "\"events.not-data\",\"events.not-data\",\"events.not-data\"]");
  }

  @Test
  void steps_and_tasks_of_proxmox_are_told_with_who_told_them() throws Exception {
    assertThat(
            value(
                """
                events.on('*', (d, { name, source }) => told.push([source, name, d.step ?? d.type, d.ok ?? d.error?.code].join(' ').trim()));
                await step('create', () => proxmox().vms.create({ node: 'pve', name: 'web', memory: 512 }));
                await step('fail', () => proxmox().vm(9999).start()).catch(() => undefined);
                events.emit('proxmox.task-started', { type: 'forged' });
                await sleep('1ms');
                return told;
                """))
        .hasToString(
            "[\"step step.started create\",\"proxmox proxmox.task-started qmcreate\","
                + "\"proxmox proxmox.task-finished qmcreate true\",\"step step.finished create\","
                + "\"step step.started fail\",\"recipe proxmox.task-started forged\","
                + "\"step step.finished fail proxmox.vm-not-found\"]");
  }

  @Test
  void one_waits_for_the_event_that_fits_and_not_longer_than_it_wants_to() throws Exception {
    assertThat(
            value(
                """
                const third = events.waitFor('n', { where: ({ data }) => data === 3, timeout: '1h' });
                const broken = code(() => events.waitFor('n', { where: () => { throw new TypeError('x'); } }));
                for (let i = 1; i < 5; i++) events.emit('n', i);
                const controller = new AbortController();
                const stopped = code(() => events.waitFor('n', { signal: controller.signal }));
                controller.abort();
                return [(await third).data, await broken, await stopped, await code(() => events.waitFor('n', { timeout: '10ms' })),
                  await code(() => events.waitFor('n', { timout: '1s' })), await code(() => events.waitFor('n', { timeout: 5 })),
                  await code(() => events.waitFor('n', { signal: AbortSignal.abort() })), events.emit('n')];
                """))
        .hasToString(
            "[3,\"TypeError\",20,\"events.timeout\",\"events.option\",\"recipe.op-argument\",20,0]");
  }

  @Test
  void a_stream_gives_all_in_order_until_it_is_left_and_says_when_it_is_read_too_slowly()
      throws Exception {
    assertThat(
            value(
                """
                const stream = events.stream('n.*', { buffer: 3 });
                for (let i = 0; i < 3; i++) events.emit('n.x', i);
                setTimeout(() => { events.emit('n.y', 3); events.emit('n.end'); }, 5);
                for await (const { name, data } of stream) {
                  if (name === 'n.end') break;
                  told.push(data);
                }
                const left = events.emit('n.x');
                const slow = events.stream('n.x', { buffer: 2 });
                for (let i = 0; i < 5; i++) events.emit('n.x', i);
                const rest = [];
                const end = await code(async () => { for await (const { data } of slow) rest.push(data); });
                const controller = new AbortController();
                const aborted = code(async () => { for await (const _ of events.stream('x', { signal: controller.signal })); });
                controller.abort(new RangeError('enough'));
                return [told, left, rest, end, await aborted, (await slow.next()).done, await code(() => events.stream('x', { buffer: 0 }))];
                """))
        .hasToString(
            "[[0,1,2,3],0,[0,1],\"events.too-many\",\"RangeError\",true,\"events.option\"]");
  }

  @Test
  void listeners_and_unread_streams_keep_no_run_alive() throws Exception {
    assertThat(
            value(
                """
                events.on('*', () => undefined);
                events.stream('*').next();
                void events.waitFor('never', { timeout: '1h' });
                return 'done';
                """))
        .hasToString("\"done\"");
  }

  @Test
  void who_waits_for_what_never_comes_is_told_so() throws Exception {
    assertThat(error("await events.waitFor('never');"))
        .startsWith("recipe.never-settles The recipe waits for something that can never happen.");
  }

  @Test
  void a_listener_that_throws_fails_the_run_at_its_line_and_others_are_told_still()
      throws Exception {
    assertThat(
            error(
                """
                events.on('x', () => {
                  throw new TypeError('broken listener');
                });
                events.on('x', () => log.info('told'));
                log.info(`emitted to ${events.emit('x')}`);
                await sleep('10s');
                """))
        .startsWith("recipe.error 9 ")
        .contains("broken listener");
    assertThat(tester.log()).containsExactly("info told", "info emitted to 2");
    assertThat(
            error(
                "events.on('x', async () => { throw new TypeError('later'); }); events.emit('x'); await sleep('10s');"))
        .contains("later");
  }

  @Test
  void names_and_options_that_are_none_are_refused_where_they_are_given() throws Exception {
    assertThat(
            value(
                """
                for (const name of ['', ' ', 'a..b', '.a', 'a.', 'a b', '*.a', 'a*', 'x'.repeat(201), undefined]) {
                  told.push(await code(() => events.emit(name)), await code(() => events.on(name ?? 'a.*.b', () => 1)));
                }
                return [new Set(told).size, told.length, told.filter((e) => e === 'done').length, await code(() => events.emit('*')),
                  await code(() => events.on('x')), await code(() => events.on('x', () => 1, { once: true }))];
                """))
        .hasToString("[2,20,1,\"events.name\",\"events.option\",\"events.option\"]");
  }
}
