package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What any cluster must do for us with objects, run against a real API server. */
@WaitsFor("kubernetes")
class ObjectsContractTest {
  private final ClusterHome home;
  private final String namespace = ClusterHome.newNamespace();

  ObjectsContractTest(@TempDir Path folder) {
    this.home = ClusterHome.ofLab(folder);
  }

  @BeforeEach
  void makeNamespace() {
    home.value("await k8s.namespaces.create({ metadata: { name: '%s' } });".formatted(namespace));
  }

  @AfterEach
  void removeNamespace() {
    home.value("await k8s.namespace('%s').delete({ wait: false });".formatted(namespace));
  }

  private String value(String body, String... grants) {
    return home.value(body.replace("$NS", "'" + namespace + "'"), grants);
  }

  private String failure(String body, String... grants) {
    return home.failure(body.replace("$NS", "'" + namespace + "'"), grants);
  }

  @Test
  void an_object_is_made_read_changed_and_deleted() {
    var told =
        value(
            """
            const made = await k8s.configMaps.create({ metadata: { name: 'a', namespace: $NS }, data: { k: '1' } });
            const map = k8s.configMap('a', { namespace: $NS });
            const read = await map.get();
            const patched = await map.patch({ data: { k: '2' } });
            const there = await map.delete();
            const again = await map.delete();
            const gone = await map.find();
            return [made.metadata.name, read.data.k, read.kind, read.metadata.managedFields === undefined, patched.data.k, there, again, gone];
            """);
    assertThat(told).isEqualTo("[\"a\",\"1\",\"ConfigMap\",true,\"2\",true,false,null]");
  }

  @Test
  void a_list_is_read_in_pages_with_the_fields_that_are_wanted() {
    var told =
        value(
            """
            await Promise.all(Array.from({ length: 25 }, (_, n) =>
              k8s.configMaps.create({ metadata: { name: `m${n}`, namespace: $NS, labels: { even: String(n % 2 === 0) } }, data: { n: String(n) } })));
            const own = { namespace: $NS, labels: { even: ['true', 'false'] } };
            const all = await k8s.kind('cm').list({ ...own, pageSize: 4 });
            const some = await k8s.configMaps.list({ namespace: $NS, labels: { even: 'true' }, select: ['metadata.name', 'data'], limit: 3, pageSize: 2 });
            const streamed = [];
            for await (const one of k8s.configMaps.list({ ...own, pageSize: 10 })) streamed.push(one.metadata.name);
            const ns = await k8s.configMaps.list({ allNamespaces: true, labels: 'even=false', fields: { 'metadata.namespace': $NS } });
            return [all.length, all[0].kind, some, streamed.length, ns.length];
            """);
    assertThat(told)
        .isEqualTo(
            "[25,\"ConfigMap\",[{\"metadata\":{\"name\":\"m0\"},\"data\":{\"n\":\"0\"}},"
                + "{\"metadata\":{\"name\":\"m10\"},\"data\":{\"n\":\"10\"}},"
                + "{\"metadata\":{\"name\":\"m12\"},\"data\":{\"n\":\"12\"}}],25,12]");
  }

  @Test
  void kinds_have_all_their_names_and_unknown_ones_are_helped() {
    assertThat(
            value(
                """
                const names = ['Deployment', 'deployments', 'deploy', 'deployments.apps', 'apps/Deployment', 'apps/v1/Deployment', 'DEPLOYMENT'];
                const counts = await Promise.all(names.map((name) => k8s.kind(name).list({ namespace: $NS })));
                return counts.map((list) => list.length);
                """))
        .isEqualTo("[0,0,0,0,0,0,0]");
    assertThat(failure("return k8s.kind('Deploymnt').list();"))
        .isEqualTo(
            "kubernetes.kind-unknown: The cluster knows no kind `Deploymnt`.\n"
                + "Did you mean `Deployment`?");
  }

