package dev.hearth.stdlib.proxmox.sim.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another cluster is reached by nobody, and what is wrong here is told before. */
class RemoteMigrationTest {
  private static final String VM = "/nodes/pve/qemu/100";
  private static final String PRINT = "AA" + ":AA".repeat(31);
  private static final String ENDPOINT = "apitoken=PVEAPIToken=root@pam!x=1,host=10.9.9.9";

  private final RootClient root = RootClient.ofVersion(9);

  @BeforeEach
  void createVm() {
    root.done("POST", "/nodes/pve/qemu", "vmid=100");
  }

  @AfterEach
  void close() {
    root.close();
  }

  private String refused(String endpoint, String storage) {
    return root.refused(
        "POST",
        VM + "/remote_migrate",
        "target-endpoint=" + endpoint,
        "target-bridge=vmbr0",
        "target-storage=" + storage);
  }

  @Test
  void the_other_cluster_cannot_be_reached() {
    assertThat(refused(ENDPOINT, "local"))
        .isEqualTo("500 Can't connect to 10.9.9.9:8006 (No route to host)");
    assertThat(refused(ENDPOINT + ",port=443,fingerprint=" + PRINT, "local"))
        .isEqualTo("500 Can't connect to 10.9.9.9:443 (No route to host)");
  }

  @Test
  void what_is_wrong_here_is_told_before() {
    assertThat(refused("host=10.9.9.9", "local")).startsWith("400 Parameter verification failed.");
    assertThat(refused(ENDPOINT + ",fingerprint=" + PRINT, "1"))
        .isEqualTo("500 remote migration requires explicit storage mapping!");
    root.done("POST", VM + "/status/start");
    assertThat(refused(ENDPOINT + ",fingerprint=" + PRINT, "local"))
        .isEqualTo("500 can't migrate running VM without --online");
  }

  @Test
  void the_helper_of_a_migration_wants_a_machine_that_runs() {
    assertThat(root.refused("POST", VM + "/dbus-vmstate", "action=start"))
        .isEqualTo("500 VM 100 not running");
    root.done("POST", VM + "/status/start");
    assertThat(root.done("POST", VM + "/dbus-vmstate", "action=start").isNull()).isTrue();
  }
}
