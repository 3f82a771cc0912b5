package dev.hearth.stdlib.proxmox.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.http.Http;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpOptions;
import dev.hearth.runtime.effect.http.HttpRequest;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.stdlib.proxmox.sim.api.CallFault;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulator as {@code --simulate} has it: made by its factory, reached over HTTP. */
class ProxmoxSimulatorTest {
  private static final String BASE = "https://pve.sim:8006/api2/json";
  private static final JsonMapper JSON = new JsonMapper();

  private final InProcessNet net = new InProcessNet();
  private final SteppedClock clock = new SteppedClock();
  private ProxmoxSimulator simulator = start(null);
  private final Http http = Http.over(net, HttpOptions.usual());

  private ProxmoxSimulator start(@org.jspecify.annotations.Nullable JsonNode saved) {
    return (ProxmoxSimulator) new ProxmoxSimulatorFactory().start(saved, clock, net);
  }

  @BeforeEach
  void serve() {
    net.serveAll(simulator.services());
  }

  @AfterEach
  void close() {
    simulator.close();
    http.close();
  }

  private HttpRequest request(String method, String path) {
    var token = simulator.connection().secrets().get("token");
    return HttpRequest.of(method, BASE + path)
        .header("Authorization", "PVEAPIToken=" + (token == null ? "" : token.reveal()));
  }