  @Test
  void applying_twice_changes_nothing_and_a_conflict_names_who_owns_what() {
    var deployment =
        """
        const web = (replicas) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: $NS },
          spec: { replicas, selector: { matchLabels: { app: 'web' } },
            template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'lab/none:1', imagePullPolicy: 'Never' }] } } } });
        """;
    assertThat(
            value(
                deployment
                    + """
                    const first = await k8s.ensure(web(0));
                    const second = await k8s.ensure(web(0));
                    const difference = await k8s.diff(web(2));
                    const none = await k8s.diff(web(0));
                    const dry = await k8s.ensure(web(2), { dryRun: true });
                    const live = await k8s.deployment('web', { namespace: $NS }).get({ select: ['spec.replicas'] });
                    return [first.changed, first.before, second.changed, second.changes, difference.action, difference.changes, none.action, dry.changed, live];
                    """))
        .isEqualTo(
            "[true,null,false,[],\"update\",[{\"path\":\"spec.replicas\",\"before\":0,\"after\":2}],"
                + "\"none\",true,{\"spec\":{\"replicas\":0}}]");
    var conflict =
        failure(
            deployment
                + """
                const other = '/apis/apps/v1/namespaces/' + $NS + '/deployments/web';
                await k8s.request('PATCH', other, { params: { fieldManager: 'somebody' }, body: { spec: { replicas: 1 } } });
                await k8s.apply(web(3));
                """);
    assertThat(conflict)
        .isEqualTo(
            "kubernetes.apply-conflict: Deployment `web` in namespace `%s` has fields that others manage: `.spec.replicas` by `somebody`.\nLeave those fields out, or take them over with `{ force: true }`."
                .formatted(namespace));
    assertThat(
            value(deployment + "return (await k8s.apply(web(3), { force: true })).spec.replicas;"))
        .isEqualTo("3");
  }

  @Test
  void values_of_secrets_are_shown_nowhere_but_as_secrets() {
    var told =
        value(
            """
            const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: $NS }, stringData: { password: 'correct-horse' } };
            const applied = await k8s.apply(manifest);
            const [listed] = await k8s.secrets.list({ namespace: $NS, fields: { 'metadata.name': 's' } });
            const raw = await k8s.request('GET', `/api/v1/namespaces/${$NS}/secrets`);
            const other = await k8s.diff({ ...manifest, stringData: { password: 'another' } });
            const value = await k8s.secret('s', { namespace: $NS }).value('password');
            const { password } = await k8s.secret('s', { namespace: $NS }).values();
            log.info(`it is ${value}`, { value });
            const copy = await k8s.secrets.create({ metadata: { name: 'copy', namespace: $NS }, stringData: { password: value } });
            return [applied.data, listed.data, raw.items.filter((one) => one.metadata.name === 's')[0].data, other.changes, String(value), String(password), copy.data];
            """);
    assertThat(told)
        .isEqualTo(
            "[{\"password\":\"***\"},{\"password\":\"***\"},{\"password\":\"***\"},"
                + "[{\"path\":\"data.password\",\"before\":\"***\",\"after\":\"***\"}],\"***\",\"***\",{\"password\":\"***\"}]");
    assertThat(home.told()).doesNotContain("correct-horse", "Y29ycmVjdC1ob3JzZQ");
    assertThat(
            failure(
                """
                const read = await k8s.secret('s', { namespace: $NS }).get();
                await k8s.secrets.replace(read);
                """))
        .startsWith("kubernetes.secret-masked: Secret `s` in namespace `" + namespace + "`");
  }

  @Test
  void what_a_secret_cannot_be_is_said_without_what_is_in_it() {
    assertThat(
            value(
                """
                const secret = (name, more) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: $NS }, ...more });
                const told = [];
                const tell = (promise) => promise.catch(({ code, message, details }) => told.push(`${code}: ${message} ${JSON.stringify(details)}`));
                await tell(k8s.apply(secret('a', { data: { pin: 987654 } })));
                await tell(k8s.apply(secret('a', { data: { pin: 'hunter2!' } })));
                await tell(k8s.apply(secret('a', { data: ['hunter2'] })));
                await tell(k8s.apply(secret('a', { stringData: { pin: { deep: 'hunter2' } } })));
                await k8s.apply(secret('a', { immutable: true, stringData: { pin: 'hunter2', none: null } }));
                await tell(k8s.apply(secret('a', { immutable: true, stringData: { pin: 'hunter3' } })));
                await k8s.apply(secret('b', { data: { raw: '/////w==' } }));
                await tell(k8s.secret('b', { namespace: $NS }).value('raw'));
                await tell(k8s.secret('b', { namespace: $NS }).patch([{ op: 'test', path: '/data/raw', value: 'hunter2' }]));
                const { data } = await k8s.secret('a', { namespace: $NS }).get();
                return [told.length, JSON.stringify(told).match(/hunter|987654|unchanged/g), told[3].split(' {')[0], told[4].includes('field is immutable'), told[5].split(' {')[0], data];
                """))
        .isEqualTo(
            "[7,null,\"kubernetes.manifest-wrong: The Secret is no manifest: `stringData.pin` is no"
                + " text.\",true,\"kubernetes.secret-binary: What Secret `b` has under the key"
                + " `raw` is no text.\",{\"pin\":\"***\"}]");
  }

