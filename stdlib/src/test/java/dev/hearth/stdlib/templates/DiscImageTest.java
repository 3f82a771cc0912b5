package dev.hearth.stdlib.templates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discs, read by somebody else's program. */
class DiscImageTest {
  private static final Path ISOINFO = Path.of("/usr/bin/isoinfo");

  private final Path folder;

  DiscImageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Map<String, byte[]> seed() {
    var files = new LinkedHashMap<String, byte[]>();
    files.put("user-data", ("#cloud-config\n" + "x".repeat(5000) + "\n").getBytes(UTF_8));
    files.put("meta-data", new byte[0]);
    files.put("ks.cfg", "text\n".getBytes(UTF_8));
    return files;
  }

  private String isoinfo(String... arguments) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(ISOINFO), "isoinfo of genisoimage is not here");
    var disc = Files.write(folder.resolve("disc.iso"), DiscImage.of("cidata", seed()));
    var command =
        new java.util.ArrayList<>(java.util.List.of(ISOINFO.toString(), "-i", disc.toString()));
    command.addAll(java.util.List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void its_label_and_both_kinds_of_names_are_read() throws Exception {
    assertThat(isoinfo("-d")).contains("Volume id: cidata\n").contains("Joliet with UCS level 3");
    assertThat(isoinfo("-f")).isEqualTo("/KS.CFG;1\n/META_DAT.;1\n/USER_DAT.;1\n");
    assertThat(isoinfo("-J", "-f")).isEqualTo("/ks.cfg\n/meta-data\n/user-data\n");
  }

  @Test
  void a_file_of_several_sectors_is_read_whole() throws Exception {
    assertThat(isoinfo("-J", "-x", "/user-data"))
        .isEqualTo(new String(seed().get("user-data"), UTF_8));
    assertThat(isoinfo("-J", "-x", "/ks.cfg")).isEqualTo("text\n");
  }

  @Test
  void of_the_same_files_it_is_the_same() {
    assertThat(DiscImage.of("cidata", seed()))
        .isEqualTo(DiscImage.of("cidata", seed()))
        .hasSize(29 * 2048);
  }

  @Test
  void what_does_not_fit_is_refused() {
    assertThatThrownBy(() -> DiscImage.of("a-label-that-is-too-long", Map.of()))
        .hasMessage("The label a-label-that-is-too-long is too long for a disc.");
    var many = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < 40; i++) {
      many.put("a-long-name-of-a-file-" + i, new byte[0]);
    }
    assertThatThrownBy(() -> DiscImage.of("many", many))
        .hasMessage("There are too many files for one folder of a disc.");
  }
}
