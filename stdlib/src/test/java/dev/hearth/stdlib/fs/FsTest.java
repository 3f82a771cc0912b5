package dev.hearth.stdlib.fs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:fs} seen from a recipe that may use one folder. */
@Timeout(20)
class FsTest {
  private final Path folder;
  private final Path granted;
  private final RecipeTester tester;

  FsTest(@TempDir Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.granted = Files.createDirectory(this.folder.resolve("granted"));
    this.tester = RecipeTester.in(this.folder.resolve("home"));
  }

  private RunResult run(String body) throws IOException, InterruptedException {
    var recipe =
        """
        import { fs } from 'hearth:fs';
        export const recipe = { permissions: { read: ['%1$s'], write: ['%1$s'] } };
        const d = '%1$s';
        const codes = async (...works) => {
          const told = [];
          for (const work of works) {
            try { told.push(await work() ?? null); } catch (e) { told.push(e.code); }
          }
          return told;
        };
        export default async ({ log }) => {
        %2$s
        };
        """
            .formatted(granted, body.indent(2).stripTrailing());
    return tester.run(
        Files.writeString(folder.resolve("recipe.js"), recipe),
        request -> request.allow("read=" + granted).allow("write=" + granted));
  }

  private JsonNode value(String body) throws IOException, InterruptedException {
    var result = run(body);
    assertThat(tester.error()).isEmpty();
    return requireNonNull(result.value());
  }

  @Test
  void what_is_written_is_read_as_text_bytes_json_and_lines() throws Exception {
    assertThat(
            value(
                """
                await fs.write(`${d}/a.json`, '{"ä":1}\\n');
                await fs.append(`${d}/a.json`, new Uint8Array([10, 255]));
                await fs.write(`${d}/b.json`, '{"ä":1}');
                const lines = [];
                for await (const line of fs.lines(`${d}/a.json`)) lines.push(line.length);
                return [(await fs.read(`${d}/a.json`)).length, [...await fs.bytes(`${d}/a.json`)].slice(-2),
                  await fs.json(`${d}/b.json`), lines, await fs.list(d)];
                """))
        .hasToString("[10,[10,255],{\"ä\":1},[7,0,1],[\"a.json\",\"b.json\"]]");
  }

  @Test
  void ensure_writes_once_and_tells_what_was_there() throws Exception {
    assertThat(
            value(
                """
                const f = `${d}/conf`;
                const told = [];
                for (const [text, mode] of [['a', '0640'], ['a', '0640'], ['a', '600'], ['b']]) {
                  const { changed, before, after } = await fs.ensure(f, text, { mode });
                  told.push([changed, before && before.text + before.mode, after.text + after.mode]);
                }
                return told;
                """))
        .hasToString(
            "[[true,null,\"a0640\"],[false,\"a0640\",\"a0640\"],[true,\"a0640\",\"a0600\"],"
                + "[true,\"a0600\",\"b0600\"]]");
  }

  @Test
  void folders_and_files_are_made_copied_moved_and_removed() throws Exception {
    assertThat(
            value(
                """
                await fs.mkdir(`${d}/x/y`);
                await fs.write(`${d}/x/f`, 'f', { mode: '0600' });
                await fs.chmod(`${d}/x/f`, '0755');
                await fs.copy(`${d}/x/f`, `${d}/x/y/g`);
                await fs.move(`${d}/x/y/g`, `${d}/x/h`);
                const { type, sizeBytes, mode } = await fs.stat(`${d}/x/h`);
                return [type, sizeBytes, mode, await fs.exists(`${d}/x/y/g`), await fs.stat(`${d}/none`),
                  ...await codes(() => fs.remove(`${d}/x`), () => fs.remove(`${d}/none`),
                    () => fs.remove(`${d}/x`, { recursive: true }), () => fs.list(`${d}/x`),
                    () => fs.chmod(`${d}/x`, '99'), () => fs.read(''), () => fs.read(`${d}/a\\0b`))];
                """))
        .hasToString(
            "[\"file\",1,\"0755\",false,null,\"fs.not-empty\",null,null,\"file.not-found\","
                + "\"fs.mode\",\"fs.no-path\",\"fs.no-path\"]");
  }

  @Test
  void patterns_find_as_minimatch_does_and_no_link_is_followed() throws Exception {
    for (var file :
        List.of("a.js", "a.ts", ".hidden.js", "lib/b.js", "lib/deep/c.js", "lib/deep/d.txt")) {
      var path = granted.resolve(file);
      Files.createDirectories(requireNonNull(path.getParent()));
      Files.writeString(path, file);
    }
    Files.createSymbolicLink(granted.resolve("lib/loop"), granted);
    Files.createSymbolicLink(granted.resolve("out"), Path.of("/etc"));
    assertThat(
            value(
                """
                const found = async (pattern, options) =>
                  (await fs.glob(pattern, { cwd: d, ...options })).map((path) => path.slice(d.length + 1)).join(' ');
                const walked = [];
                for await (const { path, type } of fs.walk(d)) walked.push(`${type[0]}:${path.slice(d.length + 1)}`);
                return [await found('*.js'), await found('**/*.js'), await found('lib/**'), await found('*.{ts,txt}'),
                  await found('**/[b-c].j?'), await found('**/.*'), await found('*.js', { hidden: true }),
                  await found('out/*'), await found('lib/*/c.js'), walked.join(' '),
                  ...await codes(() => found('../*'), () => found('[a'), () => found('{a,{b'), () => found('/etc/*'),
                    () => found('{1,2}'.repeat(9)))];
                """))
        .extracting(JsonNode::asText)
        .containsExactly(
            "a.js",
            "a.js lib/b.js lib/deep/c.js",
            "lib/b.js lib/deep lib/loop lib/deep/c.js lib/deep/d.txt",
            "a.ts",
            "lib/b.js lib/deep/c.js",
            ".hidden.js",
            ".hidden.js a.js",
            "",
            "lib/deep/c.js",
            "f:.hidden.js f:a.js f:a.ts f:lib l:out f:lib/b.js f:lib/deep l:lib/loop"
                + " f:lib/deep/c.js f:lib/deep/d.txt",
            "fs.pattern",
            "fs.pattern",
            "fs.pattern",
            "fs.pattern",
            "fs.pattern");
  }

