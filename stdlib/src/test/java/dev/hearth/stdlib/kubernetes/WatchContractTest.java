package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.WaitsFor;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watching and waiting, on a real cluster with real pods. */
@WaitsFor("kubernetes")
class WatchContractTest {
  private final ClusterHome home;
  private final String namespace = ClusterHome.newNamespace();

  WatchContractTest(@TempDir Path folder) {
    this.home = ClusterHome.ofLab(folder);
  }

  @BeforeEach
  void makeNamespace() {
    value("await k8s.namespaces.create({ metadata: { name: $NS } });");
    // Pods are refused until there is one.
    value("await k8s.serviceAccount('default', { namespace: $NS }).waitFor();");
  }

  private String filled(String body) {
    return body.replace("$NS", "'" + namespace + "'")
        .replace("$IMAGE", "'" + LabCluster.get().image() + "'");
  }

  private String value(String body) {
    return home.value(filled(body));
  }

  private String failure(String body) {
    return home.failure(filled(body));
  }

  @Test
  void a_watch_tells_what_is_there_and_then_all_that_happens() {
    assertThat(
            value(
                """
                const own = { namespace: $NS, labels: { test: 'watch' }, select: ['metadata.name', 'data'] };
                const map = (name) => k8s.configMap(name, { namespace: $NS });
                await map('a').apply({ metadata: { labels: { test: 'watch' } }, data: { n: '0' } });
                const told = [];
                for await (const { type, object } of k8s.configMaps.watch(own)) {
                  told.push(`${type} ${object.metadata.name} ${object.data.n}`);
                  if (told.length === 1) await map('a').patch({ data: { n: '1' } });
                  if (told.length === 2) await map('b').apply({ metadata: { labels: { test: 'watch' } }, data: { n: '5' } });
                  if (told.length === 3) await map('a').delete();
                  if (told.length === 4) break;
                }
                return told;
                """))
        .isEqualTo("[\"ADDED a 0\",\"MODIFIED a 1\",\"ADDED b 5\",\"DELETED a 1\"]");
  }

  @Test
  void watches_that_are_open_hold_nobody_up_and_end_with_their_signal() {
    assertThat(
            value(
                """
                const stop = new AbortController();
                const map = k8s.configMap('seen', { namespace: $NS });
                await map.apply({ metadata: { labels: { test: 'open' } } });
                let open = 0;
                let ended = 0;
                let all;
                const areAllOpen = new Promise((resolve) => (all = resolve));
                const watches = Array.from({ length: 150 }, async () => {
                  try {
                    for await (const _ of k8s.configMaps.watch({ namespace: $NS, labels: { test: 'open' }, signal: stop.signal })) {
                      if (++open === 150) all();
                    }
                  } catch (error) {
                    if (error === stop.signal.reason) ended++;
                    else throw error;
                  }
                });
                await Promise.race([areAllOpen, Promise.all(watches)]); // the second only when one fails
                const { metadata } = await map.get();
                stop.abort(new Error('enough'));
                await Promise.all(watches);
                return [metadata.name, open, ended];
                """))
        .isEqualTo("[\"seen\",150,150]");
  }

  @Test
  void no_event_is_lost_however_many_there_are() {
    assertThat(
            value(
                """
                const maps = Array.from({ length: 40 }, (_, n) => k8s.configMap(`m${n}`, { namespace: $NS }));
                await Promise.all(maps.map((map) => map.apply({ metadata: { labels: { test: 'many' } }, data: { n: '0' } })));
                const last = {};
                let events = 0;
                const writing = Promise.all(maps.map(async (map) => {
                  for (let n = 1; n <= 20; n++) await map.patch({ data: { n: String(n) } });
                }));
                for await (const { object } of k8s.configMaps.watch({ namespace: $NS, labels: { test: 'many' } })) {
                  const { name } = object.metadata;
                  const n = Number(object.data.n);
                  if (last[name] !== undefined && n !== last[name] + 1) throw new Error(`${name}: ${n} after ${last[name]}`);
                  last[name] = n;
                  events++;
                  if (Object.keys(last).length === 40 && Object.values(last).every((each) => each === 20)) break;
                }
                await writing;
                return events >= 40;
                """))
        .isEqualTo("true");
  }

