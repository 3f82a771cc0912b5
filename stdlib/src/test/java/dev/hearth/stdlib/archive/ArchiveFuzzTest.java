package dev.hearth.stdlib.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.file.Door;
import dev.hearth.runtime.effect.file.SystemFiles;
import dev.hearth.stdlib.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes are taken for an archive: they are read, or refused by a sentence. */
class ArchiveFuzzTest {
  private Path folder;
  private ArchiveOps ops;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    this.folder = folder.toRealPath();
    ops = new ArchiveOps(new SystemFiles(Door.open(), Limits.DEFAULT));
  }

  private List<String> corpus() throws IOException {
    var tree = Files.createDirectories(folder.resolve("tree/sub"));
    Files.writeString(tree.resolve("f"), "text ".repeat(300));
    Files.createSymbolicLink(tree.resolve("l"), Path.of("f"));
    Files.writeString(folder.resolve("tree/" + "n".repeat(150)), "x");
    var corpus = new ArrayList<String>();
    for (var end : List.of("tar", "tar.gz", "tar.zst", "zip")) {
      var file = folder.resolve("x." + end).toString();
      ops.pack(
          new ArchiveOps.Pack(file, List.of("tree"), folder.toString(), null, null, null, true));
      corpus.add(new String(Files.readAllBytes(Path.of(file)), ISO_8859_1));
    }
    var old = new Forged().entry("s", TarConstants.LF_GNUTYPE_SPARSE, "", "data").file("z", "x");
    corpus.add(new String(old.bytes(), ISO_8859_1));
    corpus.add("\u001f\u008b\b\0\0\0\0\0\0\3KLJ\6\0\302A$5\3\0\0\0");
    corpus.add("(\265/\375\4X\31\0\0abc\250k\25\367");
    return corpus;
  }

  private Fuzz fuzz() throws IOException {
    return new Fuzz(
        corpus(),
        "PK\1\2\3\4\5\6\7\b0123456789/..\u00ff\0 ustar\0xgLKSVD size=\npath=\n\u001f\u008b(\265/\375");
  }

  private ArchiveOps.Unpack unpacked(Path file) {
    return new ArchiveOps.Unpack(
        file.toString(),
        folder.resolve("out").toString(),
        null,
        null,
        null,
        null,
        true,
        50L << 20,
        5_000L,
        null);
  }

  @Test
  void whatever_is_unpacked_stays_in_its_folder_or_is_refused() throws Exception {
    var file = folder.resolve("fuzzed");
    var tried =
        fuzz()
            .run(
                text -> {
                  Files.write(file, text.getBytes(ISO_8859_1));
                  try {
                    ops.unpack(unpacked(file));
                  } finally {
                    var files = new SystemFiles(Door.open(), Limits.DEFAULT);
                    files.deleteTree(folder.resolve("out"));
                  }
                });
    assertThat(tried).isPositive();
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder("tree", "fuzzed", "x.tar", "x.tar.gz", "x.tar.zst", "x.zip");
    }
  }

  @Test
  void whatever_is_listed_as_what_it_is_not_is_listed_or_refused() throws Exception {
    var file = folder.resolve("fuzzed");
    var formats = Format.values();
    assertThat(
            fuzz()
                .run(
                    text -> {
                      Files.write(file, text.getBytes(ISO_8859_1));
                      var format = formats[Math.floorMod(text.hashCode(), formats.length)];
                      ops.list(new ArchiveOps.Of(file.toString(), format, 5_000L, null));
                    }))
        .isPositive();
  }

  @Test
  void whatever_bytes_are_decompressed_are_or_are_refused() throws Exception {
    assertThat(
            fuzz()
                .run(
                    text ->
                        ops.decompress(
                            new ArchiveOps.Decompress(
                                text.length() % 2 == 0 ? Format.ZST : Format.GZ, 10L << 20, null),
                            text.getBytes(ISO_8859_1))))
        .isPositive();
  }
}
