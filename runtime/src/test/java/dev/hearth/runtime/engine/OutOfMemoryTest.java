package dev.hearth.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recipe that keeps more than the heap holds, in a process that has little. */
class OutOfMemoryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "const all = []; for (;;) all.push(new Array(10000).fill(1.5));",
        "const all = []; for (let i = 0; ; i++) all.push(('x' + i).repeat(100000));",
        "const all = []; for (;;) all.push(new Uint8Array(1_000_000).fill(1));",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });",
        "const all = []; for (;;) { try { for (;;) all.push(new Array(10000)); } catch {} }",
      })
  void the_run_fails_with_what_it_had_and_how_to_give_it_more(String body, @TempDir Path folder)
      throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                Glutton.class.getName(),
                folder.toString(),
                body)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .startsWith("limit.out-of-memory|The run needs more memory than the 9")
        .contains("HEARTH_JAVA_OPTS=-Xmx");
  }

  /**
   * Arguments: a folder, what to do. Prints the code, the message and the hint of how the run
   * failed.
   */
  static final class Glutton {
    private Glutton() {}

    public static void main(String... arguments) {
      var outcome =
          new EngineFixture(Path.of(arguments[0]))
              .run("export default () => { " + arguments[1] + " };");
      var error = outcome.error();
      System.out.println(
          error == null ? "" : error.code() + "|" + error.message() + "|" + error.hint());
    }
  }
}
