package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.StreamService;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.Simulator;
import dev.hearth.runtime.spi.SimulatorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated world ends with what was opened in it, and with what could not be opened. */
class SimulatedWorldTest {
  private final AtomicInteger open = new AtomicInteger();
  private final Path folder;
  private final Path world;

  SimulatedWorldTest(@TempDir Path folder) {
    this.folder = folder;
    this.world = folder.resolve("world.json");
  }

  private Hearth hearth(Binding... bindings) {
    return Hearth.builder()
        .home(folder.resolve("home"))
        .bindings(List.of(bindings))
        .environment(name -> Optional.empty())
        .build();
  }

  private RunRequest request() throws Exception {
    var recipe = Files.writeString(folder.resolve("recipe.js"), "export default () => 1;");
    return RunRequest.of(recipe).simulatedIn(world);
  }

  private SessionRequest session(String... grants) {
    return new SessionRequest(
        folder, List.of(grants), Map.of(), true, Optional.of(world), Diagnostics.NONE);
  }

  @Test
  void a_run_saves_its_world_and_closes_it() throws Exception {
    assertThat(hearth(new Lab()).run(request()).succeeded()).isTrue();
    assertThat(open).hasValue(0);
    assertThat(Files.readString(world)).contains("saved");
  }

  @Test
  void a_world_in_a_folder_that_does_not_exist_is_refused_before_anything_runs() throws Exception {
    var missing = folder.resolve("missing");
    var recipe = Files.writeString(folder.resolve("recipe.js"), "export default () => 1;");
    var request = RunRequest.of(recipe).simulatedIn(missing.resolve("world.json"));

    assertThatThrownBy(() -> hearth(new Lab()).run(request))
        .isInstanceOfSatisfying(
            HearthException.class,
            e -> {
              assertThat(e.id()).isEqualTo("storage.no-folder");
              assertThat(e.sentence())
                  .isEqualTo(
                      "%s/world.json cannot be kept: there is no folder `%1$s`."
                          .formatted(missing));
              assertThat(e.hint())
                  .isEqualTo(
                      "Make it with `mkdir -p '%s'`, or name a file in a folder that exists."
                          .formatted(missing));
            });
    assertThat(open).hasValue(0);
    assertThat(missing).doesNotExist();
  }

  @Test
  void a_session_saves_its_world_and_closes_it() throws Exception {
    try (var session = hearth(new Lab()).session(session(), event -> {})) {
      assertThat(open).hasValue(1);
      assertThat(session.evaluate("6 * 7").text()).isEqualTo("42");
    }
    assertThat(open).hasValue(0);
    assertThat(world).exists();
  }

  @Test
  void a_run_that_cannot_begin_closes_its_world_and_saves_nothing() throws Exception {
    var request = request().param("nobody", "asked for it");
    assertThatThrownBy(() -> hearth(new Lab()).run(request)).isInstanceOf(HearthException.class);
    assertThat(open).hasValue(0);
    assertThat(world).doesNotExist();
  }

  @Test
  void a_session_that_cannot_begin_closes_its_world_and_saves_nothing() {
    assertThatThrownBy(() -> hearth(new Lab()).session(session("no such grant"), event -> {}))
        .isInstanceOf(HearthException.class);
    assertThat(open).hasValue(0);
    assertThat(world).doesNotExist();
  }

  @Test
  void a_simulator_that_does_not_start_closes_those_that_did() {
    var hearth = hearth(new Lab(), new Broken());
    assertThatThrownBy(() -> hearth.session(session(), event -> {}))
        .hasMessage("no world was built");
    assertThat(open).hasValue(0);
  }

  private final class Lab implements Binding {
    @Override
    public String name() {
      return "lab";
    }

    @Override
    public Optional<SimulatorFactory> simulator() {
      return Optional.of(
          (saved, clock, net) -> {
            open.incrementAndGet();
            return new World();
          });
    }
  }

  private static final class Broken implements Binding {
    @Override
    public String name() {
      return "unbuilt"; // after the lab, in the order of names
    }

    @Override
    public Optional<SimulatorFactory> simulator() {
      return Optional.of(
          (saved, clock, net) -> {
            throw new IllegalStateException("no world was built");
          });
    }
  }

  private final class World implements Simulator {
    @Override
    public Connection connection() {
      throw new IllegalStateException("Nobody connects to it.");
    }

    @Override
    public Map<NetAddress, StreamService> services() {
      return Map.of();
    }

    @Override
    public JsonNode save() {
      return JsonNodeFactory.instance.textNode("saved");
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
