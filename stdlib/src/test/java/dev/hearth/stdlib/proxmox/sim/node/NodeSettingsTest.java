package dev.hearth.stdlib.proxmox.sim.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's settings, services, figures, and all its guests at once. */
class NodeSettingsTest {
  private static final String NODE = "/nodes/pve";

  private final RootClient root = RootClient.ofVersion(8);

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void all_guests_start_that_are_meant_to_and_a_failure_stops_no_other() {
    root.done("POST", NODE + "/qemu", "vmid=100", "onboot=1");
    root.done("POST", NODE + "/qemu", "vmid=101");
    root.done("POST", NODE + "/qemu", "vmid=102", "onboot=1", "startup=order=1");
    root.world()
        .guests()
        .values()
        .forEach(
            guest -> {
              if (guest.vmid() == 102) {
                guest.config().put("lock", "backup");
              }
            });

    var upid = root.done("POST", NODE + "/startall").asText();

    assertThat(root.log(upid))
        .isEqualTo(
            """
            Starting VM 102
            WARN: VM 102: VM is locked (backup)
            Starting VM 100
            TASK WARNINGS: 1""");
    assertThat(status(100)).isEqualTo("running");
    assertThat(status(101)).isEqualTo("stopped");

    root.done("POST", NODE + "/stopall");
    assertThat(status(100)).isEqualTo("stopped");
  }

  private String status(int vmid) {
    return root.get(NODE + "/qemu/" + vmid + "/status/current").get("status").asText();
  }

  @Test
  void a_stopped_service_is_dead_until_it_is_started_and_the_essential_ones_stay() {
    root.done("POST", NODE + "/services/cron/stop");
    assertThat(root.get(NODE + "/services/cron/state").get("state").asText()).isEqualTo("dead");
    root.done("POST", NODE + "/services/cron/start");
    assertThat(root.get(NODE + "/services/cron/state").get("state").asText()).isEqualTo("running");
    assertThat(root.ended("POST", NODE + "/services/pvedaemon/stop"))
        .isEqualTo("invalid service cmd 'pvedaemon stop': refusing to stop essential service!");
  }

  @Test
  void figures_begin_when_the_node_was_started_and_are_the_same_when_asked_again() {
    var rows = root.get(NODE + "/rrddata?timeframe=day");
    assertThat(rows.size()).isEqualTo(70);
    assertThat(rows.get(0).has("cpu")).isFalse();
    assertThat(rows.get(69).get("maxcpu").asInt()).isEqualTo(8);
    assertThat(root.get(NODE + "/rrddata?timeframe=day")).isEqualTo(rows);
  }

  @Test
  void hosts_are_written_only_by_who_knows_them() {
    var known = root.get(NODE + "/hosts").get("digest").asText();
    root.done("POST", NODE + "/hosts", "data=10.0.0.1 a\n", "digest=" + known);
    assertThat(root.refused("POST", NODE + "/hosts", "data=10.0.0.2 b\n", "digest=" + known))
        .startsWith("500 detected modified configuration");
    assertThat(root.get(NODE + "/hosts").get("data").asText()).isEqualTo("10.0.0.1 a\n");
  }

  @Test
  void a_time_zone_moves_the_local_time_only() {
    root.done("PUT", NODE + "/time", "timezone=Asia/Tokyo");
    var time = root.get(NODE + "/time");
    assertThat(time.get("localtime").asLong() - time.get("time").asLong()).isEqualTo(9 * 3600);
  }

  @Test
  void several_questions_are_answered_at_once_each_by_itself() {
    var answers =
        root.done(
            "POST",
            NODE + "/execute",
            "commands=[{\"path\":\"version\",\"method\":\"GET\"},"
                + "{\"path\":\"dns\",\"method\":\"PUT\",\"args\":{\"search\":\"lab\"}},"
                + "{\"path\":\"qemu/9x/config\",\"method\":\"GET\"}]");
    assertThat(answers.findValuesAsText("status")).containsExactly("200", "200", "400");
    assertThat(root.get(NODE + "/dns").get("search").asText()).isEqualTo("lab");
  }
}
