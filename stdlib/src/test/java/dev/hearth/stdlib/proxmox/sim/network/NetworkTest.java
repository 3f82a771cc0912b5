package dev.hearth.stdlib.proxmox.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interfaces are changed in a file that waits until it is applied. */
class NetworkTest {
  private static final String ALL = "/nodes/pve/network";

  private final RootClient root = RootClient.ofVersion(8);

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void a_bridge_is_there_for_guests_once_it_is_applied() {
    root.done("POST", ALL, "iface=vmbr1", "type=bridge", "cidr=10.1.0.1/24", "autostart=1");
    assertThat(root.get(ALL + "/vmbr1").has("active")).isFalse();
    assertThat(node().hasBridge("vmbr1")).isFalse();

    assertThat(root.ended("PUT", ALL)).isEqualTo("OK");

    assertThat(root.get(ALL + "/vmbr1").get("active").asInt()).isOne();
    assertThat(root.get(ALL + "/vmbr1").get("address").asText()).isEqualTo("10.1.0.1");
    assertThat(node().hasBridge("vmbr1")).isTrue();
  }

  private dev.hearth.stdlib.proxmox.sim.world.Node node() {
    return root.world().node("pve");
  }

  @Test
  void what_was_not_applied_can_be_forgotten() {
    root.done("POST", ALL, "iface=vmbr1", "type=bridge");
    root.done("DELETE", ALL + "/vmbr0");
    root.done("DELETE", ALL);

    assertThat(root.get(ALL).findValuesAsText("iface")).containsExactly("vmbr0", "eth0");
    assertThat(node().hasBridge("vmbr0")).isTrue();
  }

  @Test
  void what_cannot_be_is_refused_and_leaves_the_file_as_it_was() {
    assertThat(root.refused("POST", ALL, "iface=vmbr1", "type=bridge", "bridge_ports=eth9"))
        .isEqualTo("500 bridge 'vmbr1' - unable to find bridge port 'eth9'");
    assertThat(root.refused("POST", ALL, "iface=vmbr1", "type=bridge", "bridge_ports=eth0"))
        .contains("\"bridge_ports\":\"eth0 is already used on interface 'vmbr0'.\"");
    assertThat(root.refused("POST", ALL, "iface=bond0", "type=bond", "slaves=vmbr0"))
        .contains("wrong interface type on slave 'vmbr0' ('bridge' != 'eth or bond')");
    assertThat(root.get(ALL).size()).isEqualTo(2);
  }

  @Test
  void a_vlan_tells_its_tag_by_its_name_or_by_its_properties() {
    root.done("POST", ALL, "iface=vmbr0.30", "type=vlan");
    root.done("POST", ALL, "iface=vlan40", "type=vlan", "vlan-raw-device=eth0");
    assertThat(root.get(ALL + "/vmbr0.30").get("vlan-id").asText()).isEqualTo("30");
    assertThat(root.get(ALL + "/vmbr0.30").get("exists").isNull()).isTrue();
    assertThat(root.get(ALL + "/vlan40").get("vlan-id").asText()).isEqualTo("40");
    assertThat(root.get(ALL + "/vlan40").get("exists").asInt()).isOne();
  }

  @Test
  void a_difference_names_lines_as_diff_does() {
    var before = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
    var after = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "J", "k", "l");
    assertThat(UnifiedDiff.of("old", before, "new", after))
        .isEqualTo(
            """
            --- old
            +++ new
            @@ -7,5 +7,6 @@
             g
             h
             i
            -j
            +J
             k
            +l
            """);
  }
}
