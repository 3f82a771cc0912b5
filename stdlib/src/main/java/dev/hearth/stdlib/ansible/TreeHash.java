package dev.hearth.stdlib.ansible;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One SHA-256 of all that is in a folder: paths, contents, and what links say. */
final class TreeHash {
  /** Has the day of the installation. */
  private static final Path OF_DAY = Path.of("meta", ".galaxy_install_info");

  private final Files files;
  private final Path root;
  private final MessageDigest all = digest();

  private TreeHash(Files files, Path root) {
    this.files = files;
    this.root = root;
  }

  static String of(Files files, Path folder) {
    var hash = new TreeHash(files, folder);
    hash.add(folder);
    return HexFormat.of().formatHex(hash.all.digest());
  }

  static String ofFile(Files files, Path file) {
    var digest = digest();
    try (var in = files.open(file)) {
      var chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void add(Path folder) {
    for (var entry : files.entries(folder)) {
      var path = folder.resolve(entry.name());
      var from = root.relativize(path);
      if (entry.type() == FileStat.Type.FOLDER) {
        add(path);
      } else if (!from.equals(OF_DAY)) {
        var content =
            entry.type() == FileStat.Type.LINK
                ? "link " + files.readLink(path)
                : "file " + ofFile(files, path);
        all.update((from + "\0" + content + "\0").getBytes(UTF_8));
      }
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
