package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.Processes;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.file.Door;
import dev.hearth.runtime.effect.file.SystemFiles;
import dev.hearth.runtime.effect.process.SystemProcesses;
import dev.hearth.stdlib.WaitsFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to a real cluster, and who one is there. */
@WaitsFor("kubernetes")
class ConnectingContractTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String ASK = "return (await k8s.namespaces.get('default')).metadata.name;";

  private static PodLab lab;

  private final Path folder;
  private final ClusterHome home;
  private final ObjectNode cluster;
  private final ObjectNode user;

  ConnectingContractTest(@TempDir Path folder) throws IOException {
    var text = Files.readString(LabCluster.get().kubeconfig());
    var context = Kubeconfig.text(text).context("");
    this.folder = folder;
    this.home = new ClusterHome(folder);
    this.cluster = context.cluster().content().deepCopy();
    this.user = context.user().content().deepCopy();
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    lab = new PodLab(folder).pod("box", PodLab.box("main"));
  }

  @AfterAll
  static void stop() {
    lab.remove();
  }

  @BeforeEach
  void requireData() {
    assumeTrue(user.has("client-key-data"), "The user of the kubeconfig has no key of its own.");
  }

  /** Writes a kubeconfig of one context whose cluster and user are these. */
  private void configure(Consumer<ObjectNode> changes) {
    changes.accept(MAPPER.createObjectNode().<ObjectNode>set("cluster", cluster).set("user", user));
    home.file(
        ".kube/config",
        """
        { "current-context": "home",
          "clusters": [{ "name": "c", "cluster": %s }],
          "users": [{ "name": "u", "user": %s }],
          "contexts": [{ "name": "home", "context": { "cluster": "c", "user": "u" } }] }
        """
            .formatted(cluster, user));
  }

  private String server() {
    return ServerAddress.parse(cluster.path("server").asText()).net().toString();
  }

  private Path decoded(String file, String name) throws IOException {
    var path = home.file(file, "");
    var data = cluster.has(name) ? cluster.remove(name) : user.remove(name);
    return Files.write(path, Base64.getDecoder().decode(data.asText()));
  }

  @Test
  void several_files_are_one_configuration_and_each_names_others_from_its_own_folder()
      throws IOException {
    decoded("a/keys/me.crt", "client-certificate-data");
    decoded("a/keys/me.key", "client-key-data");
    decoded("ca/ca.crt", "certificate-authority-data");
    user.put("client-certificate", "keys/me.crt").put("client-key", "keys/me.key");
    cluster.put("certificate-authority", "../ca/ca.crt");
    var users = home.file("a/users", "users: [{ name: u, user: " + user + " }]");
    var clusters = home.file("b/clusters", "clusters: [{ name: c, cluster: " + cluster + " }]");
    var contexts =
        home.file("contexts", "contexts: [{ name: home, context: { cluster: c, user: u } }]\n");
    var current = home.file("current", "current-context: home\n");
    home.variable(
        "KUBECONFIG",
        users + ":" + current + ":" + folder.resolve("none") + ":" + contexts + ":" + clusters);
    assertThat(home.value(ASK)).isEqualTo("\"default\"");
    home.variable("KUBECONFIG", current + ":" + contexts + ":" + clusters);
    assertThat(home.failure(ASK))
        .startsWith("kubernetes.kubeconfig-wrong: ")
        .contains("the context `home` names the user `u`, which it lacks");
  }

  @Test
  void a_proxy_leads_to_the_server_itself_whatever_name_its_certificate_has() throws IOException {
    try (var proxy = new ConnectProxy()) {
      configure(
          at -> {
            cluster.put("tls-server-name", "kubernetes.default.svc");
            cluster.put("proxy-url", "http://me:hush@" + proxy.address());
          });
      assertThat(
              home.value(
                  """
                  const pod = k8s.pod('box', { namespace: '%s' });
                  return [
                    (await k8s.namespaces.get('default')).metadata.name,
                    await pod.exec(['echo', 'one']).text(),
                    await pod.exec(['cat'], { stdin: 'two' }).text(),
                  ];
                  """
                      .formatted(lab.namespace())))
          .isEqualTo("[\"default\",\"one\\n\",\"two\"]");
      assertThat(proxy.asked())
          .isNotEmpty()
          .allSatisfy(head -> assertThat(head).startsWith("CONNECT " + server() + " HTTP/1.1\r\n"))
          .allSatisfy(head -> assertThat(head).contains("Proxy-Authorization: Basic "));
    }
    configure(at -> cluster.remove("proxy-url"));
    assertThat(home.value(ASK)).isEqualTo("\"default\"");
    configure(at -> cluster.put("tls-server-name", "other.example"));
    assertThat(home.failure(ASK)).startsWith("tls.wrong-host: ").contains("other.example");
  }

  @Test
  void a_plug_in_can_show_a_certificate_which_is_asked_for_anew_when_it_expires()
      throws IOException {
    var login = folder.resolve("login");
    var status =
        MAPPER
            .createObjectNode()
            .put(
                "clientCertificateData",
                Files.readString(decoded("me.crt", "client-certificate-data")))
            .put("clientKeyData", Files.readString(decoded("me.key", "client-key-data")))
            .put("expirationTimestamp", "SOON");
    var answer =
        MAPPER
            .createObjectNode()
            .put("kind", "ExecCredential")
            .put("apiVersion", "client.authentication.k8s.io/v1beta1")
            .set("status", status);
    home.file("answer", answer.toString());
    home.file(
        "login",
        """
        #!/bin/sh
        echo run >>%1$s/runs
        sed s/SOON/$WHEN/ %1$s/answer
        """
            .formatted(folder));
    Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rwx------"));
    var exec =
        user.putObject("exec")
            .put("apiVersion", "client.authentication.k8s.io/v1beta1")
            .put("command", login.toString());
    var when = exec.putArray("env").addObject().put("name", "WHEN");
    configure(at -> when.put("value", Instant.now().plusSeconds(600).toString()));
    assertThat(home.value("await k8s.version();" + ASK)).isEqualTo("\"default\"");
    assertThat(Files.readAllLines(folder.resolve("runs"))).hasSize(1);
    configure(at -> when.put("value", "2020-01-01T00:00:00Z"));
    assertThat(home.value("await k8s.version();" + ASK)).isEqualTo("\"default\"");
    assertThat(Files.readAllLines(folder.resolve("runs"))).hasSizeGreaterThan(2);
  }

  @Test
  void who_acts_for_somebody_else_may_do_what_that_one_may() {
    configure(at -> user.put("as", "nobody-of-hearth"));
    assertThat(home.failure("return k8s.secrets.list({ namespace: 'default' });"))
        .startsWith(
            "kubernetes.forbidden: `nobody-of-hearth` may not list secrets in namespace default.");
    configure(at -> user.putArray("as-groups").add("some").add("system:masters"));
    assertThat(home.value("return (await k8s.nodes.list()).length > 0;")).isEqualTo("true");
  }

  @Test
  void a_pod_comes_by_its_service_account_and_takes_up_a_token_that_was_renewed()
      throws IOException {
    var mounted =
        MAPPER.readTree(
            lab.value(
                """
                const at = '/var/run/secrets/kubernetes.io/serviceaccount/';
                return Promise.all(['token', 'ca.crt', 'namespace'].map((name) => pod('box').exec(['cat', at + name]).text()));
                """));
    home.file("account/token", "not.yet.valid");
    home.file("account/ca.crt", mounted.get(1).asText());
    home.file("account/namespace", mounted.get(2).asText());
    var address = ServerAddress.parse(cluster.path("server").asText()).net();
    var inPod =
        new User(
            Map.of(
                "KUBERNETES_SERVICE_HOST",
                address.host(),
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(address.port())));
    assertThat(ClusterConfiguration.inCluster(inPod, folder)).isEmpty();
    JsonNode found = ClusterConfiguration.inCluster(inPod, folder.resolve("account")).orElseThrow();
    home.user().imports("import { fs } from 'hearth:fs';");
    assertThat(
            home.value(
                """
                const here = kubernetes(%s);
                const codes = [];
                const ask = () => here.pods.list().catch((error) => codes.push(error.code, error.message));
                await ask();
                await fs.write('%s/account/token', '%s');
                await ask();
                return codes;
                """
                    .formatted(found, folder, mounted.get(0).asText()),
                "kubernetes:read",
                "net=" + address,
                "read=" + folder,
                "write=" + folder))
        .contains(
            "kubernetes.unauthorized",
            "kubernetes.forbidden",
            "`system:serviceaccount:%1$s:default` may not list pods in namespace %1$s."
                .formatted(lab.namespace()));
  }

  /** Somebody with these variables and all files. */
  private record User(Map<String, String> variables) implements Effects {
    @Override
    public Net net() {
      return new SystemNet();
    }

    @Override
    public dev.hearth.runtime.effect.Files files() {
      return new SystemFiles(Door.open(), Limits.DEFAULT);
    }

    @Override
    public Processes processes() {
      return new SystemProcesses(Limits.DEFAULT);
    }

    @Override
    public Environment environment() {
      return name -> Optional.ofNullable(variables.get(name));
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }
  }
}
