package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.External;
import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases of charts: what is asked of the {@code helm} program, and what is made of its output as
 * it was recorded; with {@code HEARTH_TEST_HELM}, the real one on a real cluster.
 */
@WaitsFor("kubernetes")
class HelmTest {
  private static final String PROGRAM = "HEARTH_TEST_HELM";

  private static final String RELEASE =
      """
      {"name":"web","info":{"first_deployed":"2026-11-01T10:00:00Z","status":"deployed","notes":"Have fun."},
       "chart":{"metadata":{"name":"nginx","version":"15.1.0","appVersion":"1.25.2"},"templates":[{"data":"aHVzaA=="}]},
       "config":{"password":"hush"},"manifest":"kind: Secret\\ndata: { p: aHVzaA== }","version":3,"namespace":"shop"}
      """;

  private static final String LIST =
      """
      [{"name":"web","namespace":"shop","revision":"3","updated":"2026-11-01 10:00:00 +0000 UTC","status":"deployed","chart":"nginx-15.1.0","app_version":"1.25.2"}]
      """;

  private final Path folder;
  private final ClusterHome home;

  HelmTest(@TempDir Path folder) {
    this.folder = folder;
    this.home = new ClusterHome(folder);
    home.file(
        ".kube/config",
        """
        current-context: home
        clusters: [{ name: c, cluster: { server: "http://127.0.0.1:1" } }]
        users: [{ name: u, user: { token: the-token } }]
        contexts: [{ name: home, context: { cluster: c, user: u, namespace: shop } }]
        """);
  }

  /** A program in place of helm that prints what was recorded, and notes how it was called. */
  private void helm(String script) throws IOException {
    var file =
        home.file(
            "bin/helm",
            "#!/bin/sh\necho \"$*\" >>%1$s/words\necho \"$KUBECONFIG\" >%1$s/kubeconfig\n%2$s\n"
                .formatted(folder, script));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    home.variable("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
  }

  private String words() throws IOException {
    return Files.readString(folder.resolve("words"));
  }

  private static String print(String json) {
    return "cat <<'END'\n" + json.strip() + "\nEND";
  }

  @Test
  void a_chart_is_upgraded_atomically_and_no_secret_stands_in_the_command() throws IOException {
    helm("cat >" + folder.resolve("values") + "\n" + print(RELEASE));
    assertThat(
            home.value(
                """
                return k8s.helm.upgrade('web', 'bitnami/nginx', { version: '15.1.0', createNamespace: true, timeout: '90s', values: { password: 'hush', replicas: 2 } });
                """,
                "kubernetes:write",
                "exec=helm"))
        .isEqualTo(
            "{\"name\":\"web\",\"namespace\":\"shop\",\"revision\":3,\"status\":\"deployed\",\"chart\":\"nginx\",\"chartVersion\":\"15.1.0\",\"appVersion\":\"1.25.2\",\"notes\":\"Have fun.\"}");
    assertThat(words())
        .isEqualTo(
            "upgrade web bitnami/nginx --output=json --values=- --timeout=90s --install --atomic --create-namespace --version=15.1.0 --kube-context=home --namespace=shop\n");
    assertThat(folder.resolve("values")).hasContent("{\"password\":\"hush\",\"replicas\":2}");
    assertThat(Files.readString(folder.resolve("kubeconfig")).strip())
        .isEqualTo(folder.resolve(".kube/config").toString());
  }

  @Test
  void releases_are_listed_found_and_uninstalled_once() throws IOException {
    helm(
        "case $1 in list) "
            + print(LIST)
            + "\n;; uninstall) echo 'release \"web\" uninstalled';; esac");
    assertThat(
            home.value(
                """
                const [{ name, revision }] = await k8s.helm.list({ allNamespaces: true });
                return [name, revision, (await k8s.helm.find('web')).chart, await k8s.helm.find('no'), await k8s.helm.uninstall('web'), await k8s.helm.uninstall('no')];
                """,
                "kubernetes:write",
                "exec=helm"))
        .isEqualTo("[\"web\",\"3\",\"nginx-15.1.0\",null,true,false]");
    assertThat(words().lines().filter(line -> line.startsWith("uninstall")))
        .containsExactly(
            "uninstall web --wait --timeout=300s --kube-context=home --namespace=shop");
  }

  @Test
  void what_cannot_be_is_said() throws IOException {
    assertThat(home.failure("return k8s.helm.list();", "kubernetes:write", "exec=helm"))
        .isEqualTo(
            "kubernetes.program-missing: Helm needs the program `helm`, which is not installed here.\nInstall it and see that it is on the PATH.");
    helm(
        "echo 'Error: INSTALLATION FAILED: cannot re-use a name that is still in use' >&2; exit 1");
    assertThat(
            home.failure(
                "return k8s.helm.install('web', './chart');", "kubernetes:write", "exec=helm"))
        .startsWith(
            "kubernetes.program-failed: `helm install` failed: INSTALLATION FAILED: cannot re-use a name that is still in use.");
    assertThat(
            home.failure(
                "return k8s.helm.install('--post-renderer=sh', 'x');",
                "kubernetes:write",
                "exec=helm"))
        .startsWith("kubernetes.helm-argument:");
    assertThat(
            home.failure(
                "return k8s.helm.install('web', '--post-renderer=sh');",
                "kubernetes:write",
                "exec=helm"))
        .startsWith("kubernetes.helm-argument:");
    assertThat(home.failure("return k8s.helm.list();")).startsWith("permission.");
    assertThat(
            home.failure(
                "return kubernetes({ server: 'http://127.0.0.1:1' }).helm.list();",
                "kubernetes:write",
                "exec=helm"))
        .startsWith("kubernetes.helm-context:");
    helm("echo 'password: hush'");
    assertThat(home.failure("return k8s.helm.list();", "kubernetes:write", "exec=helm"))
        .startsWith("kubernetes.program-answer:")
        .doesNotContain("hush");
  }

  @External(PROGRAM)
  @Test
  void a_real_helm_installs_upgrades_and_uninstalls_a_chart() throws IOException {
    var real = ClusterHome.ofLab(folder.resolve("real"));
    real.variable(
        "PATH",
        Path.of(System.getenv(PROGRAM)).toAbsolutePath().resolveSibling("") + ":/usr/bin:/bin");
    real.file("chart/Chart.yaml", "apiVersion: v2\nname: tiny\nversion: 0.1.0\n");
    real.file(
        "chart/templates/map.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: tiny }\ndata: { colour: {{ .Values.colour | quote }} }\n");
    var namespace = ClusterHome.newNamespace();
    assertThat(
            real.value(
                """
                const own = { namespace: '%1$s' };
                const chart = '%2$s';
                const first = await k8s.helm.install('tiny', chart, { ...own, createNamespace: true, values: { colour: 'red' } });
                const second = await k8s.helm.upgrade('tiny', chart, { ...own, values: { colour: 'blue' } });
                const { data } = await k8s.configMap('tiny', own).get();
                const values = await k8s.helm.values('tiny', own);
                const listed = await k8s.helm.list(own);
                const gone = [await k8s.helm.uninstall('tiny', own), await k8s.helm.uninstall('tiny', own)];
                return [first.revision, second.revision, second.status, data.colour, values.colour, listed.length, gone];
                """
                    .formatted(namespace, folder.resolve("real/chart")),
                "kubernetes:write",
                "exec=helm"))
        .isEqualTo("[1,2,\"deployed\",\"blue\",\"blue\",1,[true,false]]");
  }
}
