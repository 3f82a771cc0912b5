package dev.hearth.stdlib.proxmox.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import java.net.URLEncoder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs between Proxmox VE 7, 8 and 9. */
class PersonalityTest {
  private static final String VM = "/nodes/pve/qemu/100";
  private static final String UNKNOWN = "property is not defined in schema";

  private static RootClient withVm(int major) {
    var root = RootClient.ofVersion(major);
    root.done("POST", "/nodes/pve/qemu", "vmid=100", "scsi0=local-lvm:4");
    return root;
  }

  @ParameterizedTest
  @CsvSource({"7, 7.", "8, 8.", "9, 9."})
  void it_says_which_version_it_is(int major, String version) {
    try (var root = RootClient.ofVersion(major)) {
      assertThat(root.get("/version").get("version").asText()).startsWith(version);
    }
  }

  @ParameterizedTest
  @CsvSource({"7, false", "8, true", "9, true"})
  void packages_are_upgraded_by_wish_since_version_8(int major, boolean isKnown) {
    try (var root = withVm(major)) {
      if (isKnown) {
        root.done("PUT", VM + "/config", "ciupgrade=0");
      } else {
        assertThat(root.refused("PUT", VM + "/config", "ciupgrade=0")).contains(UNKNOWN);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"7, false", "8, true", "9, true"})
  void a_disk_is_grown_at_once_until_version_7_and_by_a_task_since_then(int major, boolean isTask) {
    try (var root = withVm(major)) {
      var answer = root.done("PUT", VM + "/resize", "disk=scsi0", "size=8G");
      assertThat(answer.asText("").startsWith("UPID:")).isEqualTo(isTask);
      assertThat(root.get(VM + "/config").get("scsi0").asText()).contains("size=8G");
    }
  }

  @ParameterizedTest
  @CsvSource({"7, true, false", "8, true, false", "9, false, true"})
  void the_guest_agent_has_rights_of_its_own_since_version_9(
      int major, boolean hasMonitor, boolean hasAgent) {
    try (var root = RootClient.ofVersion(major)) {
      var admin = root.get("/access/roles/Administrator");
      assertThat(admin.has("VM.Monitor")).isEqualTo(hasMonitor);
      assertThat(admin.has("VM.GuestAgent.Unrestricted")).isEqualTo(hasAgent);
      assertThat(admin.has("VM.Replicate")).isEqualTo(hasAgent);
    }
  }

  @ParameterizedTest
  @CsvSource({"7, false", "8, true", "9, true"})
  void the_network_has_rights_of_its_own_since_version_8(int major, boolean hasThem) {
    try (var root = RootClient.ofVersion(major)) {
      var admin = root.get("/access/roles/Administrator");
      assertThat(admin.has("SDN.Use")).isEqualTo(hasThem);
      assertThat(admin.has("Sys.AccessNetwork")).isEqualTo(hasThem);
    }
  }

  @ParameterizedTest
  @CsvSource({"7, groups", "8, groups", "9, rules"})
  void services_are_placed_by_groups_until_version_8_and_by_rules_since(int major, String by) {
    try (var root = RootClient.ofVersion(major)) {
      assertThat(root.get("/cluster/ha/" + by).size()).isZero();
      var other = by.equals("groups") ? "rules" : "groups";
      assertThat(root.refused("GET", "/cluster/ha/" + other)).matches("50[01].*");
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 400", "8, 400", "9, 200"})
  void figures_of_ten_years_are_kept_since_version_9(int major, int status) {
    try (var root = RootClient.ofVersion(major)) {
      var path = "/nodes/pve/rrddata?timeframe=decade";
      if (status == 200) {
        assertThat(root.get(path).size()).isEqualTo(70);
        assertThat(root.get("/nodes/pve/rrddata?timeframe=hour").get(69).has("pressurecpusome"))
            .isTrue();
      } else {
        assertThat(root.refused("GET", path)).startsWith("400");
        assertThat(root.get("/nodes/pve/rrddata?timeframe=hour").get(69).has("pressurecpusome"))
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"7, false", "8, true", "9, true"})
  void a_bridge_takes_a_right_since_version_8(int major, boolean takesOne) throws Exception {
    var builder = WorldBuilder.standard(new SteppedClock(), major).user("kit@pve", "kit-password");
    try (var root = new RootClient(builder.build())) {
      var privileges = "VM.Allocate,VM.Config.Network,VM.Config.Options,VM.Audit";
      root.done("POST", "/access/roles", "roleid=Nets", "privs=" + privileges);
      root.done("PUT", "/access/acl", "path=/vms", "users=kit@pve", "roles=Nets");
      var ticket =
          root.done("POST", "/access/ticket", "username=kit@pve", "password=kit-password");
      var answer =
          root.simulator()
              .answer(
                  SimRequest.form(
                      "POST",
                      "/api2/json/nodes/pve/qemu",
                      Map.of(
                          "Cookie",
                          "PVEAuthCookie="
                              + URLEncoder.encode(
                                  ticket.get("ticket").asText(),
                                  UTF_8),
                          "CSRFPreventionToken",
                          ticket.get("CSRFPreventionToken").asText()),
                      "vmid=101&net0=virtio%2Cbridge%3Dvmbr0"));
      assertThat(answer.status()).isEqualTo(takesOne ? 403 : 200);
    }
  }

  @Test
  void a_storage_of_gluster_is_gone_since_version_9() {
    try (var old = RootClient.ofVersion(8);
        var young = RootClient.ofVersion(9)) {
      var spec = new String[] {"storage=g1", "type=glusterfs", "server=10.0.0.1", "volume=v"};
      old.done("POST", "/storage", spec);
      assertThat(young.refused("POST", "/storage", spec)).startsWith("400");
    }
  }
}
