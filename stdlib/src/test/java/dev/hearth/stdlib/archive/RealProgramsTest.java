package dev.hearth.stdlib.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Hearth packs others unpack, and what others pack Hearth unpacks: all of it, as it was. */
@Timeout(60)
class RealProgramsTest {
  private static final Instant OLD = Instant.parse("2021-03-04T05:06:08Z");

  private ArchiveRecipe recipe;
  private Path tree;

  @BeforeEach
  void plant(@TempDir Path folder) throws IOException {
    recipe = new ArchiveRecipe(folder);
    tree = recipe.granted.resolve("tree");
    Files.createDirectories(tree.resolve("bin"));
    Files.createDirectories(tree.resolve("empty"));
    Files.createDirectories(tree.resolve("deep/" + "er/".repeat(40)));
    var noise = new byte[300_000];
    new SplittableRandom(1).nextBytes(noise);
    write("bin/run", noise, "rwxr-x---");
    write("deep/" + "er/".repeat(40) + "f", "deep".getBytes(UTF_8), "rw-r--r--");
    write("empty file", new byte[0], "rw-------");
    write("\u00fcml\u00e4ut \u65e5\u672c", "text\n".repeat(10_000).getBytes(UTF_8), "rw-r--r--");
    write("n".repeat(200), "long".getBytes(UTF_8), "r--r--r--");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("bin/run"));
    Files.createSymbolicLink(tree.resolve("bin/up"), Path.of("../empty"));
    Files.setLastModifiedTime(tree.resolve("bin"), FileTime.from(OLD));
  }

  private void write(String name, byte[] content, String mode) throws IOException {
    var file = Files.write(tree.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    Files.setLastModifiedTime(file, FileTime.from(OLD));
  }

  /** All that is in a folder: kinds, modes, times of files, contents, targets. */
  private static Map<String, String> state(Path folder) throws IOException {
    var all = new TreeMap<String, String>();
    try (var paths = Files.walk(folder)) {
      for (var path : paths.filter(each -> !each.equals(folder)).toList()) {
        var name = folder.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          all.put(name, "-> " + Files.readSymbolicLink(path));
          continue;
        }
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        var content =
            Files.isDirectory(path)
                ? "folder"
                : Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant()
                    + " "
                    + java.util.Arrays.hashCode(Files.readAllBytes(path));
        all.put(name, mode + " " + content);
      }
    }
    return all;
  }

  private void run(Path folder, String... command) throws IOException, InterruptedException {
    assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
    var log = Files.createTempFile(recipe.granted.getParent(), "log", "");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    // It shares its cores with engines and clusters: zstd took more than 30 s there.
    assertThat(process.waitFor(110, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private static boolean isInstalled(String program) {
    return List.of("/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder + program)));
  }

  @ParameterizedTest
  @CsvSource({"tar, tar -xf", "tar.gz, tar -xzf", "tar.zst, tar --zstd -xf", "zip, unzip -q"})
  void what_is_packed_here_is_unpacked_there(String end, String command) throws Exception {
    var file = recipe.granted.resolve("a." + end);
    var packed =
        recipe.value(
            "return (await archive.pack(`${d}/a.%s`, '.', { cwd: `${d}/tree` }));".formatted(end));
    assertThat(packed.path("sizeBytes").asLong()).isEqualTo(Files.size(file));
    var there = Files.createDirectory(recipe.granted.resolve("there"));
    var words = new ArrayList<>(List.of(command.split(" ")));
    if (end.equals("tar.zst")) {
      assumeTrue(isInstalled("zstd"), "zstd is not installed");
    }
    words.add(file.toString());
    run(there, words.toArray(String[]::new));
    assertThat(state(there)).isEqualTo(state(tree));
  }

  @ParameterizedTest
  @CsvSource({
    "tar, tar -cf",
    "tar.gz, tar -czf",
    "tar.zst, tar --zstd -cf",
    "tar, tar --format=ustar -cf",
    "tar, tar --format=pax -cf",
    "zip, zip -qry"
  })
  void what_is_packed_there_is_unpacked_here(String end, String command) throws Exception {
    var words = new ArrayList<>(List.of(command.split(" ")));
    if (end.equals("tar.zst")) {
      assumeTrue(isInstalled("zstd"), "zstd is not installed");
    }
    if (command.contains("ustar")) { // has no room for such a name
      Files.delete(tree.resolve("n".repeat(200)));
    }
    words.addAll(List.of(recipe.granted.resolve("a." + end).toString(), "."));
    run(tree, words.toArray(String[]::new));
    var counted = recipe.value("return archive.unpack(`${d}/a.%s`, `${d}/here`);".formatted(end));
    assertThat(state(recipe.granted.resolve("here"))).isEqualTo(state(tree));
    assertThat(counted.path("links").asInt()).isEqualTo(2);
    assertThat(counted.path("sizeBytes").asLong()).isGreaterThan(350_000);
  }

  @ParameterizedTest
  @CsvSource({"gz, gzip", "zst, zstd -q"})
  void one_file_goes_both_ways(String end, String command) throws Exception {
    var name = "\u00fcml\u00e4ut \u65e5\u672c";
    recipe.value(
        "await archive.pack(`${d}/a.%s`, '%s', { cwd: `${d}/tree` }); return 1;"
            .formatted(end, name));
    var words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("-d", "a." + end));
    run(recipe.granted, words.toArray(String[]::new));
    assertThat(recipe.granted.resolve("a")).hasSameBinaryContentAs(tree.resolve(name));

    var back = new ArrayList<>(List.of(command.split(" ")));
    back.addAll(List.of("-f", "a"));
    run(recipe.granted, back.toArray(String[]::new));
    recipe.value("return archive.unpack(`${d}/a.%s`, `${d}/one`);".formatted(end));
    assertThat(recipe.granted.resolve("one/a")).hasSameBinaryContentAs(tree.resolve(name));
  }

  @Test
  void bytes_go_both_ways_through_gzip_and_zstd_in_one_part_or_several() throws Exception {
    recipe.value(
        """
        await fs.write(`${d}/b.gz`, await archive.compress('hello '.repeat(1000), 'gz', { level: 9 }));
        await fs.write(`${d}/b.zst`, await archive.compress(new Uint8Array(100000), 'zst'));
        return 1;
        """);
    run(recipe.granted, "gzip", "-k", "-d", "b.gz");
    assertThat(recipe.granted.resolve("b")).hasContent("hello ".repeat(1000));
    run(recipe.granted, "zstd", "-q", "-f", "-d", "b.zst");
    assertThat(Files.readAllBytes(recipe.granted.resolve("b"))).isEqualTo(new byte[100_000]);
    for (var each : List.of("gzip", "zstd")) {
      run(
          recipe.granted,
          "sh",
          "-c",
          "{ printf one | %1$s -c; printf two | %1$s -c; } > parts".formatted(each));
      assertThat(
              recipe.value(
                  "return new TextDecoder().decode(await archive.decompress(await fs.bytes(`${d}/parts`)));"))
          .hasToString("\"onetwo\"");
    }
  }

  @Test
  void a_byte_that_changed_is_found_by_the_checksum_of_whoever_wrote_it() throws Exception {
    Files.write(recipe.granted.resolve("noise"), Files.readAllBytes(tree.resolve("bin/run")));
    run(recipe.granted, "zstd", "-q", "noise", "-o", "there.zst");
    run(recipe.granted, "gzip", "-k", "noise");
    recipe.value(
        """
        await archive.pack(`${d}/here.zst`, 'noise', { cwd: d });
        await archive.pack(`${d}/here.gz`, 'noise', { cwd: d });
        return 1;
        """);
    for (var name : List.of("there.zst", "noise.gz", "here.gz", "here.zst")) {
      var file = recipe.granted.resolve(name);
      var bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertThat(
              recipe.value("return code(archive.unpack(`${d}/%s`, `${d}/out`));".formatted(name)))
          .as(name)
          .hasToString("\"archive.damaged\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"-19, done", "--ultra -22, archive.unsupported", "--long=27, archive.unsupported"})
  void zstd_is_read_as_far_as_its_window_is_one_that_fits(String flags, String told)
      throws Exception {
    var noise = new byte[20 << 20];
    new SplittableRandom(3).nextBytes(noise);
    Files.write(recipe.granted.resolve("noise"), noise);
    var words = new ArrayList<>(List.of("zstd", "-q"));
    words.addAll(List.of(flags.split(" ")));
    words.addAll(List.of("noise", "-o", "n.zst"));
    run(recipe.granted, words.toArray(String[]::new));
    assertThat(recipe.value("return code(archive.unpack(`${d}/n.zst`, `${d}/out`));").asText())
        .isEqualTo(told);
    if (told.equals("done")) {
      assertThat(recipe.granted.resolve("out/n"))
          .hasSameBinaryContentAs(recipe.granted.resolve("noise"));
    }
  }

  @Test
  void a_second_name_of_a_file_is_unpacked_as_a_file_and_a_sparse_one_whole() throws Exception {
    Files.createLink(tree.resolve("z-second"), tree.resolve("bin/run"));
    run(tree, "truncate", "-s", "3M", "holes");
    Files.setLastModifiedTime(tree.resolve("holes"), FileTime.from(OLD));
    run(tree, "tar", "-cSf", recipe.granted.resolve("a.tar").toString(), ".");
    recipe.value("return archive.unpack(`${d}/a.tar`, `${d}/here`);");
    assertThat(state(recipe.granted.resolve("here"))).isEqualTo(state(tree));
  }
}
