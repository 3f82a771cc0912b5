package dev.hearth.stdlib.proxmox.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import dev.hearth.stdlib.proxmox.sim.SteppedClock;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of and done to a cluster as a whole. */
class ClusterMethodsTest {
  private static final String BULK = "/cluster/bulk-action/guest";

  private final RootClient root = RootClient.ofVersion(9);

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void a_node_that_is_alone_becomes_a_cluster_once() {
    assertThat(root.refused("GET", "/cluster/config/join"))
        .isEqualTo("500 node is not in a cluster, no join info available!");
    assertThat(root.get("/cluster/config/totem").isNull()).isTrue();

    assertThat(root.ended("POST", "/cluster/config", "clustername=home")).isEqualTo("OK");

    assertThat(root.get("/cluster/config/totem").get("cluster_name").asText()).isEqualTo("home");
    var info = root.get("/cluster/config/join");
    assertThat(info.get("preferred_node").asText()).isEqualTo("pve");
    assertThat(info.get("nodelist").get(0).get("pve_fp").asText()).matches("([0-9A-F]{2}:){31}..");
    assertThat(root.get("/cluster/status").get(0).get("name").asText()).isEqualTo("home");
    assertThat(root.refused("POST", "/cluster/config", "clustername=other"))
        .isEqualTo("500 cluster config '/etc/pve/corosync.conf' already exists");
    assertThat(root.refused("DELETE", "/cluster/config/nodes/pve"))
        .isEqualTo("500 Cannot delete myself from cluster!");
    assertThat(root.refused("DELETE", "/cluster/config/nodes/pve7"))
        .isEqualTo("500 Node/IP: pve7 is not a known host of the cluster.");
  }

  @Test
  void who_has_guests_or_a_cluster_joins_no_other() {
    var print = "fingerprint=" + "AA:".repeat(31) + "AA";
    var join = new String[] {"hostname=192.0.2.99", print, "password=secret"};
    assertThat(root.ended("POST", "/cluster/config/join", join))
        .isEqualTo("500 Can't connect to 192.0.2.99:8006 (No route to host)");
    root.done("POST", "/nodes/pve/qemu", "vmid=100");
    assertThat(root.ended("POST", "/cluster/config/join", join))
        .isEqualTo("Check if node may join a cluster failed!");
  }

  @Test
  void a_node_that_leaves_is_gone() {
    try (var many = new RootClient(WorldBuilder.cluster(new SteppedClock(), 9, 3).build())) {
      many.done("DELETE", "/cluster/config/nodes/pve3");
      assertThat(many.get("/nodes").size()).isEqualTo(2);
      assertThat(many.get("/cluster/config/nodes").size()).isEqualTo(2);
    }
  }

  @Test
  void many_guests_are_started_and_stopped_at_once() {
    root.done("POST", "/nodes/pve/qemu", "vmid=100");
    root.done("POST", "/nodes/pve/qemu", "vmid=101");
    assertThat(root.ended("POST", BULK + "/start")).isEqualTo("OK");
    assertThat(root.get("/nodes/pve/qemu/101/status/current").get("status").asText())
        .isEqualTo("running");
    assertThat(root.ended("POST", BULK + "/start", "vms=100")).isEqualTo("WARNINGS: 1");
    assertThat(root.ended("POST", BULK + "/suspend", "vms=100")).isEqualTo("OK");
    root.done("PUT", "/nodes/pve/qemu/101/config", "protection=1");
    assertThat(root.ended("POST", BULK + "/shutdown", "vms=101", "timeout=1")).isEqualTo("OK");
    assertThat(root.get("/nodes/pve/qemu/101/status/current").get("status").asText())
        .isEqualTo("stopped");
  }

  @Test
  void guests_that_cannot_move_are_named() {
    root.done("POST", "/nodes/pve/qemu", "vmid=100");
    assertThat(root.ended("POST", BULK + "/migrate", "target=pve9"))
        .isEqualTo("Some guests failed to migrate 100");
    assertThat(root.ended("POST", BULK + "/migrate", "target=pve")).isEqualTo("WARNINGS: 1");
  }

