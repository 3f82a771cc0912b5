package dev.hearth.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of imports that lead nowhere: all of them, each with its place. */
class BrokenImportsTest {
  @TempDir private Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    var file = folder.resolve("recipes").resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    return Files.writeString(file, text);
  }

  private RunResult run(String recipe) throws Exception {
    return Hearth.builder()
        .home(folder.resolve("home"))
        .bindings(List.of())
        .build()
        .run(RunRequest.of(file("recipe.js", recipe)));
  }

  /** The errors as {@code file:line:column code}. */
  private List<String> errors(String recipe) throws Exception {
    var result = run(recipe);
    var found = new ArrayList<String>();
    var first = requireNonNull(result.error());
    found.add(line(first));
    first.also().forEach(each -> found.add(line(each)));
    return found;
  }

  private static String line(ErrorReport error) {
    var place = error.location();
    return place == null
        ? error.code()
        : "%s:%d:%d %s"
            .formatted(
                Path.of(place.file()).getFileName(), place.line(), place.column(), error.code());
  }

  @Test
  void all_broken_imports_are_told_with_their_lines() throws Exception {
    file("data.json", "{}");
    file("cut.json", "{\n  \"a\": ");
    Files.createDirectories(folder.resolve("recipes/lib"));
    file("a.js", "\nimport { nod } from './b.js';\nimport './nowhere.js';");
    file("b.js", "export const node = 1;");

    assertThat(
            errors(
                """
                import './missing.js';
                import fs from 'fs';
                import path from 'node:path';
                import '../outside.js';
                import data from './data.json';
                import cut from './cut.json' with { type: 'json' };
                import './lib';
                import './a.js';
                export default () => 1;
                """))
        .containsExactly(
            "recipe.js:1:8 module.missing",
            "recipe.js:2:16 module.unknown",
            "recipe.js:3:18 module.scheme",
            "recipe.js:4:8 module.outside",
            "recipe.js:5:18 module.json-as-javascript",
            "cut.json:2:8 module.not-json",
            "recipe.js:7:8 module.not-a-file",
            "a.js:3:8 module.missing",
            "a.js:2:10 module.no-such-export");
  }

  @Test
  void each_alone_is_told_as_well() throws Exception {
    file("data.json", "{}");
    file("empty.json", "");
    file("a.js", "export const node = 1;");
    assertThat(errors("import data from './data.json';\nexport default () => 1;"))
        .containsExactly("recipe.js:1:18 module.json-as-javascript");
    assertThat(
            errors("import d from './empty.json' with { type: 'json' };\nexport default () => 1;"))
        .containsExactly("recipe.js:1:15 module.not-json");
    assertThat(errors("import { nod } from './a.js';\nexport default () => 1;"))
        .containsExactly("recipe.js:1:10 module.no-such-export");
  }

  @Test
  void an_import_that_a_function_makes_has_its_place_too() throws Exception {
    file("data.json", "{}");
    assertThat(errors("export default async () => {\n  await import('./missing.js');\n};"))
        .containsExactly("recipe.js:2:9 module.missing");
    assertThat(errors("export default async () => {\n  await import('./data.json');\n};"))
        .containsExactly("recipe.js:2:16 module.json-as-javascript");
  }

  @Test
  void an_import_that_was_caught_is_not_to_blame() throws Exception {
    assertThat(
            errors(
                """
                try { await import('./missing.js'); } catch {}
                export default () => { throw 'something else'; };
                """))
        .containsExactly("recipe.js:2:24 recipe.error");
  }

  @Test
  void a_folder_is_the_recipes_fault() throws Exception {
    Files.createDirectories(folder.resolve("recipes/lib"));
    var result = run("import './lib';\nexport default () => 1;");
    assertThat(result.exitStatus()).isEqualTo(1);
    assertThat(requireNonNull(result.error()).message()).endsWith("is no file: it is a folder.");
  }

  @Test
  void a_text_that_is_no_json_is_an_error_of_the_line_that_reads_it() throws Exception {
    assertThat(errors("export default () => {\n  return JSON.parse('{');\n};"))
        .containsExactly("recipe.js:2:15 recipe.error");
  }

  @Test
  void a_byte_order_mark_may_stand_before_everything_even_a_shebang() throws Exception {
    file("lib.js", "\uFEFF#!/usr/bin/env hearth\nexport const x = 2;");
    var result =
        run("\uFEFF#!/usr/bin/env hearth\nimport { x } from './lib.js';\nexport default () => x;");
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("2");
  }
}
