package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.WaitsFor;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real workloads that are rolled out, anew and back. */
@WaitsFor("kubernetes")
class RolloutsContractTest {
  private static PodLab lab;

  @BeforeAll
  static void start(@TempDir Path folder) {
    lab = new PodLab(folder);
  }

  @AfterAll
  static void stop() {
    lab.remove();
  }

  private static String workload(String word) {
    return """
    const labels = { app: '%1$s' };
    const web = k8s.%1$s('web', { namespace });
    const version = (colour) => ({ spec: { ...('%1$s' === 'statefulSet' ? { serviceName: 'web' } : {}), ...('%1$s' === 'daemonSet' ? {} : { replicas: 1 }), selector: { matchLabels: labels }, template: { metadata: { labels, annotations: { colour } },
      spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image, command: ['sleep', '1000000'] }] } } } });
    const colour = async () => (await web.get()).spec.template.metadata.annotations.colour;
    const pods = async () => (await k8s.pods.list({ namespace, labels })).filter(({ metadata }) => !metadata.deletionTimestamp).map(({ metadata }) => metadata.uid);
    """
        .formatted(word);
  }

  @Test
  void a_workload_goes_back_to_what_it_was_before_or_to_any_revision_that_is_kept() {
    for (var word : new String[] {"deployment", "statefulSet", "daemonSet"}) {
      assertThat(
              lab.value(
                  workload(word)
                      + """
                      for (const one of ['red', 'green', 'blue']) {
                        await web.apply(version(one));
                        await web.waitFor('ready', { timeout: '60s' });
                      }
                      const before = (await web.history()).map(({ revision, current }) => [revision, current]);
                      const back = await web.undo({ timeout: '60s' });
                      const second = await colour();
                      await web.undo({ revision: 1, timeout: '60s' });
                      const first = await colour();
                      const { images, revision, current } = (await web.history()).at(-1);
                      return [before, back.revision, second, first, images[0] === image, revision, current];
                      """))
          .as(word)
          .isEqualTo("[[[1,false],[2,false],[3,true]],2,\"green\",\"red\",true,5,true]");
    }
  }

  @Test
  void a_revision_that_is_not_kept_is_said() {
    assertThat(
            lab.failure(
                workload("deployment").replace("'web'", "'lonely'")
                    + """
                    await web.apply(version('red'));
                    await web.waitFor('ready', { timeout: '60s' });
                    await web.undo();
                    """))
        .startsWith("kubernetes.revision-unknown: ")
        .contains("has no revision before this one");
  }

  @Test
  void a_restart_makes_all_pods_anew_and_a_scale_more_or_fewer_and_both_wait() {
    assertThat(
            lab.value(
                workload("deployment")
                        .replace("'web'", "'moving'")
                        .replace("'deployment'", "'moving'")
                    + """
                    await web.apply(version('red'));
                    await web.waitFor('ready', { timeout: '60s' });
                    const before = await pods();
                    await web.restart({ timeout: '60s' });
                    const after = await pods();
                    await web.scale(3, { timeout: '60s' });
                    const three = (await web.get()).status.readyReplicas;
                    await web.scale(1, { timeout: '60s' });
                    return [before.length, after.some((uid) => before.includes(uid)), three, (await web.get()).status.readyReplicas];
                    """))
        .isEqualTo("[1,false,3,1]");
  }

  @Test
  void what_the_cluster_noted_of_an_object_is_told_in_its_order() {
    assertThat(
            lab.value(
                """
                await k8s.pods.create({ metadata: { name: 'noted', namespace },
                  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image, command: ['sleep', '1000000'] }] } });
                await pod('noted').waitFor('ready', { timeout: '60s' });
                for (;;) {
                  const events = await pod('noted').events();
                  const started = events.find(({ reason }) => reason === 'Started');
                  if (started) return [started.type, started.count, started.source, [...events].every((event, i) => i === 0 || events[i - 1].last <= event.last)];
                }
                """))
        .isEqualTo("[\"Normal\",1,\"kubelet\",true]");
  }
}
