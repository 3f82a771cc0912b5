package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many manifests at once, on a real cluster. */
@WaitsFor("kubernetes")
class ManifestsContractTest {
  private final ClusterHome home;
  private final Path folder;
  private final String namespace = ClusterHome.newNamespace();

  ManifestsContractTest(@TempDir Path folder) {
    this.home = ClusterHome.ofLab(folder);
    this.folder = folder;
  }

  private String filled(String text) {
    return text.replace("$NS", namespace).replace("$DIR", folder.toString());
  }

  private String value(String body, String... grants) {
    return home.value(filled(body), grants);
  }

  private String failure(String body, String... grants) {
    return home.failure(filled(body), grants);
  }

  private void write(String name, String text) {
    home.file(name, filled(text));
  }

  private static final String CUSTOM =
      """
      apiVersion: $NS.example/v1
      kind: Lamp
      metadata: { name: desk, namespace: $NS }
      on: true
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: settings, namespace: $NS }
      data: { mode: "0644" }
      ---
      # nothing
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: lamps.$NS.example }
      spec:
        group: $NS.example
        scope: Namespaced
        names: { kind: Lamp, plural: lamps, singular: lamp }
        versions:
          - name: v1
            served: true
            storage: true
            schema: { openAPIV3Schema: { type: object, properties: { on: { type: boolean } } } }
      ---
      apiVersion: v1
      kind: Namespace
      metadata: { name: $NS }
      """;

  @Test
  void namespaces_and_definitions_come_first_and_a_second_time_changes_nothing() {
    write("all.yaml", CUSTOM);
    assertThat(
            value(
                """
                const told = (applied) => [applied.changed, ...applied.objects.map(({ action, kind, name }) => `${action} ${kind} ${name}`)];
                const file = { file: '$DIR/all.yaml' };
                const before = await k8s.apply(file, { preview: true });
                const first = await k8s.apply(file);
                const second = await k8s.apply(file);
                await k8s.customResourceDefinition('lamps.$NS.example').delete({ wait: false });
                return [told(before), told(first), told(second)];
                """,
                "kubernetes:write",
                "read=" + folder))
        .isEqualTo(
            filled(
                "[[true,\"create Namespace $NS\",\"create CustomResourceDefinition"
                    + " lamps.$NS.example\",\"create ConfigMap settings\",\"create Lamp"
                    + " desk\"],[true,\"create Namespace $NS\",\"create CustomResourceDefinition"
                    + " lamps.$NS.example\",\"create ConfigMap settings\",\"create Lamp"
                    + " desk\"],[false,\"none Namespace $NS\",\"none CustomResourceDefinition"
                    + " lamps.$NS.example\",\"none ConfigMap settings\",\"none Lamp desk\"]]"));
  }

  @Test
  void a_file_needs_a_grant_of_its_own() {
    write("all.yaml", CUSTOM);
    assertThat(failure("await k8s.apply({ file: '$DIR/all.yaml' });")).startsWith("permission.");
  }

  @Test
  void what_is_wrong_is_told_before_anything_is_applied() {
    assertThat(
            failure(
                """
                await k8s.apply(`
                apiVersion: v1
                kind: Namespace
                metadata: { name: $NS }
                ---
                apiVersion: v1
                kind: ConfigMapp
                metadata: { name: a, namespace: $NS }
                `);
                """))
        .startsWith("kubernetes.kind-unknown: The cluster knows no kind `v1/ConfigMapp`.");
    assertThat(value("return k8s.namespace('$NS').find();")).isEqualTo("null");
    assertThat(failure("await k8s.apply('a: [');")).startsWith("yaml.");
  }

  @Test
  void octal_numbers_and_old_words_mean_what_kubectl_takes_them_for() {
    assertThat(
            value(
                """
                await k8s.namespaces.create({ metadata: { name: '$NS' } });
                await k8s.apply(`
                apiVersion: v1
                kind: Pod
                metadata: { name: p, namespace: $NS }
                spec:
                  hostNetwork: no
                  volumes: [{ name: v, configMap: { name: c, defaultMode: 0440 } }]
                  containers: [{ name: c, image: lab/none:1, imagePullPolicy: Never }]
                `, { dryRun: true });
                return 'understood';
                """))
        .isEqualTo("\"understood\"");
  }

