package dev.hearth.stdlib.proxmox.sim.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.proxmox.sim.RootClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consoles wait for who asked for them, and for nobody else. */
class ConsoleTest {
  private static final String VM = "/nodes/pve/qemu/100/";

  private final RootClient root = RootClient.ofVersion(8);

  @BeforeEach
  void makeVm() {
    root.done("POST", "/nodes/pve/qemu", "vmid=100", "name=web");
  }

  @AfterEach
  void close() {
    root.close();
  }

  private static String socket(String of, String ticket, int port) {
    var encoded = URLEncoder.encode(ticket, StandardCharsets.UTF_8);
    return of + "vncwebsocket?port=" + port + "&vncticket=" + encoded;
  }

  private String exit(String upid) {
    var path = "/nodes/pve/tasks/" + URLEncoder.encode(upid, StandardCharsets.UTF_8) + "/status";
    return root.get(path).path("exitstatus").asText();
  }

  @Test
  void a_console_that_nobody_comes_to_ends_after_ten_seconds_and_frees_its_port() {
    var first = root.done("POST", VM + "vncproxy");
    root.awaitLastTask();

    assertThat(exit(first.get("upid").asText())).isEqualTo("connection timed out");
    assertThat(root.done("POST", VM + "vncproxy").get("port").asText()).isEqualTo("5900");
  }

  @Test
  void a_terminal_ends_with_the_command_that_it_ran() {
    var opened = root.done("POST", VM + "termproxy", "serial=serial0");
    root.awaitLastTask();

    assertThat(exit(opened.get("upid").asText()))
        .isEqualTo(
            "command '/usr/bin/termproxy 5900 --path /vms/100 --perm VM.Console -- /usr/sbin/qm terminal"
                + " 100 -escape 0 -iface serial0' failed: exit code 1");
  }

  @Test
  void a_ticket_opens_one_console_for_forty_seconds() {
    root.done("POST", "/nodes/pve/qemu", "vmid=101");
    var ticket = root.done("POST", VM + "vncproxy").get("ticket").asText();
    var invalid = "401 permission denied - invalid PVEVNC ticket";

    assertThat(root.get(socket(VM, ticket, 5900)).get("port").asText()).isEqualTo("5900");
    assertThat(root.refused("GET", socket("/nodes/pve/qemu/101/", ticket, 5900)))
        .isEqualTo(invalid);
    assertThat(root.refused("GET", socket("/nodes/pve/", ticket, 5900))).isEqualTo(invalid);
    assertThat(root.refused("GET", socket(VM, ticket.replace("::", "::A"), 5900)))
        .isEqualTo(invalid);
    assertThat(root.refused("GET", socket(VM, ticket, 6000))).startsWith("400");
    root.pass(Duration.ofSeconds(41));
    assertThat(root.refused("GET", socket(VM, ticket, 5900))).isEqualTo(invalid);
  }

  @Test
  void what_is_not_there_or_does_not_run_has_none() {
    assertThat(root.refused("POST", "/nodes/pve/qemu/999/vncproxy"))
        .isEqualTo("500 Configuration file 'nodes/pve/qemu-server/999.conf' does not exist");
    assertThat(root.refused("POST", "/nodes/pve/lxc/999/termproxy"))
        .isEqualTo("500 Configuration file 'nodes/pve/lxc/999.conf' does not exist");
    assertThat(root.refused("POST", VM + "spiceproxy")).isEqualTo("500 VM 100 not running");
  }
}
