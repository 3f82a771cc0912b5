package dev.hearth.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version takes the place of an old one, looked at before each call of the run. */
class TemplateSwapTest {
  private final TemplateWorld world;
  private final List<String> seen = new ArrayList<>();

  TemplateSwapTest(@TempDir Path folder) throws InterruptedException {
    this.world = new TemplateWorld(folder.resolve("home"));
    assertThat(world.run(request -> request).error()).isNull();
  }

  private static RunRequest replacing(RunRequest request) {
    return request.param("disk", 12).param("replace", true);
  }

  /** Notes each state that there was, once. */
  private void look() {
    var guests = world.now().path("guests");
    int named = 0;
    int lasting = 0;
    var text = new ArrayList<String>();
    int current = 0;
    for (var guest : guests) {
      var config = guest.path("config");
      var tags = List.of(config.path("tags").asText().split(";"));
      var name = config.path("name").asText();
      if (name.isEmpty()) {
        continue; // it is reserved, and has no configuration yet
      }
      boolean isTemplate = config.path("template").asInt() == 1;
      current += isTemplate && tags.contains("current") ? 1 : 0;
      named += name.equals("debian-13") ? 1 : 0;
      lasting += name.equals("debian-13") && !tags.contains("retired") ? 1 : 0;
      text.add(name + " " + String.join("+", tags.stream().filter(this::isState).toList()));
    }
    assertThat(current).as("current ones in %s", text).isPositive();
    assertThat(named == 1 ? 1 : lasting).as("those that a look-up finds in %s", text).isOne();
    var state = String.join(", ", text);
    if (seen.isEmpty() || !seen.getLast().equals(state)) {
      seen.add(state);
    }
  }

  private boolean isState(String tag) {
    return List.of("current", "retired", "building").contains(tag);
  }

  /** Replaces it, and looks at each call and at the end. */
  private RunResult replaced(Function<TemplateWorld, Optional<Outcome>> fault)
      throws InterruptedException {
    world.disturbed(
        (number, it) -> {
          look();
          return fault.apply(it);
        });
    var result = world.run(TemplateSwapTest::replacing);
    look();
    return result;
  }

  @Test
  void one_of_them_is_current_and_has_the_name_at_every_moment() throws Exception {
    assertThat(replaced(it -> Optional.empty()).error()).isNull();
    assertThat(seen)
        .containsExactly(
            "debian-13 current",
            "debian-13 current, debian-13-next building",
            "debian-13 current, debian-13-next current",
            "debian-13 retired, debian-13-next current",
            "debian-13 retired, debian-13 current",
            "debian-13-retired-100 retired, debian-13 current");
  }

  @Test
  void a_swap_that_fails_half_way_goes_back_by_the_same_states() throws Exception {
    var failed =
        replaced(
            it ->
                it.isAsked("POST /nodes/pve/qemu/100/config") && seen.size() == 5
                    ? Optional.of(new Outcome.Refuse(500, "the disk is on fire"))
                    : Optional.empty());
    assertThat(failed.error()).isNotNull();
    assertThat(seen)
        .containsExactly(
            "debian-13 current",
            "debian-13 current, debian-13-next building",
            "debian-13 current, debian-13-next current",
            "debian-13 retired, debian-13-next current",
            "debian-13 retired, debian-13 current",
            "debian-13 retired, debian-13-next current",
            "debian-13 current, debian-13-next current",
            "debian-13 current, debian-13-next building",
            "debian-13 current");
  }
}