  @Test
  void what_an_earlier_version_made_is_pruned_after_a_preview() {
    var set =
        """
        const map = (name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: '$NS', labels: { set: 'mine' } } });
        const prune = { labels: { set: 'mine' } };
        const told = ({ objects }) => objects.map(({ action, name }) => `${action} ${name}`);
        """;
    assertThat(
            value(
                set
                    + """
                    await k8s.namespaces.create({ metadata: { name: '$NS' } });
                    await k8s.apply([map('a'), map('b')], { prune });
                    await k8s.configMaps.create(map('not-by-hearth-apply'));
                    const seen = await k8s.apply([map('a')], { prune, preview: true });
                    const there = (await k8s.configMaps.list({ namespace: '$NS', labels: { set: 'mine' } })).length;
                    const done = await k8s.apply([map('a')], { prune });
                    const left = (await k8s.configMaps.list({ namespace: '$NS', labels: { set: 'mine' } })).map(({ metadata }) => metadata.name);
                    return [told(seen), there, told(done), left];
                    """))
        .isEqualTo(
            "[[\"none a\",\"prune b\"],3,[\"none a\",\"prune"
                + " b\"],[\"a\",\"not-by-hearth-apply\"]]");
    assertThat(
            failure(
                set
                    + "await k8s.apply([{ ...map('c'), metadata: { name: 'c', namespace: '$NS' }"
                    + " }], { prune });"))
        .startsWith(
            "kubernetes.prune-labels: ConfigMap `c` lacks the label `set: mine`, by which is"
                + " pruned.");
  }

  @Test
  void what_belongs_to_the_whole_cluster_leads_pruning_nowhere() {
    assertThat(
            value(
                """
                const other = '$NS-other';
                const labels = { set: '$NS' };
                for (const name of ['$NS', other]) await k8s.namespaces.create({ metadata: { name } });
                const map = (name, namespace) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels } });
                const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: '$NS', labels }, rules: [] };
                await k8s.apply(map('keep', other));
                await k8s.apply([role, map('a', '$NS')], { prune: { labels }, namespace: other });
                const kept = await k8s.configMaps.find('keep', { namespace: other });
                await k8s.clusterRole('$NS').delete();
                return kept?.metadata.name;
                """))
        .isEqualTo("\"keep\"");
  }

  @Test
  void what_was_patched_or_made_by_hearth_is_applied_without_a_conflict_with_itself() {
    assertThat(
            value(
                """
                await k8s.namespaces.create({ metadata: { name: '$NS' } });
                const map = (at) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: '$NS' }, data: { at } });
                await k8s.apply(map('1'));
                await k8s.configMap('m', { namespace: '$NS' }).patch({ data: { at: '2' } });
                const { data } = await k8s.apply(map('3'));
                await k8s.configMaps.create({ ...map('4'), metadata: { name: 'n', namespace: '$NS' } });
                const made = await k8s.apply({ ...map('5'), metadata: { name: 'n', namespace: '$NS' } });
                return [data.at, made.data.at];
                """))
        .isEqualTo("[\"3\",\"5\"]");
    assertThat(
            failure(
                """
                const at = { path: '/api/v1/namespaces/$NS/configmaps/m' };
                await k8s.request('PATCH', at.path, { params: { fieldManager: 'somebody' }, body: { data: { at: '6' } } });
                await k8s.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: '$NS' }, data: { at: '7' } });
                """))
        .startsWith("kubernetes.apply-conflict: ");
  }

  @Test
  void a_preview_that_is_no_boolean_applies_nothing() {
    assertThat(failure("await k8s.apply([], { preview: 'true' });"))
        .startsWith("kubernetes.option-wrong: ");
  }

