package dev.hearth.stdlib.templates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.proxmox.ProxmoxBinding;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One simulated Proxmox for all runs of a test, which writes only the bodies of their recipes:
 * {@code pve} and {@code t} are there, and what {@code before} declares. It is one that the test
 * has at hand, or that of a file, whose nodes download what vendors have.
 */
final class TemplateLab {
  private static final String RECIPE =
      """
      import { proxmox } from 'hearth:proxmox';
      import { templates } from 'hearth:templates';
      import { sleep } from 'hearth:time';
      export const recipe = { summary: 'A test', permissions: { proxmox: 'write', images: 'read' } };
      export default async () => {
        const pve = proxmox();
        const t = templates();
        %s
        %s
      };
      """;

  private final Path folder;
  private final String before;
  private final @Nullable ProxmoxSimulator simulator;
  private final RecipeTester tester;

  /**
   * @param before JavaScript at the top of each body
   * @param world changes what there is in a fresh world
   */
  TemplateLab(Path folder, Clock clock, String before, UnaryOperator<WorldBuilder> world) {
    var own =
        new ProxmoxSimulator(world.apply(WorldBuilder.standard(clock)).build(), ImageSource.none());
    var bindings = new ArrayList<Binding>();
    for (var binding : ServiceLoader.load(Binding.class)) {
      bindings.add(
          binding instanceof ProxmoxBinding
              ? new ProxmoxBinding((saved, clockOfRun, net) -> own)
              : binding);
    }
    this.folder = folder;
    this.before = before;
    this.simulator = own;
    this.tester = RecipeTester.of(hearth(folder, clock).bindings(bindings).build());
  }

  /**
   * In the world of a file.
   *
   * @param before JavaScript at the top of each body
   */
  TemplateLab(Path folder, Clock clock, String before) {
    this.folder = folder;
    this.before = before;
    this.simulator = null;
    this.tester = RecipeTester.of(hearth(folder, clock).build());
  }

  private static Hearth.Builder hearth(Path folder, Clock clock) {
    return Hearth.builder()
        .home(folder.resolve("home"))
        .clock(clock)
        .environment(name -> Optional.empty());
  }

  /** The one at hand. */
  ProxmoxSimulator simulator() {
    return requireNonNull(simulator);
  }

  RunResult run(String body) throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve("recipe.js"), RECIPE.formatted(before, body));
    return simulator == null
        ? tester.run(file, request -> request.simulatedIn(folder.resolve("world.json")))
        : tester.run(file, RunRequest::simulated);
  }

  /** What it returns. */
  JsonNode value(String body) throws IOException, InterruptedException {
    var result = run(body);
    assertThat(result.error()).isNull();
    return requireNonNull(result.value());
  }

  /** How it fails. */
  ErrorReport error(String body) throws IOException, InterruptedException {
    return requireNonNull(run(body).error());
  }
}