  @Test
  void a_missing_right_says_which() {
    home.kubeconfig(LabCluster.get().kubeconfig("reader"));
    assertThat(
            home.failure(
                "return k8s.secrets.list({ namespace: 'kube-system' });", "kubernetes:read"))
        .matches(
            "kubernetes.forbidden: `[a-z:]+` may not list secrets in namespace kube-system.\n"
                + "Have an administrator give the right with a Role and a RoleBinding;"
                + " `kubectl auth can-i --list` shows what there is.");
    home.kubeconfig(LabCluster.get().kubeconfig());
  }

  @Test
  void what_the_server_finds_wrong_is_named_by_field() {
    assertThat(
            failure(
                """
                await k8s.services.create({ metadata: { name: 'Web_1', namespace: $NS }, spec: { ports: [{ port: 99999 }] } });
                """))
        .contains(
            "kubernetes.invalid: The cluster refuses Service `Web_1`",
            "`metadata.name`",
            "`spec.ports[0].port`");
    assertThat(failure("return k8s.pod('no', { namespace: $NS }).get();"))
        .isEqualTo(
            "kubernetes.not-found: Pod `no` in namespace `%s` does not exist.\nSee what there is with `.list()`."
                .formatted(namespace));
    assertThat(
            failure(
                "await k8s.configMap('a', { namespace: 'hearth-nowhere' }).apply({ data: {} });"))
        .startsWith(
            "kubernetes.not-found: Namespace `hearth-nowhere` does not exist.\nMake it first");
    assertThat(
            failure(
                "await k8s.apply({ apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'a' } });"))
        .isEqualTo(
            "kubernetes.kind-unknown: The cluster knows no kind `v1/Deployment`.\n"
                + "The cluster has `Deployment` as `apps/v1`: give that as its `apiVersion`.");
    assertThat(
            failure(
                "await k8s.configMaps.create({ metadata: { name: 'kube-root', namespace: $NS } });"
                    + " await k8s.configMaps.create({ metadata: { name: 'kube-root', namespace: $NS"
                    + " } });"))
        .startsWith("kubernetes.already-exists: ConfigMap `kube-root`");
  }

  @Test
  void who_may_only_read_changes_nothing() {
    assertThat(
            failure(
                "await k8s.configMaps.create({ metadata: { name: 'x', namespace: $NS } });",
                "kubernetes:read"))
        .startsWith("permission.");
    assertThat(value("return (await k8s.namespaces.list()).length > 0;", "kubernetes:read"))
        .isEqualTo("true");
  }

  @Test
  void a_kubeconfig_can_be_given_as_a_text_and_needs_a_grant_for_its_server() throws IOException {
    var text = Files.readString(LabCluster.get().kubeconfig());
    assumeTrue(text.contains("-data:"), "The kubeconfig of the cluster names files.");
    var server = Kubeconfig.text(text).context("").cluster().text("server");
    var body =
        """
        const config = `%s`;
        return (await kubernetes({ config }).namespaces.get('default')).metadata.name;
        """
            .formatted(text);
    assertThat(home.failure(body, "kubernetes:read")).startsWith("permission.");
    var address = ServerAddress.parse(server).net().toString();
    assertThat(home.value(body, "kubernetes:read", "net=" + address)).isEqualTo("\"default\"");
  }
}