  @Test
  void nothing_outside_of_the_grant_is_reached_by_any_way() throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.createSymbolicLink(granted.resolve("link"), secret);
    Files.createSymbolicLink(granted.resolve("folder"), folder);
    assertThat(
            value(
                """
                const tried = await codes(
                  () => fs.read(`${d}/../secret`), () => fs.read(`${d}/link`), () => fs.read(`${d}/folder/secret`),
                  () => fs.write(`${d}/link`, 'x'), () => fs.append(`${d}/folder/secret`, 'x'),
                  () => fs.ensure(`${d}/link`, 'x'), () => fs.stat('/etc/passwd'), () => fs.exists(`${d}/folder/secret`),
                  () => fs.list(`${d}/folder`), () => fs.mkdir(`${d}/folder/new`), () => fs.chmod(`${d}/link`, '0777'),
                  () => fs.copy(`${d}/link`, `${d}/copy`), () => fs.move(`${d}/folder/secret`, `${d}/moved`),
                  () => fs.remove(`${d}/folder/secret`), () => fs.remove(`${d}/../secret`),
                  () => fs.realPath(`${d}/link`), () => fs.glob('*', { cwd: `${d}/folder` }),
                  async () => { for await (const _ of fs.watch(`${d}/folder`)); },
                  async () => { for await (const _ of fs.lines(`${d}/link`)); },
                  () => fs.tempFile({ folder: `${d}/folder` }), () => fs.tempFile({ folder: d, prefix: '../x' }));
                return [...new Set(tried)].sort();
                """))
        .hasToString("[\"fs.no-path\",\"permission.denied\",\"permission.leads-outside\"]");
    assertThat(secret).hasContent("secret");
    assertThat(folder).isDirectoryNotContaining("glob:**new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isNotEqualTo("rwxrwxrwx");
  }

  @Test
  void a_link_itself_may_be_removed_and_what_it_leads_to_stays() throws Exception {
    var kept = Files.writeString(folder.resolve("kept"), "kept");
    Files.createSymbolicLink(granted.resolve("link"), kept);
    Files.createDirectory(granted.resolve("tree"));
    Files.createSymbolicLink(granted.resolve("tree/out"), folder);
    value(
        "await fs.remove(`${d}/link`); await fs.remove(`${d}/tree`, { recursive: true }); return 1;");

    assertThat(granted).isEmptyDirectory();
    assertThat(kept).exists();
  }

  @Test
  void temporary_files_and_folders_are_gone_after_the_run_also_when_it_fails() throws Exception {
    var result =
        run(
            """
            const file = await fs.tempFile({ folder: d });
            const folder = await fs.tempFolder({ folder: d, prefix: 'work-' });
            await fs.write(`${folder}/f`, 'x');
            if ((await fs.list(d)).length !== 2 || (await fs.stat(file)).mode !== '0600') throw new Error('not there');
            throw new Error('on purpose');
            """);

    assertThat(requireNonNull(result.error()).message()).isEqualTo("on purpose");
    assertThat(granted).isEmptyDirectory();
  }

  @Test
  void changes_of_a_folder_are_told_until_the_loop_is_left() throws Exception {
    assertThat(
            value(
                """
                const told = [];
                const writing = (async () => {
                  while (told.length === 0) {
                    await fs.append(`${d}/log`, 'x');
                    await new Promise((resolve) => setTimeout(resolve, 20));
                  }
                })();
                for await (const event of fs.watch(d)) { told.push(event); break; }
                await writing;
                return [told[0].name, ['created', 'changed'].includes(told[0].type)];
                """))
        .hasToString("[\"log\",true]");
  }

  @Test
  void a_file_of_any_size_is_read_by_lines_and_not_at_once() throws Exception {
    var big = Files.writeString(granted.resolve("big"), "a line\n".repeat(60_000));
    try (var file = new RandomAccessFile(big.toFile(), "rw")) {
      file.setLength((64L << 20) + 1); // a hole, which takes no place on the disk
    }
    assertThat(
            value(
                """
                let n = 0;
                for await (const line of fs.lines(`${d}/big`)) { if (++n === 50000) break; }
                return [n, ...await codes(() => fs.read(`${d}/big`))];
                """))
        .hasToString("[50000,\"limit.file-too-large\"]");
  }
}
