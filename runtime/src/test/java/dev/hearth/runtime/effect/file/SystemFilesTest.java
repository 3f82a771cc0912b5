package dev.hearth.runtime.effect.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileMode;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFilesTest {
  private final Path folder;
  private final SystemFiles files = new SystemFiles(Door.open(), Limits.DEFAULT);

  SystemFilesTest(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
  }

  @Test
  void what_is_written_is_read() {
    files.writeText(folder.resolve("a"), "grüezi");

    assertThat(files.readText(folder.resolve("a"))).isEqualTo("grüezi");
    assertThat(files.list(folder)).containsExactly("a");
  }

  @Test
  void a_replaced_file_keeps_its_mode() throws IOException {
    var script = Files.writeString(folder.resolve("script"), "old");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x--x"));

    files.writeText(script, "new");

    assertThat(mode(script)).isEqualTo("rwxr-x--x");
    assertThat(files.readText(script)).isEqualTo("new");
  }

  @Test
  void a_new_file_gets_the_mode_that_was_asked_for() throws IOException {
    files.write(folder.resolve("key"), "secret".getBytes(UTF_8), FileMode.PRIVATE);
    files.write(folder.resolve("open"), new byte[0], new FileMode(0666));

    assertThat(mode(folder.resolve("key"))).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("open"))).isEqualTo("rw-rw-rw-");
  }

  @Test
  void a_private_file_is_private_while_it_is_written() throws IOException {
    try (var replacement = files.replace(folder.resolve("key"), FileMode.PRIVATE)) {
      replacement.output().write(1);

      assertThat(files.list(folder))
          .singleElement()
          .satisfies(name -> assertThat(mode(folder.resolve(name))).isEqualTo("rw-------"));
    }
  }

  @Test
  void content_that_is_not_committed_is_forgotten_and_the_old_stays() throws IOException {
    files.writeText(folder.resolve("a"), "old");

    try (var replacement = files.replace(folder.resolve("a"))) {
      replacement.output().write("half".getBytes(UTF_8));
      replacement.output().flush();
      assertThat(files.readText(folder.resolve("a"))).isEqualTo("old");
    }

    assertThat(files.readText(folder.resolve("a"))).isEqualTo("old");
    assertThat(files.list(folder)).containsExactly("a");
  }

  @Test
  void writing_to_a_link_replaces_what_it_leads_to_and_keeps_the_link() throws IOException {
    files.writeText(folder.resolve("real"), "old");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

    files.writeText(folder.resolve("link"), "new");

    assertThat(folder.resolve("link")).isSymbolicLink();
    assertThat(files.readText(folder.resolve("real"))).isEqualTo("new");
  }

  @Test
  void appended_bytes_come_after_what_is_there() {
    files.append(folder.resolve("log"), "a".getBytes(UTF_8));
    files.append(folder.resolve("log"), "b".getBytes(UTF_8));

    assertThat(files.readText(folder.resolve("log"))).isEqualTo("ab");
  }

  @Test
  void a_file_as_large_as_the_limit_is_read_and_a_larger_one_names_the_setting() {
    var small = new SystemFiles(Door.open(), Limits.DEFAULT.with(Limit.FILE_READ_BYTES, 4));
    files.writeText(folder.resolve("four"), "1234");
    files.writeText(folder.resolve("five"), "12345");

    assertThat(small.readText(folder.resolve("four"))).isEqualTo("1234");
    var error =
        catchThrowableOfType(HearthException.class, () -> small.read(folder.resolve("five")));
    assertThat(error.id()).isEqualTo("limit.file-too-large");
    assertThat(error.hint()).contains("`limits.fileReadBytes`");
  }

  @Test
  void a_file_that_never_ends_meets_the_limit() {
    var small = new SystemFiles(Door.open(), Limits.DEFAULT.with(Limit.FILE_READ_BYTES, 4));

    // Its size says 0 and its content is longer.
    assertThat(id(() -> small.read(Path.of("/proc/version")))).isEqualTo("limit.file-too-large");
    assertThat(id(() -> small.read(Path.of("/dev/zero")))).isEqualTo("file.not-a-file");
  }

  @Test
  void a_pipe_is_refused_instead_of_waited_for() throws IOException, InterruptedException {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(id(() -> files.read(pipe))).isEqualTo("file.not-a-file");
    assertThat(id(() -> files.append(pipe, new byte[1]))).isEqualTo("file.not-a-file");
    assertThat(files.stat(pipe).orElseThrow().type()).isEqualTo(FileStat.Type.OTHER);
  }

  @Test
  void what_is_there_is_described_behind_links() throws IOException {
    files.write(folder.resolve("a"), new byte[3], new FileMode(0640));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nothing"));

    var stat = files.stat(folder.resolve("link")).orElseThrow();
    assertThat(stat.isFile()).isTrue();
    assertThat(stat.sizeBytes()).isEqualTo(3);
    assertThat(stat.mode()).hasToString("0640");
    assertThat(files.stat(folder).orElseThrow().isFolder()).isTrue();
    assertThat(files.exists(folder.resolve("dangling"))).isFalse();
    assertThat(files.exists(folder.resolve("a/below-a-file"))).isFalse();
    assertThat(files.exists(folder.resolve("no/where"))).isFalse();
    assertThat(files.exists(Path.of("/"))).isTrue();
  }

  @Test
  void folders_are_made_with_those_above_and_kept_when_they_are_there() {
    files.makeFolders(folder.resolve("a/b/c"));
    files.makeFolders(folder.resolve("a/b/c"));

    assertThat(folder.resolve("a/b/c")).isDirectory();
    files.writeText(folder.resolve("file"), "");
    assertThat(id(() -> files.makeFolders(folder.resolve("file/x"))))
        .isEqualTo("file.not-a-folder");
  }

  @Test
  void deleting_a_tree_deletes_links_and_not_what_they_lead_to() throws IOException {
    files.makeFolders(folder.resolve("tree/deep/deeper"));
    files.writeText(folder.resolve("tree/deep/file"), "x");
    files.makeFolders(folder.resolve("kept"));
    files.writeText(folder.resolve("kept/file"), "kept");
    Files.createSymbolicLink(folder.resolve("tree/deep/link"), folder.resolve("kept"));

    files.deleteTree(folder.resolve("tree"));
    files.deleteTree(folder.resolve("tree"));

    assertThat(files.list(folder)).containsExactly("kept");
    assertThat(files.readText(folder.resolve("kept/file"))).isEqualTo("kept");
  }

  @Test
  void deleting_takes_one_thing_and_is_content_when_it_is_gone() throws IOException {
    files.writeText(folder.resolve("real"), "x");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    files.makeFolders(folder.resolve("full/x"));

    files.delete(folder.resolve("link"));
    files.delete(folder.resolve("link"));

    assertThat(folder.resolve("real")).exists();
    assertThat(id(() -> files.delete(folder.resolve("full")))).isEqualTo("file.not-empty");
  }

  @Test
  void a_copy_has_content_and_mode() throws IOException {
    files.write(folder.resolve("a"), "x".repeat(200_000).getBytes(UTF_8), new FileMode(0750));

    files.copy(folder.resolve("a"), folder.resolve("b"));

    assertThat(folder.resolve("b")).hasSameBinaryContentAs(folder.resolve("a"));
    assertThat(mode(folder.resolve("b"))).isEqualTo("rwxr-x---");
  }

  @Test
  void moving_replaces_a_file_and_moves_folders_whole() {
    files.writeText(folder.resolve("a"), "a");
    files.writeText(folder.resolve("b"), "b");
    files.makeFolders(folder.resolve("from/x"));

    files.move(folder.resolve("a"), folder.resolve("b"));
    files.move(folder.resolve("from"), folder.resolve("to"));

    assertThat(files.list(folder)).containsExactly("b", "to");
    assertThat(files.readText(folder.resolve("b"))).isEqualTo("a");
    assertThat(folder.resolve("to/x")).isDirectory();
  }

  @Test
  void temporary_things_are_private_and_have_names_of_their_own() throws IOException {
    var one = files.makeTemporaryFile(folder, "t-");
    var two = files.makeTemporaryFile(folder, "t-");
    var made = files.makeTemporaryFolder(folder, "f-");

    assertThat(one).isNotEqualTo(two).isEmptyFile();
    assertThat(mode(one)).isEqualTo("rw-------");
    assertThat(mode(made)).isEqualTo("rwx------");
  }

  @Test
  void the_real_path_has_no_links() throws IOException {
    files.makeFolders(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

    assertThat(files.realPath(folder.resolve("link"))).isEqualTo(folder.resolve("real"));
    assertThat(id(() -> files.realPath(folder.resolve("link/x")))).isEqualTo("file.not-found");
  }

  @Test
  void what_fails_says_which_path_and_what_to_do() {
    var error =
        catchThrowableOfType(HearthException.class, () -> files.read(folder.resolve("\u202Ex")));

    assertThat(error.sentence()).isEqualTo("There is no `" + folder + "/\\u{202E}x`.");
    assertThat(error.kind()).isEqualTo(ErrorKind.RECIPE);
    assertThat(id(() -> files.list(folder.resolve("x")))).isEqualTo("file.not-found");
    assertThat(id(() -> files.read(folder))).isEqualTo("file.not-a-file");
    assertThat(id(() -> files.writeText(folder, ""))).isEqualTo("file.not-a-file");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String id(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    return catchThrowableOfType(HearthException.class, action).id();
  }
}
