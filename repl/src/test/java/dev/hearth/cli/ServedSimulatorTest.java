package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All of it as a user has it, over real HTTPS on this machine: a Proxmox that is served, a stored
 * connection, and recipes that run without {@code --simulate}.
 */
class ServedSimulatorTest {
  private final TypedCommand hearth = new TypedCommand();
  private final Path home;
  private final RunningCommand sim;

  ServedSimulatorTest(@TempDir Path home) throws IOException {
    this.home = home;
    hearth.at(home);
    sim = hearth.start("sim", "proxmox", "--port", "0", "--json");
    hearth.connect("sim", json(sim.line()));
  }

  @AfterEach
  void end() throws Exception {
    assertThat(sim.stop()).isZero();
  }

  private static JsonNode json(String line) throws IOException {
    return JsonMapper.builder().build().readTree(line);
  }

  @Test
  void a_recipe_makes_a_vm_over_the_stored_connection() throws IOException {
    var recipe =
        Files.writeString(
            home.resolve("web.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'A VM', permissions: { proxmox: 'write' } };
            export default async ({ step }) => {
              const pve = proxmox();
              const made = { node: 'pve', name: 'web', memory: 512 };
              const vm = await step('create', () => pve.vms.create(made));
              const nodes = await pve.nodes.list();
              return { vmid: vm.vmid, nodes: nodes.map((each) => each.node) };
            };
            """);
    assertThat(hearth.run(List.of(recipe.toString(), "--allow-proxmox:write")).toString())
        .isEqualTo("{\"vmid\":100,\"nodes\":[\"pve\"]}");
    hearth.type("runs", "list", "--json");
    assertThat(json(hearth.out()).path("runs").path(0).path("simulated").asBoolean()).isFalse();
  }

  @Test
  void the_template_recipe_builds_a_template_and_a_second_run_changes_nothing() throws Exception {
    try (var mirror = new ImageMirror()) {
      var words = mirror.template();
      var first = hearth.run(words);
      assertThat(first.toString())
          .isEqualTo("{\"changed\":true,\"name\":\"debian-13\",\"vmid\":100}");
      assertThat(hearth.run(words).path("changed").asBoolean(true)).isFalse();
    }
  }
}
