package dev.hearth.stdlib.proxmox.sim.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.sim.RootClient;
import dev.hearth.stdlib.proxmox.sim.SteppedClock;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that breaks down, and what becomes of the guests on it. */
class RecoveryTest {
  private static final String HA = "/cluster/ha";
  private static final Duration ROUND = Duration.ofSeconds(11);

  private RootClient root = cluster(8);

  @AfterEach
  void end() {
    root.close();
  }

  private static RootClient cluster(int major) {
    return new RootClient(WorldBuilder.cluster(new SteppedClock(), major, 3).build());
  }

  private void vm(int vmid, String node, String storage) {
    root.done(
        "POST",
        "/nodes/" + node + "/qemu",
        "vmid=" + vmid,
        "name=vm" + vmid,
        "scsi0=" + storage + ":1");
    root.done("POST", "/nodes/" + node + "/qemu/" + vmid + "/status/start");
  }

  private void manage(int vmid, String... more) {
    var params = new String[more.length + 1];
    params[0] = "sid=vm:" + vmid;
    System.arraycopy(more, 0, params, 1, more.length);
    root.done("POST", HA + "/resources", params);
  }

  /** The manager has had its round, and what it began has ended. */
  private void pass(Duration time) {
    root.pass(time);
    root.get("/version");
    root.awaitLastTask();
  }

  /** Node and state of a guest in the list of the cluster. */
  private String where(int vmid) {
    for (var guest : root.get("/cluster/resources?type=vm")) {
      if (guest.path("vmid").asInt() == vmid) {
        return guest.path("node").asText() + " " + guest.path("status").asText();
      }
    }
    throw new AssertionError("There is no guest " + vmid);
  }

  private String service(int vmid) {
    for (var entry : root.get(HA + "/status/current")) {
      if (entry.path("sid").asText().equals("vm:" + vmid)) {
        return entry.path("node").asText() + " " + entry.path("state").asText();
      }
    }
    throw new AssertionError("There is no service vm:" + vmid);
  }

  @Test
  void a_managed_guest_is_fenced_and_then_runs_on_another_node() {
    vm(100, "pve2", "shared");
    manage(100);
    pass(ROUND);
    root.simulator().failNode("pve2");
    assertThat(where(100)).isEqualTo("pve2 unknown");
    assertThat(service(100)).isEqualTo("pve2 started");

    pass(Duration.ofSeconds(61));
    assertThat(service(100)).isEqualTo("pve2 fence");
    assertThat(
            root.get(HA + "/status/manager_status").at("/manager_status/node_status/pve2").asText())
        .isEqualTo("fence");

    pass(Duration.ofSeconds(60));
    pass(ROUND);
    pass(ROUND);
    assertThat(where(100)).isEqualTo("pve1 running");
    assertThat(service(100)).isEqualTo("pve1 started");
  }

  @Test
  void a_guest_that_nobody_manages_stays_down() {
    vm(101, "pve2", "shared");
    root.simulator().failNode("pve2");
    pass(Duration.ofMinutes(10));
    assertThat(where(101)).isEqualTo("pve2 unknown");
  }

  @Test
  void nobody_reaches_the_node_and_the_rest_of_the_cluster_says_so() {
    vm(101, "pve2", "shared");
    root.simulator().failNode("pve2");
    assertThat(root.refused("GET", "/nodes/pve2/status")).startsWith("595 No route to host");
    assertThat(root.refused("GET", "/nodes/pve2/qemu/101/config"))
        .startsWith("595 No route to host");
    assertThat(root.refused("POST", "/nodes/pve2/qemu/101/status/start"))
        .startsWith("595 No route to host");
    assertThat(root.get("/nodes").findValuesAsText("status"))
        .containsExactly("online", "offline", "online");
  }

  @Test
  void the_first_node_can_break_down_too() {
    root.simulator().failNode("pve1");
    assertThat(root.refused("GET", "/nodes/pve1/status")).startsWith("595");
    var status = root.get("/cluster/status");
    assertThat(status.findValuesAsText("local")).containsExactly("0", "1", "0");
    assertThat(status.findValuesAsText("online")).containsExactly("0", "1", "1");
  }