  private HttpRequest form(String method, String path, String form) {
    return request(method, path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(HttpBody.of(form));
  }

  private JsonNode data(HttpRequest request) throws Exception {
    try (var answer = http.send(request)) {
      assertThat(answer.status()).as(answer.reason()).isEqualTo(200);
      return JSON.readTree(answer.body().text()).get("data");
    }
  }

  private String exitStatus(String upid) throws Exception {
    simulator.awaitTask(upid);
    var path = "/nodes/pve/tasks/" + upid.replace(":", "%3A") + "/status";
    return data(request("GET", path)).get("exitstatus").asText();
  }

  @Test
  void its_connection_leads_to_a_service_and_its_token_comes_in() throws Exception {
    var url = simulator.connection().settings().get("url").asText();

    assertThat(url).isEqualTo("https://pve.sim:8006");
    assertThat(simulator.services()).containsKey(new NetAddress("pve.sim", 8006));
    assertThat(data(request("GET", "/version")).get("release").asText()).isEqualTo("8.4");
    assertThat(data(request("GET", "/nodes/pve/storage"))).hasSize(2);
  }

  @Test
  void the_schema_is_served_to_whoever_asks() throws Exception {
    var root = BASE.replace("/api2/json", "");
    try (var answer = http.send(HttpRequest.of("GET", root + "/pve-docs/api-viewer/apidoc.js"))) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().first("Content-Type")).contains("application/javascript");
      assertThat(answer.body().text()).startsWith("const apiSchema = [").contains("\"/pools\"");
    }
  }

  @Test
  void the_reason_phrase_carries_proxmox_own_words() {
    try (var answer = http.send(form("POST", "/pools", "poolid=x"))) {
      assertThat(answer.status()).isEqualTo(200);
    }
    try (var answer = http.send(form("POST", "/pools", "poolid=x"))) {
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.reason()).isEqualTo("create pool failed: pool 'x' already exists");
      assertThat(answer.headers().first("Server")).contains("pve-api-daemon/3.0");
    }
  }

  @Test
  void what_a_client_sends_cannot_end_the_status_line() {
    var name = "x%0D%0ASet-Cookie%3A+a%3Db";
    try (var answer = http.send(request("GET", "/nodes/" + name + "/status"))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.headers().first("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void a_lost_answer_is_a_broken_connection_and_the_work_is_done() throws Exception {
    simulator.failNext(CallFault.loseAnswer("POST", "/pools"));

    assertThatThrownBy(() -> http.send(form("POST", "/pools", "poolid=x")).close())
        .isInstanceOf(HearthException.class);

    assertThat(data(request("GET", "/pools")).get(0).get("poolid").asText()).isEqualTo("x");
  }

  @Test
  void a_dropped_call_is_a_broken_connection_and_nothing_is_done() throws Exception {
    simulator.failNext(CallFault.drop("*", "/**"));

    assertThatThrownBy(() -> http.send(form("POST", "/pools", "poolid=x")).close())
        .isInstanceOf(HearthException.class);

    assertThat(data(request("GET", "/pools"))).isEmpty();
  }

  @Test
  void a_task_fails_before_or_after_its_work_as_asked() throws Exception {
    simulator.failNextTask("imgdel", "disk on fire").failNextTaskAfterwards("*", "too late");
    var path = "/nodes/pve/storage/local/content/local:iso/x.iso";

    var before = data(request("DELETE", path)).asText();
    assertThat(exitStatus(before)).isEqualTo("disk on fire");
    var after = data(request("DELETE", path)).asText();
    assertThat(exitStatus(after)).isEqualTo("too late");
    assertThat(exitStatus(data(request("DELETE", path)).asText())).isEqualTo("OK");
  }

  @Test
  void a_node_downloads_through_the_network_that_the_simulator_was_given() throws Exception {
    net.serve(
        new NetAddress("mirror.example", 443),
        new HttpService(
            asked ->
                asked.path().equals("/a.iso")
                    ? HttpResponse.of(302).header("Location", "/b.iso")
                    : HttpResponse.of(200, "application/x-iso", "an image")));

    var upid =
        data(form(
                "POST",
                "/nodes/pve/storage/local/download-url",
                "content=iso&filename=a.iso&url=https://mirror.example/a.iso"))
            .asText();

    assertThat(exitStatus(upid)).isEqualTo("OK");
    var volume = data(request("GET", "/nodes/pve/storage/local/content")).get(0);
    assertThat(volume.get("volid").asText()).isEqualTo("local:iso/a.iso");
    assertThat(volume.get("size").asLong()).isEqualTo(8);
  }

  @Test
  void a_node_reaches_nothing_that_is_not_simulated() throws Exception {
    var upid =
        data(form(
                "POST",
                "/nodes/pve/storage/local/download-url",
                "content=iso&filename=a.iso&url=https://somewhere.example/a.iso"))
            .asText();

    assertThat(exitStatus(upid)).isEqualTo("download failed: exit code 4");
  }

  @Test
  void an_upload_is_measured_as_it_passes() throws Exception {
    int size = 20_000_000;
    var head =
        """
        --b
        Content-Disposition: form-data; name="content"

        iso
        --b
        Content-Disposition: form-data; name="filename"; filename="big.iso"
        Content-Type: application/octet-stream

        """
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8);
    var tail = "\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8);
    var parts =
        List.<InputStream>of(
            new ByteArrayInputStream(head),
            new ByteArrayInputStream(new byte[size]),
            new ByteArrayInputStream(tail));
    var body =
        HttpBody.of(
            new SequenceInputStream(Collections.enumeration(parts)),
            (long) head.length + size + tail.length);

    var upid =
        data(request("POST", "/nodes/pve/storage/local/upload")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .body(body))
            .asText();

    assertThat(exitStatus(upid)).isEqualTo("OK");
    var volume = data(request("GET", "/nodes/pve/storage/local/content")).get(0);
    assertThat(volume.get("size").asInt()).isEqualTo(size);
  }

  @Test
  void a_body_that_is_no_upload_may_not_be_large() {
    try (var answer = http.send(form("POST", "/pools", "x".repeat(600_000)))) {
      assertThat(answer.status()).isEqualTo(501);
    }
  }

  @Test
  void a_saved_world_goes_on_where_it_was() throws Exception {
    data(form("POST", "/pools", "poolid=x"));
    data(form("POST", "/access/users", "userid=a@pve&comment=c"));
    data(form("PUT", "/cluster/options", "console=xtermjs"));
    var volume = "filename=vm-100-disk-0.raw&size=1G&vmid=100";
    data(form("POST", "/nodes/pve/storage/local/content", volume));
    var upid = data(request("DELETE", "/nodes/pve/storage/local/content/local:iso/x.iso")).asText();
    simulator.awaitTask(upid);
    var saved = simulator.save();
    var lists =
        List.of(
            "/pools",
            "/access/users",
            "/cluster/options",
            "/nodes/pve/storage/local/content",
            "/nodes/pve/tasks",
            "/storage",
            "/nodes");
    var before = lists.stream().map(this::bodyOf).toList();

    simulator.close();
    simulator = start(JSON.readTree(saved.toString()));
    net.serveAll(simulator.services());

    assertThat(lists.stream().map(this::bodyOf).toList()).isEqualTo(before);
    var next = data(request("DELETE", "/nodes/pve/storage/local/content/local:iso/x.iso")).asText();
    assertThat(next).isNotEqualTo(upid);
  }

  private String bodyOf(String path) {
    try (var answer = http.send(request("GET", path))) {
      return answer.body().text();
    }
  }

  private String endlessTask() {
    var world = simulator.world();
    return world
        .lock()
        .holding(
            () ->
                world
                    .tasks()
                    .start(
                        "pve",
                        "qmstart",
                        "100",
                        "root@pam",
                        task -> {
                          while (true) {
                            task.work();
                          }
                        }));
  }

  @Test
  void a_task_that_ran_when_the_world_was_saved_has_died() throws Exception {
    var upid = endlessTask();
    var saved = simulator.save();

    simulator.close();
    simulator = start(saved);
    net.serveAll(simulator.services());

    assertThat(exitStatus(upid)).isEqualTo("unexpected status");
  }

  @Test
  void a_stopped_task_ends_as_a_killed_worker_does() throws Exception {
    var upid = endlessTask();

    data(request("DELETE", "/nodes/pve/tasks/" + upid.replace(":", "%3A")));

    assertThat(exitStatus(upid)).isEqualTo("interrupted by signal");
  }

  @Test
  void no_two_worlds_have_the_same_token() {
    try (var other = start(null)) {
      assertThat(other.connection().secrets()).isNotEqualTo(simulator.connection().secrets());
    }
  }
}