  @Test
  void what_a_server_quotes_of_a_secret_is_not_told() {
    assertThat(
            failure(
                """
                await k8s.namespaces.create({ metadata: { name: '$NS' } });
                await k8s.secrets.create({ metadata: { name: 's', namespace: '$NS' }, data: { pin: 'hunter2!' } });
                """))
        .startsWith("kubernetes.invalid: ")
        .doesNotContain("hunter2");
  }

  @Test
  void a_kustomize_folder_is_built_by_the_program_that_is_there() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/kubectl")), "kubectl is not installed.");
    write("app/kustomization.yaml", "namespace: $NS\nnamePrefix: my-\nresources: [map.yaml]\n");
    write("app/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: map }\n");
    assertThat(
            value(
                """
                await k8s.namespaces.create({ metadata: { name: '$NS' } });
                const { objects } = await k8s.apply({ kustomize: '$DIR/app' });
                return objects.map(({ action, name, namespace }) => [action, name, namespace]);
                """,
                "kubernetes:write",
                "exec=kubectl"))
        .isEqualTo(filled("[[\"create\",\"my-map\",\"$NS\"]]"));
    assertThat(failure("await k8s.apply({ kustomize: '$DIR/app' });")).startsWith("permission.");
    assertThat(
            failure(
                "await k8s.apply({ folder: '$DIR/app' });", "kubernetes:write", "read=" + folder))
        .startsWith("kubernetes.kustomization:");
    assertThat(
            failure(
                "await k8s.apply({ kustomize: '$DIR/none' });", "kubernetes:write", "exec=kubectl"))
        .startsWith("kubernetes.program-failed: `kubectl kustomize` failed:");
  }

  @Test
  void what_fails_half_way_says_what_was_done() {
    assertThat(
            value(
                """
                const map = (name, more) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: '$NS' }, ...more });
                try {
                  await k8s.apply([
                    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: '$NS' } },
                    map('a'),
                    { apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: '$NS' }, spec: { ports: [{ port: 99999 }] } },
                    map('b'),
                  ]);
                } catch (error) {
                  return [error.code, error.hint, error.details.done];
                }
                """))
        .isEqualTo(
            filled(
                "[\"kubernetes.invalid\",\"Correct the fields that are named; `kubectl explain`"
                    + " describes them. 3 of 4 manifests were done before, which `details` names;"
                    + " done again, they stay.\",[\"create Namespace $NS\",\"create ConfigMap a in"
                    + " namespace $NS\",\"create ConfigMap b in namespace $NS\"]]"));
  }

  @Test
  void a_set_goes_in_the_other_order_and_going_twice_is_no_failure() {
    write("all.yaml", CUSTOM);
    assertThat(
            value(
                """
                const file = { file: '$DIR/all.yaml' };
                const told = ({ changed, objects }) => [changed, ...objects.map(({ action, kind }) => `${action} ${kind}`)];
                await k8s.apply(file);
                const dry = await k8s.delete(file, { dryRun: true });
                const gone = await k8s.delete(file);
                const left = await k8s.namespace('$NS').find();
                const again = await k8s.delete(file);
                return [told(dry), told(gone), left, told(again)];
                """,
                "kubernetes:write",
                "read=" + folder))
        .isEqualTo(
            "[[true,\"delete Lamp\",\"delete ConfigMap\",\"delete"
                + " CustomResourceDefinition\",\"delete Namespace\"],[true,\"delete Lamp\",\"delete"
                + " ConfigMap\",\"delete CustomResourceDefinition\",\"delete"
                + " Namespace\"],null,[false,\"none Lamp\",\"none ConfigMap\",\"none"
                + " CustomResourceDefinition\",\"none Namespace\"]]");
  }

  @Test
  void pruning_takes_nothing_that_somebody_else_keeps_too_and_what_runs_first() {
    assertThat(
            value(
                """
                const labels = { set: 'mine' };
                const map = (name, annotations) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: '$NS', labels, annotations } });
                const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: '$NS', labels },
                  spec: { replicas: 0, selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'lab/none:1' }] } } } };
                await k8s.namespaces.create({ metadata: { name: '$NS' } });
                await k8s.apply([map('shared'), map('charted', { 'meta.helm.sh/release-name': 'r' }), map('mine'), map('stays'), deployment]);
                await k8s.request('PATCH', '/api/v1/namespaces/$NS/configmaps/shared', {
                  params: { fieldManager: 'argocd' }, type: 'application/apply-patch+yaml',
                  body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shared' }, data: { a: 'b' } } });
                const { objects } = await k8s.apply([map('stays')], { prune: { labels } });
                return objects.map(({ action, name }) => `${action} ${name}`);
                """))
        .isEqualTo("[\"none stays\",\"prune d\",\"prune mine\"]");
  }

  @Test
  void what_is_usual_in_manifests_is_applied_whatever_the_server_wants_it_to_be_written_like() {
    assertThat(
            value(
                """
                await k8s.namespaces.create({ metadata: { name: '$NS' } });
                const set = `
                apiVersion: v1
                kind: Service
                metadata: { name: web, namespace: $NS }
                spec: { selector: { a: b }, ports: [{ port: 80, name: a }, { port: 80, protocol: UDP, name: b }] }
                ---
                apiVersion: v1
                kind: Pod
                metadata: { name: web, namespace: $NS }
                spec:
                  containers:
                  - { name: c, image: lab/none:1, ports: [{ containerPort: 80 }], resources: { limits: { cpu: 2, memory: 1000000 } } }
                ---
                apiVersion: v1
                kind: ResourceQuota
                metadata: { name: web, namespace: $NS }
                spec: { hard: { pods: 5 } }
                `;
                const first = await k8s.apply(set);
                const second = await k8s.apply(set);
                const { spec } = await k8s.pod('web', { namespace: '$NS' }).get();
                return [first.objects.map(({ action }) => action), second.changed, spec.containers[0].resources.limits];
                """))
        .isEqualTo("[[\"create\",\"create\",\"create\"],false,{\"cpu\":\"2\",\"memory\":\"1M\"}]");
  }

  @Test
  void a_text_that_cannot_be_read_does_not_tell_what_is_in_it() {
    write("secret.yaml", "kind: Secret\nstringData:\n  pin: hunter2\n pin: [hunter2\n");
    assertThat(
            failure(
                "await k8s.apply({ file: '$DIR/secret.yaml' });",
                "kubernetes:write",
                "read=" + folder))
        .startsWith("yaml.")
        .doesNotContain("hunter2");
    assertThat(home.told()).doesNotContain("hunter2");
  }

  @Test
  void a_second_time_nothing_is_changed_of_any_kind_however_its_fields_are_written()
      throws IOException {
    var found = ManifestsContractTest.class.getResourceAsStream("every-kind.js");
    try (var module = Objects.requireNonNull(found)) {
      home.file("every-kind.js", new String(module.readAllBytes(), StandardCharsets.UTF_8));
    }
    home.user().imports("import { everyKind } from './every-kind.js';");
    assertThat(
            value(
                """
                const kinds = await k8s.kinds();
                const has = (kind, apiVersion) => kinds.some((each) => each.kind === kind && `${each.group}/${each.version}` === apiVersion);
                const set = everyKind('$NS', (kind, ...versions) => versions.find((each) => has(kind, each)));
                const others = ({ objects }, usual) =>
                  objects.filter(({ action }) => action !== usual).map(({ action, kind, name, changes }) => [action, kind, name, changes]);
                const first = await k8s.ensure(set);
                const told = [
                  others(first, 'create'),
                  others(await k8s.ensure(set), 'none'),
                  others(await k8s.diff(set), 'none'),
                  others(await k8s.ensure(set, { dryRun: true }), 'none'),
                ];
                await k8s.delete(set, { wait: false });
                return [first.objects.length === set.length, ...told];
                """))
        .isEqualTo("[true,[],[],[],[]]");
  }
}
