package dev.hearth.recipes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** recipes/proxmox/template.js against the simulated Proxmox VE and the simulated mirrors. */
class TemplateRecipeTest {
  private static final Path RECIPE = Path.of("proxmox/template.js").toAbsolutePath();
  private final RecipeTester tester;
  private final Path world;

  TemplateRecipeTest(@TempDir Path folder) {
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
  void another_wish_for_the_same_name_is_refused_with_what_differs() throws Exception {
    run("debian-13");
    var other = tester.run(RECIPE, request -> request.simulatedIn(world).param("memory", 4096));
    assertThat(requireNonNull(other.error()).message()).contains("differs in memory");
  }
}
