package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code hearth sim proxmox --from home}, as a user has it: a system that is served over HTTPS, a
 * stored connection to it, and a simulator that begins with what is there.
 */
class CopiedSystemTest {
  private final TypedCommand hearth = new TypedCommand();
  private final Path folder;
  private final RunningCommand original;

  CopiedSystemTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    hearth.at(folder);
    original =
        hearth.start("sim", "proxmox", "--port", "0", "--json", "--nodes", "2", "--pve", "9");
    hearth.connect("home", json(original.line()));
  }

  @AfterEach
  void end() throws Exception {
    assertThat(original.stop()).isZero();
  }

  private static JsonNode json(String line) throws IOException {
    return JsonMapper.builder().build().readTree(line);
  }

  private String run(Path recipe, String... flags) throws IOException {
    var words = new ArrayList<>(List.of(recipe.toString()));
    words.addAll(List.of(flags));
    return hearth.run(words).toString();
  }

  private void fill() throws IOException {
    var recipe =
        Files.writeString(
            folder.resolve("fill.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'Some guests', permissions: { proxmox: 'write' } };
            export default async () => {
              const pve = proxmox();
              const web = await pve.vms.create({ node: 'pve1', name: 'web', memory: 2048, scsi0: 'local-lvm:8', tags: 'prod' });
              await pve.vm(web).start();
              await pve.vms.create({ node: 'pve2', name: 'base', scsi0: 'shared:2' });
              await pve.pools.create({ poolid: 'lab' });
            };
            """);
    run(recipe, "--connection", "proxmox=home", "--allow-proxmox:write");
  }

  @Test
  void a_copy_is_like_what_it_was_copied_from_and_can_be_kept() throws Exception {
    fill();
    var inventory = Checkout.root().resolve("recipes/proxmox/inventory.js");
    var there = run(inventory, "--connection", "proxmox=home", "--allow-proxmox:read");
    assertThat(there).contains("\"web\"", "\"base\"", "\"running\"");
    var file = folder.resolve("lab.json");

    var copy =
        hearth.start(
            "sim",
            "proxmox",
            "--from",
            "home",
            "--port",
            "0",
            "--json",
            "--world",
            file.toString());
    var told = json(copy.line());
    assertThat(json(Files.readString(file)).path("proxmox").path("guests").size()).isEqualTo(2);
    hearth.connect("copy", told);
    assertThat(run(inventory, "--connection", "proxmox=copy", "--allow-proxmox:read"))
        .isEqualTo(there);
    assertThat(copy.stop()).isZero();
    assertThat(copy.err())
        .isEqualTo(
            "Reading what `home` leads to; nothing there is changed.\n"
                + "Nobody's password, token or key is in the copy; log in to it as is told here.\n"
                + "\nStopping; once more ends it at once.\n"
                + "The world is kept in "
                + file
                + ".\n");

    assertThat(run(inventory, "--simulate=" + file)).isEqualTo(there);
  }

  @Test
  void a_copy_says_how_to_log_in_to_it() throws Exception {
    var copy = hearth.start("sim", "proxmox", "--from", "home", "--port", "0", "--json");
    var told = json(copy.line());
    assertThat(told.path("connection").path("token").asText()).startsWith("root@pam!hearth-sim=");
    assertThat(copy.stop()).isZero();
  }

  @Test
  void a_world_that_is_there_is_not_replaced_by_a_copy() throws Exception {
    var file = Files.writeString(folder.resolve("lab.json"), "{\"proxmox\":{}}");
    assertThat(hearth.type("sim", "proxmox", "--from", "home", "--world", file.toString()))
        .isEqualTo(2);
    assertThat(hearth.err())
        .contains(
            file + " holds a proxmox already, which a copy would not replace.",
            "Name a file that does not exist yet, or leave `--from` out");
    assertThat(Files.readString(file)).isEqualTo("{\"proxmox\":{}}");
  }

  @Test
  void a_world_begins_in_one_way() {
    assertThat(hearth.type("sim", "proxmox", "--from", "home", "--nodes", "3")).isEqualTo(2);
    assertThat(hearth.err())
        .contains(
            "A world begins in one way, and `--from` and `--nodes` are two.",
            "Leave one of them out.");
    assertThat(hearth.type("sim", "proxmox", "--load", "lab.json", "--from", "home")).isEqualTo(2);
    assertThat(hearth.err()).contains("`--load` and `--from` are two.");
  }

  @Test
  void a_connection_that_is_not_there_says_which_are() {
    assertThat(hearth.type("sim", "proxmox", "--from", "hme")).isEqualTo(2);
    assertThat(hearth.err()).contains("hme", "home");
  }

  @Test
  void a_system_that_is_away_is_told_as_it_is() throws Exception {
    var other = hearth.start("sim", "proxmox", "--port", "0", "--json");
    hearth.connect("away", json(other.line()));
    assertThat(other.stop()).isZero();
    assertThat(hearth.type("sim", "proxmox", "--from", "away")).isEqualTo(4);
    assertThat(hearth.err()).contains("error: ").doesNotContain("Exception");
  }
}
