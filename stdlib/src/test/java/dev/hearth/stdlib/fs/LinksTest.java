package dev.hearth.stdlib.fs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.testing.RecipeTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Symbolic links and copies of folders, by a recipe that may use one folder and not another. */
@Timeout(20)
class LinksTest {
  private final Path folder;
  private final Path granted;
  private final Path other;
  private final RecipeTester tester;

  LinksTest(@TempDir Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.granted = Files.createDirectory(this.folder.resolve("granted"));
    this.other = Files.createDirectory(this.folder.resolve("other"));
    Files.writeString(other.resolve("secret"), "secret");
    this.tester = RecipeTester.in(this.folder.resolve("home"));
  }

  private JsonNode value(String body) throws IOException, InterruptedException {
    return value(body, granted, granted);
  }

  private JsonNode value(String body, Path read, Path write)
      throws IOException, InterruptedException {
    var recipe =
        """
        import { fs } from 'hearth:fs';
        export const recipe = { permissions: { read: ['%3$s'], write: ['%4$s'] } };
        const d = '%1$s/granted';
        const o = '%1$s/other';
        const code = async (work) => { try { return await work ?? 'done'; } catch (e) { return e.code; } };
        export default async () => {
        %2$s
        };
        """
            .formatted(folder, body.indent(2).stripTrailing(), read, write);
    var result =
        tester.run(
            Files.writeString(folder.resolve("recipe.js"), recipe),
            request -> request.allow("read=" + read).allow("write=" + write));
    assertThat(tester.error()).isEmpty();
    return requireNonNull(result.value());
  }

  @Test
  void a_link_is_made_told_read_and_switched_at_once() throws Exception {
    assertThat(
            value(
                """
                await fs.mkdir(`${d}/releases/1`);
                await fs.mkdir(`${d}/releases/2`);
                await fs.symlink('releases/1', `${d}/current`);
                await fs.symlink(`${d}/releases/none`, `${d}/dangling`);
                const told = [
                  (await fs.lstat(`${d}/current`)).type, (await fs.stat(`${d}/current`)).type,
                  (await fs.lstat(`${d}/dangling`)).type, await fs.stat(`${d}/dangling`),
                  await fs.readLink(`${d}/current`),
                  await code(fs.symlink('releases/2', `${d}/current`)), await code(fs.readLink(`${d}/releases`)),
                  await code(fs.readLink(`${d}/nothing`)), await fs.lstat(`${d}/nothing`),
                  await code(fs.symlink('releases/1/../2', `${d}/odd`)), await code(fs.append(`${d}/dangling`, 'x')),
                ];
                await fs.symlink('releases/2', `${d}/current`, { replace: true });
                return [...told, await fs.realPath(`${d}/current`) === `${d}/releases/2`, await fs.list(d),
                  await code(fs.symlink('x', `${d}/releases`, { replace: true }))];
                """))
        .hasToString(
            "[\"link\",\"folder\",\"link\",null,\"releases/1\",\"file.already-exists\",\"file.not-a-link\","
                + "\"file.not-found\",null,\"file.link-target\",\"file.link-in-the-way\",true,"
                + "[\"current\",\"dangling\",\"releases\"],\"file.already-exists\"]");
  }

  @Test
  void no_link_is_made_that_leads_to_what_is_not_granted() throws Exception {
    Files.createSymbolicLink(granted.resolve("out"), other);
    assertThat(
            value(
                """
                await fs.mkdir(`${d}/sub`);
                return Promise.all([
                  fs.symlink(`${o}/secret`, `${d}/a`), fs.symlink('../other', `${d}/b`),
                  fs.symlink('../../other/secret', `${d}/sub/c`), fs.symlink('out/secret', `${d}/e`),
                  fs.symlink('../granted-not', `${d}/f`), fs.symlink(`${d}/sub`, `${o}/g`),
                  fs.readLink(`${o}/link`), fs.lstat(`${o}/link`),
                ].map(code));
                """))
        .hasToString(
            "[\"permission.denied\",\"permission.denied\",\"permission.denied\","
                + "\"permission.leads-outside\",\"permission.denied\",\"permission.denied\","
                + "\"permission.denied\",\"permission.denied\"]");
    try (var left = Files.list(granted)) {
      assertThat(left.map(path -> String.valueOf(path.getFileName()))).containsOnly("sub", "out");
    }
  }

