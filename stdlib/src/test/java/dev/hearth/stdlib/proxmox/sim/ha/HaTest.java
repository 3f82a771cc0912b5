package dev.hearth.stdlib.proxmox.sim.ha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Services are requested, and the manager sees to them in its next round. */
class HaTest {
  private static final String HA = "/cluster/ha";
  private static final String VM = "/nodes/pve/qemu/100";

  private static RootClient withVm(int major) {
    var root = RootClient.ofVersion(major);
    root.done("POST", "/nodes/pve/qemu", "vmid=100");
    return root;
  }

  private static String status(RootClient root) {
    return root.get(VM + "/status/current").get("status").asText();
  }

  @Test
  void the_manager_starts_what_is_to_run_and_starting_only_requests_it() {
    try (var root = withVm(8)) {
      root.done("POST", HA + "/resources", "sid=100", "state=stopped");
      assertThat(root.get(HA + "/resources/vm:100").get("state").asText()).isEqualTo("stopped");

      var upid = root.done("POST", VM + "/status/start").asText();

      assertThat(root.log(upid)).isEqualTo("Requesting HA start for VM 100\nTASK OK");
      assertThat(status(root)).isEqualTo("stopped");
      root.pass(Duration.ofSeconds(11));
      root.get("/version"); // whoever comes next finds what the manager has done meanwhile
      root.awaitLastTask();
      assertThat(status(root)).isEqualTo("running");
    }
  }

  @Test
  void a_managed_guest_is_removed_only_with_all_that_names_it() {
    try (var root = withVm(8)) {
      root.done("POST", HA + "/resources", "sid=vm:100", "state=stopped");
      assertThat(root.refused("DELETE", VM))
          .isEqualTo(
              "500 unable to remove VM 100 - used in HA resources and purge parameter not set.");
      root.done("DELETE", VM + "?purge=1");
      assertThat(root.get(HA + "/resources").size()).isZero();
    }
  }

  @Test
  void version_8_has_groups_and_version_9_has_rules() {
    try (var old = withVm(8);
        var young = withVm(9)) {
      old.done("POST", HA + "/groups", "group=here", "nodes=pve:2");
      old.done("POST", HA + "/resources", "sid=vm:100", "group=here", "state=stopped");
      assertThat(old.refused("DELETE", HA + "/groups/here")).contains("ha group is used by");
      assertThat(old.refused("GET", HA + "/rules")).startsWith("501");

      assertThat(young.refused("GET", HA + "/groups"))
          .isEqualTo("500 ha groups have been migrated to rules");
      assertThat(
              young.refused(
                  "POST",
                  HA + "/rules",
                  "rule=here",
                  "type=node-affinity",
                  "resources=vm:100",
                  "nodes=pve"))
          .contains("cannot use unmanaged resource 'vm:100' in HA rule");
      young.done("POST", HA + "/resources", "sid=vm:100", "state=stopped");
      young.done(
          "POST",
          HA + "/rules",
          "rule=here",
          "type=node-affinity",
          "resources=vm:100",
          "nodes=pve");
      assertThat(young.get(HA + "/rules").get(0).get("nodes").asText()).isEqualTo("pve");
    }
  }

  @Test
  void nothing_is_managed_that_does_not_exist() {
    try (var root = withVm(8)) {
      assertThat(root.refused("POST", HA + "/resources", "sid=vm:999"))
          .isEqualTo("500 resource '999' does not exists in cluster");
      assertThat(root.refused("POST", HA + "/resources", "sid=ct:100"))
          .isEqualTo("500 resource '100' does not exists in cluster");
      assertThat(root.refused("DELETE", HA + "/resources/vm:100"))
          .isEqualTo("500 cannot delete service 'vm:100', not HA managed!");
    }
  }
}
