package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules in TypeScript run, and errors show them as they were written. */
class TypeScriptTest {
  private final EngineFixture engine;

  TypeScriptTest(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  private ErrorReport error(String recipe) {
    return requireNonNull(engine.run(recipe).error());
  }

  @Test
  void javascript_and_typescript_import_each_other() {
    engine
        .file("a.ts", "import { b } from './b.js';\nexport const a = (x: number): number => b(x!);")
        .file("b.js", "import { c } from './lib/c.mts';\nexport const b = (x) => x + c;")
        .file("lib/c.mts", "export const c = 40 as number satisfies number;");
    var outcome = engine.run("import { a } from './a.ts';\nexport default () => a(2);");
    assertThat(outcome.error()).isNull();
    assertThat(outcome.value()).hasToString("42");
  }

  @Test
  void what_is_imported_as_a_type_is_never_loaded() {
    engine.file(
        "a.ts",
        """
        import type { T } from './nowhere.ts';
        import type U from 'no-such-package';
        export type { V } from './nowhere-else.ts';
        export const a: T | U = 1;
        """);
    assertThat(engine.run("import { a } from './a.ts';\nexport default () => a;").value())
        .hasToString("1");
  }

  @Test
  void an_error_is_shown_at_the_line_that_was_written() {
    engine.file(
        "a.ts",
        """
        interface Machine { name: string }
        export function start(machine: Machine | undefined): string {
          return (machine as Machine).name.trim() as string;
        }
        """);
    var place =
        requireNonNull(
            error("import { start } from './a.ts';\nexport default () => start(undefined);")
                .location());
    assertThat(place.file()).endsWith("a.ts");
    assertThat(place.line()).isEqualTo(3);
    assertThat(place.text()).isEqualTo("  return (machine as Machine).name.trim() as string;");
    assertThat(requireNonNull(place.text()).substring(place.column() - 1)).startsWith("(machine");
  }

  @Test
  void what_is_more_than_a_type_is_refused_where_it_stands() {
    engine.file("a.ts", "export const a: number = 1;\nexport enum Color { Red }\n");
    var error = error("import { a } from './a.ts';\nexport default () => a;");
    assertThat(error.code()).isEqualTo("recipe.not-erasable");
    assertThat(error.message())
        .isEqualTo(
            "Here is an enum, which is more than a type: Hearth takes types out and changes nothing"
                + " else.");
    assertThat(error.hint())
        .isEqualTo("Write `const Color = { Red: 'red' } as const;` in its place.");
    var place = requireNonNull(error.location());
    assertThat(place.file() + ":" + place.line() + ":" + place.column()).isEqualTo("a.ts:2:1");
    assertThat(place.text()).isEqualTo("export enum Color { Red }");
  }

  @Test
  void deep_nesting_is_refused_and_ends_nothing_else() {
    engine.file("a.ts", "export const a = " + "[".repeat(200_000));
    var error = error("import { a } from './a.ts';\nexport default () => a;");
    assertThat(error.code()).isEqualTo("recipe.too-deep");
  }

  @Test
  void characters_of_two_units_move_nothing() {
    engine.file(
        "a.ts", "const b: '😀' | undefined = undefined as any; export const a = b!.size;\n");
    var place = requireNonNull(error("import './a.ts';\nexport default () => 1;").location());
    assertThat(requireNonNull(place.text()).substring(place.column() - 1)).startsWith("b!.size");
  }
}
