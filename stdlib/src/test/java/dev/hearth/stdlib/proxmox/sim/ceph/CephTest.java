package dev.hearth.stdlib.proxmox.sim.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node on which Ceph is not installed. */
class CephTest {
  private static final String CEPH = "/nodes/pve/ceph";
  private static final String NO_MONITOR = "500 binary not installed: /usr/bin/ceph-mon";

  private final RootClient root = RootClient.ofVersion(9);

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void reading_says_that_the_monitor_is_missing() {
    assertThat(root.refused("GET", CEPH + "/status")).isEqualTo(NO_MONITOR);
    assertThat(root.refused("GET", CEPH + "/pool")).isEqualTo(NO_MONITOR);
    assertThat(root.refused("GET", "/cluster/ceph/status")).isEqualTo(NO_MONITOR);
    assertThat(root.refused("GET", CEPH + "/osd/0/metadata")).isEqualTo(NO_MONITOR);
  }

  @Test
  void each_service_says_which_program_it_wants() {
    assertThat(root.refused("POST", CEPH + "/mgr/pve"))
        .isEqualTo("500 binary not installed: /usr/bin/ceph-mgr");
    assertThat(root.refused("POST", CEPH + "/mds/pve"))
        .isEqualTo("500 binary not installed: /usr/bin/ceph-mds");
    assertThat(root.refused("POST", CEPH + "/init"))
        .isEqualTo("500 Ceph Nautilus required - please run 'pveceph install'");
  }

  @Test
  void what_is_asked_for_is_checked_before() {
    assertThat(root.refused("POST", CEPH + "/pool", "name=a/b", "size=9"))
        .startsWith("400 Parameter verification failed.");
    assertThat(root.refused("POST", CEPH + "/init", "cluster-network=10.0.0.0/24"))
        .startsWith("400 Parameter verification failed.");
    assertThat(root.refused("PUT", "/cluster/ceph/flags/nothing", "value=1"))
        .startsWith("400 Parameter verification failed.");
  }

  @Test
  void the_indexes_name_what_is_below() {
    assertThat(root.get("/cluster/ceph").size()).isEqualTo(3);
    assertThat(root.get(CEPH + "/cfg").toString())
        .isEqualTo("[{\"name\":\"raw\"},{\"name\":\"db\"},{\"name\":\"value\"}]");
    assertThat(root.get(CEPH).size()).isEqualTo(18);
  }
}
