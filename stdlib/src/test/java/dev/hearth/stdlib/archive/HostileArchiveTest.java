package dev.hearth.stdlib.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives from somebody who means harm: refused by name, and nothing is left of them. */
@Timeout(60)
class HostileArchiveTest {
  private ArchiveRecipe recipe;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    recipe = new ArchiveRecipe(folder);
    Files.writeString(recipe.granted.resolve("victim"), "victim");
  }

  /** What unpacking says; the folder it was to be unpacked to is not there afterwards. */
  private String refusal(byte[] archive, String options) throws Exception {
    Files.write(recipe.granted.resolve("a"), archive);
    var told =
        recipe
            .value("return told(archive.unpack(`${d}/a`, `${d}/in/to`, %s));".formatted(options))
            .asText();
    assertThat(recipe.granted.resolve("in/to")).doesNotExist();
    assertThat(recipe.granted.resolve("victim")).hasContent("victim");
    try (var beside = Files.list(recipe.granted)) {
      assertThat(beside.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder("a", "in", "victim");
    }
    return told;
  }

  private String refusal(byte[] archive) throws Exception {
    return refusal(archive, "{}");
  }

  @ParameterizedTest
  @CsvSource({
    "../victim",
    "../../victim",
    "x/../../victim",
    "x/..",
    "/victim",
    "//victim",
    "C:\\victim",
    "c:/victim",
  })
  void no_name_leads_out(String name) throws Exception {
    var message =
        "In `D/a` the entry `%s` leads out of the folder it is unpacked to. Do not trust this"
            + " archive; look at what is in it with `archive.list`.";
    assertThat(refusal(new Forged().file("ok", "ok").file(name, "x").bytes()))
        .isEqualTo(message.formatted(name));
    assertThat(refusal(Forged.zip(name, 0100644, new byte[3])))
        .isEqualTo(message.formatted(name.replace('\\', '/')));
  }

  @ParameterizedTest
  @CsvSource({
    "link, ..",
    "link, ../victim",
    "link, /etc/passwd",
    "d/link, ../../victim",
    "d/link, x/../../../victim",
    "d/link, x/..",
    "link, ./../victim"
  })
  void no_link_leads_out(String name, String target) throws Exception {
    assertThat(refusal(new Forged().link(name, target).bytes()))
        .startsWith(
            "In `D/a` the link `%s` leads to `%s`, which may be outside".formatted(name, target));
    assertThat(refusal(Forged.zip(name, 0120777, target.getBytes(UTF_8))))
        .startsWith(
            "In `D/a` the link `%s` leads to `%s`, which may be outside".formatted(name, target));
  }

  @Test
  void nothing_is_written_through_a_link_or_below_a_file() throws Exception {
    assertThat(refusal(new Forged().link("d", "x").file("d/victim", "x").bytes()))
        .startsWith("In `D/a` the entry `d/victim` stands below `d`, which is no folder.");
    assertThat(refusal(new Forged().file("d", "x").file("d/e/victim", "x").bytes()))
        .startsWith("In `D/a` the entry `d/e/victim` stands below `d`, which is no folder.");
    assertThat(refusal(new Forged().link("d", "x").file("d", "x").bytes()))
        .startsWith("In `D/a` the entry `d` comes twice.");
    assertThat(refusal(new Forged().file("d/e", "x").file("d", "x").bytes()))
        .startsWith("In `D/a` the entry `d` comes twice.");
    assertThat(refusal(new Forged().file("./d", "x").file("d", "y").bytes()))
        .startsWith("In `D/a` the entry `d` comes twice.");
  }

  @Test
  void a_second_name_is_of_a_file_in_the_archive_and_nothing_else() throws Exception {
    for (var target : new String[] {"/etc/passwd", "../victim", "none", "later", "link", "dir"}) {
      var forged =
          new Forged()
              .link("link", "dir")
              .entry("dir/", TarConstants.LF_DIR, "", "")
              .entry("second", TarConstants.LF_LINK, target, "")
              .file("later", "x");
      assertThat(refusal(forged.bytes())).as(target).startsWith("In `D/a` the ");
    }
  }

  @Test
  void devices_and_pipes_are_refused_and_can_be_left_aside() throws Exception {
    for (var kind :
        new byte[] {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO, 'Z'}) {
      var bytes = new Forged().file("f", "x").entry("dev", kind, "", "").bytes();
      assertThat(refusal(bytes))
          .startsWith("In `D/a` the entry `dev` is neither a file nor a folder nor a link.");
      assertThat(
              recipe
                  .value("return archive.unpack(`${d}/a`, `${d}/in/f`, { only: ['f'] });")
                  .path("files")
                  .asInt())
          .isEqualTo(1);
      assertThat(
              recipe
                  .value("return (await archive.list(`${d}/a`)).map((e) => e.type).join();")
                  .asText())
          .isEqualTo("file,other");
      Files.delete(recipe.granted.resolve("in/f/f"));
      Files.delete(recipe.granted.resolve("in/f"));
    }
  }

  @Test
  void names_that_move_a_cursor_or_are_none_are_refused_and_shown_harmless() throws Exception {
    assertThat(refusal(new Forged().file("a\u001b[2Jb", "x").bytes()))
        .isEqualTo(
            "In `D/a` an entry is named `a\\u{1B}[2Jb`, which is no name for a file. Do not trust"
                + " this archive; look at what is in it with `archive.list`.");
    for (var name : new String[] {"a\nb", "a\r", "\u0085", "d/" + "x/".repeat(300) + "y"}) {
      assertThat(refusal(new Forged().file(name, "x").bytes())).contains("no name for a file");
    }
  }

  @Test
  void links_can_be_left_out_and_modes_lose_what_gives_rights_of_others() throws Exception {
    Files.write(
        recipe.granted.resolve("a"), new Forged().link("evil", "/etc").file("f", "x").bytes());
    assertThat(
            recipe
                .value("return archive.unpack(`${d}/a`, `${d}/in`, { links: false });")
                .toString())
        .isEqualTo("{\"files\":1,\"folders\":0,\"links\":0,\"sizeBytes\":1}");
    var file = recipe.granted.resolve("in/f");
    assertThat(Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS)).isEqualTo(0100755);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void a_link_that_the_user_has_in_the_folder_is_not_a_way_out() throws Exception {
    Files.createDirectories(recipe.granted.resolve("to"));
    Files.createSymbolicLink(recipe.granted.resolve("to/d"), Path.of("/etc"));
    Files.write(recipe.granted.resolve("a"), new Forged().file("d/passwd", "x").bytes());
    Files.write(recipe.granted.resolve("b"), new Forged().link("l", "d/passwd").bytes());
    assertThat(
            recipe.value(
                """
                return [await code(archive.unpack(`${d}/a`, `${d}/to`, { overwrite: true })),
                  await code(archive.unpack(`${d}/b`, `${d}/to`)), await fs.list(`${d}/to`)];
                """))
        .hasToString("[\"archive.in-the-way\",\"permission.leads-outside\",[\"d\"]]");
  }

  @Test
  void what_fills_a_disk_is_stopped_by_a_limit_that_has_a_name() throws Exception {
    var bomb = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bomb)) {
      for (var i = 0; i < 400; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    assertThat(refusal(bomb.toByteArray()))
        .isEqualTo(
            "`D/a` becomes more than 200 times as large as it is, as archives do that fill disks."
                + " Look at where it comes from; if that is meant, pass a larger `maxRatio`.");
    assertThat(refusal(bomb.toByteArray(), "{ maxBytes: 1000, maxRatio: 5000 }"))
        .startsWith("`D/a` holds more than 1000 bytes.");
    assertThat(refusal(Forged.zip("f", 0, new byte[400 << 20]))).startsWith("`D/a` becomes more");
    var many = new Forged();
    for (var i = 0; i < 20; i++) {
      many.file("f" + i, "x");
    }
    var twenty = many.gzipped();
    assertThat(refusal(twenty, "{ maxEntries: 19 }")).startsWith("`D/a` has more than 19 entries.");
    assertThat(refusal(twenty, "{ maxEntries: 0 }"))
        .isEqualTo(
            "`maxEntries` takes a whole number from 1 on. Give a number, such as `10 * 2 ** 30`.");
    // Copies of one file by second names count as often as they are made.
    var copies = new Forged().file("f", "x".repeat(1000));
    for (var i = 0; i < 20; i++) {
      copies.entry("l" + i, TarConstants.LF_LINK, "f", "");
    }
    assertThat(refusal(copies.bytes(), "{ maxBytes: 15000 }"))
        .startsWith("`D/a` holds more than 15000");
  }

  @Test
  void headers_that_never_end_do_not_fill_the_memory() throws Exception {
    var name =
        new Forged()
            .entry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, "", "x".repeat(30 << 20));
    assertThat(refusal(name.file("f", "x").gzipped())).startsWith("`D/a` is damaged");
  }

  @Test
  void whatever_is_cut_off_or_changed_is_damaged_and_leaves_nothing() throws Exception {
    var noise = new byte[60_000];
    new Random(2).nextBytes(noise);
    Files.write(recipe.granted.resolve("noise"), noise);
    var archives = Files.createDirectory(recipe.granted.resolveSibling("archives"));
    for (var end : new String[] {"tar", "tar.gz", "tar.zst", "zip", "gz", "zst"}) {
      recipe.value(
          "await archive.pack(`${d}/x.%1$s`, 'noise', { cwd: d }); return 1;".formatted(end));
      Files.move(recipe.granted.resolve("x." + end), archives.resolve("x." + end));
    }
    Files.delete(recipe.granted.resolve("noise"));
    Files.createDirectories(recipe.granted.resolve("in"));
    for (var end : new String[] {"tar", "tar.gz", "tar.zst", "zip", "gz", "zst"}) {
      var whole = Files.readAllBytes(archives.resolve("x." + end));
      for (var length :
          new int[] {
            whole.length / 2,
            whole.length - (end.startsWith("tar") && end.length() == 3 ? 10_000 : 3),
            600
          }) {
        assertThat(refusal(Arrays.copyOf(whole, length), "{ format: '%s' }".formatted(end)))
            .as(end + " cut off at " + length)
            .startsWith("`D/a` is damaged: it was cut off, or changed.");
      }
      if (!end.equals("tar")) { // which has a checksum of its heads only
        whole[whole.length / 2] ^= 1;
        assertThat(refusal(whole, "{ format: '%s' }".formatted(end)))
            .as(end)
            .startsWith("`D/a` is damaged");
      }
    }
  }

  @Test
  void what_is_locked_or_rarely_compressed_is_said_to_be() throws Exception {
    var zip = Forged.zip("f", 0100644, "text text text".getBytes(UTF_8));
    // The directory's entry stands behind the content: flags at 8, method at 10.
    var at = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    zip[at + 8] |= 1;
    assertThat(refusal(zip)).startsWith("`D/a` is or has encrypted entries, which cannot be read.");
    zip[at + 8] &= ~1;
    zip[at + 10] = 98;
    assertThat(refusal(zip)).startsWith("`D/a` is or has entries of a rare compression");
  }
}
