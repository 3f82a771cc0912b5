package dev.hearth.stdlib.proxmox.sim.sdn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Software-defined networks are configured, and hold once they are applied. */
class SdnTest {
  private static final String SDN = "/cluster/sdn";

  private final RootClient root = RootClient.ofVersion(8);

  @AfterEach
  void close() {
    root.close();
  }

  private void lab() {
    root.done("POST", SDN + "/zones", "zone=lab", "type=vlan", "bridge=vmbr0");
    root.done("POST", SDN + "/vnets", "vnet=web", "zone=lab", "tag=20");
  }

  @Test
  void without_applying_nothing_runs() {
    lab();
    assertThat(root.get("/nodes/pve/sdn/zones").size()).isZero();
    assertThat(root.get(SDN + "/vnets?pending=1").toString())
        .isEqualTo(
            "[{\"type\":\"vnet\",\"state\":\"new\",\"pending\":{\"tag\":20,\"zone\":\"lab\"},"
                + "\"digest\":null,\"vnet\":\"web\"}]");

    assertThat(root.ended("PUT", SDN)).isEqualTo("OK");

    assertThat(root.get("/nodes/pve/sdn/zones").toString())
        .isEqualTo("[{\"zone\":\"lab\",\"status\":\"available\"}]");
    assertThat(root.get(SDN + "/vnets?pending=1").get(0).has("state")).isFalse();
  }

  @Test
  void what_runs_is_told_beside_what_would_change() {
    lab();
    root.done("PUT", SDN);
    root.done("PUT", SDN + "/vnets/web", "tag=30");
    var vnet = root.get(SDN + "/vnets?pending=1").get(0);
    assertThat(vnet.get("state").asText()).isEqualTo("changed");
    assertThat(vnet.get("tag").asInt()).isEqualTo(20);
    assertThat(vnet.get("pending").toString()).isEqualTo("{\"tag\":30}");

    root.done("DELETE", SDN + "/vnets/web");
    assertThat(root.get(SDN + "/vnets?pending=1").get(0).get("state").asText())
        .isEqualTo("deleted");
    assertThat(root.get(SDN + "/vnets?running=1").size()).isOne();
    assertThat(root.get(SDN + "/vnets").size()).isZero();
  }

  @Test
  void each_type_of_zone_has_its_own_properties() {
    assertThat(root.refused("POST", SDN + "/zones", "zone=a1", "type=vlan"))
        .isEqualTo("500 missing value for required option 'bridge'");
    assertThat(root.refused("POST", SDN + "/zones", "zone=a1", "type=simple", "tag=4"))
        .isEqualTo("500 unexpected property 'tag'");
    assertThat(root.refused("POST", SDN + "/zones", "zone=waytoolong", "type=simple"))
        .contains("zone ID 'waytoolong' can't be more length than 8 characters");
  }

  @Test
  void what_is_in_use_stays() {
    lab();
    root.done("POST", SDN + "/vnets/web/subnets", "subnet=10.0.0.0/24", "type=subnet");
    assertThat(root.refused("DELETE", SDN + "/zones/lab"))
        .startsWith("500 delete sdn zone object failed: 400 Parameter verification failed.");
    assertThat(root.refused("DELETE", SDN + "/vnets/web"))
        .startsWith("500 delete sdn vnet object failed: 400 Parameter verification failed.");
    root.done("DELETE", SDN + "/vnets/web/subnets/lab-10.0.0.0-24");
    root.done("DELETE", SDN + "/vnets/web");
    root.done("DELETE", SDN + "/zones/lab");
  }
}
