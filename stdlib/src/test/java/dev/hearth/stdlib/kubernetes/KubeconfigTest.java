package dev.hearth.stdlib.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster is meant and who comes to it, by the user's own kubeconfig or by a recipe's. */
class KubeconfigTest {
  private static final String ASK = "return k8s.version();";

  private final ScriptedServer server =
      new ScriptedServer().json("GET /version", "{\"major\":\"1\"}");
  private final Path folder;
  private final ClusterHome home;

  KubeconfigTest(@TempDir Path folder) {
    this.folder = folder;
    this.home = new ClusterHome(folder);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  /** A kubeconfig whose only user is this. */
  private String config(String user) {
    return """
    current-context: home
    clusters: [{ name: c, cluster: { server: "%s" } }]
    users: [{ name: u, user: %s }]
    contexts: [{ name: home, context: { cluster: c, user: u, namespace: mine } }]
    """
        .formatted(server.address(), user);
  }

  private ClusterHome with(String user) {
    home.file(".kube/config", config(user));
    return home;
  }

  @Test
  void without_any_configuration_it_is_said_how_to_connect() {
    assertThat(home.failure(ASK)).startsWith("connection.none:");
  }

  @Test
  void the_current_context_is_the_default_and_others_have_their_names() {
    home.file(
        ".kube/config",
        config("{ token: one }")
            .replace(
                "contexts: [", "contexts: [{ name: other, context: { cluster: c, user: two } }, ")
            .replace("users: [", "users: [{ name: two, user: { token: second } }, "));
    assertThat(
            home.value(
                "return [(await k8s.version()).major, (await k8s.place()).namespace, (await"
                    + " kubernetes('other').place()).namespace, (await"
                    + " kubernetes('other').version()).major];"))
        .isEqualTo("[\"1\",\"mine\",\"default\",\"1\"]");
    assertThat(server.sent("Authorization")).containsExactly("Bearer one", "Bearer second");
    assertThat(home.failure("return kubernetes('no').version();"))
        .startsWith("connection.unknown:");
  }

  @Test
  void of_several_files_the_first_that_has_a_name_counts() {
    var first =
        home.file("a", "current-context: home\nusers: [{ name: u, user: { token: first } }]\n");
    var second = home.file("b", config("{ token: second }"));
    home.variable("KUBECONFIG", first + ":" + folder.resolve("missing") + "::" + second);
    assertThat(home.value(ASK)).contains("\"1\"");
    assertThat(server.sent("Authorization")).containsExactly("Bearer first");
  }

  @Test
  void a_token_from_a_file_is_read_again_when_the_server_refuses_it() throws IOException {
    var token = home.file("token", "old\n");
    server.status("GET /again", 401, "Unauthorized", "no").json("GET /again", "{}");
    with("{ tokenFile: ../token, token: unused }");
    home.value("await k8s.version();");
    assertThat(server.sent("Authorization")).containsExactly("Bearer old");
    assertThat(home.failure("await k8s.request('GET', '/again');")).isNotEmpty();
    Files.writeString(token, "new");
    assertThat(home.value("return k8s.request('GET', '/again');")).isEqualTo("{}");
    assertThat(server.sent("Authorization")).containsExactly("Bearer old", "Bearer new");
  }

  @Test
  void a_token_that_is_gone_when_the_server_wants_another_leaves_no_connection_open()
      throws IOException {
    var token = home.file("token", "old");
    server.answers(
        "GET /version/",
        request -> {
          delete(token);
          return HttpResponse.of(401, "text/plain", "no");
        });
    with("{ tokenFile: " + token + " }");
    assertThat(home.failure("return k8s.request('GET', '/version/');"))
        .startsWith("file.not-found: ");
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void passwords_and_whom_somebody_acts_for_are_sent_as_kubectl_sends_them() {
    with("{ username: u, password: p, as: boss, as-groups: [admins, staff], as-user-extra: { why:"
            + " [test] } }")
        .value(ASK);
    assertThat(server.sent("Authorization")).containsExactly("Basic dTpw");
    assertThat(server.sent("Impersonate-User")).containsExactly("boss");
    assertThat(server.sent("Impersonate-Group")).containsExactly("admins");
    assertThat(server.sent("Impersonate-Extra-why")).containsExactly("test");
  }

  private String plugin(String script) throws IOException {
    var file =
        home.file("login", "#!/bin/sh\necho run >>" + folder.resolve("runs") + "\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return "{ exec: { apiVersion: client.authentication.k8s.io/v1, interactiveMode: IfAvailable,"
        + " command: ../login, args: [token], env: [{ name: GREETING, value: hello }],"
        + " provideClusterInfo: true } }";
  }

  private long runs() throws IOException {
    return Files.readAllLines(folder.resolve("runs")).size();
  }

  @Test
  void a_plug_in_is_asked_once_and_again_when_the_server_refuses_what_it_gave() throws IOException {
    var user =
        plugin(
            """
            n=$(wc -l <%1$s)
            echo "$KUBERNETES_EXEC_INFO" >%2$s
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'$GREETING-$1-$n'"}}'
            """
                .formatted(folder.resolve("runs"), folder.resolve("info")));
    server.status("GET /again", 401, "Unauthorized", "no").json("GET /again", "{}");
    with(user)
        .value("await k8s.version(); await k8s.version(); await k8s.request('GET', '/again');");
    assertThat(server.sent("Authorization"))
        .containsExactly("Bearer hello-token-1", "Bearer hello-token-2");
    assertThat(runs()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("info")))
        .contains("\"kind\":\"ExecCredential\"", "\"interactive\":false", server.address());
  }

  @Test
  void credentials_that_have_expired_are_not_sent() throws IOException {
    var user =
        plugin(
            """
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t","expirationTimestamp":"2020-01-01T00:00:00Z"}}'
            """);
    with(user).value("await k8s.version(); await k8s.version();");
    assertThat(runs()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void what_a_plug_in_prints_by_mistake_is_not_repeated() throws IOException {
    assertThat(with(plugin("echo 'my-secret-token'\n")).failure(ASK))
        .startsWith("kubernetes.exec-answer:")
        .doesNotContain("my-secret");
    assertThat(with(plugin("echo broken >&2; exit 7\n")).failure(ASK))
        .contains("kubernetes.exec-failed", "it ended with status 7 and said `broken`");
    assertThat(home.told()).doesNotContain("my-secret");
    assertThat(
            with("{ exec: { apiVersion: client.authentication.k8s.io/v1, command:"
                    + " hearth-no-such-login, installHint: Ask in room 7. } }")
                .failure(ASK))
        .startsWith("kubernetes.exec-failed:")
        .endsWith("\nAsk in room 7.");
  }

  @Test
  void calls_that_are_refused_together_ask_for_new_credentials_once() throws IOException {
    var user =
        plugin(
            """
            n=$(wc -l <%s)
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'$n'"}}'
            """
                .formatted(folder.resolve("runs")));
    for (int i = 0; i < 8; i++) {
      server.answers(
          "GET /a" + i,
          request ->
              request.headers().first("Authorization").orElse("").equals("Bearer 2")
                  ? HttpResponse.of(200, "application/json", "{}")
                  : HttpResponse.of(401, "text/plain", "no"));
    }
    assertThat(
            with(user)
                .value(
                    """
                    await k8s.version();
                    const all = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((i) => k8s.request('GET', `/a${i}`)));
                    return all.length;
                    """))
        .isEqualTo("8");
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void what_cannot_be_or_is_not_safe_is_refused_with_what_to_do() throws IOException {
    assertThat(with("{ auth-provider: { name: gcp } }").failure(ASK))
        .startsWith("kubernetes.auth-provider: The user `u`");
    assertThat(with(plugin("").replace("IfAvailable", "Always")).failure(ASK))
        .startsWith("kubernetes.exec-interactive:");
    assertThat(with(plugin("").replace("k8s.io/v1", "k8s.io/v1alpha1")).failure(ASK))
        .startsWith("kubernetes.exec-version:");
    home.file(
        ".kube/config",
        config("{}")
            .replace("cluster: { server", "cluster: { insecure-skip-tls-verify: true, server"));
    assertThat(home.failure(ASK)).contains("kubernetes.insecure", "--fingerprint");
    home.file(".kube/config", config("{}").replace("http://127.0.0.1", "http://192.0.2.1"));
    assertThat(home.failure(ASK)).startsWith("kubernetes.server-wrong:");
    home.file(".kube/config", "clusters: [\ntoken: hush");
    assertThat(home.failure(ASK)).startsWith("kubernetes.kubeconfig-wrong:").doesNotContain("hush");
    home.file(".kube/config", config("{ client-certificate: gone.crt, client-key: gone.key }"));
    assertThat(home.failure(ASK)).contains("kubernetes.file-missing", "client-certificate");
  }

  @Test
  void a_certificate_that_has_ended_is_said_to_be_why_nobody_is_let_in() {
    var past = SelfSigned.create(List.of("admin"), Duration.ofMinutes(-1), Clock.system());
    server.status("GET /version/", 401, "Unauthorized", "Unauthorized");
    with(
        "{ client-certificate-data: %s, client-key-data: %s }"
            .formatted(base64(past.certificatePem()), base64(past.keyPem().reveal())));
    assertThat(home.failure("return k8s.request('GET', '/version/');"))
        .startsWith(
            "kubernetes.unauthorized: The cluster does not accept the credentials of connection `home`.\n"
                + "Its client certificate ended at 20");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void a_proxy_of_the_kubeconfig_may_be_one_of_socks() throws IOException {
    String address;
    try (var proxy = new SocksBySsh(folder.resolve("ssh"))) {
      address = proxy.address();
      var by = "proxy-url: \"socks5://%s\", server:".formatted(address);
      home.file(".kube/config", config("{ token: one }").replace("server:", by));
      assertThat(home.value(ASK)).contains("\"1\"");
    }
    assertThat(home.failure(ASK)).startsWith("net.refused: Nothing answers at `" + address + "`");
    home.file(
        ".kube/config",
        config("{ token: one }").replace("server:", "proxy-url: \"socks4://p:1\", server:"));
    assertThat(home.failure(ASK))
        .startsWith("http.proxy-malformed: `socks4://p:1` is not a proxy that can be used.")
        .contains("`socks5://HOST:PORT`");
  }

  @Test
  void a_cluster_that_a_recipe_spells_out_needs_grants_of_its_own() {
    var body =
        "return kubernetes({ server: '%s', token: 't' }).version();".formatted(server.address());
    with("{}");
    assertThat(home.failure(body)).startsWith("permission.");
    assertThat(home.value(body, "kubernetes:read", server.net())).contains("major");
    var file = home.file("t", "from-file");
    var read = body.replace("token: 't'", "tokenFile: '" + file + "'");
    assertThat(home.failure(read, "kubernetes:read", server.net())).startsWith("permission.");
    assertThat(home.value(read, "kubernetes:read", server.net(), "read=" + file)).contains("major");
    assertThat(server.sent("Authorization")).containsExactly("Bearer t", "Bearer from-file");
  }

  @Test
  void a_kubeconfig_that_a_recipe_brings_starts_no_program_and_takes_no_way_around()
      throws IOException {
    with("{}");
    var hostile =
        config(
            plugin("touch " + folder.resolve("owned"))
                .replace("../login", folder.resolve("login").toString()));
    var body = "return kubernetes({ config: `" + hostile + "` }).version();";
    assertThat(home.failure(body, "kubernetes:write", server.net())).startsWith("permission.");
    assertThat(folder.resolve("owned")).doesNotExist();
    var proxied =
        config("{}")
            .replace(
                "cluster: { server",
                "cluster: { proxy-url: 'http://user:hush@192.0.2.1:1', server");
    assertThat(
            home.failure(
                "return kubernetes({ config: `" + proxied + "` }).version();",
                "kubernetes:write",
                server.net()))
        .startsWith("kubernetes.proxy-of-recipe:")
        .doesNotContain("hush");
    var own = home.file("own", config("{ token: mine }"));
    assertThat(
            home.failure(
                "return kubernetes({ kubeconfig: '" + own + "' }).version();",
                "kubernetes:write",
                server.net()))
        .startsWith("permission.");
    assertThat(home.failure("return kubernetes({ context: 'home' }).version();"))
        .contains("kubernetes.server-missing", "kubernetes('home')");
    assertThat(home.failure("return kubernetes({ exec: { command: 'x' } }).version();"))
        .startsWith("connection.field-unknown:");
  }
}
