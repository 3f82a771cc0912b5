package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.run.SimulatorServer;
import dev.hearth.runtime.spi.Disturbance;
import dev.hearth.terminal.Screen;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person is told when a simulator begins to serve. */
class SimPageTest {
  @Test
  void a_person_is_told_how_to_reach_it_by_hearth_and_by_others() {
    var proxmox = Connectable.named("proxmox", Bindings.installed());
    var place = new SimulatorServer.Place("127.0.0.1", 0, Optional.empty(), Disturbance.NONE);
    try (var server =
        SimulatorServer.start(
            proxmox, place, Clock.system(), new SystemNet(), (peer, failure) -> {})) {
      var token = server.secrets().values().iterator().next().reveal();
      var text = String.join("\n", new SimPage(proxmox, server).text(Screen.pipe()));
      assertThat(
              text.replace(server.address().toString(), "ADDRESS")
                  .replace(token, "TOKEN")
                  .replace(server.fingerprint().toString(), "FINGERPRINT"))
          .isEqualTo(
              """
              A simulated proxmox listens on ADDRESS.
                url          https://ADDRESS
                token        TOKEN
                fingerprint  FINGERPRINT

              Recipes reach it without --simulate after
                printf '%s\\n' 'TOKEN' | hearth connect add proxmox sim --replace --url https://ADDRESS --token-stdin --fingerprint FINGERPRINT
              Others reach it as in
                curl -k -H 'Authorization: PVEAPIToken=TOKEN' https://ADDRESS/api2/json/nodes

              Ctrl-C ends it.""");
    }
  }

  @Test
  void who_listens_everywhere_is_reached_on_this_machine() {
    var proxmox = Connectable.named("proxmox", Bindings.installed());
    var place = new SimulatorServer.Place("0.0.0.0", 0, Optional.empty(), Disturbance.NONE);
    try (var server =
        SimulatorServer.start(
            proxmox, place, Clock.system(), new SystemNet(), (peer, failure) -> {})) {
      assertThat(server.settings().path("url").asText())
          .isEqualTo("https://127.0.0.1:" + server.address().port());
    }
  }
}
