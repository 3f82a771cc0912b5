package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
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
  void a_cluster_of_another_version_is_a_wish_and_a_kept_world_can_be_begun_with(@TempDir Path home)
      throws Exception {
    hearth.at(home);
    var world = home.resolve("lab.json").toString();
    var first =
        hearth.start(
            "sim", "proxmox", "--port", "0", "--json", "--nodes", "3", "--pve", "9", "--world",
            world);
    first.line();
    assertThat(first.stop()).isZero();
    var kept = Files.readString(Path.of(world));
    var proxmox = json(kept).path("proxmox");
    assertThat(proxmox.path("major").asInt()).isEqualTo(9);
    assertThat(proxmox.path("nodes").properties())
        .extracting(node -> node.getKey())
        .containsExactly("pve1", "pve2", "pve3");

    var second = hearth.start("sim", "proxmox", "--port", "0", "--json", "--load", world);
    second.line();
    assertThat(second.stop()).isZero();
    assertThat(Files.readString(Path.of(world))).isEqualTo(kept);
  }

  private Path damaged(Path folder, String name, Consumer<ObjectNode> damage) throws IOException {
    var file = folder.resolve(name + ".json");
    var world = (ObjectNode) json(Files.readString(folder.resolve("lab.json")));
    damage.accept((ObjectNode) world.path("proxmox"));
    return Files.writeString(file, world.toString());
  }

  private void refused(Path file, String sentence) throws IOException {
    var before = Files.readString(file);
    for (var flag : List.of("--world", "--load")) {
      assertThat(hearth.type("sim", "proxmox", "--port", "0", flag, file.toString())).isEqualTo(2);
      assertThat(hearth.err()).contains(sentence);
    }
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void a_world_that_is_newer_or_damaged_is_refused_and_left_as_it_is(@TempDir Path home)
      throws Exception {
    hearth.at(home);
    var world = home.resolve("lab.json");
    var sim = hearth.start("sim", "proxmox", "--port", "0", "--json", "--world", world.toString());
    sim.line();
    assertThat(sim.stop()).isZero();

    refused(
        damaged(home, "newer", proxmox -> proxmox.put("format", 9)),
        "The kept world of a simulated Proxmox has the form 9, and this Hearth knows none after 1.");
    refused(
        damaged(home, "shapeless", proxmox -> proxmox.remove("format")),
        "is damaged: it does not say which form it has.");
    refused(
        damaged(home, "wrong", proxmox -> proxmox.putObject("nodes").put("pve", 7)),
        "is damaged: `nodes.pve` is wrong.");
    refused(
        damaged(home, "lacking", proxmox -> proxmox.remove("accounts")),
        "is damaged: a part of it is missing or wrong.");
    refused(
        Files.writeString(home.resolve("number.json"), "{\"proxmox\":7}"),
        "is damaged: it does not say which form it has.");
    refused(
        Files.writeString(home.resolve("cut.json"), Files.readString(world).substring(0, 1000)),
        "is not valid JSON: the mistake is at line");
  }

  @Test
  void a_wish_that_cannot_be_fulfilled_says_what_could() {
    assertThat(hearth.type("sim", "proxmox", "--nodes", "0")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("--nodes cannot be `0`.", "Write a number of nodes from 1 to 16.");
    assertThat(hearth.type("sim", "--nodes", "17", "proxmox")).isEqualTo(2);
    assertThat(hearth.err()).contains("--nodes cannot be `17`.");
    assertThat(hearth.type("sim", "proxmox", "--pve", "6")).isEqualTo(2);
    assertThat(hearth.err()).contains("--pve cannot be `6`.", "Write 7, 8 or 9.");
  }

  @Test
  void a_system_that_is_named_has_flags_of_its_own() {
    assertThat(hearth.type("sim", "--help")).isZero();
    assertThat(hearth.out()).contains("--from", "--load").doesNotContain("so many nodes");
    assertThat(hearth.type("sim", "proxmox", "--help")).isZero();
    assertThat(hearth.out()).contains("--from", "so many nodes", "--pve VERSION");
    assertThat(hearth.type("sim", "--nodes", "3")).isEqualTo(2);
    assertThat(hearth.err()).contains("`--nodes` is not an option of `hearth sim`.");
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
  void calls_and_tasks_go_wrong_as_often_as_was_asked_for(@TempDir Path home) throws Exception {
    hearth.at(home);
    var sim =
        hearth.start(
            "sim",
            "proxmox",
            "--port",
            "0",
            "--json",
            "--fault",
            "GET /pools:503 in maintenance:2",
            "--fault",
            "task qmcreate:failed",
            "--latency",
            "1ms");
    var connection = json(sim.line()).path("connection");
    var recipe =
        Files.writeString(
            home.resolve("practice.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = {
              permissions: { proxmox: 'write', net: ['127.0.0.1:*'] },
              params: { url: { type: 'string' }, token: { type: 'string', secret: true }, fingerprint: { type: 'string' } },
            };
            export default async ({ params }) => {
              const pve = proxmox({ url: params.url, token: params.token, fingerprint: params.fingerprint });
              const told = [];
              for (let i = 0; i < 3; i++) {
                told.push(await pve.request('GET', '/pools').then(() => 'done', (e) => e.message));
              }
              for (let i = 0; i < 2; i++) {
                told.push(await pve.vms.create({ node: 'pve', name: 'web' }).then(() => 'done', (e) => e.message));
              }
              return told;
            };
            """);
    var status =
        hearth.type(
            "run",
            recipe.toString(),
            "--json",
            "--allow-all",
            "--url",
            connection.path("url").asText(),
            "--token",
            connection.path("token").asText(),
            "--fingerprint",
            connection.path("fingerprint").asText());
    assertThat(status).as(hearth.out()).isZero();
    var value = json(hearth.out().lines().toList().getLast()).path("value");
    assertThat(sim.stop()).isZero();
    assertThat(value)
        .extracting(JsonNode::asText)
        .containsExactly(
            "Proxmox refused `GET /pools`: in maintenance.",
            "Proxmox refused `GET /pools`: in maintenance.",
            "done",
            "The task `qmcreate` of `100` on node pve failed: failed as it was told to.",
            "done");
  }

  @Test
  void a_fault_and_a_latency_that_are_none_are_refused_before_it_listens() {
    assertThat(hearth.type("sim", "proxmox", "--fault", "POST /nodes/*/qemu:tmeout")).isEqualTo(2);
    assertThat(hearth.err())
        .contains(
            "`POST /nodes/*/qemu:tmeout` is no fault of a simulated Proxmox.",
            "proxmox.fault-wrong",
            "`no-route`");
    assertThat(hearth.type("sim", "proxmox", "--latency", "soon")).isEqualTo(2);
    assertThat(hearth.err())
        .contains("--latency cannot be `soon`.", "Write a duration such as 80ms or 2s.");
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
