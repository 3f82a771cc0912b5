package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe declares against what its text is seen to use. */
class CheckUsesTest {
  private final TypedCommand hearth = new TypedCommand();
  private Path folder = Path.of("");

  @BeforeEach
  void useFolder(@TempDir Path folder) {
    this.folder = folder;
  }

  private String file(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text).toString();
  }

  private JsonNode checked(String recipe) throws IOException {
    assertThat(hearth.type("check", "--json", recipe)).as(hearth.out()).isZero();
    return JsonMapper.builder().build().readTree(hearth.out()).path("files").path(0);
  }

  private static List<String> permissions(JsonNode warnings) {
    var found = new ArrayList<String>();
    warnings.forEach(each -> found.add(each.path("details").path("permission").asText()));
    return found;
  }

  /** What is used and not declared. */
  private List<String> undeclared(String text) throws IOException {
    return permissions(checked(file("recipe.js", text)).path("undeclared"));
  }

  /** What is declared and not used, in one line. */
  private List<String> unused(String permissions, String text) throws IOException {
    var recipe = "export const recipe = { permissions: " + permissions + " };\n" + text;
    var found = checked(file("recipe.js", recipe));
    assertThat(permissions(found.path("undeclared"))).isEmpty();
    return permissions(found.path("unused"));
  }

  @Test
  void what_is_used_and_not_declared_is_a_warning_with_its_line_and_what_to_declare()
      throws IOException {
    var recipe =
        file(
            "recipe.js",
            """
            import { fs } from 'hearth:fs';
            export const recipe = { permissions: { net: ['old.example:443'] } };
            export default async () => fs.read('notes.txt');
            """);
    assertThat(hearth.type("check", recipe)).isZero();
    assertThat(hearth.err().replace(folder + "/", ""))
        .isEqualTo(
            """

            warning: `read=notes.txt` is used here, and the recipe does not declare it.  recipe.use-undeclared
              at recipe.js:3:28
                 3 | export default async () => fs.read('notes.txt');
                   |                            ^
              hint: Add `read: ['notes.txt']` to its `permissions`; else a run refuses it, unless `--allow-read=notes.txt` is given.

            warning: `net=old.example:443` is declared, and nothing in the text uses it.  recipe.declared-unused
              at recipe.js:2:46
                 2 | export const recipe = { permissions: { net: ['old.example:443'] } };
                   |                                              ^
              hint: Take it out if it is not needed; `hearth permissions audit RECIPE` tells what runs used.

            ✓ 1 file checked, nothing is wrong, 2 warnings
            Warnings are read off the text, which shows neither what is computed nor what really runs.
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fetch('https://a.example/x')",
        "fetch(`https://a.example/${process}`)",
        "fetch('https://a.example/' + name, { method: 'POST' })",
        "fetch(new URL('https://user@a.example:443?q'))",
        "fetch(BASE + '/v1')",
        "globalThis.fetch('HTTPS://A.example')",
        "globalThis['fetch']('https://a.example')",
        "http.get('https://a.example/x').json()",
        "http.request('PUT', `https://a.example`)",
        "client.http.post('https://a.example/')",
        "mine.http.delete('https://a.example/')",
        "h.head('https://a.example/')",
        "h?.head?.('https://a.example/')",
      })
  void a_host_is_seen_where_the_text_names_it(String expression) throws IOException {
    file("lib/client.js", "export { http } from 'hearth:http';\n");
    file("lib/all.js", "export * from './client.js';\n");
    assertThat(
            undeclared(
                """
                import { http, http as h } from 'hearth:http';
                import * as client from 'hearth:http';
                import * as mine from './lib/all.js';
                const BASE = 'https://a.example';
                export default async (name, process) => %s;
                """
                    .formatted(expression)))
        .containsExactly("net=a.example:443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fetch(url)",
        "fetch(`https://${url}/x`)",
        "fetch(`https://a.example${url}`)",
        "fetch('https://a.example' + url)",
        "fetch(`https://a.example:${url}/`)",
        "fetch('/relative')",
        "fetch(...['https://a.example'])",
        "fetch.call(null, 'https://a.example')",
        "[fetch][0]('https://a.example')",
        "http.extend({ baseUrl: url }).get('x')",
        "http['g' + 'et']('https://a.example')",
        "import(url)",
        "(await import('hearth:http')).http.get('https://a.example')",
        "globalThis[url]('https://a.example')",
        "(({ http }) => http)({ http }).get('https://a.example')",
      })
  void of_what_is_computed_nothing_is_claimed_either_way(String expression) throws IOException {
    assertThat(
            unused(
                "{ net: ['other.example:443'] }",
                "import { http } from 'hearth:http';\nexport default async (url) => [%s, http];\n"
                    .formatted(expression)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const fetch = (x) => x; fetch('https://a.example');",
        "((fetch) => fetch('https://a.example'))(String);",
        "{ function fetch() {} fetch('https://a.example'); }",
        "try { throw String; } catch (fetch) { fetch('https://a.example'); }",
        "for (const fetch of [String]) fetch('https://a.example');",
        "(class fetch { static x = fetch('https://a.example'); });",
        "(function fetch(x) { return x ?? fetch('https://a.example'); });",
        "const { $, fs } = other; $`git pull`; fs.read('/etc/passwd');",
        "other.fetch('https://a.example'); other.fs.read('/etc/passwd');",
        "({ fetch: 1, fs: 2, $() {} }).fetch;",
        "label: fs: for (;;) break fs;",
        "// fetch('https://a.example')",
        "'fetch(\"https://a.example\")';",
      })
  void what_is_only_called_like_it_is_nothing(String statement) throws IOException {
    assertThat(
            unused(
                "{ net: ['a.example:443'], exec: ['git'], read: ['/etc/passwd'] }",
                """
                import { fs } from 'hearth:fs';
                import { $ } from 'hearth:shell';
                const other = { fs: {} };
                export default async () => { %s
                };
                """
                    .formatted(statement)))
        .containsExactly("net=a.example:443", "exec=git", "read=/etc/passwd");
  }

  @Test
  void programs_are_seen_in_commands_and_a_shell_where_one_is_needed() throws IOException {
    assertThat(
            undeclared(
                """
                import { $ as run } from 'hearth:shell';
                import * as shell from 'hearth:shell';
                export default async (what) => {
                  await run`git pull ${what}`.pipe(run({ cwd: '/' })`/usr/bin/sort -u`);
                  await shell.$`ls *.txt`;
                  await run`${what} --version`;
                  await run`un${what} x`;
                  await run({ shell: 'sh' })`cat *.md`;
                  await run`'not closed`;
                };
                """))
        .containsExactly("exec=git", "exec=/usr/bin/sort", "exec=bash");
  }

  @Test
  void each_module_that_needs_a_permission_is_seen() throws IOException {
    assertThat(
            undeclared(
                """
                import { fs } from 'hearth:fs';
                import { env } from 'hearth:env';
                import { net } from 'hearth:net';
                import { hash } from 'hearth:hash';
                import { secret } from 'hearth:secret';
                import { archive } from 'hearth:archive';
                import { http, serve } from 'hearth:http';
                export const recipe = { permissions: {} };
                export default async () => {
                  await fs.write('a', 'x');
                  await fs.copy('b', 'c');
                  await fs.list();
                  await fs.glob('*.js', { cwd: 'd' });
                  await env.get('HOME');
                  await env.machine();
                  await net.waitForPort('db.example', 5432);
                  await hash.file('e');
                  hash.sha256('f');
                  await secret('token');
                  await archive.unpack('g.zip', 'h');
                  await http.download('https://a.example/i', 'j');
                  serve({ port: 8080 }, () => 204);
                };
                """))
        .containsExactly(
            "write=a",
            "read=b",
            "write=c",
            "read=.",
            "read=d",
            "env=HOME",
            "net=db.example:5432",
            "read=e",
            "secret=token",
            "read=g.zip",
            "read=h",
            "write=h",
            "net=a.example:443",
            "write=j",
            "listen=127.0.0.1:8080");
  }

  @Test
  void what_is_declared_wider_covers_what_is_used() throws IOException {
    assertThat(
            unused(
                "{ net: ['*.example:443'], read: ['.'], env: ['HEARTH_*'], exec: ['/usr/bin/git'],"
                    + " ssh: 'write' }",
                """
                import { fs } from 'hearth:fs';
                import { env } from 'hearth:env';
                import { $ } from 'hearth:shell';
                import { ssh } from 'hearth:ssh';
                export default async () => [
                  await fetch('https://a.example'), await fs.read('deep/file'), await env.find('HEARTH_X'),
                  await $`git status`, await ssh('web1').run`uptime`];
                """))
        .isEmpty();
    assertThat(unused("{ all: true }", "export default () => {};")).isEmpty();
  }

  @Test
  void a_connection_that_is_named_must_be_declared() throws IOException {
    assertThat(
            undeclared(
                """
                import { ssh } from 'hearth:ssh';
                import { proxmox } from 'hearth:proxmox';
                export const recipe = { permissions: { ssh: { web1: 'write' }, proxmox: { lab: 'read' } } };
                export default async () => {
                  await ssh('web1').run`uptime`;
                  await ssh('web2').run`uptime`;
                  await proxmox().nodes.list();
                  await proxmox('nas').nodes.list();
                };
                """))
        .containsExactly("ssh=web2:read", "proxmox=nas:read");
  }

  @Test
  void a_system_that_is_declared_and_never_imported_is_told() throws IOException {
    assertThat(unused("{ proxmox: 'write', images: 'read' }", "export default () => {};"))
        .containsExactly("proxmox:write", "images:read");
  }

  @Test
  void typescript_is_read_like_any_recipe() throws IOException {
    var recipe =
        file(
            "recipe.ts",
            """
            import { fs } from 'hearth:fs';
            import type { Stats } from './types.ts';
            const NAME: string = 'notes.txt';
            export default async (): Promise<string> => (fs as any).read(NAME as string);
            """);
    var found = checked(recipe);
    assertThat(permissions(found.path("undeclared"))).containsExactly("read=notes.txt");
    assertThat(found.path("undeclared").path(0).path("location").path("line").asInt()).isEqualTo(4);
  }

  @Test
  void files_that_are_imported_count_each_with_its_own_line() throws IOException {
    file("lib/a.js", "import { fs } from 'hearth:fs';\nexport const a = () => fs.read('x');\n");
    var recipe =
        file("recipe.js", "import { a } from './lib/a.js';\nexport default async () => a();\n");
    var found = checked(recipe).path("undeclared");
    assertThat(permissions(found)).containsExactly("read=x");
    assertThat(found.path(0).path("location").path("file").asText()).endsWith("lib/a.js");
    assertThat(found.path(0).path("location").path("line").asInt()).isEqualTo(2);
  }

  @Test
  void a_library_must_declare_itself_what_it_uses_and_so_must_the_recipe() throws IOException {
    file(
        "disks/package.json",
        """
        { "name": "disks\\u001b[2J", "hearth": { "permissions": { "read": ["/sys"], "env": ["A"] } } }
        """);
    file(
        "disks/index.js",
        """
        import { fs } from 'hearth:fs';
        import { env } from 'hearth:env';
        export const all = async () => [await fs.read('/sys/block'), await fs.read('/proc/x'), await env.get('A')];
        """);
    var recipe =
        file(
            "recipe.js",
            """
            import { all } from './disks/index.js';
            export const recipe = { permissions: { read: ['/sys', '/proc'] } };
            export default async () => all();
            """);
    var found = checked(recipe);
    assertThat(permissions(found.path("undeclared"))).containsExactly("read=/proc/x", "env=A");
    assertThat(found.path("undeclared").path(0).path("message").asText())
        .isEqualTo(
            "`read=/proc/x` is used here, and library `disks\\u{1B}[2J` does not declare it.");
    assertThat(found.path("undeclared").path(1).path("message").asText())
        .isEqualTo("`env=A` is used here, and the recipe does not declare it.");
  }

  @Test
  void a_library_that_declares_wrongly_is_a_problem() throws IOException {
    file("disks/package.json", "{ \"hearth\": { \"permissions\": { \"reed\": [\"/sys\"] } } }");
    file(
        "disks/index.js",
        "import { fs } from 'hearth:fs';\nexport const a = () => fs.read('/sys');\n");
    var recipe =
        file(
            "recipe.js",
            "import { a } from './disks/index.js';\nexport default async () => a();\n");
    assertThat(hearth.type("check", recipe)).isEqualTo(1);
    assertThat(hearth.err()).contains("permission.declared-wrong").contains("Did you mean `read`?");
  }

  @Test
  void what_a_stranger_wrote_shows_escaped() throws IOException {
    var recipe =
        file(
            "recipe.js",
            """
            import { fs } from 'hearth:fs';
            export default async () => fs.read('\\u001b[2J\\u202e`');
            """);
    assertThat(hearth.type("check", recipe)).isZero();
    assertThat(hearth.err())
        .contains("`read=\\u{1B}[2J\\u{202E}\\u{60}` is used here")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void the_recipes_that_ship_have_nothing_to_warn_of() throws IOException {
    var recipes = Path.of(System.getProperty("basedir", ".")).resolveSibling("recipes");
    assertThat(hearth.type("check", "--json", recipes.toString())).as(hearth.out()).isZero();
    var files = JsonMapper.builder().build().readTree(hearth.out()).path("files");
    assertThat(files).isNotEmpty();
    for (var file : files) {
      assertThat(file.path("undeclared")).as(file.path("file").asText()).isEmpty();
      assertThat(file.path("unused")).as(file.path("file").asText()).isEmpty();
    }
  }
}
