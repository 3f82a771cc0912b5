package dev.hearth.stdlib.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders on their way to a real OpenSSH server and back. */
class TransferTest {
  private Path folder;
  private Path here;
  private Path there;
  private Sshd sshd;
  private SshHome user;

  @BeforeEach
  void start(@TempDir Path own) throws IOException {
    folder = own;
    here = Files.createDirectories(own.resolve("here"));
    there = Files.createDirectories(own.resolve("there"));
    sshd = Sshd.start(own.resolve("sshd"));
    user = new SshHome(own.resolve("home")).alias("web1", sshd);
  }

  @AfterEach
  void stop() {
    sshd.close();
  }

  private String[] granted() {
    return new String[] {"ssh:write", "read=" + here, "write=" + here};
  }

  private String value(String body) {
    return user.value(
        "const here = '%s', there = '%s';\n%s".formatted(here, there, body), granted());
  }

  private String failure(String body) {
    return user.failure(
        "const here = '%s', there = '%s';\n%s".formatted(here, there, body), granted());
  }

  private static void mode(Path file, String permissions) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> names(Path in) throws IOException {
    try (var all = Files.walk(in)) {
      return all.filter(path -> !path.equals(in))
          .map(in::relativize)
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  @Test
  void a_file_of_many_chunks_arrives_whole_in_both_directions_and_is_verified() throws IOException {
    var content = new byte[5_000_017];
    new Random(1).nextBytes(content);
    Files.write(here.resolve("disk.img"), content);

    var said =
        value(
            """
            const up = await ssh('web1').upload(here + '/disk.img', there + '/a b.img', { verify: true });
            const down = await ssh('web1').download(there + '/a b.img', here + '/back.img', { verify: true });
            return [up, down];
            """);

    assertThat(said)
        .isEqualTo(
            """
            [{"path":"%s/a b.img","files":1,"folders":0,"sizeBytes":5000017,"skipped":[]},\
            {"path":"%s/back.img","files":1,"folders":0,"sizeBytes":5000017,"skipped":[]}]"""
                .formatted(there, here));
    assertThat(there.resolve("a b.img")).hasBinaryContent(content);
    assertThat(here.resolve("back.img")).hasBinaryContent(content);
    assertThat(names(there)).containsExactly("a b.img");
  }

  @Test
  void a_folder_arrives_with_modes_and_times_where_that_is_asked_for() throws IOException {
    Files.createDirectories(here.resolve("site/css/empty"));
    Files.writeString(here.resolve("site/index.html"), "<h1>hi</h1>");
    Files.writeString(here.resolve("site/css/a.css"), "");
    mode(here.resolve("site/index.html"), "rw-r-----");
    mode(here.resolve("site/css"), "r-xr-x---");
    var then = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
    Files.setLastModifiedTime(here.resolve("site/index.html"), then);
    Files.setLastModifiedTime(here.resolve("site/css"), then);

    value("await ssh('web1').upload(here + '/site', there + '/', { preserve: true });");
    value("await ssh('web1').download(there + '/site', here + '/copy', { preserve: true });");

    for (var copy : List.of(there.resolve("site"), here.resolve("copy"))) {
      assertThat(names(copy)).containsExactly("css", "css/a.css", "css/empty", "index.html");
      assertThat(mode(copy.resolve("index.html"))).isEqualTo("rw-r-----");
      assertThat(mode(copy.resolve("css"))).isEqualTo("r-xr-x---");
      assertThat(Files.getLastModifiedTime(copy.resolve("index.html"))).isEqualTo(then);
      assertThat(Files.getLastModifiedTime(copy.resolve("css"))).isEqualTo(then);
      mode(copy.resolve("css"), "rwxr-xr-x"); // so that everybody can remove it
    }
    mode(here.resolve("site/css"), "rwxr-xr-x");
  }

  @Test
  void many_small_files_arrive() throws IOException {
    Files.createDirectories(here.resolve("many"));
    for (int i = 0; i < 300; i++) {
      Files.writeString(here.resolve("many/f" + i), "content " + i);
    }

    assertThat(
            value(
                """
                const { files, sizeBytes } = await ssh('web1').upload(here + '/many', there + '/many', { verify: true });
                await ssh('web1').download(there + '/many', here + '/again');
                return { files, sizeBytes };
                """))
        .isEqualTo("{\"files\":300,\"sizeBytes\":3190}");
    assertThat(here.resolve("again/f299")).hasContent("content 299");
    assertThat(names(here.resolve("again"))).hasSize(300);
  }

  @Test
  void progress_is_told_and_ends_with_the_whole() throws IOException {
    Files.write(here.resolve("a"), new byte[3_000_000]);

    assertThat(
            value(
                """
                const copy = ssh('web1').upload(here + '/a', there + '/a');
                let last;
                for await (const progress of copy) last = progress;
                return [last, (await copy).sizeBytes];
                """))
        .isEqualTo(
            "[{\"path\":\"\",\"files\":1,\"totalFiles\":1,\"bytes\":3000000,\"totalBytes\":3000000},3000000]");
  }

  @Test
  void a_copy_that_is_given_up_leaves_neither_half_a_file_nor_a_hanging_promise()
      throws IOException {
    Files.write(here.resolve("large"), new byte[60_000_000]);
    Files.writeString(there.resolve("large"), "old");

    assertThat(
            value(
                """
                const copy = ssh('web1').upload(here + '/large', there + '/large');
                for await (const _ of copy) break;
                return copy.catch(({ code }) => code);
                """))
        .isEqualTo("\"ssh.copy-abandoned\"");
    assertThat(there.resolve("large")).hasContent("old");
    assertThat(names(there)).containsExactly("large");
  }

  @Test
  void a_signal_ends_a_copy_and_what_was_half_there_is_gone() throws IOException {
    Files.write(here.resolve("large"), new byte[200_000_000]);

    assertThat(
            value(
                """
                const stop = new AbortController();
                const copy = ssh('web1').upload(here + '/large', there + '/large', { signal: stop.signal });
                copy.catch(() => {});
                while ((await ssh('web1').list(there)).length === 0) {}
                stop.abort();
                const name = await copy.catch(({ name }) => name);
                while ((await ssh('web1').list(there)).length > 0) {}
                return name;
                """))
        .isEqualTo("\"AbortError\"");
  }

  @Test
  void links_lead_nowhere() throws IOException {
    Files.writeString(folder.resolve("secret"), "not for you");
    Files.createDirectories(there.resolve("tree/sub"));
    Files.createSymbolicLink(there.resolve("tree/out"), folder);
    Files.createSymbolicLink(there.resolve("tree/sub/file"), folder.resolve("secret"));
    Files.writeString(there.resolve("tree/real"), "real");

    assertThat(
            value("return (await ssh('web1').download(there + '/tree', here + '/tree')).skipped;"))
        .isEqualTo("[\"out\",\"sub/file\"]");
    assertThat(names(here.resolve("tree"))).containsExactly("real", "sub");
  }

  @Test
  void a_link_on_this_machine_that_leads_out_of_the_grant_is_not_followed() throws IOException {
    Files.createDirectories(folder.resolve("outside"));
    Files.createDirectories(here.resolve("tree"));
    Files.createSymbolicLink(here.resolve("tree/sub"), folder.resolve("outside"));
    Files.createDirectories(there.resolve("tree/sub"));
    Files.writeString(there.resolve("tree/sub/file"), "planted");

    assertThat(failure("await ssh('web1').download(there + '/tree', here + '/tree');"))
        .startsWith("permission.leads-outside: ");
    assertThat(folder.resolve("outside/file")).doesNotExist();
  }

  @Test
  void paths_of_this_machine_need_grants_of_their_own() throws IOException {
    Files.writeString(here.resolve("a"), "mine");
    Files.writeString(there.resolve("a"), "theirs");
    var body = "await ssh('web1').%s('%s', '%s');";

    assertThat(user.failure(body.formatted("upload", here + "/a", there + "/b"), "ssh:write"))
        .startsWith("permission.denied: ")
        .contains("read=" + here + "/a");
    assertThat(user.failure(body.formatted("download", there + "/a", here + "/b"), "ssh:write"))
        .startsWith("permission.denied: ")
        .contains("write=" + here + "/b");
    assertThat(names(there)).containsExactly("a");
    assertThat(names(here)).containsExactly("a");
  }

  @Test
  void a_host_that_names_a_file_which_leads_out_is_not_believed() throws IOException {
    for (var name : List.of("../planted", "/etc/planted", "sub/planted")) {
      var own = Files.createTempDirectory(folder, "hostile");
      var java = Path.of(System.getProperty("java.home"), "bin/java");
      var classes = System.getProperty("java.class.path");
      var script =
          Files.writeString(
              own.resolve("sftp"),
              "#!/bin/sh\nexec '%s' -cp '%s' %s '%s'\n"
                  .formatted(java, classes, HostileSftp.class.getName(), name));
      mode(script, "rwxr-xr-x");
      try (var hostile = Sshd.start(own.resolve("sshd"), "Subsystem sftp " + script)) {
        user = new SshHome(own.resolve("home")).alias("web1", hostile);

        assertThat(failure("await ssh('web1').download('/data', here + '/data');"))
            .isEqualTo(
                """
                ssh.name-refused: `web1` says that in `/data` there is something named `%s`, which no file can be.
                Do not trust that host: whoever answers there tries to lead out of the folder."""
                    .formatted(name));
        assertThat(names(here)).isEmpty();
      }
    }
  }

  @Test
  void what_cannot_be_is_said() throws IOException {
    Files.writeString(here.resolve("a"), "mine");
    Files.createDirectories(there.resolve("folder"));

    assertThat(failure("await ssh('web1').upload(here + '/none', there + '/b');"))
        .startsWith("file.not-found: ");
    assertThat(failure("await ssh('web1').download(there + '/none', here + '/b');"))
        .startsWith("ssh.file-not-found: `" + there + "/none` does not exist on `web1`.");
    assertThat(failure("await ssh('web1').upload(here + '/a', there + '/folder');"))
        .startsWith("ssh.target-is-folder: `" + there + "/folder` on `web1` is a folder");
    assertThat(failure("await ssh('web1').download(there + '/folder/../folder', here + '/a');"))
        .startsWith("file.");
    assertThat(failure("await ssh('web1').upload(here + '/a', there + '/none/b');"))
        .startsWith("ssh.file-not-found: ");
    assertThat(failure("await ssh('web1').upload(here + '/a', there + '/b', { mode: 'rw' });"))
        .startsWith("ssh.mode: ");
    assertThat(failure("await ssh('web1').upload(here + '/a', there + '/b', { recursive: true });"))
        .contains("recursive");
    assertThat(failure("await ssh('web1').read('');")).startsWith("ssh.path-malformed: ");
  }

  @Test
  void a_host_without_sftp_says_so() {
    try (var bare = Sshd.start(folder.resolve("bare"), "Subsystem other /bin/false")) {
      user.alias("bare", bare);

      assertThat(failure("await ssh('bare').read('/etc/hostname');"))
          .isEqualTo(
              """
              ssh.sftp-missing: `bare` offers no SFTP.
              Enable `Subsystem sftp internal-sftp` in its sshd_config, or use commands.""");
    }
  }

  @Test
  void single_files_are_written_at_once_and_keep_their_mode() throws IOException {
    Files.writeString(there.resolve("old"), "old");
    mode(there.resolve("old"), "rw-r-----");
    Files.createSymbolicLink(there.resolve("link"), there.resolve("old"));

    var said =
        value(
            """
            const web = ssh('web1');
            await web.write(there + '/link', 'nëw');
            await web.write(there + '/key', new Uint8Array([0, 255]), { mode: '0600' });
            await web.mkdir(there + '/a/b');
            const { type, mode, sizeBytes } = await web.stat(there + '/key');
            const names = (await web.list(there)).map(({ name, type }) => `${name} ${type}`);
            return [await web.read(there + '/old'), [...await web.bytes(there + '/key')], type, mode, sizeBytes, names,
              await web.stat(there + '/none')];
            """);

    assertThat(said)
        .isEqualTo(
            "[\"nëw\",[0,255],\"file\",\"0600\",2,[\"a folder\",\"key file\",\"link link\",\"old file\"],null]");
    assertThat(mode(there.resolve("old"))).isEqualTo("rw-r-----");
    assertThat(there.resolve("link")).isSymbolicLink();
  }

  @Test
  void removing_takes_the_link_and_not_what_is_behind_it() throws IOException {
    Files.createDirectories(there.resolve("kept"));
    Files.writeString(there.resolve("kept/file"), "kept");
    Files.createDirectories(there.resolve("tree/sub"));
    Files.createSymbolicLink(there.resolve("tree/sub/link"), there.resolve("kept"));

    assertThat(failure("await ssh('web1').remove(there + '/tree');"))
        .startsWith("ssh.folder-not-empty: The folder `" + there + "/tree` on `web1`");
    value(
        """
        await ssh('web1').remove(there + '/tree', { recursive: true });
        await ssh('web1').remove(there + '/tree');
        """);

    assertThat(names(there)).containsExactly("kept", "kept/file");
  }

  @Test
  void a_secret_is_written_and_stands_nowhere_else() throws IOException {
    Hearth.builder()
        .home(folder.resolve("home/hearth"))
        .environment(user::get)
        .build()
        .surroundings()
        .secrets()
        .put("token", Secret.of("s3cret-w0rd"));

    var said =
        user.run(
            """
            const token = await (await import('hearth:secret')).secret('token');
            await ssh('web1').write('%s/token', token, { mode: '0600' });
            log.info(`wrote ${token}`);
            """
                .formatted(there),
            "ssh:write",
            "secret=token");

    assertThat(said.error()).isNull();
    assertThat(there.resolve("token")).hasContent("s3cret-w0rd");
    assertThat(user.events().toString()).doesNotContain("s3cret-w0rd");
  }
}
