package dev.hearth.stdlib.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.WaitsFor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of this machine and of real containers. */
@WaitsFor("kubernetes")
class CopyContractTest {
  private static PodLab lab;

  private final Path work;
  private final Path here;

  CopyContractTest(@TempDir Path work) throws IOException {
    this.work = work;
    this.here = Files.createDirectory(work.resolve("here"));
  }

  @BeforeAll
  static void start(@TempDir Path folder) {
    lab =
        new PodLab(folder)
            .pod("box", PodLab.box("main"))
            .pod("hostile", PodLab.box("main"))
            .pod("bare", "{ name: 'main', image: bare }");
  }

  @AfterAll
  static void stop() {
    lab.remove();
  }

  private String[] grants() {
    return new String[] {"kubernetes:write", "read=" + work, "write=" + here};
  }

  private String value(String body) {
    return lab.value(body.replace("HERE", here.toString()), grants());
  }

  private String failure(String body) {
    return lab.failure(body.replace("HERE", here.toString()), grants());
  }

  @Test
  void a_file_goes_in_and_comes_back_with_all_its_bytes() throws IOException {
    var bytes = new byte[3_000_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 255);
    }
    Files.write(here.resolve("data.bin"), bytes);

    assertThat(
            value(
                """
                const up = await pod('box').upload('HERE/data.bin', '/tmp/copied.bin');
                const down = await pod('box').download('/tmp/copied.bin', 'HERE/back.bin');
                return [up.files, up.sizeBytes, down.files, down.sizeBytes];
                """))
        .isEqualTo("[1,3000000,1,3000000]");
    assertThat(Files.readAllBytes(here.resolve("back.bin"))).isEqualTo(bytes);
  }

  @Test
  void a_folder_goes_in_and_comes_back_with_modes_links_and_odd_names() throws IOException {
    var folder = Files.createDirectories(here.resolve("site/- a \"b\" ü"));
    Files.writeString(folder.resolve("-rf"), "one");
    Files.createDirectory(here.resolve("site/empty"));
    Files.createSymbolicLink(here.resolve("site/link"), Path.of("empty"));
    var script = Files.writeString(here.resolve("site/run.sh"), "#!/bin/sh\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    assertThat(
            value(
                """
                const up = await pod('box').upload('HERE/site', '/srv/');
                const listed = (await pod('box').exec(['find', '/srv/site'])).lines().sort();
                const down = await pod('box').download('/srv/site/', 'HERE/back');
                return [up.files, up.folders, up.links, listed, down.files, down.folders, down.links];
                """
                    .replace(
                        "const up", "await pod('box').exec(['mkdir', '-p', '/srv']);\nconst up")))
        .isEqualTo(
            "[2,3,1,[\"/srv/site\",\"/srv/site/- a \\\"b\\\" ü\",\"/srv/site/- a \\\"b\\\""
                + " ü/-rf\",\"/srv/site/empty\",\"/srv/site/link\",\"/srv/site/run.sh\"],2,3,1]");
    assertThat(here.resolve("back/- a \"b\" ü/-rf")).hasContent("one");
    assertThat(here.resolve("back/link")).isSymbolicLink();
    assertThat(here.resolve("back/run.sh")).isExecutable();
    assertThat(here.resolve("back/empty")).isEmptyDirectory();
  }

  @Test
  void any_name_goes_both_ways_but_one_with_lines_out_of_a_folder() throws IOException {
    var names = List.of(" -x ", "--checkpoint-action=exec=sh", "'q\"", "$HOME", "two\nlines");
    var folder = Files.createDirectories(here.resolve("odd"));
    for (var name : names) {
      Files.writeString(folder.resolve(name), name);
      Files.copy(folder.resolve(name), here.resolve(name));
    }
    Files.createDirectory(here.resolve("back"));

    assertThat(
            value(
                """
                const names = [" -x ", "--checkpoint-action=exec=sh", "'q\\"", "$HOME", "two\\nlines"];
                await pod('box').exec(['mkdir', '-p', '/odd one/-in', '/whole']);
                for (const name of names) {
                  await pod('box').upload(`HERE/${name}`, `/odd one/-in/${name}`);
                  await pod('box').download(`/odd one/-in/${name}`, `HERE/back/${name}`);
                }
                await pod('box').upload('HERE/odd', '/whole/');
                const refused = await pod('box').download('/whole/odd', 'HERE/whole').catch(({ code }) => code);
                await pod('box').exec(['rm', '/whole/odd/two\\nlines']);
                const { files } = await pod('box').download('/whole/odd', 'HERE/whole');
                return [refused, files];
                """))
        .isEqualTo("[\"archive.bad-name\",4]");
    for (var name : names) {
      assertThat(here.resolve("back").resolve(name)).hasContent(name);
    }
    assertThat(here.resolve("whole/$HOME")).hasContent("$HOME");
  }

  @Test
  void modes_go_both_ways_and_an_empty_folder_stays_one() throws IOException {
    var folder = Files.createDirectories(here.resolve("modes"));
    Files.createDirectory(folder.resolve("empty"));
    for (var mode : List.of("rw-------", "r--r-----", "rwxr-x--x")) {
      var file = Files.writeString(folder.resolve(mode), "");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
    Files.createDirectory(here.resolve("none"));

    assertThat(
            value(
                """
                await pod('box').upload('HERE/modes', '/modes');
                await pod('box').upload('HERE/none', '/none');
                await pod('box').download('/modes', 'HERE/back');
                await pod('box').download('/none', 'HERE/none-back');
                const said = await pod('box').exec(['sh', '-c', 'cd /modes; stat -c "%a %n" *']);
                return said.lines();
                """))
        .isEqualTo("[\"755 empty\",\"440 r--r-----\",\"600 rw-------\",\"751 rwxr-x--x\"]");
    for (var mode : List.of("rw-------", "r--r-----", "rwxr-x--x")) {
      assertThat(Files.getPosixFilePermissions(here.resolve("back").resolve(mode)))
          .isEqualTo(PosixFilePermissions.fromString(mode));
    }
    assertThat(here.resolve("back/empty")).isEmptyDirectory();
    assertThat(here.resolve("none-back")).isEmptyDirectory();
  }

  @Test
  void a_copy_that_breaks_off_leaves_nothing_under_the_name() throws IOException {
    var tar = tar(to -> file(to, "etc", "x".repeat(100_000)));
    var copy = "await pod('hostile').download('/etc', 'HERE/etc');";

    assertThat(hostile(Arrays.copyOf(tar, 50_000), copy)).startsWith("archive.");
    Files.writeString(here.resolve("etc"), "old");
    assertThat(hostile(Arrays.copyOf(tar, 50_000), copy)).startsWith("archive.");
    assertThat(here.resolve("etc")).hasContent("old");
    assertThat(
            value(
                """
                await pod('hostile').exec(['sh', '-c', 'echo "sleep 1000" >>/bin/tar; sed -i "s/^exec //" /bin/tar']);
                const began = Date.now();
                try {
                  await pod('hostile').download('/etc', 'HERE/etc', { signal: AbortSignal.timeout(1000) });
                } catch (error) {
                  return error.name;
                }
                """))
        .isEqualTo("\"TimeoutError\"");
    assertThat(here.resolve("etc")).hasContent("old");
    assertThat(here.toFile().list()).containsExactly("etc");
  }

  @Test
  void what_is_not_there_or_not_allowed_is_said_and_leaves_nothing() {
    assertThat(failure("await pod('box').download('/etc/nope', 'HERE/nope');"))
        .startsWith("kubernetes.copy-failed: `/etc/nope` of Pod `box`")
        .contains("No such file");
    assertThat(failure("await pod('box').upload('HERE/nope', '/tmp/nope');"))
        .startsWith("file.not-found: ");
    assertThat(failure("await pod('box').upload('.', '/tmp/');"))
        .startsWith("kubernetes.copy-path: `.` names nothing that can be copied.");
    assertThat(failure("await pod('box').download('/', 'HERE/all');"))
        .startsWith("kubernetes.copy-path: ");
    assertThat(failure("await pod('box').download('/etc/passwd', '/etc/hearth-test');"))
        .startsWith("permission.denied: ");
    assertThat(failure("await pod('box').upload('/etc/passwd', '/tmp/');"))
        .startsWith("permission.denied: ");
    assertThat(here).isEmptyDirectory();
  }

  @Test
  void a_container_without_tar_is_said() throws IOException {
    Files.writeString(here.resolve("a"), "a");

    assertThat(failure("await pod('bare').upload('HERE/a', '/a');"))
        .startsWith("kubernetes.no-tar: The container `main` of Pod `bare`");
    assertThat(failure("await pod('bare').download('/pause', 'HERE/pause');"))
        .startsWith("kubernetes.no-tar: ");
  }

  /** Has the container answer with these bytes, whatever it is asked for. */
  private String hostile(byte[] tar, String body) {
    var prepare =
        """
        const hex = '%s';
        const bytes = Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16));
        await pod('hostile').exec(['sh', '-c', 'cat >/evil; rm -f /bin/tar; echo "#!/bin/sh" >/bin/tar; echo "exec cat /evil" >>/bin/tar; chmod +x /bin/tar'], { stdin: bytes });
        """
            .formatted(HexFormat.of().formatHex(tar));
    return failure(prepare + body);
  }

  private static void file(TarArchiveOutputStream tar, String name, String text)
      throws IOException {
    var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
    entry.setSize(text.length());
    tar.putArchiveEntry(entry);
    tar.write(text.getBytes(UTF_8));
    tar.closeArchiveEntry();
  }

  private static void other(TarArchiveOutputStream tar, String name, byte type, String target)
      throws IOException {
    var entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private interface Content {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private static byte[] tar(Content content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
      content.write(tar);
    }
    return bytes.toByteArray();
  }

  @Test
  void no_container_writes_outside_of_the_target() throws IOException {
    var outside = Files.createDirectory(work.resolve("outside"));
    var copy = "await pod('hostile').download('/etc', 'HERE/etc');";

    assertThat(
            hostile(
                tar(
                    tar -> {
                      other(tar, "etc/", TarConstants.LF_DIR, "");
                      file(tar, "etc/../../outside/evil", "evil");
                    }),
                copy))
        .startsWith("archive.leads-outside: ");
    assertThat(
            hostile(
                tar(
                    tar -> {
                      other(tar, "etc/", TarConstants.LF_DIR, "");
                      file(tar, outside + "/evil", "evil");
                    }),
                copy))
        .startsWith("archive.leads-outside: ");
    assertThat(
            hostile(
                tar(
                    tar -> {
                      other(tar, "etc/", TarConstants.LF_DIR, "");
                      other(tar, "etc/way", TarConstants.LF_SYMLINK, outside.toString());
                      file(tar, "etc/way/evil", "evil");
                    }),
                copy))
        .startsWith("archive.link-outside: ");
    assertThat(
            hostile(
                tar(
                    tar -> {
                      other(tar, "etc/", TarConstants.LF_DIR, "");
                      other(tar, "etc/way", TarConstants.LF_LINK, "/etc/shadow");
                    }),
                copy))
        .startsWith("archive.leads-outside: ");
    assertThat(hostile(tar(tar -> other(tar, "etc", TarConstants.LF_SYMLINK, "../outside")), copy))
        .startsWith("archive.special: ");
    assertThat(
            hostile(
                tar(
                    tar -> {
                      file(tar, "etc", "one");
                      file(tar, "../outside/evil", "two");
                    }),
                copy))
        .startsWith("archive.");
    assertThat(outside).isEmptyDirectory();
    assertThat(here).isEmptyDirectory();
  }
}
