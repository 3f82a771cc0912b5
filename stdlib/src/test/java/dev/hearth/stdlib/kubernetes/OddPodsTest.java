package dev.hearth.stdlib.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.WebSocket;
import dev.hearth.runtime.effect.http.WebSocketHandshake;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods of servers that are newer than the one at hand, have more installed, break off or lie. */
class OddPodsTest {
  private static final String POD = "/api/v1/namespaces/default/pods/web";

  private final ScriptedServer server = new ScriptedServer();
  private final ClusterHome home;

  OddPodsTest(@TempDir Path folder) {
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
    server.json(
        "GET " + POD,
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default","uid":"1"},
         "spec":{"containers":[{"name":"main"}]},
         "status":{"phase":"Running","containerStatuses":[{"name":"main","state":{"running":{}}}]}}
        """);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  /** Commands are run by {@code node}, over version 5 of the channels. */
  private void exec(Consumer<WebSocket> node) {
    server.answers(
        "GET " + POD + "/exec",
        request -> WebSocketHandshake.accept(request, List.of(WebSocketChannels.V5), node));
  }

  private static void say(WebSocket socket, int channel, String text) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(channel);
    bytes.writeBytes(text.getBytes(UTF_8));
    socket.send(bytes.toByteArray());
  }

  @Test
  void a_cluster_of_today_is_told_the_end_of_the_input_over_a_web_socket() {
    exec(
        socket -> {
          var input = new ByteArrayOutputStream();
          while (socket.receive() instanceof WebSocket.Binary message
              && message.bytes()[0] == Channels.STDIN) {
            input.write(message.bytes(), 1, message.bytes().length - 1);
          }
          say(socket, Channels.STDOUT, input.toString(UTF_8).toUpperCase(java.util.Locale.ROOT));
          say(socket, Channels.STATUS, "{\"metadata\":{},\"status\":\"Success\"}");
        });

    assertThat(
            home.value(
                "return (await k8s.pod('web').exec(['tr', 'a-z', 'A-Z'], { stdin: 'hello' })).text();"))
        .isEqualTo("\"HELLO\"");
    assertThat(server.asked().getLast())
        .startsWith("GET " + POD + "/exec?container=main")
        .contains("stdin=true", "command=tr&command=a-z&command=A-Z");
  }

  @Test
  void a_command_whose_end_nobody_told_is_lost_and_not_done() {
    exec(socket -> say(socket, Channels.STDOUT, "some"));

    assertThat(home.failure("await k8s.pod('web').exec(['make', 'all']);"))
        .startsWith(
            "kubernetes.command-lost: The connection to the command `make all` in Pod `web`");
  }

  @Test
  void the_time_of_a_command_begins_before_the_cluster_answers() {
    var over = new CountDownLatch(1);
    Function<HttpRequest, HttpResponse> silence =
        _ -> {
          await(over);
          return HttpResponse.of(404);
        };
    var began = Instant.now();
    try {
      server.answers("GET " + POD + "/exec", silence);
      assertThat(home.failure("await k8s.pod('web').exec(['make', 'all'], { timeout: '1s' });"))
          .startsWith("kubernetes.command-timeout: `make all` was not done within 1s in Pod `web`")
          .contains("The cluster did not answer in that time");
      assertThat(
              home.failure(
                  "for await (const _ of k8s.pod('web').exec(['make']).timeout('1s')) break;"))
          .startsWith("kubernetes.command-timeout: ");
      server.answers("GET /api/v1/namespaces/default/pods/deaf", silence);
      assertThat(home.failure("await k8s.pod('deaf').exec(['true'], { timeout: '1s' });"))
          .startsWith("kubernetes.command-timeout: ");
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(40));
    } finally {
      over.countDown();
    }
  }

  @Test
  void a_command_is_given_up_in_time_also_where_nobody_says_goodbye() {
    var over = new CountDownLatch(1);
    exec(_ -> await(over));
    var began = Instant.now();
    try {
      assertThat(home.failure("await k8s.pod('web').exec(['make', 'all'], { timeout: '1s' });"))
          .startsWith("kubernetes.command-timeout: `make all` was not done within 1s in Pod `web`");
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
    } finally {
      over.countDown();
    }
  }

  @Test
  void an_end_that_nobody_understands_is_no_success_however_long_it_is() {
    exec(socket -> say(socket, Channels.STATUS, "well"));
    assertThat(home.failure("await k8s.pod('web').exec(['true']);"))
        .startsWith("kubernetes.command-not-started: ");
    exec(
        socket -> {
          for (int i = 0; i < 100; i++) {
            say(socket, Channels.STATUS, "x".repeat(60_000));
          }
        });
    assertThat(home.failure("await k8s.pod('web').exec(['true']);"))
        .startsWith("kubernetes.command-not-started: ");
  }

  @Test
  void what_a_node_says_instead_of_a_log_is_told_and_has_no_time() {
    server.answers(
        "GET " + POD + "/log",
        _ ->
            HttpResponse.of(
                200,
                "text/plain",
                "2026-03-01T09:59:44.123456789Z one\nfailed to try resolving symlinks\n"));

    assertThat(
            home.value(
                "return (await k8s.pod('web').logs()).map(({ time, text }) => [time, text]);"))
        .isEqualTo(
            "[[\"2026-03-01T09:59:44.123456789Z\",\"one\"],[null,\"failed to try resolving symlinks\"]]");
  }

  private static final String LIST = "GET /api/v1/namespaces/default/pods";

  private static String listOf(String... names) {
    return Stream.of(names)
        .map(
            name ->
                "{\"metadata\":{\"name\":\"%1$s\",\"namespace\":\"default\",\"uid\":\"%1$s\"},\"spec\":{\"containers\":[{\"name\":\"main\"}]},\"status\":{\"phase\":\"Running\"}}"
                    .formatted(name))
        .collect(
            Collectors.joining(
                ",",
                "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[",
                "]}"));
  }

  /** A log whose lines are made when they are read; null for no more. */
  private static HttpResponse log(Supplier<@Nullable String> lines) {
    return HttpResponse.of(200).body(HttpBody.of(new Log(lines), -1));
  }

  private static final class Log extends InputStream {
    private final Supplier<@Nullable String> lines;
    private int made;
    private byte[] line = new byte[0];
    private int at;

    private Log(Supplier<@Nullable String> lines) {
      this.lines = lines;
    }

    @Override
    public int read() {
      if (at == line.length) {
        var next = lines.get();
        if (next == null) {
          return -1;
        }
        line = (Instant.EPOCH.plusMillis(++made) + " " + next + "\n").getBytes(UTF_8);
        at = 0;
      }
      return line[at++];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int first = read();
      if (first < 0) {
        return -1;
      }
      target[offset] = (byte) first;
      int more = Math.min(length - 1, line.length - at);
      System.arraycopy(line, at, target, offset + 1, more);
      at += more;
      return more + 1;
    }
  }

  @Test
  void lines_come_while_a_server_does_not_tell_whether_there_are_more_pods() {
    var looking = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    var lines = new AtomicInteger();
    server
        .json(LIST, listOf("a"))
        .answers(
            LIST,
            _ -> {
              looking.countDown();
              await(told);
              return HttpResponse.of(200, "application/json", listOf("a", "b"));
            })
        .answers(
            LIST + "/a/log",
            _ ->
                log(
                    () -> {
                      if (lines.get() == 1) {
                        await(looking);
                      }
                      return "line " + lines.incrementAndGet();
                    }))
        .answers(LIST + "/b/log", _ -> log(() -> "later"));
    var began = Instant.now();
    try {
      assertThat(
              home.value(
                  """
                  for await (const { text } of k8s.logs({ labels: { app: 'x' }, follow: true })) if (text === 'line 3') return text;
                  """))
          .isEqualTo("\"line 3\"");
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
    } finally {
      told.countDown();
    }
    assertThat(
            home.value(
                """
                for await (const { pod } of k8s.logs({ labels: { app: 'x' }, follow: true })) if (pod === 'b') return pod;
                """))
        .isEqualTo("\"b\"");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void pods_that_never_stop_leave_room_for_the_others() {
    var told = new CountDownLatch(1);
    Supplier<@Nullable String> flood =
        () -> {
          await(told);
          return "x".repeat(1000);
        };
    server
        .json(LIST, listOf("drop", "flood", "rain", "hail"))
        .answers(
            LIST + "/drop/log",
            _ -> {
              told.countDown();
              return log(() -> "here");
            })
        .answers(LIST + "/flood/log", _ -> log(flood))
        .answers(LIST + "/rain/log", _ -> log(flood))
        .answers(LIST + "/hail/log", _ -> log(flood));
    var before =
        home.value(
            """
            let before = 0;
            for await (const { pod } of k8s.logs({ labels: { app: 'x' }, follow: true })) {
              if (pod === 'drop') return before;
              before++;
            }
            """);
    assertThat(Integer.parseInt(before)).isLessThan(10_000);
  }

  @Test
  void a_line_without_an_end_is_given_up() {
    server.answers(
        "GET " + POD + "/log", _ -> HttpResponse.of(200, "text/plain", "x".repeat(3_000_000)));
    assertThat(home.failure("await k8s.pod('web').logs();"))
        .startsWith("kubernetes.line-too-long: ");
  }

  @Test
  void
      pods_are_evicted_in_the_version_that_the_server_has_and_asked_again_while_a_budget_says_no() {
    var asked = new CompletableFuture<String>();
    server
        .json(
            "GET /api/v1",
            """
            {"kind":"APIResourceList","groupVersion":"v1","resources":[
              {"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","verbs":["get","list"]},
              {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list"]},
              {"name":"pods/eviction","singularName":"","namespaced":true,"group":"policy","version":"v1","kind":"Eviction","verbs":["create"]}]}
            """)
        .json(
            "GET /api/v1/nodes/n1",
            "{\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\"},\"spec\":{}}")
        .json("PATCH /api/v1/nodes/n1", "{}")
        .json(
            "GET /api/v1/pods",
            """
            {"kind":"PodList","items":[{"metadata":{"name":"db","namespace":"shop","uid":"7",
              "ownerReferences":[{"kind":"ReplicaSet","controller":true}]},"spec":{},"status":{"phase":"Running"}}]}
            """)
        .status(
            "POST /api/v1/namespaces/shop/pods/db/eviction",
            429,
            "TooManyRequests",
            "Cannot evict pod as it would violate the pod's disruption budget.")
        .answers(
            "POST /api/v1/namespaces/shop/pods/db/eviction",
            request -> {
              asked.complete(body(request));
              return HttpResponse.of(201, "application/json", "{}");
            });

    assertThat(home.value("return (await k8s.node('n1').drain({ graceSeconds: 5 })).evicted;"))
        .isEqualTo("[{\"namespace\":\"shop\",\"name\":\"db\"}]");
    assertThat(asked.join())
        .isEqualTo(
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"db\",\"namespace\":\"shop\"},"
                + "\"deleteOptions\":{\"gracePeriodSeconds\":5,\"preconditions\":{\"uid\":\"7\"}}}");
  }

  private static String body(HttpRequest request) {
    return new String(request.body().bytes(10_000), UTF_8);
  }

  @Test
  void what_a_metrics_server_measured_is_told() {
    server.json(
        "GET /apis/metrics.k8s.io/v1beta1/namespaces/default/pods",
        """
        {"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[
          {"metadata":{"name":"web","namespace":"default"},"timestamp":"2026-03-01T09:59:44Z","window":"17.2s",
           "containers":[{"name":"main","usage":{"cpu":"2561093n","memory":"18244Ki"}}]}]}
        """);

    assertThat(home.value("return k8s.top.pods();", "kubernetes:read"))
        .isEqualTo(
            "[{\"namespace\":\"default\",\"name\":\"web\",\"cpuMillis\":3,\"memoryBytes\":18681856,"
                + "\"time\":\"2026-03-01T09:59:44Z\",\"containers\":[{\"name\":\"main\",\"cpuMillis\":3,\"memoryBytes\":18681856}]}]");
  }
}
