package dev.hearth.runtime.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.effect.gate.ClosedFolders;
import dev.hearth.runtime.engine.GraalModuleParser;
import dev.hearth.runtime.spi.Binding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code hearth check} finds. */
class RecipeCheckTest {
  private static final Bindings BINDINGS =
      Bindings.of(List.of(new Named("proxmox"), new Named("docker"), new Quiet("log")));

  private final FakeFiles files = new FakeFiles();

  /** A binding that reaches a system. */
  private record Named(String name) implements Binding {}

  /** A binding that reaches none. */
  private record Quiet(String name) implements Binding {
    @Override
    public boolean needsIntent() {
      return false;
    }
  }

  private List<ErrorReport> check(String text) {
    files.with("lab/recipe.js", text);
    return checker(Path.of("/home/u")).check(Path.of("lab/recipe.js")).problems();
  }

  private RecipeCheck checker(Path home) {
    var user =
        new RecipeCheck.User(
            Optional.of(home), ClosedFolders.of(List.of(Path.of("lab/own").toAbsolutePath())));
    return new RecipeCheck(
        files, new GraalModuleParser(), BINDINGS, List.of("--json", "--timeout"), user);
  }

  /** The findings as {@code file:line:column code}. */
  private List<String> findings(String text) {
    return check(text).stream()
        .map(
            report ->
                (report.location() == null
                        ? ""
                        : report.location().file()
                            + ":"
                            + report.location().line()
                            + ":"
                            + report.location().column()
                            + " ")
                    + report.code())
        .toList();
  }

  @Test
  void a_sound_recipe_has_no_findings() {
    files
        .with("lab/lib/a.js", "import './b.js'; import { log } from 'hearth:log';")
        .with(
            "lab/lib/b.js", "import '../lib/a.js'; import '../recipe.js'; export * from './a.js';")
        .with("lab/data.json", "{ \"a\": [1, 2] }");

    assertThat(
            check(
                """
                import { proxmox } from 'hearth:proxmox';
                import data from './data.json' with { type: 'json' };
                import * as a from './lib/a.js';
                export const recipe = {
                  params: { memory: { type: 'integer', unit: 'MiB', default: '2GiB' } },
                  permissions: { proxmox: 'write', net: ['example.org:443'] },
                };
                export default async () => import('./lib/b.js');
                """))
        .isEmpty();
  }

  @Test
  void all_findings_come_at_once_in_the_order_of_the_text() {
    assertThat(
            findings(
                """
                import { x } from 'hearth:proxmx';
                import lodash from 'lodash';
                import 'https://example.org/x.js';
                import './missing.js';
                export const recipe = {
                  sumary: 'x',
                  params: { memory: { type: 'int' }, timeout: { type: 'string' } },
                  permissions: { proxmox: 'wirte', net: 'x' },
                  onError: f(),
                };
                export default {};
                """))
        .containsExactly(
            "recipe.default-not-a-function",
            "lab/recipe.js:1:19 module.unknown",
            "lab/recipe.js:2:20 module.unknown",
            "lab/recipe.js:3:8 module.scheme",
            "lab/recipe.js:4:8 module.missing",
            "lab/recipe.js:6:3 recipe.unknown-key",
            "lab/recipe.js:7:29 param.declared-wrong",
            "lab/recipe.js:7:38 param.declared-wrong",
            "lab/recipe.js:8:18 permission.declared-wrong",
            "lab/recipe.js:8:36 permission.declared-wrong",
            "lab/recipe.js:9:12 recipe.not-literal");
  }

  @Test
  void a_syntax_error_is_the_only_finding() {
    assertThat(findings("import 'nowhere';\nconst x = ;"))
        .containsExactly("lab/recipe.js:2:11 recipe.syntax");
  }

  @Test
  void what_was_meant_is_said() {
    files.with("lab/lib/cluster.js", "");

    assertThat(
            check(
                """
                import 'hearth:dokcer';
                import 'proxmox';
                import './lib/clutser.js';
                import './lib/cluster';
                export default () => 1;
                """))
        .extracting(ErrorReport::hint)
        .containsExactly(
            "Did you mean `hearth:docker`?",
            "Did you mean `hearth:proxmox`?",
            "Did you mean `./lib/cluster.js`?",
            "Did you mean `./lib/cluster.js`?");
  }

