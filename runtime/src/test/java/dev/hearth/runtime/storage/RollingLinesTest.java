package dev.hearth.runtime.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A log that many write, that is put away when it is full, and that a full disk stops. */
@DisabledOnOs(OS.WINDOWS)
class RollingLinesTest {
  private final Path folder;

  RollingLinesTest(@TempDir Path temp) {
    folder = temp.resolve("log");
  }

  private RollingLines lines(long bytes, int keep) {
    return new RollingLines(new PrivateFolder(folder), "log", bytes, keep);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String read(Path file) throws IOException {
    try (var in =
        file.toString().endsWith(".gz")
            ? new GZIPInputStream(Files.newInputStream(file))
            : Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> names() {
    return new PrivateFolder(folder)
        .names().stream().filter(name -> !name.endsWith(".lock")).sorted().toList();
  }

  private List<String> all() throws IOException {
    var all = new ArrayList<String>();
    for (var name : names()) {
      var text = read(folder.resolve(name));
      assertThat(text).as(name).endsWith("\n");
      text.lines().forEach(line -> all.add(line + "\n"));
    }
    return all;
  }

  @Test
  void what_is_full_is_put_away_compressed_and_only_so_many_are_kept() throws Exception {
    var lines = lines(20, 2);
    for (var n = 1; n <= 7; n++) {
      lines.append(bytes("line number " + n + "\n"));
    }
    assertThat(names()).containsExactly("log", "log.1.gz", "log.2.gz");
    assertThat(read(folder.resolve("log"))).isEqualTo("line number 7\n");
    assertThat(read(folder.resolve("log.1.gz"))).isEqualTo("line number 6\n");
    assertThat(read(folder.resolve("log.2.gz"))).isEqualTo("line number 5\n");
  }

  @Test
  void those_too_many_go_when_fewer_are_kept_than_before() throws Exception {
    var many = lines(20, 5);
    for (var n = 1; n <= 6; n++) {
      many.append(bytes("line number " + n + "\n"));
    }
    Files.writeString(folder.resolve("log.old"), "somebody's own");
    assertThat(names()).hasSize(7);
    lines(20, 1).append(bytes("line number 7\n"));
    assertThat(names()).containsExactly("log", "log.1.gz", "log.old");
    assertThat(read(folder.resolve("log.1.gz"))).isEqualTo("line number 6\n");
  }

  @Test
  void one_that_could_not_be_compressed_is_compressed_with_the_next() throws Exception {
    var lines = lines(20, 3);
    lines.append(bytes("line number 2\n"));
    Files.writeString(folder.resolve("log.1"), "line number 1\n");
    lines.append(bytes("line number 3\n"));
    assertThat(names()).containsExactly("log", "log.1.gz", "log.2.gz");
    assertThat(read(folder.resolve("log.2.gz"))).isEqualTo("line number 1\n");
  }

  @Test
  void a_line_longer_than_the_file_may_be_stands_alone() throws Exception {
    var lines = lines(20, 3);
    lines.append(bytes("x".repeat(50) + "\n"));
    lines.append(bytes("short\n"));
    assertThat(names()).containsExactly("log", "log.1.gz");
    assertThat(read(folder.resolve("log"))).isEqualTo("short\n");
  }

  @Test
  void only_the_user_can_read_it() throws Exception {
    var lines = lines(20, 3);
    lines.append(bytes("line number 1\n"));
    lines.append(bytes("line number 2\n"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    for (var name : names()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void what_a_crash_tore_is_cut_off() throws Exception {
    var lines = lines(1_000, 3);
    lines.append(bytes("whole\n"));
    Files.writeString(folder.resolve("log"), "to", StandardOpenOption.APPEND);
    lines.append(bytes("next\n"));
    assertThat(read(folder.resolve("log"))).isEqualTo("whole\nnext\n");
  }

  @Test
  void an_interrupted_thread_writes_its_line_and_stays_interrupted() throws Exception {
    var lines = lines(20, 3);
    lines.append(bytes("line number 1\n"));
    Thread.currentThread().interrupt();
    lines.append(bytes("line number 2\n"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(all()).containsExactly("line number 2\n", "line number 1\n");
    assertThat(names()).containsExactly("log", "log.1.gz");
  }

  @Test
  void two_processes_with_threads_of_ours_lose_and_tear_no_line() throws Exception {
    var count = 400;
    var others = List.of(writer("", "a", count), writer("", "b", count));
    var lines = lines(8 << 10, 1_000);
    var own =
        IntStream.range(0, 3)
            .mapToObj(
                id ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (var n = 1; n <= count; n++) {
                                appended(lines, AppendLines.line("own" + id, n));
                              }
                            }))
            .toList();
    for (var thread : own) {
      thread.join();
    }
    for (var process : others) {
      assertThat(refused(process)).isZero();
    }
    assertThat(names()).hasSizeGreaterThan(20).filteredOn(name -> !name.endsWith(".gz")).hasSize(1);
    assertThat(all())
        .containsExactlyInAnyOrderElementsOf(
            List.of("a", "b", "own0", "own1", "own2").stream()
                .flatMap(
                    writer ->
                        IntStream.rangeClosed(1, count).mapToObj(n -> AppendLines.line(writer, n)))
                .toList());
  }

  private static void appended(RollingLines lines, String line) {
    try {
      lines.append(bytes(line));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** To a program a file that may not grow is a full disk. */
  @Test
  void a_full_disk_refuses_lines_and_tears_none() throws Exception {
    var refused = refused(writer("ulimit -f 2; ", "a", 40));
    assertThat(refused).isPositive();
    assertThat(all()).hasSize(40 - refused).allMatch(line -> line.endsWith(" end\n"));
    lines(1 << 20, 3).append(bytes("there is room again end\n"));
    assertThat(all()).hasSize(41 - refused).allMatch(line -> line.endsWith(" end\n"));
  }

  private Process writer(String before, String name, int count) throws IOException {
    return new ProcessBuilder(
            "bash",
            "-c",
            before + "exec \"$@\"",
            "bash",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AppendLines.class.getName(),
            folder.toString(),
            before.isEmpty() ? "8192" : "1048576",
            name,
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int refused(Process process) throws IOException, InterruptedException {
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return Integer.parseInt(said.strip());
  }
}
