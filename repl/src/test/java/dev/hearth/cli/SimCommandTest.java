package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serving a simulator as somebody types it. */
class SimCommandTest {
  private final TypedCommand hearth = new TypedCommand();

  private static JsonNode json(String line) throws IOException {
    return JsonMapper.builder().build().readTree(line);
  }

  @Test
  void without_a_name_it_says_what_can_be_simulated() throws IOException {
    assertThat(hearth.type("sim")).isZero();
    assertThat(hearth.out()).isEqualTo("proxmox\n");
    assertThat(hearth.type("sim", "--json")).isZero();
    assertThat(json(hearth.out()).path("simulators").toString()).isEqualTo("[\"proxmox\"]");
  }

  @Test
  void a_name_that_nobody_knows_says_what_was_meant() {
    assertThat(hearth.type("sim", "proxmx")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("There is no simulator for `proxmx`.", "Did you mean `proxmox`?");
    assertThat(hearth.type("sim", "images")).isEqualTo(2);
    assertThat(hearth.err()).contains("There are simulators for: proxmox.");
  }

  @Test
  void a_port_is_a_number() {
    assertThat(hearth.type("sim", "proxmox", "--port", "65536")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("--port cannot be `65536`.", "Write a number from 0 to 65535.");
  }

  @Test
  void it_tells_a_program_how_to_reach_it_and_ends_gently() throws Exception {
    var sim = hearth.start("sim", "proxmox", "--port", "0", "--json");
    var told = json(sim.line());
    assertThat(told.path("schema").asInt()).isEqualTo(1);
    assertThat(told.path("type").asText()).isEqualTo("simulator");
    assertThat(told.path("address").asText()).matches("127\\.0\\.0\\.1:[1-9]\\d+");
    var connection = told.path("connection");
    assertThat(connection.path("url").asText())
        .isEqualTo("https://" + told.path("address").asText());
    assertThat(connection.path("token").asText()).startsWith("root@pam!hearth=");
    assertThat(connection.path("fingerprint")).isEqualTo(told.path("fingerprint"));
    assertThat(told.path("connect").asText())
        .isEqualTo(
            "printf '%s\\n' '"
                + connection.path("token").asText()
                + "' | hearth connect add proxmox sim --replace --url "
                + connection.path("url").asText()
                + " --token-stdin --fingerprint "
                + connection.path("fingerprint").asText());
    assertThat(sim.stop()).isZero();
  }

  @Test
  void a_port_that_somebody_has_is_refused_by_name() throws Exception {
    var sim = hearth.start("sim", "proxmox", "--port", "0", "--json");
    var address = json(sim.line()).path("address").asText();
    var port = address.substring(address.indexOf(':') + 1);
    assertThat(hearth.type("sim", "proxmox", "--port", port)).isEqualTo(4);
    assertThat(hearth.err()).contains("Cannot listen on `" + address + "`.", "net.listen-failed");
    assertThat(sim.stop()).isZero();
  }

  @Test
  void a_kept_world_has_its_token_and_certificate_again(@TempDir Path folder) throws Exception {
    var world = folder.resolve("lab.json");
    var first = hearth.start("sim", "proxmox", "--port=0", "--json", "--world=" + world);
    var told = json(first.line());
    assertThat(first.stop()).isZero();
    assertThat(first.err()).endsWith("The world is kept in " + world + ".\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(world)))
        .isEqualTo("rw-------");

    var second = hearth.start("sim", "proxmox", "--port=0", "--json", "--world=" + world);
    var again = json(second.line());
    assertThat(second.stop()).isZero();
    assertThat(again.path("fingerprint")).isEqualTo(told.path("fingerprint"));
    assertThat(again.path("connection").path("token"))
        .isEqualTo(told.path("connection").path("token"));
  }
}
