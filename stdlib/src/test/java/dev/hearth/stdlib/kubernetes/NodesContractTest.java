package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.WaitsFor;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes that are emptied, and what is said of what they use. Each test puts its node back. */
@WaitsFor("kubernetes")
class NodesContractTest {
  private static PodLab lab;

  @BeforeAll
  static void start(@TempDir Path folder) {
    lab = new PodLab(folder);
  }

  @AfterAll
  static void stop() {
    lab.remove();
  }

  /** A node to empty, pods on it that have a label, and what is only of this test. */
  private static String body(String body) {
    return """
    const labels = { drain: 'this' };
    const [{ metadata: { name } }] = await k8s.nodes.list({ limit: 1 });
    const node = k8s.node(name);
    const template = (more = {}) => ({ metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image, command: ['sleep', '1000000'] }], ...more } });
    const onNode = async () => (await k8s.pods.list({ namespace, labels, fields: { 'spec.nodeName': name } })).map(({ metadata }) => metadata.name);
    try {
      %s
    } finally {
      await node.uncordon();
      await k8s.deployments.deleteAll({ namespace, all: true, propagation: 'foreground' });
      await k8s.daemonSets.deleteAll({ namespace, all: true });
      await k8s.kind('PodDisruptionBudget').deleteAll({ namespace, all: true });
      await k8s.pods.deleteAll({ namespace, all: true, graceSeconds: 0 });
      for (const { metadata } of await k8s.pods.list({ namespace })) await pod(metadata.name).waitFor('deleted', { timeout: '60s' });
    }
    """
        .formatted(body);
  }

  /** A deployment whose pods are all on the node, since the scheduler promises no spread. */
  private static String deployment(String name, int replicas) {
    return """
    const %1$s = k8s.deployment('%1$s', { namespace });
    const others = (await k8s.nodes.list()).map(({ metadata }) => metadata.name).filter((other) => other !== name);
    try {
      for (const other of others) await k8s.node(other).cordon();
      await %1$s.apply({ spec: { replicas: %2$d, selector: { matchLabels: labels }, template: template({ nodeName: undefined }) } });
      await %1$s.waitFor('ready', { timeout: '60s' });
    } finally {
      for (const other of others) await k8s.node(other).uncordon();
    }
    """
        .formatted(name, replicas);
  }

  @Test
  void a_node_is_closed_and_opened_and_twice_changes_nothing() {
    assertThat(
            lab.value(
                body(
                    """
                    const changes = [];
                    for (const one of [node.cordon, node.cordon, node.uncordon, node.uncordon]) changes.push((await one()).changed);
                    return changes;
                    """)))
        .isEqualTo("[true,false,true,false]");
  }

  @Test
  void a_drained_node_has_no_pods_but_those_of_daemon_sets_and_takes_none() {
    assertThat(
            lab.value(
                body(
                    deployment("web", 4)
                        + """
                        const agents = k8s.daemonSet('agent', { namespace });
                        await agents.apply({ spec: { selector: { matchLabels: { agent: 'yes' } }, template: { ...template(), metadata: { labels: { ...labels, agent: 'yes' } } } } });
                        await agents.waitFor('ready', { timeout: '60s' });
                        const before = (await onNode()).length;
                        const { cordoned, evicted, skipped } = await node.drain({ labels, timeout: '90s' });
                        const left = await onNode();
                        await web.waitFor('ready', { timeout: '60s' });
                        const { spec } = await node.get();
                        return [before === evicted.length + 1, evicted.length > 0, cordoned, left.length, left[0].startsWith('agent-'), skipped.map(({ reason }) => reason), spec.unschedulable, (await onNode()).length];
                        """)))
        .isEqualTo("[true,true,true,1,true,[\"its DaemonSet would make it anew at once\"],true,1]");
  }

  @Test
  void pods_that_nobody_makes_anew_or_whose_data_goes_with_them_stay_unless_that_is_allowed() {
    assertThat(
            lab.value(
                body(
                    """
                    await k8s.pods.create({ ...template({ nodeName: name }), metadata: { name: 'single', namespace, labels } });
                    await k8s.deployment('data', { namespace }).apply({ spec: { replicas: 1, selector: { matchLabels: labels }, template: template({ nodeName: name, volumes: [{ name: 'scratch', emptyDir: {} }] }) } });
                    await k8s.deployment('data', { namespace }).waitFor('ready', { timeout: '60s' });
                    await pod('single').waitFor('ready', { timeout: '60s' });
                    let refusal;
                    try {
                      await node.drain({ labels });
                    } catch (error) {
                      refusal = error;
                    }
                    const open = (await node.get()).spec.unschedulable ?? false;
                    await k8s.deployment('data', { namespace }).delete({ propagation: 'background' });
                    const { evicted } = await node.drain({ labels, force: true, deleteEmptyDir: true, graceSeconds: 0 });
                    return [refusal.code, refusal.details.pods.map((text) => text.replace(/data-[a-z0-9-]+/, 'data').split('/')[1]).sort(), open, evicted.length >= 1];
                    """)))
        .isEqualTo(
            "[\"kubernetes.drain-refused\",[\"data: its emptyDir goes with it (`deleteEmptyDir`"
                + " allows that)\",\"single: nothing would make it anew (`force` deletes"
                + " it)\"],false,true]");
  }

  @Test
  void a_budget_puts_an_eviction_off_until_the_time_is_over_and_says_why() {
    assertThat(
            lab.failure(
                body(
                    deployment("web", 2)
                        + """
                        const api = await k8s.request('GET', '/apis/policy');
                        await k8s.apply({ apiVersion: api.preferredVersion.groupVersion, kind: 'PodDisruptionBudget', metadata: { name: 'all', namespace },
                          spec: { minAvailable: 2, selector: { matchLabels: labels } } });
                        for await (const { object } of k8s.kind('PodDisruptionBudget').named('all', { namespace }).watch()) {
                          if (object.status?.currentHealthy === 2) break;
                        }
                        await node.drain({ labels, timeout: '3s' });
                        """)))
        .startsWith("kubernetes.drain-timeout: The node `")
        .contains("was not empty after 3s: Pod `web-", "disruption budget");
  }

  @Test
  void a_cluster_that_measures_nothing_says_so() {
    for (var call : new String[] {"k8s.top.nodes()", "k8s.top.pods({ namespace })"}) {
      assertThat(lab.failure("await " + call + ";"))
          .isEqualTo(
              "kubernetes.no-metrics: The cluster measures nothing: it has no metrics API.\n"
                  + "Install the metrics server, or another that serves `metrics.k8s.io`.");
    }
  }
}
