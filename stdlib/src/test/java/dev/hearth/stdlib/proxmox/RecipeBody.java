package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Recipes of which a test writes only the body: {@code pve} is the simulator, {@code failure}
 * awaits something and tells how it failed, {@code caught} tells all of that, or what was awaited.
 */
final class RecipeBody {
  private static final String RECIPE =
      """
      import { proxmox } from 'hearth:proxmox';
      export const recipe = { summary: 'A test', permissions: { proxmox: 'write' } };
      export default async ({ log, step }) => {
        const pve = proxmox();
        const failure = async (work) => { try { await work(); return 'none'; } catch (e) { return `${e.code}: ${e.message}`; } };
        const caught = async (work) => {
          try { return await work(); } catch (e) { return { code: e.code, message: e.message, hint: e.hint, details: e.details }; }
        };
        %s
        %s
      };
      """;

  private final Path folder;
  private final String before;
  private final RecipeTester tester;

  /** Each has a fresh world, or that of a file. */
  RecipeBody(Path folder) {
    this.folder = folder;
    this.before = "";
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  /**
   * All have one simulator.
   *
   * @param before JavaScript at the top of each body
   */
  RecipeBody(Path folder, ProxmoxSimulator simulator, Clock clock, String before) {
    this.folder = folder;
    this.before = before;
    this.tester =
        RecipeTester.of(
            Hearth.builder()
                .home(folder.resolve("home"))
                .clock(clock)
                .bindings(List.of(new ProxmoxBinding((saved, time, net) -> simulator)))
                .environment(name -> Optional.empty())
                .build());
  }

  /** The file whose world they run in, if it is there; else each has a fresh one. */
  Path world() {
    return folder.resolve("world.json");
  }

  RunResult run(String body) throws Exception {
    var recipe = Files.writeString(folder.resolve("recipe.js"), RECIPE.formatted(before, body));
    return Files.exists(world())
        ? tester.run(recipe, request -> request.simulatedIn(world()))
        : tester.run(recipe, RunRequest::simulated);
  }

  /** What it returns. */
  String value(String body) throws Exception {
    return String.valueOf(whole(body).value());
  }

  /** The same, of what returns something. */
  JsonNode data(String body) throws Exception {
    return requireNonNull(whole(body).value());
  }

  private RunResult whole(String body) throws Exception {
    var result = run(body);
    assertThat(result.error()).isNull();
    return result;
  }

  /** What the last one logged. */
  List<String> log() {
    return tester.log();
  }
}
