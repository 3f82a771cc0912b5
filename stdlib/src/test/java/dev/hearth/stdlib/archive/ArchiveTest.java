package dev.hearth.stdlib.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth:archive} seen from a recipe. */
@Timeout(30)
class ArchiveTest {
  private ArchiveRecipe recipe;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    recipe = new ArchiveRecipe(folder);
    var site = Files.createDirectories(recipe.granted.resolve("site/css"));
    Files.writeString(site.resolve("main.css"), "body {}");
    Files.writeString(recipe.granted.resolve("site/index.html"), "<html>");
    Files.createDirectories(recipe.granted.resolve("site/node_modules/x"));
    Files.writeString(recipe.granted.resolve("site/node_modules/x/y.js"), "y");
    for (var one : new String[] {"site/css/main.css", "site/index.html", "site/css", "site"}) {
      Files.setLastModifiedTime(
          recipe.granted.resolve(one), FileTime.from(Instant.parse("2024-02-03T04:05:06Z")));
    }
  }

  @Test
  void entries_are_listed_and_one_is_read_from_every_format() throws Exception {
    assertThat(
            recipe.value(
                """
                const told = [];
                for (const end of ['tar', 'tgz', 'tar.zst', 'zip']) {
                  const file = `${d}/site.${end}`;
                  const { entries, leftOut } = await archive.pack(file, '.', { cwd: `${d}/site`, exclude: ['node_modules'] });
                  const list = await archive.list(file);
                  const [{ type, sizeBytes, mode, modified, target }] = list.filter((e) => e.path === 'index.html');
                  told.push([entries, leftOut, list.map((e) => e.path), type, sizeBytes, mode, modified, target ?? null,
                    await archive.read(file, './css/main.css'), (await archive.bytes(file, 'index.html')).length,
                    await code(archive.read(file, 'none')), await code(archive.read(file, 'css')),
                    await code(archive.read(file, '../site/index.html'))].join(' '));
                }
                return told;
                """))
        .hasSize(4)
        .allSatisfy(
            told ->
                assertThat(told.asText())
                    .isEqualTo(
                        "3  css/,css/main.css,index.html file 6 0644 2024-02-03T04:05:06Z  body {} 6"
                            + " archive.no-entry archive.not-a-file archive.no-entry"));
  }

  @Test
  void what_is_packed_is_named_from_a_folder_on_and_can_be_a_list() throws Exception {
    assertThat(
            recipe.value(
                """
                await archive.pack(`${d}/a.tar`, ['site/index.html', './site/css/'], { cwd: d });
                await fs.symlink('/etc/passwd', `${d}/link`).catch(() => undefined);
                await archive.pack(`${d}/site/self.zip`, '.', { cwd: `${d}/site`, exclude: ['css/main.css', 'x'] });
                await archive.pack(`${d}/site/self.zip`, '.', { cwd: `${d}/site` });
                return [(await archive.list(`${d}/a.tar`)).map((e) => e.path).join(' '),
                  (await archive.list(`${d}/site/self.zip`)).map((e) => e.path).join(' '),
                  await code(archive.pack(`${d}/b.tar`, '../x', { cwd: d })), await code(archive.pack(`${d}/b.tar`, '/etc', { cwd: d })),
                  await code(archive.pack(`${d}/b.tar`, 'none', { cwd: d })), await code(archive.pack(`${d}/b.dat`, 'site', { cwd: d })),
                  await code(archive.pack(`${d}/b.gz`, 'site', { cwd: d })), await code(archive.pack(`${d}/b.zip`, 'site', { cwd: d, level: 10 })),
                  await code(archive.pack(`${d}/b.dat`, 'site', { cwd: d, format: 'zip' })), (await archive.list(`${d}/b.dat`)).length,
                  await told(archive.pack(`${d}/b.zip`, 'site', { cwd: d, formt: 'zip' }))];
                """))
        .hasToString(
            "[\"site/css/ site/css/main.css site/index.html\","
                + "\"css/ css/main.css index.html node_modules/ node_modules/x/ node_modules/x/y.js\","
                + "\"archive.not-below\",\"archive.not-below\",\"file.not-found\",\"archive.no-format\","
                + "\"archive.one-file\",\"archive.no-level\",\"done\",8,"
                + "\"`archive.pack` was called with a wrong argument: it has no option `formt`. Did you mean `format`?\"]");
    assertThat(recipe.granted.resolve("b.tar")).doesNotExist();
    assertThat(recipe.granted.resolve("b.gz")).doesNotExist();
  }

  @Test
  void reproducible_archives_are_the_same_byte_for_byte_whatever_the_times_are() throws Exception {
    assertThat(
            recipe.value(
                """
                const same = [];
                for (const end of ['tar', 'tar.gz', 'tar.zst', 'zip']) {
                  await archive.pack(`${d}/1.${end}`, '.', { cwd: `${d}/site`, reproducible: true });
                  await fs.mkdir(`${d}/copy`);
                  await archive.unpack(`${d}/1.${end}`, `${d}/copy`, { overwrite: true });
                  await fs.append(`${d}/copy/index.html`, '');
                  await fs.chmod(`${d}/copy/index.html`, '0600');
                  await archive.pack(`${d}/2.${end}`, '.', { cwd: `${d}/copy`, reproducible: true });
                  const [one, two] = [await fs.bytes(`${d}/1.${end}`), await fs.bytes(`${d}/2.${end}`)];
                  same.push(one.length === two.length && one.every((byte, i) => byte === two[i]));
                }
                return same;
                """))
        .hasToString("[true,true,true,true]");
  }

  @Test
  void part_of_an_archive_is_unpacked_without_its_first_folders() throws Exception {
    assertThat(
            recipe
                .value(
                    """
                await archive.pack(`${d}/a.tar.gz`, 'site', { cwd: d });
                const all = await archive.unpack(`${d}/a.tar.gz`, `${d}/here/new`, { strip: 1, only: ['site/css', 'site/index.html'] });
                const none = await archive.unpack(`${d}/a.tar.gz`, `${d}/none`, { strip: 9 });
                return [all, none, await fs.glob('**', { cwd: `${d}/here`, hidden: true })];
                """)
                .toString()
                .replace(recipe.granted.toString(), "D"))
        .isEqualTo(
            "[{\"files\":2,\"folders\":1,\"links\":0,\"sizeBytes\":13},"
                + "{\"files\":0,\"folders\":0,\"links\":0,\"sizeBytes\":0},"
                + "[\"D/here/new\",\"D/here/new/css\",\"D/here/new/index.html\",\"D/here/new/css/main.css\"]]");
  }

  @Test
  void what_is_there_stays_unless_it_may_be_replaced_and_then_nothing_half() throws Exception {
    assertThat(
            recipe.value(
                """
                await archive.pack(`${d}/a.zip`, '.', { cwd: `${d}/site`, exclude: ['node_modules'] });
                await fs.mkdir(`${d}/there/css`);
                await fs.chmod(`${d}/there/css`, '0700');
                await fs.write(`${d}/there/css/own.css`, 'own');
                await fs.write(`${d}/there/index.html`, 'old');
                const first = await told(archive.unpack(`${d}/a.zip`, `${d}/there`));
                const files = await fs.glob('**', { cwd: `${d}/there`, hidden: true });
                await archive.unpack(`${d}/a.zip`, `${d}/there`, { overwrite: true });
                const text = await fs.read(`${d}/there/index.html`);
                const { mode } = await fs.stat(`${d}/there/css`);
                await fs.remove(`${d}/there/css`, { recursive: true });
                await fs.symlink('.', `${d}/there/css`);
                const way = await told(archive.unpack(`${d}/a.zip`, `${d}/there`, { overwrite: true }));
                return [first, files.length, text, mode, way, await fs.list(`${d}/there`)];
                """))
        .hasToString(
            "[\"`D/there/index.html` already exists. Pass `{ overwrite: true }` to replace it.\",3,\"<html>\",\"0700\","
                + "\"`D/there/css` is something else than the archive has for it. Remove it, or unpack to another"
                + " folder: a folder and a file do not replace each other.\",[\"css\",\"index.html\"]]");
  }

  @Test
  void bytes_and_texts_are_compressed_and_decompressed_up_to_a_limit() throws Exception {
    assertThat(
            recipe.value(
                """
                const back = [];
                for (const format of ['gz', 'zst']) {
                  const small = await archive.compress('a'.repeat(1000000), format);
                  const large = await archive.decompress(small);
                  back.push(small.length < 10000, large.length, (await archive.decompress(await archive.compress('', format))).length,
                    await told(archive.decompress(small, { maxBytes: 999999 })),
                    await code(archive.decompress(small.slice(0, 20))));
                }
                return [...back, await code(archive.decompress(new Uint8Array(9))), await code(archive.compress('x', 'zip')),
                  await code(archive.decompress(new Uint8Array(0), { format: 'gz' })),
                  await told(archive.compress('x', 'rar')).then((text) => text.replace(/.*wrong argument: /, ''))];
                """))
        .hasToString(
            "[true,1000000,0,\"`the bytes` holds more than 999999 bytes. Look at where it comes from; if that is meant,"
                + " pass a larger `maxBytes`.\",\"archive.damaged\",true,1000000,0,"
                + "\"`the bytes` holds more than 999999 bytes. Look at where it comes from; if that is meant, pass a larger"
                + " `maxBytes`.\",\"archive.damaged\",\"archive.no-archive\",\"archive.not-for-bytes\",\"archive.damaged\","
                + "\"`format` takes one of tar, tar.gz, tar.zst, zip, gz, zst. Correct the argument; the module's `.d.ts` says"
                + " what each call takes.\"]");
  }

  @Test
  void what_it_is_is_known_by_its_first_bytes_and_what_it_is_not_is_said() throws Exception {
    assertThat(
            recipe.value(
                """
                const file = `${d}/x.zip`;
                const codes = [];
                await archive.pack(`${d}/a.tar.zst`, 'site', { cwd: d });
                await fs.copy(`${d}/a.tar.zst`, file);
                codes.push(await code(archive.list(file)), await code(archive.list(file, { format: 'zip' })));
                for (const bytes of [[], [0x50, 0x4b, 3, 4], [0x42, 0x5a, 0x68, 0x39], [0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd], [1, 2, 3]]) {
                  await fs.write(file, new Uint8Array(bytes));
                  codes.push(await code(archive.list(file)));
                }
                codes.push(await code(archive.list(`${d}/none`)), await code(archive.list(d)), await code(archive.list('/etc/passwd')),
                  await code(archive.unpack(`${d}/a.tar.zst`, '/etc/x')), await code(archive.pack('/etc/x.tar', 'site', { cwd: d })));
                return codes;
                """))
        .hasToString(
            "[\"done\",\"archive.damaged\",\"archive.no-archive\",\"archive.damaged\",\"archive.unsupported\",\"archive.damaged\","
                + "\"archive.damaged\",\"archive.no-archive\",\"file.not-found\",\"file.not-a-file\",\"permission.denied\","
                + "\"permission.denied\",\"permission.denied\"]");
  }
}
