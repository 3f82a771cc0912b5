package dev.hearth.stdlib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.StreamServer;
import dev.hearth.runtime.effect.SystemNet;
import dev.hearth.runtime.effect.http.HttpBody;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.HttpService;
import dev.hearth.stdlib.UserHome;
import dev.hearth.stdlib.WaitsFor;
import dev.hearth.stdlib.docker.lab.DockerLab;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in and out of containers. */
@WaitsFor("docker")
class CopyTest {
  private UserHome user;
  private Path folder;

  @BeforeEach
  void home(@TempDir Path own) {
    folder = own;
    user = new UserHome(own, "docker");
  }

  private CopyTest at(String engine) {
    user.variable("DOCKER_HOST", DockerLab.engine(engine).host());
    return this;
  }

  /** The body may use `box`, a container that runs, and `here`, the home. */
  private String with(String body) {
    return """
        const here = '%s';
        const box = await docker().containers.run({ image: 'lab/bb:1', command: ['sleep', '1000'] });
        try {
        %s
        } finally {
          await box.remove({ force: true });
        }
        """
        .formatted(folder, body);
  }

  private String value(String body, String... grants) {
    return user.value(with(body), grants);
  }

  @EachEngine
  void a_folder_goes_in_and_comes_out_as_it_was(String engine) throws IOException {
    user.write("app/index.html", "hello").write("app/deep/run.sh", "#!/bin/sh\necho hi\n");
    Files.setPosixFilePermissions(
        folder.resolve("app/deep/run.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
    Files.createSymbolicLink(folder.resolve("app/link"), Path.of("deep/run.sh"));
    assertThat(
            at(engine)
                .value(
                    """
                    const up = await box.upload(here + '/app', '/srv');
                    const again = await box.upload(here + '/app/index.html', '/tmp/other.html');
                    const run = await box.exec(['sh', '-c', '/srv/link; cat /tmp/other.html; stat -c %a /srv/deep/run.sh']);
                    await box.exec(['ln', '-s', '/etc', '/srv/out']);
                    await box.exec(['mkfifo', '/srv/pipe']);
                    const down = await box.download('/srv', here + '/back');
                    return [up.files, up.sizeBytes, again.files, run.lines(), down.files, down.leftOut.sort()];
                    """,
                    "docker:write", "read=" + folder, "write=" + folder))
        .isEqualTo(
            """
            [2,23,1,["hi","hello751"],2,["out -> /etc","pipe"]]""");
    assertThat(folder.resolve("back/index.html")).hasContent("hello");
    assertThat(Files.isExecutable(folder.resolve("back/deep/run.sh"))).isTrue();
    assertThat(Files.readSymbolicLink(folder.resolve("back/link")))
        .isEqualTo(Path.of("deep/run.sh"));
  }

  @EachEngine
  void a_file_is_read_and_written_behind_links(String engine) {
    assertThat(
            at(engine)
                .value(
                    """
                    await box.write('/tmp/conf', 'ünï', { mode: '0600' });
                    await box.write('/tmp/bytes', new Uint8Array([0, 255, 7]));
                    await box.exec`ln -s conf /tmp/first && ln -s /tmp/first /tmp/second`;
                    const stat = await box.stat('/tmp/conf');
                    return [await box.read('/tmp/second'), [...await box.bytes('/tmp/bytes')], stat.type, stat.sizeBytes, stat.mode,
                      await box.stat('/tmp/none'), (await box.stat('/tmp')).type, (await box.stat('/tmp/first')).type];
                    """))
        .isEqualTo("[\"ünï\",[0,255,7],\"file\",5,384,null,\"folder\",\"link\"]");
  }

  @EachEngine
  void a_large_file_goes_both_ways(String engine) throws IOException {
    var bytes = new byte[9_000_000];
    new Random(7).nextBytes(bytes);
    Files.write(folder.resolve("large"), bytes);
    assertThat(
            at(engine)
                .value(
                    """
                    await box.upload(here + '/large', '/tmp/large');
                    return (await box.download('/tmp/large', here + '/again')).sizeBytes;
                    """,
                    "docker:write",
                    "read=" + folder,
                    "write=" + folder))
        .isEqualTo("9000000");
    assertThat(folder.resolve("again")).hasBinaryContent(bytes);
  }

  @EachEngine
  void what_is_missing_is_told_apart(String engine) {
    at(engine);
    assertThat(user.failure(with("await box.read('/nowhere');")))
        .startsWith("docker.path-not-found: There is no `/nowhere` in container `");
    if (!engine.equals("podman")) { // which makes the folder
      assertThat(user.failure(with("await box.write('/no/such', 'x');")))
          .startsWith("docker.path-not-found: There is no `/no` in container `");
    }
    assertThat(user.failure("await docker().container('nobody').read('/etc/passwd');"))
        .startsWith("docker.container-not-found: Container `nobody` does not exist.");
    assertThat(user.failure(with("await box.read('/etc');")))
        .startsWith("docker.copy-no-file: `/etc` in the container is no file.");
    assertThat(user.failure(with("await box.read('etc');"))).startsWith("docker.option-value");
  }

  @EachEngine
  void an_upload_that_cannot_be_leaves_nothing_and_says_why(String engine) throws IOException {
    var bytes = new byte[500_000];
    new Random(7).nextBytes(bytes);
    Files.createDirectory(folder.resolve("app"));
    Files.write(folder.resolve("app/large"), bytes);
    at(engine);
    if (!engine.equals("podman")) { // which makes the folder
      assertThat(
              user.failure(
                  with("await box.upload(here + '/app', '/no/such');"),
                  "docker:write",
                  "read=" + folder))
          .startsWith("docker.path-not-found: There is no `/no` in container `");
    }
    assertThat(
            value(
                """
                const refused = await box.upload(here, '/tmp/home').catch((e) => e.code);
                return [refused, await box.stat('/tmp/home')];
                """,
                "docker:write", // Hearth's own files are in the home, which no grant opens
                "read=" + folder))
        .isEqualTo("[\"permission.protected\",null]");
  }

  @EachEngine
  void what_is_no_file_is_left_out_of_an_upload_and_told(String engine) throws IOException {
    user.write("app/file", "x");
    try (var _ = new SystemNet().listen(folder.resolve("app/sock"))) {
      assertThat(
              at(engine)
                  .value(
                      """
                      const { files, leftOut } = await box.upload(here + '/app', '/tmp/app');
                      return [files, leftOut, (await box.exec(['ls', '/tmp/app'])).lines()];
                      """,
                      "docker:write",
                      "read=" + folder))
          .isEqualTo("[1,[\"sock\"],[\"file\"]]");
    }
  }

  @EachEngine
  void files_of_this_machine_need_to_be_granted(String engine) {
    user.write("secret", "x");
    at(engine);
    assertThat(user.failure(with("await box.upload(here + '/secret', '/tmp/x');")))
        .startsWith("permission.denied");
    assertThat(user.failure(with("await box.download('/etc/passwd', here + '/x');")))
        .startsWith("permission.denied");
    assertThat(user.failure(with("await box.export(here + '/x');")))
        .startsWith("permission.denied");
  }

  @EachEngine
  void all_files_of_a_container_become_a_tar(String engine) {
    assertThat(
            at(engine)
                .value(
                    "return (await box.export(here + '/all.tar')).sizeBytes > 500000;",
                    "docker:write",
                    "write=" + folder))
        .isEqualTo("true");
    assertThat(folder.resolve("all.tar")).exists();
  }

  // ---- What a hostile engine or container sends
  // --------------------------------------------------

  private static void put(TarArchiveOutputStream tar, String name, byte type, String text)
      throws IOException {
    var entry = new TarArchiveEntry(name, type);
    var isLink = type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK;
    if (isLink) {
      entry.setLinkName(text);
    }
    var content = isLink ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static byte[] tar(String kind) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      put(tar, "srv/", TarConstants.LF_DIR, "");
      switch (kind) {
        case "dots" -> put(tar, "srv/../../evil", TarConstants.LF_NORMAL, "x");
        case "dots at the root" -> put(tar, "../evil", TarConstants.LF_NORMAL, "x");
        case "through a link" -> {
          put(tar, "srv/sub/", TarConstants.LF_DIR, "");
          put(tar, "srv/sub/here", TarConstants.LF_SYMLINK, "..");
          put(tar, "srv/sub/here/evil", TarConstants.LF_NORMAL, "x");
        }
        case "over a link" -> {
          put(tar, "srv/name", TarConstants.LF_SYMLINK, "other");
          put(tar, "srv/name", TarConstants.LF_NORMAL, "x");
        }
        case "second name" -> put(tar, "srv/evil", TarConstants.LF_LINK, "/etc/passwd");
        case "second name of a link" -> {
          put(tar, "srv/link", TarConstants.LF_SYMLINK, "other");
          put(tar, "srv/evil", TarConstants.LF_LINK, "srv/link");
        }
        case "folder over a link" -> {
          put(tar, "srv/name", TarConstants.LF_SYMLINK, "other");
          put(tar, "srv/name/", TarConstants.LF_DIR, "");
        }
        default -> throw new IllegalArgumentException(kind);
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "dots",
    "dots at the root",
    "through a link",
    "over a link",
    "second name",
    "second name of a link",
    "folder over a link"
  })
  void nothing_of_a_hostile_container_is_kept_nor_leaves_its_folder(String kind)
      throws IOException {
    var content = tar(kind);
    var header =
        Base64.getEncoder()
            .encodeToString(
                "{\"name\":\"srv\",\"mode\":2147484141}".getBytes(StandardCharsets.UTF_8));
    var socket = user.file("evil.sock");
    try (var _ =
        StreamServer.start(
            new SystemNet().listen(socket),
            new HttpService(
                request ->
                    request.path().contains("/archive")
                        ? HttpResponse.of(200)
                            .header("X-Docker-Container-Path-Stat", header)
                            .body(
                                request.method().equals("HEAD")
                                    ? HttpBody.empty()
                                    : HttpBody.of(content))
                        : HttpResponse.of(
                            200, "application/json", "{\"ApiVersion\":\"1.45\",\"Id\":\"x\"}")),
            (where, failure) -> {})) {
      user.variable("DOCKER_HOST", "unix://" + socket);
      assertThat(
              user.failure(
                  "await docker().container('x').download('/srv', '%s/a/b');".formatted(folder),
                  "docker:write",
                  "read=" + folder,
                  "write=" + folder))
          .startsWith(
              "docker.copy-hostile: What comes out of the container wants to be outside of the folder");
    }
    assertThat(folder.resolve("a/b")).doesNotExist();
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(folder.resolve("a/evil")).doesNotExist();
  }
}