  @Test
  void a_deployment_is_waited_for_until_it_is_rolled_out() {
    assertThat(
            value(
                """
                const web = k8s.deployment('web', { namespace: $NS });
                await web.apply({ spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: {
                  metadata: { labels: { app: 'web' } },
                  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'c', image: $IMAGE, command: ['sleep', '600'] }] } } } });
                const { status } = await web.waitFor('ready', { timeout: '90s' });
                const available = await web.waitFor('Available');
                await web.delete({ propagation: 'foreground' });
                return [status.availableReplicas, available.kind, await web.find()];
                """))
        .isEqualTo("[2,\"Deployment\",null]");
  }

  private String pod(String name, String fields) {
    return """
    const pod = k8s.pod('%s', { namespace: $NS });
    await pod.apply({ spec: { terminationGracePeriodSeconds: 0, %s } });
    await pod.waitFor('ready', { timeout: '%s' });
    """
        .formatted(name, fields, "12s");
  }

  @Test
  void an_image_that_may_not_be_pulled_is_the_reason() {
    assertThat(
            failure(
                pod(
                    "image",
                    "containers: [{ name: 'c', image: 'lab/none:9', imagePullPolicy: 'Never' }]")))
        .startsWith(
            "kubernetes.not-ready: Pod `image` in namespace `"
                + namespace
                + "` will not become ready: the image `lab/none:9` of container `c` of pod `image`"
                + " cannot be had: Container image \"lab/none:9\" is not present");
  }

  @Test
  void a_pod_that_fits_no_node_says_so() {
    assertThat(
            failure(
                pod(
                    "large",
                    "containers: [{ name: 'c', image: $IMAGE, resources: { requests: { cpu: '900' } } }]")))
        .startsWith("kubernetes.wait-timeout: Pod `large`")
        .contains("was not ready after 12 s: its phase is Pending; pod `large` finds no node:")
        .contains("Insufficient cpu");
  }

  @Test
  void a_container_that_crashes_shows_its_last_lines() {
    var result =
        home.run(
            filled(
                pod(
                    "crash",
                    "containers: [{ name: 'c', image: $IMAGE, command: ['sh', '-c', 'echo out of cheese; exit 3'], readinessProbe: { exec: { command: ['false'] } } }]")),
            "kubernetes:write");
    var error = java.util.Objects.requireNonNull(result.error());
    assertThat(error.message()).contains("crash", "status 3");
    assertThat(error.details().toString()).contains("out of cheese");
  }

  @Test
  void a_probe_that_fails_is_quoted() {
    assertThat(
            failure(
                pod(
                    "probe",
                    "containers: [{ name: 'c', image: $IMAGE, command: ['sleep', '600'], readinessProbe: { exec: { command: ['sh', '-c', 'echo not yet; exit 1'] }, periodSeconds: 1 } }]")))
        .contains(
            "container `c` of pod `probe` runs and is not ready: Readiness probe failed: not yet");
  }

  @Test
  void a_quota_that_is_used_up_is_the_reason() {
    assertThat(
            failure(
                """
                await k8s.kind('ResourceQuota').apply({ metadata: { name: 'none', namespace: $NS }, spec: { hard: { pods: '0' } } });
                await k8s.kind('ResourceQuota').named('none', { namespace: $NS }).get();
                for await (const { object } of k8s.kind('ResourceQuota').watch({ namespace: $NS })) if (object.status?.hard) break;
                const web = k8s.deployment('web', { namespace: $NS });
                await web.apply({ spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: {
                  metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: $IMAGE }] } } } });
                await web.waitFor('ready', { timeout: '6s' });
                """))
        .contains("exceeded quota: none");
  }

  @Test
  void a_job_that_fails_ends_the_wait_at_once() {
    assertThat(
            failure(
                """
                const job = k8s.job('once', { namespace: $NS });
                await job.apply({ spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: $IMAGE, command: ['false'] }] } } } });
                await job.waitFor('ready', { timeout: '60s' });
                """))
        .startsWith("kubernetes.not-ready: Job `once`")
        .contains("Job has reached the specified backoff limit");
  }

  @Test
  void what_holds_an_object_that_shall_go_is_named() {
    assertThat(
            failure(
                """
                const map = k8s.configMap('held', { namespace: $NS });
                await map.apply({ metadata: { finalizers: ['example.com/held'] } });
                try {
                  await map.delete({ timeout: '1s' });
                } finally {
                  await map.patch([{ op: 'remove', path: '/metadata/finalizers' }]);
                }
                """))
        .contains("was not gone after 1 s: its finalizers are [`example.com/held`]");
  }
}
