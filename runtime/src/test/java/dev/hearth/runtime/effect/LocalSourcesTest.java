package dev.hearth.runtime.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no file is not read, and does not make anybody wait. */
@Timeout(30)
class LocalSourcesTest {
  @TempDir private Path folder = Path.of("");

  private static String whatIs(Path path) {
    return catchThrowableOfType(NotAFile.class, () -> new LocalSources().read(path, 10)).what();
  }

  @Test
  void folders_pipes_devices_and_empty_names_are_refused() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(whatIs(pipe)).isEqualTo("a pipe, a socket or a device");
    assertThat(whatIs(Path.of("/dev/zero"))).isEqualTo("a pipe, a socket or a device");
    assertThat(whatIs(folder)).isEqualTo("a folder");
    assertThat(whatIs(Path.of(""))).isEqualTo("an empty name");
  }

  @Test
  void links_that_lead_to_each_other_are_refused() throws Exception {
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThat(whatIs(folder.resolve("a"))).isEqualTo("a link that leads in a circle");
  }

  @Test
  void a_link_to_a_file_is_the_file() throws Exception {
    Files.writeString(folder.resolve("file"), "text");
    Files.createSymbolicLink(folder.resolve("a"), Path.of("file"));
    assertThat(new LocalSources().read(folder.resolve("a"), 10)).hasSize(4);
  }
}
