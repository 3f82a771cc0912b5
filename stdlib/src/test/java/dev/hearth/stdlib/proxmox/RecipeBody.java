package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Recipes of which a test writes only the body: {@code pve} is the simulator, and {@code failure}
 * awaits something and tells how it failed.
 */
final class RecipeBody {
  private static final String RECIPE =
      """
      import { proxmox } from 'hearth:proxmox';
      export const recipe = { summary: 'A test', permissions: { proxmox: 'write' } };
      export default async ({ log, step }) => {
        const pve = proxmox();
        const failure = async (work) => { try { await work(); return 'none'; } catch (e) { return `${e.code}: ${e.message}`; } };
        %s
      };
      """;

  private final Path folder;
  private final RecipeTester tester;

  RecipeBody(Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  /** The file whose world they run in, if it is there; else each has a fresh one. */
  Path world() {
    return folder.resolve("world.json");
  }

  RunResult run(String body) throws Exception {
    var recipe = Files.writeString(folder.resolve("recipe.js"), RECIPE.formatted(body));
    return Files.exists(world())
        ? tester.run(recipe, request -> request.simulatedIn(world()))
        : tester.run(recipe, RunRequest::simulated);
  }

  /** What it returns. */
  String value(String body) throws Exception {
    var result = run(body);
    assertThat(result.error()).isNull();
    return String.valueOf(result.value());
  }
}
