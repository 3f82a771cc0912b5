package dev.hearth.recipes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** recipes/proxmox/template.js against the simulated Proxmox VE and the simulated mirrors. */
class TemplateRecipeTest {
  private static final Path RECIPE = Path.of("proxmox/template.js").toAbsolutePath();
  private final RecipeTester tester;
  private final Path world;
  private final Path folder;

  TemplateRecipeTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
    this.world = folder.resolve("world.json");
  }

  private RunResult run(String distribution) throws InterruptedException {
    return tester.run(
        RECIPE, request -> request.simulatedIn(world).param("distribution", distribution));
  }

  @Test
  void a_first_run_builds_the_template_and_a_second_changes_nothing() throws Exception {
    var first = run("debian-13");
    assertThat(first.error()).isNull();
    assertThat(requireNonNull(first.value()).get("changed").asBoolean()).isTrue();
    var second = run("debian-13");
    assertThat(second.error()).isNull();
    assertThat(requireNonNull(second.value()).get("changed").asBoolean()).isFalse();
    assertThat(tester.log()).anySatisfy(line -> assertThat(line).endsWith("nothing to do"));
  }

  @Test
  void every_family_of_the_catalogue_becomes_a_template() throws Exception {
    for (var distribution : new String[] {"ubuntu-24.04", "almalinux-10", "arch", "alpine"}) {
      var result = run(distribution);
      assertThat(result.error()).as(distribution).isNull();
    }
  }

  @Test
  void an_image_that_no_node_can_take_is_refused_before_anything_is_made() throws Exception {
    var world = new TemplateWorld(folder.resolve("packed"));
    var result = world.run(request -> request.param("distribution", "kali"));
    assertThat(requireNonNull(result.error()).message())
        .contains("The image of Kali Linux is packed: no node can unpack it.");
    assertThat(world.writes()).isEmpty();
  }

  @Test
  void another_wish_changes_just_that_and_a_third_run_nothing() throws Exception {
    var world = new TemplateWorld(folder.resolve("changing"));
    world.run(request -> request);
    var changed = world.run(request -> request.param("memory", 4096));
    assertThat(requireNonNull(changed.value()).get("differences"))
        .hasToString("[\"memory 2048 -> 4096\"]");
    assertThat(world.writes()).containsExactly("POST /nodes/pve/qemu/100/config");
    var differences = differences(world.before(), world.after());
    assertThat(differences).hasSize(2).contains("/guests/100/config/memory 2048 -> 4096");
    assertThat(differences.getFirst()).startsWith("/guests/100/config/description {"); // its mark

    var third = world.run(request -> request.param("memory", 4096));
    assertThat(requireNonNull(third.value()).get("changed").asBoolean()).isFalse();
    assertThat(world.writes()).isEmpty();
  }

  /** What stands otherwise in a second world: {@code /a/b 1 -> 2}. */
  private static List<String> differences(JsonNode first, JsonNode second) {
    var found = new ArrayList<String>();
    differ("", first, second, found);
    return found;
  }

  private static void differ(String at, JsonNode first, JsonNode second, List<String> found) {
    if (first.isObject() && second.isObject()) {
      var keys = new TreeSet<String>();
      first.fieldNames().forEachRemaining(keys::add);
      second.fieldNames().forEachRemaining(keys::add);
      keys.forEach(key -> differ(at + "/" + key, first.path(key), second.path(key), found));
    } else if (!first.equals(second)) {
      found.add(at + " " + first.asText() + " -> " + second.asText());
    }
  }

  @Test
  void another_disk_is_refused_with_what_differs() throws Exception {
    run("debian-13");
    var other =
        tester.run(
            RECIPE,
            request -> request.simulatedIn(world).param("storage", "local").param("disk", 20));
    assertThat(requireNonNull(other.error()).code()).isEqualTo("templates.needs-replacing");
    assertThat(requireNonNull(other.error()).message())
        .isEqualTo(
            "The template `debian-13` (VM 100) would need another disk: storage local-lvm -> local,"
                + " size 10GiB -> 20GiB.");
  }

  @Test
  void a_foreign_template_of_the_name_is_left_alone() throws Exception {
    var world = new TemplateWorld(folder.resolve("foreign"));
    world.run(request -> request);
    world.forget("/guests/100/config/description");
    var result = world.run(request -> request.param("memory", 4096));
    assertThat(requireNonNull(result.error()).code()).isEqualTo("templates.not-ours");
    assertThat(world.writes()).isEmpty();
    assertThat(differences(world.before(), world.after())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          node         | nope       | There is no node `nope`. | List the nodes with `pve.nodes.list()`.
          storage      | nope       | There is no storage `nope`. | Use one of node pve that takes `images`: local, local-lvm.
          imageStorage | local-lvm  | Storage `local-lvm` on node pve does not take `import`. | Use one that does (local), or allow it as root: `pvesm set local-lvm --content LIST` with all that it is to take.
          bridge       | vmbr9      | Node pve has no bridge `vmbr9`. | Use one of its bridges: vmbr0.
          gateway      | 10.0.0.1   | The template's `networks[0].gateway` needs a fixed address in `ip`. | Correct the specification; the page of `hearth:templates` lists its fields.
          distribution | debain-13  | There is no image `debain-13` in the catalogue. | Did you mean `debian-13`?
          """)
  void what_cannot_be_is_said_before_anything_is_made(
      String parameter, String value, String message, String hint) throws Exception {
    var world = new TemplateWorld(folder.resolve("odd"));
    var error = requireNonNull(world.run(request -> request.param(parameter, value)).error());
    assertThat(error.message()).isEqualTo(message);
    assertThat(error.hint()).isEqualTo(hint);
    assertThat(world.writes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ip, 10.0.0.5",
    "ip, 10.0.0/24",
    "disk, 0",
    "memory, 1",
    "user, 'a,b'",
    "nameserver, foo",
    "storage, 'local,x=1'",
    "bridge, 'vmbr0,tag=1'",
    "vlan, 4095"
  })
  void what_no_flag_may_say_is_refused_by_the_flag(String name, String value) {
    var error =
        catchThrowableOfType(
            HearthException.class,
            () ->
                tester.run(
                    RECIPE, request -> request.simulatedIn(world).param(name, value(value))));
    assertThat(error.id()).isEqualTo("param.invalid");
    assertThat(error.sentence()).startsWith("The parameter `" + name + "` must ");
    assertThat(error.hint()).contains("--" + name);
    assertThat(world).doesNotExist();
  }

  private static JsonNode value(String text) {
    return text.matches("[0-9]+")
        ? IntNode.valueOf(Integer.parseInt(text))
        : TextNode.valueOf(text);
  }

  @Test
  void a_failed_download_shows_what_its_task_wrote_last() throws Exception {
    var world = new TemplateWorld(folder.resolve("failing"));
    var error =
        requireNonNull(
            world
                .run(request -> request.param("imageUrl", "http://nowhere.example/own.qcow2"))
                .error());
    assertThat(error.code()).isEqualTo("proxmox.task-failed");
    assertThat(error.hint())
        .startsWith("Read what the task wrote last:\n  ")
        .contains("nowhere.example");
  }

  @Test
  void an_id_that_is_taken_is_said_before_anything_is_made() throws Exception {
    var world = new TemplateWorld(folder.resolve("taken"));
    world.run(request -> request.param("distribution", "alpine"));
    var result = world.run(request -> request.param("vmid", 100));
    assertThat(requireNonNull(result.error()).message()).isEqualTo("VM 100 exists already.");
    assertThat(world.writes()).isEmpty();
  }
}
