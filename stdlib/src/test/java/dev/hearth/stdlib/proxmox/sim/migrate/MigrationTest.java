package dev.hearth.stdlib.proxmox.sim.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import dev.hearth.stdlib.proxmox.sim.SteppedClock;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.world.Guest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guests move between the nodes of a cluster, with what is only here. */
class MigrationTest {
  private static final String MOVE = "/nodes/pve1/qemu/100/migrate";

  private final RootClient root =
      new RootClient(WorldBuilder.cluster(new SteppedClock(), 9, 3).build());

  @AfterEach
  void close() {
    root.close();
  }

  private void vm(String... options) {
    root.done("POST", "/nodes/pve1/qemu", options);
  }

  private String nodeOf100() {
    return root.get("/cluster/resources?type=vm").get(0).get("node").asText();
  }

  @Test
  void a_stopped_vm_takes_its_local_disks_along() {
    vm("vmid=100", "scsi0=local-lvm:8");
    assertThat(root.get(MOVE).get("allowed_nodes").toString()).isEqualTo("[\"pve2\",\"pve3\"]");

    var upid = root.done("POST", MOVE, "target=pve2").asText();

    assertThat(root.log(upid).lines().map(line -> line.replaceFirst("^[-\\d]+ [:\\d]+ ", "")))
        .containsExactly(
            "starting migration of VM 100 to node 'pve2' (192.0.2.11)",
            "found local disk 'local-lvm:vm-100-disk-0' (attached)",
            "volume 'local-lvm:vm-100-disk-0' is 'local-lvm:vm-100-disk-0' on the target",
            "migration finished successfully (duration 00:00:00)",
            "TASK OK");
    assertThat(nodeOf100()).isEqualTo("pve2");
    assertThat(root.get("/nodes/pve1/storage/local-lvm/content").size()).isZero();
    assertThat(root.get("/nodes/pve2/storage/local-lvm/content").size()).isOne();
    assertThat(root.refused("GET", "/nodes/pve1/qemu/100/config")).startsWith("500");
  }

  @Test
  void a_running_vm_goes_on_running_and_keeps_what_is_shared() {
    vm("vmid=100", "scsi0=shared:8");
    root.done("POST", "/nodes/pve1/qemu/100/status/start");
    assertThat(root.refused("POST", MOVE, "target=pve3"))
        .isEqualTo("500 can't migrate running VM without --online");

    assertThat(root.ended("POST", MOVE, "target=pve3", "online=1")).isEqualTo("OK");

    assertThat(root.get("/nodes/pve3/qemu/100/status/current").get("status").asText())
        .isEqualTo("running");
    assertThat(root.get("/nodes/pve3/qemu/100/config").get("scsi0").asText())
        .startsWith("shared:100/vm-100-disk-0");
  }

  @Test
  void a_running_vm_with_local_disks_needs_to_be_told_so_and_stays_whole_otherwise() {
    vm("vmid=100", "scsi0=local-lvm:8");
    root.done("POST", "/nodes/pve1/qemu/100/status/start");

    var upid = root.done("POST", MOVE, "target=pve2", "online=1").asText();

    assertThat(root.log(upid))
        .contains("can't live migrate attached local disks without with-local-disks option")
        .endsWith("TASK ERROR: migration aborted");
    assertThat(nodeOf100()).isEqualTo("pve1");
    assertThat(root.get("/nodes/pve1/qemu/100/config").has("lock")).isFalse();
    assertThat(
            root.ended(
                "POST",
                MOVE,
                "target=pve2",
                "online=1",
                "with-local-disks=1",
                "targetstorage=shared"))
        .isEqualTo("OK");
    assertThat(root.get("/nodes/pve2/qemu/100/config").get("scsi0").asText())
        .startsWith("shared:100/vm-100-disk-0");
  }

  @Test
  void a_container_that_runs_is_restarted_elsewhere() {
    root.world()
        .lock()
        .holding(
            () -> {
              root.world().guests().put(200, Guest.empty(200, "lxc", "pve1"));
            });
    root.world().guests().values().forEach(guest -> guest.state().put("status", "running"));
    var move = "/nodes/pve1/lxc/200/migrate";
    assertThat(root.refused("POST", move, "target=pve2"))
        .isEqualTo("500 can't migrate running container without --online or --restart");
    assertThat(root.ended("POST", move, "target=pve2", "restart=1")).isEqualTo("OK");
    assertThat(root.get("/nodes/pve2/lxc").get(0).get("status").asText()).isEqualTo("running");
  }

  @Test
  void a_node_that_is_off_is_not_reached_and_half_a_cluster_moves_nothing() {
    vm("vmid=100");
    assertThat(root.refused("POST", MOVE, "target=pve9"))
        .isEqualTo("500 no such cluster node 'pve9'");
    assertThat(root.refused("POST", MOVE, "target=pve1")).contains("target is local node.");
    root.done("POST", "/nodes/pve2/status", "command=shutdown");
    assertThat(root.refused("GET", "/nodes/pve2/status")).isEqualTo("595 No route to host");
    assertThat(root.get("/cluster/status").get(2).get("online").asInt()).isZero();
    assertThat(root.ended("POST", MOVE, "target=pve2")).isEqualTo("migration aborted");
    root.done("POST", "/nodes/pve3/status", "command=shutdown");
    assertThat(root.get("/cluster/status").get(0).get("quorate").asInt()).isZero();
    assertThat(root.refused("POST", MOVE, "target=pve2"))
        .isEqualTo("500 cluster not ready - no quorum?");
  }

  @Test
  void all_guests_of_a_node_move_at_once() {
    vm("vmid=100");
    vm("vmid=101", "scsi0=shared:1");
    assertThat(root.ended("POST", "/nodes/pve1/migrateall", "target=pve2")).isEqualTo("OK");
    assertThat(root.get("/cluster/resources?type=vm").findValuesAsText("node"))
        .containsExactly("pve2", "pve2");
  }
}
