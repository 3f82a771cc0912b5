package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.ErrorReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import} finds, and how it says that it does not. */
class ModulesTest {
  private EngineFixture engine;
  private Path outside;

  ModulesTest(@TempDir Path folder) throws IOException {
    outside = Files.writeString(folder.resolve("secret.js"), "export default 'secret';");
    engine = new EngineFixture(Files.createDirectory(folder.resolve("recipes")));
  }

  @BeforeEach
  void files() {
    engine
        .file("lib/a.js", "import { b } from './b.js'; export const a = () => 'a' + b();")
        .file("lib/b.js", "import { a } from './a.js'; export const b = () => typeof a;")
        .file("data.json", "{\"size\": 3}")
        .file("broken.js", "export const x = 1;\nexport const y = (2;\n");
  }

  private ErrorReport error(String recipe) {
    return requireNonNull(engine.run(recipe).error());
  }

  @Test
  void relative_files_cycles_and_json_are_imported() {
    var outcome =
        engine.run(
            """
            import { a } from './lib/a.js';
            import data from './data.json' with { type: 'json' };
            const later = await import('./lib/b.js');
            export default () => [a(), data.size, later.b()];
            """);
    assertThat(outcome.error()).isNull();
    assertThat(outcome.value()).hasToString("[\"afunction\",3,\"function\"]");
  }

  @Test
  void a_mistyped_module_is_answered_with_what_was_meant() {
    var error = error("import { x } from 'hearth:labb';\nexport default () => x;");
    assertThat(error.code()).isEqualTo("module.unknown");
    assertThat(error.message()).isEqualTo("There is no module `hearth:labb`.");
    assertThat(error.hint()).isEqualTo("Did you mean `hearth:lab`?");
  }

  @Test
  void a_bare_name_is_answered_with_the_hearth_module() {
    assertThat(error("import lab from 'lab';\nexport default () => lab;").hint())
        .isEqualTo("Did you mean `hearth:lab`?");
  }

  @Test
  void a_missing_file_is_named() {
    var error = error("import './nope.js';\nexport default () => 1;");
    assertThat(error.message()).isEqualTo("The imported file `nope.js` does not exist.");
  }

  @Test
  void a_syntax_error_points_into_the_imported_file() {
    var error = error("import './broken.js';\nexport default () => 1;");
    assertThat(error.code()).isEqualTo("recipe.syntax");
    var place = requireNonNull(error.location());
    assertThat(place.file()).endsWith("broken.js");
    assertThat(place.line()).isEqualTo(2);
    assertThat(place.text()).isEqualTo("export const y = (2;");
  }

  @Test
  void files_outside_of_the_root_are_refused_by_path_and_by_link() throws IOException {
    assertThat(error("import s from '../secret.js';\nexport default () => s;").code())
        .isEqualTo("module.outside");
    Files.createSymbolicLink(outside.resolveSibling("recipes/link.js"), outside);
    assertThat(error("import s from './link.js';\nexport default () => s;").code())
        .isEqualTo("module.outside");
  }

  @Test
  void the_web_is_no_module() {
    assertThat(error("import 'https://example.org/x.js';\nexport default () => 1;").message())
        .isEqualTo(
            "Cannot import `https://example.org/x.js`: recipes import `hearth:` modules and"
                + " relative files.");
  }

  @Test
  void the_door_of_the_facades_is_closed_to_recipes() {
    for (var specifier :
        new String[] {
          "hearth:binding",
          "hearth:binding/echoes",
          "hearth:binding/echoes/loud",
          "hearth-internal:binding",
          "hearth-internal:binding/echoes",
          "hearth-internal:0000/binding",
          "hearth-internal:0000/binding/echoes",
          "hearth-internal:0000/binding/echoes/loud",
          "hearth:binding%2Fechoes",
          "/hearth:/binding.internal.js",
          "/hearth:/lab.js"
        }) {
      var outcome = engine.run("export default () => import('%s');".formatted(specifier));
      assertThat(outcome.error()).as(specifier + " gave " + outcome.value()).isNotNull();
    }
    var outcome =
        engine.run(
            """
            export default () => {
              let stolen;
              try { globalThis.__hearthBinding = (key) => { stolen = key; }; } catch (e) { stolen = e.name; }
              return [String(globalThis.__hearthBinding('guess')), stolen,
                Object.keys(globalThis).includes('__hearthBinding')];
            };
            """);
    assertThat(outcome.value()).hasToString("[\"undefined\",\"TypeError\",false]");
  }

  @Test
  void facades_share_a_module_that_has_the_door_too() {
    var outcome =
        engine.run(
            """
            import { echo, times } from 'hearth:sharing';
            import { times as others } from 'hearth:sharer';
            export default async () => [await echo('hello'), times(), others()];
            """);
    assertThat(outcome.error()).isNull();
    assertThat(outcome.value()).hasToString("[\"hello\",1,1]");
  }

  @Test
  void a_facade_has_pieces_of_its_own() {
    var outcome =
        engine.run("import { loud } from 'hearth:sharing';\nexport default () => loud('hello');");
    assertThat(outcome.error()).isNull();
    assertThat(outcome.value()).hasToString("\"hello!\"");
  }

  @Test
  void an_error_of_a_shared_module_points_at_the_recipe() {
    var error = error("import { echo } from 'hearth:sharing';\nexport default () => echo();");
    assertThat(error.code()).isEqualTo("lab.echo");
    var place = requireNonNull(error.location());
    assertThat(place.file()).endsWith("recipe.js");
    assertThat(place.line()).isEqualTo(2);
  }

  @Test
  void eval_and_function_from_text_are_off() {
    var outcome =
        engine.run(
            """
            export default () => {
              const refused = [];
              for (const attempt of [() => eval('1'), () => new Function('return 1')(),
                () => (async () => {}).constructor('return 1')()]) {
                try { attempt(); refused.push('ran'); } catch (e) { refused.push(e.name); }
              }
              return refused;
            };
            """);
    assertThat(outcome.value()).hasToString("[\"EvalError\",\"EvalError\",\"EvalError\"]");
  }

  @Test
  void a_module_without_a_default_function_says_what_to_write() {
    assertThat(error("export const x = 1;").code()).isEqualTo("recipe.no-default-export");
    assertThat(error("export default 5;").code()).isEqualTo("recipe.default-not-a-function");
  }

  @Test
  void an_error_while_a_module_is_evaluated_has_its_place() {
    var place = requireNonNull(error("const x = 1;\nx.y.z();\nexport default () => 1;").location());
    assertThat(place.line()).isEqualTo(2);
  }
}
