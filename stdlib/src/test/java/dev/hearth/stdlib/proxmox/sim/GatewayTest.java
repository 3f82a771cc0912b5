package dev.hearth.stdlib.proxmox.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.api.CallFault;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import dev.hearth.stdlib.proxmox.sim.world.World;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the front door does before any method runs, and how it writes its answers. */
class GatewayTest {
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(World.empty(Clock.system(), 8, 1), ImageSource.none());
  private final Map<String, String> asRoot =
      Map.of("Cookie", "PVEAuthCookie=" + simulator.world().tickets().issue("root@pam"));

  @Test
  void an_answer_is_json_under_data_with_the_headers_of_pveproxy() throws IOException {
    var answer = simulator.answer(SimRequest.of("GET", "/api2/json/version", asRoot));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.reason()).isEqualTo("OK");
    assertThat(answer.headers())
        .containsEntry("Server", "pve-api-daemon/3.0")
        .containsEntry("Content-Type", "application/json;charset=UTF-8")
        .containsEntry("Connection", "Keep-Alive");
    assertThat(String.valueOf(answer.body())).contains("\"release\":\"8.4\"");
  }

  @Test
  void without_a_ticket_the_answer_is_401_without_a_body_and_the_connection_ends()
      throws IOException {
    var answer = simulator.answer(SimRequest.of("GET", "/api2/json/version", Map.of()));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.reason()).isEqualTo("No ticket");
    assertThat(answer.body()).isNull();
    assertThat(answer.closes()).isTrue();
  }

  @Test
  void what_proxmox_has_and_this_has_not_is_told_from_what_nobody_has() throws IOException {
    var path = "/nodes/pve/qemu/100/mtunnelwebsocket";
    var tunnel = simulator.answer(SimRequest.of("GET", "/api2/json" + path, asRoot));
    var nonsense = simulator.answer(SimRequest.of("GET", "/api2/json/nosuch/path", asRoot));

    assertThat(tunnel.reason()).isEqualTo("Method 'GET " + path + "' not simulated");
    assertThat(nonsense.reason()).isEqualTo("Method 'GET /nosuch/path' not implemented");
  }

  @Test
  void what_only_the_ninth_has_is_lacking_there_and_exists_nowhere_before() throws IOException {
    var path = "/nodes/pve/query-oci-repo-tags";
    try (var ninth = RootClient.ofVersion(9);
        var eighth = RootClient.ofVersion(8)) {
      assertThat(ninth.refused("GET", path)).contains("not simulated");
      assertThat(eighth.refused("GET", path)).contains("not implemented");
    }
  }

  @Test
  void a_fault_is_used_once() throws IOException {
    simulator.failNext(CallFault.refuse("GET", "/ver*", 596, "Connection timed out"));

    var first = simulator.answer(SimRequest.of("GET", "/api2/json/version", asRoot));
    var second = simulator.answer(SimRequest.of("GET", "/api2/json/version", asRoot));

    assertThat(first.status()).isEqualTo(596);
    assertThat(first.reason()).isEqualTo("Connection timed out");
    assertThat(second.status()).isEqualTo(200);
  }
}