  @Test
  void findings_in_imported_files_name_those_files() {
    files
        .with("lab/a.js", "import './b.js';\nimport 'hearth:nothing';")
        .with("lab/b.js", "export const x = (1;");

    assertThat(findings("import './a.js';\nexport default () => 1;"))
        .containsExactly("lab/b.js:1:20 recipe.syntax", "lab/a.js:2:8 module.unknown");
  }

  @Test
  void a_system_that_is_used_must_be_declared_wherever_it_is_imported() {
    files.with("lab/a.js", "import { docker } from 'hearth:docker';");

    assertThat(
            check(
                """
                import './a.js';
                import { log } from 'hearth:log';
                export const recipe = { permissions: { proxmox: 'read' } };
                export default () => import('hearth:proxmox');
                """))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("recipe.permission-undeclared");
              assertThat(finding.message())
                  .isEqualTo(
                      "`hearth:docker` is imported, but the recipe declares no permission for it.");
              assertThat(finding.location()).isNotNull();
            });
    assertThat(
            check(
                """
                import './a.js';
                export const recipe = { permissions: { all: true } };
                export default () => 1;
                """))
        .isEmpty();
  }

  @Test
  void json_is_imported_as_json() {
    files
        .with("lab/good.json", "[1]")
        .with("lab/bad.json", "{ a: 1 }")
        .with("lab/twice.json", "{} {}")
        .with("lab/empty.json", "");

    assertThat(
            findings(
                """
                import a from './good.json';
                import b from './bad.json' with { type: 'json' };
                import c from './twice.json' with { type: 'json' };
                import d from './empty.json' with { type: 'json' };
                import e from './gone.json' with { type: 'json' };
                export default () => 1;
                """))
        .containsExactly(
            "lab/recipe.js:1:15 module.json-as-javascript",
            "lab/recipe.js:4:15 module.not-json",
            "lab/recipe.js:5:15 module.missing",
            "lab/bad.json:1:3 module.not-json",
            "lab/twice.json:1:4 module.not-json");
  }

  @Test
  void a_name_that_is_not_exported_is_told_with_what_was_meant() {
    files
        .with("lab/a.js", "export const cluster = 1; export * from './b.js';")
        .with("lab/b.js", "export function node() {} export default 1;")
        .with("lab/c.js", "export { nod } from './a.js';")
        .with("lab/broken.js", "export const x = ;");

    var findings =
        check(
            """
            import { clutser, node, nodes as n } from './a.js';
            import a, { default as b } from './a.js';
            import { log, lgo } from 'hearth:log';
            import * as all from './a.js';
            import './c.js';
            import { unknown } from './broken.js';
            export default () => 1;
            """);

    assertThat(findings)
        .extracting(
            each ->
                each.location() == null
                    ? ""
                    : each.location().line() + ":" + each.location().column(),
            ErrorReport::message,
            ErrorReport::hint)
        .containsExactly(
            tuple("1:10", "`lab/a.js` exports no `clutser`.", "Did you mean `cluster`?"),
            tuple("1:25", "`lab/a.js` exports no `nodes`.", "Did you mean `node`?"),
            tuple("2:8", "`lab/a.js` exports no `default`.", "It exports `cluster`, `node`."),
            tuple("2:13", "`lab/a.js` exports no `default`.", "It exports `cluster`, `node`."),
            tuple("3:15", "`hearth:log` exports no `lgo`.", "Did you mean `log`?"),
            tuple(
                "1:18",
                "This is not JavaScript: Expected an operand but found ;.",
                findings.get(5).hint()),
            tuple("1:10", "`lab/a.js` exports no `nod`.", "Did you mean `node`?"));
  }

  @Test
  void nothing_outside_of_the_root_is_read_by_path_or_by_link() {
    files.with("secret.js", "TOP SECRET").link("lab/link.js", "secret.js");

    var findings = check("import '../secret.js';\nimport './link.js';\nexport default () => 1;");

    assertThat(findings)
        .extracting(ErrorReport::code)
        .containsExactly("module.outside", "module.outside");
    assertThat(findings.toString()).doesNotContain("TOP SECRET");
  }

  @Test
  void what_no_run_would_import_is_told_by_the_check() {
    files
        .with("lab/own/secrets.json", "{}")
        .with("lab/.env.js", "TOP SECRET")
        .with("lab/notes", "TOP SECRET");

    assertThat(
            findings(
                """
                import own from './own/secrets.json' with { type: 'json' };
                import './.env.js';
                import './.not-there.js';
                import './notes';
                import './own/not-there.js';
                export default () => 1;
                """))
        .containsExactly(
            "lab/recipe.js:1:17 module.protected",
            "lab/recipe.js:2:8 module.hidden",
            "lab/recipe.js:3:8 module.hidden",
            "lab/recipe.js:4:8 module.not-a-module",
            "lab/recipe.js:5:8 module.protected");
  }

  @Test
  void the_home_folder_is_no_package() {
    files
        .with("home/package.json", "{}")
        .with("home/data.json", "{}")
        .with("home/lab/recipe.js", "import '../data.json';\nexport default () => 1;");

    assertThat(
            checker(Path.of("home").toAbsolutePath())
                .check(Path.of("home/lab/recipe.js"))
                .problems())
        .extracting(ErrorReport::code)
        .containsExactly("module.outside");
  }

  @Test
  void a_package_is_one_thing() {
    files.with("package.json", "{}").with("shared.js", "export const x = 1;");

    assertThat(findings("import '../shared.js';\nexport default () => 1;")).isEmpty();
  }

  @Test
  void a_file_that_is_no_text_is_told_at_its_import() {
    files.with("lab/latin.js", "// é".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(check("import './latin.js';\nexport default () => 1;"))
        .singleElement()
        .extracting(ErrorReport::message)
        .isEqualTo("The imported file `lab/latin.js` cannot be read: it is not UTF-8 text.");
  }

  @Test
  void names_cannot_leave_their_line() {
    assertThat(check("import 'a\\u001b[2J\\nb';\nexport default () => 1;").getFirst().message())
        .isEqualTo("There is no module `a\\u{1B}[2J\\u{A}b`.");
  }

  @Test
  void a_long_chain_of_imports_is_followed_to_its_end() {
    for (int i = 0; i < 500; i++) {
      files.with("lab/m" + i + ".js", "import './m" + (i + 1) + ".js';");
    }
    files.with("lab/m500.js", "const x = ;");

    assertThat(findings("import './m0.js';\nexport default () => 1;"))
        .containsExactly("lab/m500.js:1:11 recipe.syntax");
  }

  @Test
  void a_recipe_in_typescript_is_read_without_its_types() {
    files
        .with(
            "lab/recipe.ts",
            """
            import type { Recipe, Context } from './types.ts';
            import { log } from 'hearth:log';
            import { add, type Sum } from './lib.ts';
            export const recipe: Recipe = {
              summary: 'Adds' as const,
              params: { a: { type: 'integer' } as Param, b: { type: 'integer' } satisfies Param },
            } satisfies Recipe;
            export default async ({ params }: Context): Promise<Sum> => add(params.a!, params.b);
            """)
        .with(
            "lab/lib.ts",
            "export type Sum = number;\nexport const add = (a: Sum, b: Sum) => a + b;");
    var checked = checker(Path.of("/home/u")).check(Path.of("lab/recipe.ts"));
    assertThat(checked.problems()).isEmpty();
    assertThat(checked.summary()).contains("Adds");
    assertThat(checked.parameters()).containsExactly("a", "b");
  }

  @Test
  void a_type_that_is_imported_as_a_value_is_answered_with_how_to_import_it() {
    files.with("lab/types.ts", "export interface Machine { name: string }\nexport const x = 1;");
    assertThat(check("import { x, Machine } from './types.ts';\nexport default () => x;"))
        .extracting(ErrorReport::code, ErrorReport::message, ErrorReport::hint)
        .containsExactly(
            tuple(
                "module.no-such-export",
                "`lab/types.ts` exports no `Machine`.",
                "`Machine` is a type there: write `import type { Machine }` or"
                    + " `import { type Machine }`."));
  }

  @Test
  void an_import_that_names_the_javascript_of_a_typescript_file_is_answered_with_that_file() {
    files.with("lab/lib.ts", "export const x = 1;");
    assertThat(check("import { x } from './lib.js';\nexport default () => x;"))
        .extracting(ErrorReport::hint)
        .containsExactly("Did you mean `./lib.ts`?");
  }

  @Test
  void what_is_no_typescript_is_told_at_its_line() {
    files.with("lab/lib.ts", "export const x = 1;\nexport const y: = 2;");
    assertThat(findings("import { x } from './lib.ts';\nexport default () => x;"))
        .containsExactly("lab/lib.ts:2:17 recipe.not-typescript");
  }
}