  @Test
  void what_may_be_read_only_is_not_linked_to_and_what_may_be_written_only_neither()
      throws Exception {
    var link = "return code(fs.symlink(`${o}/secret`, `${d}/a`));";
    assertThat(value(link, folder, granted)).hasToString("\"permission.denied\"");
    assertThat(value(link, granted, folder)).hasToString("\"permission.denied\"");
    assertThat(value(link, folder, folder)).hasToString("\"done\"");
  }

  @Test
  void a_link_does_not_become_one_that_leads_outside_by_being_moved() throws Exception {
    assertThat(
            value(
                """
                await fs.mkdir(`${d}/a/b/in`);
                await fs.symlink('../../other', `${d}/a/b/up`);
                await fs.symlink('../../../other', `${d}/a/b/in/up`);
                await fs.symlink('..', `${d}/a/b/in/within`);
                const told = [
                  await code(fs.move(`${d}/a/b/up`, `${d}/up`)),
                  await code(fs.move(`${d}/a/b`, `${d}/b`)),
                ];
                await fs.remove(`${d}/a/b/up`);
                await fs.remove(`${d}/a/b/in/up`);
                return [...told, await code(fs.move(`${d}/a/b`, `${d}/b`)), await fs.list(`${d}/b/in`)];
                """))
        .hasToString("[\"permission.denied\",\"permission.denied\",\"done\",[\"within\"]]");
  }

  @Test
  void a_folder_is_copied_with_modes_and_links_and_what_else_is_there_stays() throws Exception {
    assertThat(
            value(
                """
                await fs.mkdir(`${d}/from/deep/er`);
                await fs.write(`${d}/from/deep/er/f`, 'new', { mode: '0750' });
                await fs.write(`${d}/from/g`, 'g');
                await fs.symlink('deep/er', `${d}/from/link`);
                await fs.chmod(`${d}/from/deep/er`, '0555');
                await fs.mkdir(`${d}/to/deep/er`);
                await fs.write(`${d}/to/deep/er/f`, 'old');
                await fs.write(`${d}/to/kept`, 'kept');
                await fs.copy(`${d}/from`, `${d}/to`, { recursive: true });
                await fs.chmod(`${d}/to/deep/er`, '0755');
                await fs.copy(`${d}/from`, `${d}/to`, { recursive: true });
                const found = [];
                for await (const { path, mode, type } of fs.walk(`${d}/to`)) {
                  found.push(`${type} ${path.slice(d.length + 4)} ${type === 'link' ? '' : mode}`);
                }
                for (const at of ['from', 'to']) await fs.chmod(`${d}/${at}/deep/er`, '0755');
                return [found, await fs.read(`${d}/to/deep/er/f`), await fs.readLink(`${d}/to/link`),
                  await code(fs.copy(`${d}/from`, `${d}/from/deep/again`, { recursive: true })),
                  await code(fs.copy(`${d}/from`, `${d}/x`)),
                  await code(fs.copy(`${d}/nothing`, `${d}/x`, { recursive: true }))];
                """))
        .hasToString(
            "[[\"folder deep 0755\",\"file g 0644\",\"file kept 0644\",\"link link \",\"folder deep/er 0555\","
                + "\"file deep/er/f 0750\"],\"new\",\"deep/er\",\"fs.into-itself\",\"file.not-a-file\","
                + "\"file.not-found\"]");
    assertThat(Files.isSymbolicLink(granted.resolve("to/link"))).isTrue();
    assertThat(Files.exists(granted.resolve("x"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
