package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.WaitsFor;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real containers write. */
@WaitsFor("kubernetes")
class LogsContractTest {
  private static PodLab lab;

  @BeforeAll
  static void start(@TempDir Path folder) {
    lab =
        new PodLab(folder)
            .pod(
                "box",
                """
                { name: 'main', image, command: ['sh', '-c', 'for i in 1 2 3 4 5; do echo "line $i"; done; echo; echo "  é "; sleep 1000000'] },
                { name: 'side', image, command: ['sh', '-c', 'echo beside; sleep 1000000'] }
                """);
  }

  @AfterAll
  static void stop() {
    lab.remove();
  }

  @Test
  void a_log_is_read_whole_or_in_part_and_each_line_says_who_wrote_it_and_when() {
    assertThat(
            lab.value(
                """
                const whole = await pod('box').logs({ container: 'main' });
                const [{ pod: name, container, time, text }] = whole;
                return [
                  whole.map((line) => line.text), name, container, text,
                  Math.abs(Date.parse(time) - Date.now()) < 600_000,
                  await pod('box').logs({ container: 'main', tail: 3 }).text(),
                  (await pod('box').logs({ container: 'main', sinceTime: '2100-01-01T00:00:00Z' })).length,
                  (await pod('box').logs({ container: 'main', since: '1h' })).length,
                ];
                """))
        .isEqualTo(
            "[[\"line 1\",\"line 2\",\"line 3\",\"line 4\",\"line 5\",\"\",\"  é \"],\"box\",\"main\",\"line"
                + " 1\",true,\"line 5\\n\\n  é \\n\",0,7]");
  }

  @Test
  void without_a_name_all_containers_are_read() {
    assertThat(
            lab.value(
                """
                const lines = await pod('box').logs();
                return [lines.filter(({ container }) => container === 'main').length, lines.find(({ container }) => container === 'side').text];
                """))
        .isEqualTo("[7,\"beside\"]");
  }

  @Test
  void a_log_is_followed_while_the_container_lives_and_to_its_end() {
    assertThat(
            lab.value(
                """
                await k8s.pods.create({ metadata: { name: 'short', namespace },
                  spec: { restartPolicy: 'Never', containers: [{ name: 'main', image, command: ['sh', '-c', 'for i in 1 2 3; do echo $i; sleep 0.4; done'] }] } });
                const seen = [];
                for await (const { text } of pod('short').logs({ follow: true })) seen.push(text);
                return seen;
                """))
        .isEqualTo("[\"1\",\"2\",\"3\"]");
  }

  @Test
  void a_followed_log_ends_with_the_pod_that_is_taken_away() {
    assertThat(
            lab.value(
                """
                await k8s.pods.create({ metadata: { name: 'going', namespace },
                  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image, command: ['sh', '-c', 'echo here; sleep 1000000'] }] } });
                await pod('going').waitFor('ready', { timeout: '60s' });
                const seen = [];
                for await (const { text } of pod('going').logs({ follow: true })) {
                  seen.push(text);
                  await pod('going').delete({ graceSeconds: 0 });
                }
                return seen;
                """))
        .isEqualTo("[\"here\"]");
  }

  @Test
  void leaving_the_loop_ends_what_is_followed() {
    assertThat(
            lab.value(
                """
                for await (const { text } of pod('box').logs({ follow: true, container: 'main' })) {
                  if (text === 'line 5') return text;
                }
                """))
        .isEqualTo("\"line 5\"");
  }

  @Test
  void what_ended_before_it_was_started_again_is_there_too() {
    assertThat(
            lab.value(
                """
                await k8s.pods.create({ metadata: { name: 'again', namespace },
                  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image, command: ['sh', '-c', 'echo "run $(cat /proc/uptime)"; sleep 3; exit 1'] }] } });
                for await (const { object } of pod('again').watch()) {
                  if (object.status?.containerStatuses?.[0]?.restartCount === 1 && object.status.containerStatuses[0].state.running) break;
                }
                const before = await pod('again').logs({ previous: true });
                const lines = [];
                // Followed, it goes on with the next container.
                for await (const { text } of pod('again').logs({ follow: true })) {
                  lines.push(text);
                  if (lines.length === 1) break;
                }
                await pod('again').delete({ wait: false });
                return [before.length, lines.length, before[0].text !== lines[0]];
                """))
        .isEqualTo("[1,1,true]");
  }

  @Test
  void all_pods_of_a_workload_or_of_labels_are_followed_and_later_ones_join() {
    assertThat(
            lab.value(
                """
                const labels = { app: 'many' };
                const many = k8s.deployment('many', { namespace });
                await many.apply({ spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels },
                  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image, command: ['sh', '-c', 'echo here; sleep 1000000'] }] } } } });
                await many.waitFor('ready', { timeout: '60s' });
                const pods = new Set();
                for await (const { pod, text } of many.logs({ follow: true })) {
                  if (text === 'here') pods.add(pod);
                  if (pods.size === 2) await many.patch({ spec: { replicas: 3 } });
                  if (pods.size === 3) break;
                }
                const selected = await k8s.logs({ namespace, labels });
                await many.delete({ wait: false });
                return [pods.size, new Set(selected.map(({ pod }) => pod)).size];
                """))
        .isEqualTo("[3,3]");
  }

  @Test
  void of_labels_that_no_pod_has_yet_the_first_one_is_waited_for() {
    assertThat(
            lab.value(
                """
                const labels = { app: 'awaited' };
                const lines = [];
                const reading = (async () => {
                  for await (const { text } of k8s.logs({ namespace, labels, follow: true })) lines.push(text);
                })();
                const before = await k8s.logs({ namespace, labels });
                await k8s.pods.create({ metadata: { name: 'awaited', namespace, labels },
                  spec: { restartPolicy: 'Never', containers: [{ name: 'main', image, command: ['echo', 'here'] }] } });
                await reading;
                return [before.length, lines];
                """))
        .isEqualTo("[0,[\"here\"]]");
  }

  @Test
  void a_slow_reader_gets_every_line_of_much() {
    assertThat(
            lab.value(
                """
                // It goes on to live: what is still in the pipe of a container that ends, containerd may lose.
                await k8s.pods.create({ metadata: { name: 'much', namespace },
                  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image, command: ['sh', '-c', 'seq 1 50000; sleep 1000000'] }] } });
                let next = 1;
                for await (const { text } of pod('much').logs({ follow: true })) {
                  if (text !== String(next)) return [next, text];
                  if (next === 50000) break;
                  next++;
                }
                return next;
                """))
        .isEqualTo("50000");
  }

  @Test
  void what_has_no_log_is_said() {
    assertThat(lab.failure("await pod('gone').logs();"))
        .startsWith("kubernetes.not-found: ")
        .contains("`gone`");
    assertThat(lab.failure("await pod('box').logs({ container: 'third' });"))
        .startsWith("kubernetes.container-unknown: ");
    assertThat(lab.failure("await k8s.logs({ namespace });"))
        .startsWith("kubernetes.nothing-selected: ");
    assertThat(lab.failure("await pod('box').logs({ container: 'main', tail: 'few' });"))
        .contains("tail");
  }
}
