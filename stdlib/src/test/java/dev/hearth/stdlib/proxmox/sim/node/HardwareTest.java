package dev.hearth.stdlib.proxmox.sim.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's packages, and the devices that guests can be given. */
class HardwareTest {
  private final RootClient root = RootClient.ofVersion(9);

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void bridges_and_processors_are_not_offered_unless_they_are_asked_for() {
    var usual = root.get("/nodes/pve/hardware/pci");
    var all = root.get("/nodes/pve/hardware/pci?pci-class-blacklist=");
    assertThat(all.size()).isEqualTo(usual.size() + 2);
    assertThat(usual.get(0).get("mdev").asInt()).isOne();
    assertThat(root.get("/nodes/pve/hardware/pci?verbose=0").get(0).toString())
        .isEqualTo("{\"id\":\"0000:00:02.0\"}");
    assertThat(root.get("/nodes/pve/hardware/pci/0000:00:02.0/mdev").get(0).get("type").asText())
        .isEqualTo("i915-GVTg_V5_4");
    assertThat(root.get("/nodes/pve/hardware/pci/0000:01:00.0/mdev").size()).isZero();
    assertThat(root.get("/nodes/pve/hardware/usb").get(1).get("vendid").asText()).isEqualTo("10c4");
  }

  @Test
  void packages_come_only_when_no_repository_wants_to_be_paid_for() {
    var repositories = "/nodes/pve/apt/repositories";
    assertThat(root.ended("POST", "/nodes/pve/apt/update"))
        .isEqualTo("command 'apt-get update' failed: exit code 100");

    root.done("PUT", repositories, "handle=no-subscription");
    var folder = "/etc/apt/sources.list.d/";
    root.done(
        "POST", repositories, "path=" + folder + "pve-enterprise.sources", "index=0", "enabled=0");
    root.done("POST", repositories, "path=" + folder + "ceph.sources", "index=0", "enabled=0");

    assertThat(root.ended("POST", "/nodes/pve/apt/update")).isEqualTo("OK");
    var standard = root.get(repositories).get("standard-repos");
    assertThat(standard.get(0).get("status").asInt()).isZero();
    assertThat(standard.get(1).get("status").asInt()).isOne();
    assertThat(standard.get(2).has("status")).isFalse();
  }

  @Test
  void what_is_not_there_cannot_be_changed() {
    var repositories = "/nodes/pve/apt/repositories";
    assertThat(root.refused("POST", repositories, "path=/etc/x.list", "index=0", "enabled=0"))
        .isEqualTo("500 invalid path - /etc/x.list");
    assertThat(
            root.refused(
                "POST", repositories, "path=/etc/apt/sources.list.d/ceph.sources", "index=7"))
        .isEqualTo("500 invalid index - 7");
    assertThat(root.refused("PUT", repositories, "handle=test", "digest=00"))
        .isEqualTo("500 detected modified configuration - file changed by other user? Try again.");
  }

  @Test
  void the_version_of_the_manager_is_that_of_the_whole() {
    var packages = root.get("/nodes/pve/apt/versions");
    assertThat(packages.get(1).get("Version").asText())
        .isEqualTo(root.get("/version").get("version").asText());
  }
}
