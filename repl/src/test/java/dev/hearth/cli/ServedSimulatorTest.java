package dev.hearth.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
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
    var image = image();
    var digest = MessageDigest.getInstance("SHA-256").digest(image);
    var service = new HttpService(_ -> HttpResponse.of(200).body(HttpBody.of(image)));
    var listener = new SystemNet().listen("127.0.0.1", 0, null);
    try (var mirror = StreamServer.start(listener, service, (peer, failure) -> {})) {
      var words =
          List.of(
              root().resolve("recipes/proxmox/template.js").toString(),
              "--yes",
              "--image-url=http://" + mirror.address() + "/debian.img",
              "--image-checksum=" + HexFormat.of().formatHex(digest));
      var first = hearth.run(words);
      assertThat(first.toString())
          .isEqualTo("{\"changed\":true,\"name\":\"debian-13\",\"vmid\":100}");
      assertThat(hearth.run(words).path("changed").asBoolean(true)).isFalse();
    }
  }

  /** The header of a qcow2 image of 2 GiB, and nothing in it. */
  private static byte[] image() {
    return ByteBuffer.allocate(64 << 10)
        .putInt(0x514649fb)
        .putInt(3)
        .putLong(0)
        .putInt(0)
        .putInt(16)
        .putLong(2L << 30)
        .array();
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("hearth"))
        ? folder
        : requireNonNull(folder.getParent(), "a module stands in the project's folder");
  }
}
