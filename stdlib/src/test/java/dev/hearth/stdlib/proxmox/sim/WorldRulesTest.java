package dev.hearth.stdlib.proxmox.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.stdlib.proxmox.sim.api.SimAnswer;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.base.Refusal;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time, locks and many callers at once. */
class WorldRulesTest {
  private static final String FILE = "/var/lock/qemu-server/lock-100.conf";

  private final SteppedClock clock = new SteppedClock();
  private final World world = WorldBuilder.standard(clock).build();
  private final ProxmoxSimulator simulator = new ProxmoxSimulator(world, ImageSource.none());

  @AfterEach
  void close() {
    simulator.close();
  }

  private Map<String, String> asRoot() {
    return world
        .lock()
        .holding(
            () -> {
              var headers = new HashMap<String, String>();
              var ticket = URLEncoder.encode(world.tickets().issue("root@pam"), UTF_8);
              headers.put("Cookie", "PVEAuthCookie=" + ticket);
              headers.put("CSRFPreventionToken", world.tickets().csrf("root@pam"));
              return headers;
            });
  }

  private SimAnswer post(Map<String, String> headers, String path, String form) throws IOException {
    return simulator.answer(SimRequest.form("POST", "/api2/json" + path, headers, form));
  }

  @Test
  void a_ticket_holds_for_two_hours() throws IOException {
    var headers = asRoot();

    clock.pass(Duration.ofMinutes(119));
    assertThat(post(headers, "/pools", "poolid=a").status()).isEqualTo(200);
    clock.pass(Duration.ofMinutes(2));
    assertThat(post(headers, "/pools", "poolid=b").reason()).isEqualTo("Authentication failed!");
  }

  @Test
  void a_ticket_renews_itself() throws IOException {
    world.lock().holding(() -> world.tickets().password("root@pam", "a-password"));
    var ticket = world.lock().holding(() -> world.tickets().issue("root@pam"));
    clock.pass(Duration.ofMinutes(100));

    var form = "username=root@pam&password=" + URLEncoder.encode(ticket, UTF_8);
    var renewed = post(Map.of(), "/access/ticket", form);

    assertThat(renewed.status()).isEqualTo(200);
    assertThat(String.valueOf(renewed.body())).doesNotContain(ticket);
    var other = post(Map.of(), "/access/ticket", form.replace("root@pam&", "nobody@pve&"));
    assertThat(other.status()).isEqualTo(401);
  }

  @Test
  void a_change_by_ticket_needs_its_own_csrf_token() throws IOException {
    var headers = asRoot();
    headers.remove("CSRFPreventionToken");
    assertThat(post(headers, "/pools", "poolid=a").reason())
        .isEqualTo("Permission denied - invalid csrf token");

    headers.put(
        "CSRFPreventionToken", world.lock().holding(() -> world.tickets().csrf("other@pve")));
    assertThat(post(headers, "/pools", "poolid=a").status()).isEqualTo(401);
  }

  @Test
  void a_forged_ticket_does_not_come_in() throws IOException {
    var genuine = world.lock().holding(() -> world.tickets().issue("nobody@pve"));
    var forged = genuine.replace("nobody@pve", "root@pam");
    var headers = Map.of("Cookie", "PVEAuthCookie=" + URLEncoder.encode(forged, UTF_8));

    var answer = simulator.answer(SimRequest.of("GET", "/api2/json/version", headers));

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void of_many_who_make_the_same_thing_one_succeeds() throws Exception {
    var headers = asRoot();
    var answers = atOnce(100, () -> post(headers, "/pools", "poolid=same"));

    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 500)).hasSize(99);
  }

  @Test
  void many_tasks_at_once_have_their_own_ids_and_all_end() throws Exception {
    var headers = asRoot();
    var answers =
        atOnce(
            200,
            () ->
                simulator.answer(
                    SimRequest.of(
                        "DELETE",
                        "/api2/json/nodes/pve/storage/local/content/local:iso/x.iso",
                        headers)));
    var upids = answers.stream().map(a -> String.valueOf(a.body()).split("\"", -1)[3]).toList();
    for (var upid : upids) {
      simulator.awaitTask(upid);
    }

    assertThat(upids).doesNotHaveDuplicates().allMatch(upid -> upid.startsWith("UPID:pve:"));
    assertThat(world.lock().holding(() -> world.tasks().all()))
        .hasSize(200)
        .allMatch(task -> "OK".equals(task.exitStatus()));
  }

  @Test
  void who_waits_for_a_lock_gives_up_after_ten_seconds() throws Exception {
    var release = new CountDownLatch(1);
    var upid = hold(release);

    assertThatThrownBy(() -> world.lock().holding(() -> world.locks().hold(FILE, () -> "mine")))
        .isInstanceOf(Refusal.class)
        .hasMessage("can't lock file '" + FILE + "' - got timeout\n");

    assertThat(clock.passed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    release.countDown();
    simulator.awaitTask(upid);
  }

  @Test
  void who_waits_for_a_lock_gets_it_when_it_is_free() throws Exception {
    var release = new CountDownLatch(1);
    var upid = hold(release);
    clock.after(
        Duration.ofSeconds(5),
        () -> {
          release.countDown();
          simulator.awaitTask(upid);
        });

    var got = world.lock().holding(() -> world.locks().hold(FILE, () -> "mine"));

    assertThat(got).isEqualTo("mine");
  }

  /** Starts a task that holds a lock file until it is released, and waits until it does. */
  private String hold(CountDownLatch release) throws InterruptedException {
    var isHeld = new CountDownLatch(1);
    var upid =
        world
            .lock()
            .holding(
                () ->
                    world
                        .tasks()
                        .start(
                            "pve",
                            "qmclone",
                            "100",
                            "root@pam",
                            task -> world.locks().hold(FILE, () -> rest(isHeld, release))));
    isHeld.await();
    return upid;
  }

  private String rest(CountDownLatch isHeld, CountDownLatch release) {
    isHeld.countDown();
    try {
      return world
          .lock()
          .outside(
              () -> {
                release.await();
                return "held";
              });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<T>>();
      for (int i = 0; i < count; i++) {
        futures.add(threads.submit(call));
      }
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
