package dev.hearth.stdlib.archive;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recipes that may use one folder, {@code d}, and what stands in it. */
final class ArchiveRecipe {
  private final Path folder;
  final Path granted;
  final RecipeTester tester;

  ArchiveRecipe(Path temporary) throws IOException {
    folder = temporary.toRealPath();
    granted = Files.createDirectory(folder.resolve("granted"));
    tester = RecipeTester.in(folder.resolve("home"));
  }

  /** What the body of a recipe returns; {@code code} gives the code of a failure. */
  JsonNode value(String body) throws IOException, InterruptedException {
    var recipe =
        """
        import { archive } from 'hearth:archive';
        import { fs } from 'hearth:fs';
        export const recipe = { permissions: { read: ['%1$s'], write: ['%1$s'] } };
        const d = '%1$s';
        const code = async (work) => { try { await work; return 'done'; } catch (e) { return e.code; } };
        const told = async (work) => { try { await work; return 'done'; } catch (e) { return `${e.message} ${e.hint}`.replaceAll(d, 'D'); } };
        export default async () => {
        %2$s
        };
        """
            .formatted(granted, body.indent(2).stripTrailing());
    var result =
        tester.run(
            Files.writeString(folder.resolve("recipe.js"), recipe),
            request -> request.allow("read=" + granted).allow("write=" + granted));
    assertThat(tester.error()).as(String.valueOf(result.error())).isEmpty();
    return requireNonNull(result.value());
  }
}