  @Test
  void what_is_to_be_stopped_is_moved_and_not_started() {
    vm(100, "pve2", "shared");
    manage(100, "state=stopped");
    pass(ROUND);
    root.simulator().failNode("pve2");
    pass(Duration.ofSeconds(121));
    pass(ROUND);
    assertThat(where(100)).isEqualTo("pve1 stopped");
  }

  @Test
  void what_is_ignored_is_left_alone() {
    vm(100, "pve2", "shared");
    manage(100, "state=ignored");
    root.simulator().failNode("pve2");
    pass(Duration.ofSeconds(200));
    assertThat(where(100)).isEqualTo("pve2 unknown");
  }

  @Test
  void a_group_says_where_to() {
    root.done("POST", HA + "/groups", "group=last", "nodes=pve1:1,pve3:2");
    vm(100, "pve2", "shared");
    manage(100, "group=last");
    root.simulator().failNode("pve2");
    pass(Duration.ofSeconds(121));
    assertThat(where(100)).startsWith("pve3 ");
  }

  @Test
  void a_restricted_group_keeps_it_waiting_for_its_node() {
    root.done("POST", HA + "/groups", "group=only", "nodes=pve2", "restricted=1");
    vm(100, "pve2", "shared");
    manage(100, "group=only");
    root.simulator().failNode("pve2");
    pass(Duration.ofSeconds(121));
    assertThat(service(100)).isEqualTo("pve2 recovery");
    assertThat(where(100)).isEqualTo("pve2 unknown");
  }

  @Test
  void rules_of_version_9_say_where_to_and_keep_apart() {
    root.close();
    root = cluster(9);
    vm(100, "pve2", "shared");
    vm(101, "pve1", "shared");
    manage(100);
    manage(101);
    root.done(
        "POST",
        HA + "/rules",
        "rule=apart",
        "type=resource-affinity",
        "resources=vm:100,vm:101",
        "affinity=negative");
    root.simulator().failNode("pve2");
    pass(Duration.ofSeconds(121));
    assertThat(where(100)).startsWith("pve3 ");
  }

  @Test
  void services_are_spread() {
    for (int vmid = 100; vmid < 104; vmid++) {
      vm(vmid, "pve2", "shared");
      manage(vmid);
    }
    root.simulator().failNode("pve2");
    pass(Duration.ofSeconds(121));
    assertThat(where(100)).startsWith("pve1 ");
    assertThat(where(101)).startsWith("pve3 ");
    assertThat(where(102)).startsWith("pve1 ");
    assertThat(where(103)).startsWith("pve3 ");
  }

  @Test
  void without_quorum_nothing_is_recovered() {
    vm(100, "pve2", "shared");
    manage(100);
    root.simulator().failNode("pve2").failNode("pve3");
    pass(Duration.ofSeconds(200));
    assertThat(where(100)).isEqualTo("pve2 unknown");
    assertThat(service(100)).isEqualTo("pve2 started");
  }

  @Test
  void a_guest_whose_disk_was_on_the_node_alone_ends_in_an_error() {
    vm(100, "pve2", "local-lvm");
    manage(100);
    root.simulator().failNode("pve2");
    pass(Duration.ofSeconds(121));
    for (int round = 0; round < 5; round++) {
      pass(ROUND);
    }
    assertThat(service(100)).isEqualTo("pve1 error");
    assertThat(where(100)).isEqualTo("pve1 stopped");
    var tasks = root.get("/nodes/pve1/tasks?typefilter=qmstart");
    assertThat(tasks.size()).isEqualTo(2); // once, and once more as max_restart says
  }

  @Test
  void a_node_that_is_none_cannot_break_down() {
    assertThatThrownBy(() -> root.simulator().failNode("pve9"))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> assertThat(e.hint()).isEqualTo("Its nodes are: pve1, pve2, pve3."));
  }
}
