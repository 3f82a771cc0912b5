package dev.hearth.stdlib.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpResponse;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that lie, flood and forget, and names that want to be paths. */
class HostileServerTest {
  private static final String PODS = "GET /api/v1/namespaces/default/pods";

  private final ScriptedServer server = new ScriptedServer();
  private final ClusterHome home;

  HostileServerTest(@TempDir Path folder) {
    this.home = new ClusterHome(folder);
    home.file(
        ".kube/config",
        """
        current-context: home
        clusters: [{ name: c, cluster: { server: "%s" } }]
        users: [{ name: u, user: { token: the-token } }]
        contexts: [{ name: home, context: { cluster: c, user: u } }]
        """
            .formatted(server.address()));
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void a_redirect_takes_no_token_anywhere() {
    try (var other = new ScriptedServer().json("GET /version", "{}")) {
      server.answers(
          "GET /version",
          _ -> HttpResponse.of(302).header("Location", other.address() + "/version?token=x"));
      assertThat(home.failure("return k8s.version();", "kubernetes:write", other.net()))
          .startsWith("kubernetes.redirected:")
          .doesNotContain("token=x");
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void what_is_no_api_is_said_to_be_none() {
    server.answers(
        "GET /version", _ -> HttpResponse.of(200, "text/html", "<html>It works!</html>"));
    assertThat(home.failure("return k8s.version();")).startsWith("kubernetes.not-kubernetes:");
    server.json(PODS, "[]");
    assertThat(home.failure("return k8s.pods.list();")).startsWith("kubernetes.not-kubernetes:");
    server.json(PODS + "/deep", "[".repeat(100_000));
    assertThat(home.failure("return k8s.pod('deep').get();"))
        .startsWith("kubernetes.not-kubernetes:");
  }

  @Test
  void an_answer_without_an_end_is_cut_off() {
    server.answers(
        PODS + "/x",
        _ -> HttpResponse.of(200).body(HttpBody.of(new Endless("{\"a\":[", "0,"), -1)));
    assertThat(home.failure("return k8s.pod('x').get();")).startsWith("http.body-too-large:");
  }

  /** A begin, and then the same for ever. */
  private static final class Endless extends InputStream {
    private final String begin;
    private final String then;
    private long at;

    Endless(String begin, String then) {
      this.begin = begin;
      this.then = then;
    }

    @Override
    public int read() {
      var from = at < begin.length() ? begin : then;
      var index = at < begin.length() ? at : (at - begin.length()) % then.length();
      at++;
      return from.charAt((int) index);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      for (int i = 0; i < length; i++) {
        target[offset + i] = (byte) read();
      }
      return length;
    }
  }

  @Test
  void no_name_breaks_out_of_its_place() {
    for (var name : new String[] {"../secrets/s", "a/b", "..", "%2e%2e", "a\\\\b", "a b", "x\\n"}) {
      assertThat(home.failure("return k8s.pod('" + name + "').get();"))
          .startsWith("kubernetes.name-wrong:");
      assertThat(home.failure("return k8s.pods.list({ namespace: '" + name + "' });"))
          .startsWith("kubernetes.name-wrong:");
    }
    for (var path :
        new String[] {
          "api", "/api/../x", "/api/%2E%2e/x", "//other", "/a?b", "/a b", "/a%2fb", "@other/x"
        }) {
      assertThat(home.failure("return k8s.request('GET', '" + path + "');"))
          .startsWith("kubernetes.path-wrong:");
    }
    assertThat(home.failure("return k8s.pods.list({ labels: { 'a,b': 'c' } });"))
        .startsWith("kubernetes.selector-wrong:");
    assertThat(home.failure("return k8s.pods.list({ labels: { a: 'b,c=d' } });"))
        .startsWith("kubernetes.selector-wrong:");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void an_option_that_does_not_exist_is_named() {
    assertThat(home.failure("return k8s.pods.list({ lables: { a: 'b' } });")).contains("lables");
  }

  @Test
  void a_list_that_changes_while_its_pages_are_read_is_read_again() {
    server
        .json(PODS, page("a", "two"))
        .status(PODS, 410, "Expired", "too old")
        .json(PODS, page("a", "three"))
        .json(PODS, page("b", ""));
    assertThat(home.value("return (await k8s.pods.list()).map(({ metadata }) => metadata.name);"))
        .isEqualTo("[\"a\",\"b\"]");
    assertThat(server.asked())
        .containsExactly(
            PODS + "?limit=500",
            PODS + "?limit=500&continue=two",
            PODS + "?limit=500",
            PODS + "?limit=500&continue=three");
  }

  private static String page(String name, String next) {
    return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\"%s\"},\"items\":[%s]}"
        .formatted(next, name.isEmpty() ? "" : pod(name, "5"));
  }

  private static String pod(String name, String version) {
    return "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%1$s\",\"uid\":\"u-%1$s\",\"resourceVersion\":\"%2$s\"}}"
        .formatted(name, version);
  }

  private static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
  }

  @Test
  void a_watch_goes_on_where_it_broke_off_and_lists_anew_where_that_is_forgotten() {
    var watched = "GET /api/v1/namespaces/default/pods";
    server
        .json(watched, page("a", ""))
        .json(
            watched,
            event("MODIFIED", pod("a", "8")) + event("BOOKMARK", pod("", "20")) + "{\"type\":\"MOD")
        .json(watched, event("ADDED", pod("b", "21")))
        .json(
            watched,
            event(
                "ERROR",
                "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}"))
        .json(watched, page("c", ""))
        .json(watched, event("DELETED", pod("c", "30")));
    assertThat(
            home.value(
                """
                const told = [];
                for await (const { type, object } of k8s.pods.watch()) {
                  told.push(`${type} ${object.metadata.name}`);
                  if (told.length === 7) break;
                }
                return told;
                """))
        .isEqualTo(
            "[\"ADDED a\",\"MODIFIED a\",\"ADDED b\",\"ADDED c\",\"DELETED a\",\"DELETED b\",\"DELETED c\"]");
    assertThat(server.asked())
        .containsSequence(
            watched + "?limit=500",
            watched + "?watch=true&resourceVersion=7&allowWatchBookmarks=true&timeoutSeconds=290",
            watched + "?watch=true&resourceVersion=20&allowWatchBookmarks=true&timeoutSeconds=290",
            watched + "?watch=true&resourceVersion=21&allowWatchBookmarks=true&timeoutSeconds=290",
            watched + "?limit=500",
            watched + "?watch=true&resourceVersion=7&allowWatchBookmarks=true&timeoutSeconds=290");
  }

  @Test
  void a_watch_tells_a_list_by_its_pages_and_what_a_new_one_has_more() {
    var watched = "GET /api/v1/namespaces/default/pods";
    server
        .json(watched, page("a", "two"))
        .status(watched, 410, "Expired", "too old")
        .json(watched, page("a", "three"))
        .json(watched, page("b", ""))
        .json(watched, event("DELETED", pod("b", "30")));
    assertThat(
            home.value(
                """
                const told = [];
                for await (const { type, object } of k8s.pods.watch({ select: ['metadata.name'] })) {
                  told.push(`${type} ${JSON.stringify(object)}`);
                  if (told.length === 3) break;
                }
                return told;
                """))
        .isEqualTo(
            "[\"ADDED {\\\"metadata\\\":{\\\"name\\\":\\\"a\\\"}}\","
                + "\"ADDED {\\\"metadata\\\":{\\\"name\\\":\\\"b\\\"}}\","
                + "\"DELETED {\\\"metadata\\\":{\\\"name\\\":\\\"b\\\"}}\"]");
    assertThat(server.asked())
        .containsSequence(
            watched + "?limit=500",
            watched + "?limit=500&continue=two",
            watched + "?limit=500",
            watched + "?limit=500&continue=three");
  }

  @Test
  void a_watch_from_a_version_that_is_forgotten_says_so_or_tells_what_is_there() {
    var watched = "GET /api/v1/namespaces/default/pods";
    server
        .status(watched, 410, "Expired", "too old resource version: 1 (900)")
        .status(watched, 410, "Expired", "too old resource version: 1 (900)")
        .json(watched, page("a", ""))
        .json(watched, event("MODIFIED", pod("a", "8")));
    assertThat(
            home.failure("for await (const _ of k8s.pods.watch({ resourceVersion: '1' })) break;"))
        .startsWith(
            "kubernetes.watch-expired: The cluster has forgotten what happened to pods since version 1.");
    assertThat(
            home.value(
                """
                const told = [];
                for await (const { type } of k8s.pods.watch({ resourceVersion: '1', existing: false, onGap: 'relist' })) {
                  told.push(type);
                  if (told.length === 2) return told;
                }
                """))
        .isEqualTo("[\"ADDED\",\"MODIFIED\"]");
    assertThat(home.failure("for await (const _ of k8s.pods.watch({ onGap: 'x' })) break;"))
        .startsWith("kubernetes.option-wrong: `onGap` cannot be `x`.");
  }

  @Test
  void events_that_came_before_nonsense_are_told_before_it() {
    var watched = "GET /api/v1/namespaces/default/pods";
    server
        .json(watched, page("a", ""))
        .json(
            watched,
            event("MODIFIED", pod("a", "8")) + "{\"type\":\"ADDED\",\"object\":{\"kind\":7,,\n");
    assertThat(
            home.value(
                """
                const told = [];
                try {
                  for await (const { type } of k8s.pods.watch()) told.push(type);
                } catch ({ code }) {
                  return [...told, code];
                }
                """))
        .isEqualTo("[\"ADDED\",\"MODIFIED\",\"kubernetes.watch-broken\"]");
    server.answers(
        watched + "/x",
        _ -> HttpResponse.of(200).body(HttpBody.of(new Endless("{\"a\":[", "0,"), -1)));
    server.json("GET /api/v1/namespaces/default/secrets", page("", ""));
    server.answers(
        "GET /api/v1/namespaces/default/secrets",
        _ -> HttpResponse.of(200).body(HttpBody.of(new Endless("{\"a\":[", "0,"), -1)));
    assertThat(home.failure("for await (const _ of k8s.secrets.watch()) break;"))
        .startsWith("kubernetes.watch-broken: ")
        .contains("larger than any object");
  }

  @Test
  void a_busy_server_is_asked_again_and_not_for_ever() {
    server.answers(
        "GET /version",
        _ ->
            HttpResponse.of(
                    429,
                    "application/json",
                    "{\"kind\":\"Status\",\"reason\":\"TooManyRequests\",\"message\":\"busy\"}")
                .header("Retry-After", "0"));
    assertThat(home.failure("return k8s.version();"))
        .startsWith(
            "kubernetes.too-many-requests: The cluster asks for patience and still does after 5 attempts: busy.");
    assertThat(server.asked()).hasSize(5);
  }

  @Test
  void values_of_secrets_are_hidden_wherever_a_server_puts_them() {
    var secret =
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"s\",\"uid\":\"u\",\"resourceVersion\":\"9\",\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"hush\",\"a\":\"b\"}},\"data\":{\"k\":\"aHVzaA==\"},\"stringData\":{\"k\":\"hush\"}}";
    var path = "GET /api/v1/namespaces/default/secrets";
    server
        .json(path + "/s", secret)
        .json(
            path,
            "{\"kind\":\"SecretList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":["
                + secret
                + "]}")
        .json(
            path,
            "{\"kind\":\"SecretList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":["
                + secret
                + "]}")
        .json(
            "GET /api/v1/mixed",
            "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[" + secret + "]}");
    assertThat(
            home.value(
                """
                const one = await k8s.secret('s').get();
                const some = await k8s.secret('s').get({ select: ['data', 'stringData.k', 'metadata.annotations'] });
                const all = await k8s.secrets.list();
                const raw = await k8s.request('GET', '/api/v1/mixed');
                let seen;
                for await (const event of k8s.secrets.watch()) { seen = event; break; }
                const told = JSON.stringify([one, some, all, raw, seen]);
                return [told.includes('hush') || told.includes('aHVzaA'), one.data, one.metadata.annotations];
                """))
        .isEqualTo("[false,{\"k\":\"***\"},{\"a\":\"b\"}]");
    assertThat(home.told()).doesNotContain("hush", "aHVzaA");
  }
}
