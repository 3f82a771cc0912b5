package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileStat;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out by its first bytes what an archive is, and opens it. */
final class Detection {
  private static final int BEGINNING = 512;
  private static final String GZIP = "1f8b";
  private static final String ZSTD = "28b52ffd";

  /** What is known and cannot be read, by its first bytes. */
  private static final Map<String, String> OTHERS = others();

  private final Files files;
  private final Path path;
  private final String shown;

  Detection(Files files, Path path) {
    this.files = files;
    this.path = path;
    this.shown = VisibleText.of(path);
  }

  private static Map<String, String> others() {
    var others = new LinkedHashMap<String, String>();
    others.put("fd377a585a00", "an xz archive");
    others.put("425a68", "a bzip2 archive");
    others.put("377abcaf271c", "a 7z archive");
    others.put("526172211a07", "a rar archive");
    others.put("213c617263683e0a", "an ar archive, such as a Debian package");
    return others;
  }

  /** What some bytes are compressed with; they may be short. */
  static Compression compressionOf(byte[] beginning) {
    var hex = HexFormat.of().formatHex(beginning, 0, Math.min(beginning.length, 8));
    if (hex.startsWith(GZIP)) {
      return Compression.GZIP;
    }
    // zstd begins with what other programs put before it, too.
    return hex.startsWith(ZSTD) || hex.matches("5[0-9a-f]2a4d18.*")
        ? Compression.ZSTD
        : Compression.NONE;
  }

  /**
   * Opens the archive.
   *
   * @param format what it is, whatever its first bytes are; null: they say it
   */
  OpenArchive open(@Nullable Format format, Quota quota) {
    var channel = files.openAnywhere(path);
    try {
      return OpenArchive.of(
          shown, quota, () -> reader(format == null ? formatOf(channel) : format, channel, quota));
    } catch (HearthException e) {
      try (channel) {
        throw e;
      } catch (IOException notClosed) {
        throw Source.failure(shown, notClosed);
      }
    }
  }

  private ArchiveReader reader(Format format, SeekableByteChannel channel, Quota quota)
      throws IOException {
    if (format == Format.ZIP) {
      return new ZipReader(shown, channel, quota);
    }
    if (format.compression() == Compression.ZSTD) {
      ZstdWindow.requireReadable(shown, beginning(channel));
    }
    var source = new Source(shown, Channels.newInputStream(channel.position(0)));
    return format.isTar()
        ? new TarReader(source, format.compression(), quota)
        : new OneFileReader(source, format.compression(), nameInside(), modified());
  }

  private static byte[] beginning(SeekableByteChannel channel) throws IOException {
    var beginning = ByteBuffer.allocate(BEGINNING);
    channel.position(0);
    while (beginning.hasRemaining() && channel.read(beginning) >= 0) {
      // Until it is full or the file ends.
    }
    return Arrays.copyOf(beginning.array(), beginning.position());
  }

  private Format formatOf(SeekableByteChannel channel) throws IOException {
    var bytes = beginning(channel);
    var hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8));
    if (hex.startsWith("504b0304") || hex.startsWith("504b0506")) {
      return Format.ZIP;
    }
    var compression = compressionOf(bytes);
    if (compression == Compression.ZSTD) {
      ZstdWindow.requireReadable(shown, bytes);
    }
    return switch (compression) {
      case GZIP -> isTar(peek(channel, compression)) ? Format.TAR_GZ : Format.GZ;
      case ZSTD -> isTar(peek(channel, compression)) ? Format.TAR_ZST : Format.ZST;
      case NONE -> {
        if (isTar(bytes)) {
          yield Format.TAR;
        }
        throw unknown(hex);
      }
    };
  }

  private HearthException unknown(String hex) {
    for (var other : OTHERS.entrySet()) {
      if (hex.startsWith(other.getKey())) {
        return new HearthException(ArchiveError.UNSUPPORTED, shown, other.getValue());
      }
    }
    return new HearthException(ArchiveError.NO_ARCHIVE, shown);
  }

  private byte[] peek(SeekableByteChannel channel, Compression compression) throws IOException {
    InputStream source = new Source(shown, Channels.newInputStream(channel.position(0)));
    return compression.reading(source).readNBytes(BEGINNING); // the channel stays open
  }

  private boolean isTar(byte[] beginning) {
    if (TarReader.isTar(beginning)) {
      return true;
    }
    // A tar of nothing is nothing but zeros.
    var isEmpty = beginning.length == BEGINNING;
    for (var one : beginning) {
      isEmpty &= one == 0;
    }
    return isEmpty
        && Format.byName(String.valueOf(path.getFileName())).filter(Format::isTar).isPresent();
  }

  private String nameInside() {
    var name = String.valueOf(path.getFileName());
    var end = name.lastIndexOf('.');
    var isEnd = Format.byName(name).filter(Format::isOneFile).isPresent();
    return isEnd && end > 0 ? name.substring(0, end) : name;
  }

  private Instant modified() {
    return files.stat(path).map(FileStat::modified).orElse(Instant.EPOCH);
  }
}