  @Test
  void a_processor_model_of_ones_own_is_kept_under_its_prefix() {
    var all = "/cluster/qemu/custom-cpu-models";
    root.done("POST", all, "cputype=mine", "reported-model=EPYC", "flags=+aes", "hidden=1");
    assertThat(root.get(all + "/custom-mine").get("hidden").asInt()).isOne();
    assertThat(root.get(all).get(0).get("cputype").asText()).isEqualTo("custom-mine");
    assertThat(root.refused("POST", all, "cputype=custom-mine", "reported-model=host"))
        .isEqualTo("500 custom CPU model 'mine' already exists");
    assertThat(root.refused("PUT", all + "/mine", "delete=flags", "flags=-aes"))
        .isEqualTo("500 cannot set and delete property 'flags' at the same time!");
    root.done("DELETE", all + "/mine");
    assertThat(root.refused("DELETE", all + "/mine"))
        .isEqualTo("500 custom CPU model 'mine' does not exist");
  }

  @Test
  void all_figures_come_at_once() {
    root.done("POST", "/nodes/pve/qemu", "vmid=100", "memory=1024");
    var data = root.get("/cluster/metrics/export").get("data");
    var memory =
        data.valueStream()
            .filter(one -> one.get("id").asText().equals("qemu/100"))
            .filter(one -> one.get("metric").asText().equals("mem_total"))
            .findFirst()
            .orElseThrow();
    assertThat(memory.get("value").asLong()).isEqualTo(1L << 30);
    assertThat(root.get("/cluster/metrics/export?history=1").get("data").size())
        .isEqualTo(data.size() * 181);
  }

  @Test
  void a_schedule_says_when_it_comes() {
    var times =
        root.get(
            "/cluster/jobs/schedule-analyze?schedule=sat%2002:30&iterations=2&starttime=1767225600");
    assertThat(times.toString())
        .isEqualTo(
            "[{\"timestamp\":1767407400,\"utc\":\"Sat Jan  3 02:30:00 2026\"},"
                + "{\"timestamp\":1768012200,\"utc\":\"Sat Jan 10 02:30:00 2026\"}]");
  }

  @Test
  void no_authority_is_reached_but_one_of_the_simulators_own() {
    assertThat(root.ended("POST", "/cluster/acme/account", "contact=a@example.com"))
        .isEqualTo(
            "Registration failed: Error: GET to"
                + " https://acme-v02.api.letsencrypt.org/directory 500 Can't connect to"
                + " acme-v02.api.letsencrypt.org:443 (Temporary failure in name resolution)");
    assertThat(root.refused("GET", "/cluster/acme/account/default"))
        .contains("ACME account config file 'default' does not exist.");

    var sim = "directory=https://acme.sim/directory";
    root.done("POST", "/cluster/acme/account", "contact=a@example.com", sim);
    assertThat(root.get("/cluster/acme/account/default").get("account").get("status").asText())
        .isEqualTo("valid");
    assertThat(root.refused("POST", "/nodes/pve/certificates/acme/certificate"))
        .isEqualTo("500 ACME domain list in node configuration is missing!");
    root.done("PUT", "/nodes/pve/config", "acme=domains=pve.example.com");
    assertThat(root.ended("POST", "/nodes/pve/certificates/acme/certificate")).isEqualTo("OK");
    var shown = root.get("/nodes/pve/certificates/info").get(2);
    assertThat(shown.get("filename").asText()).isEqualTo("pveproxy-ssl.pem");
    assertThat(shown.get("san").get(0).asText()).isEqualTo("pve.example.com");
    assertThat(root.refused("PUT", "/nodes/pve/certificates/acme/certificate"))
        .contains("Certificate does not expire within the next 30 days");
    assertThat(root.ended("DELETE", "/nodes/pve/certificates/acme/certificate")).isEqualTo("OK");
    assertThat(root.get("/nodes/pve/certificates/info").size()).isEqualTo(2);
  }
}
