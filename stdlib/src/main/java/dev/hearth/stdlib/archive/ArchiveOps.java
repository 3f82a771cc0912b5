package dev.hearth.stdlib.archive;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.FileError;
import dev.hearth.runtime.effect.Files;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What recipes can do with archives. Every method blocks; the runtime gives it a worker. */
final class ArchiveOps {
  /** What one entry, or what was compressed, may have when it is kept in memory. */
  private static final long MOST_IN_MEMORY = 64L << 20;

  private final Files files;

  ArchiveOps(Files files) {
    this.files = files;
  }

  record Pack(
      String archive,
      List<String> paths,
      String cwd,
      @Nullable List<String> exclude,
      @Nullable Format format,
      @Nullable Integer level,
      @Nullable Boolean reproducible) {}

  /**
   * What was packed.
   *
   * @param leftOut devices, pipes and sockets
   */
  record Packed(int entries, long sizeBytes, List<String> leftOut) {}

  @Op(writes = true)
  Packed pack(Pack request) {
    var archive = path(request.archive());
    var format = request.format() == null ? formatByName(archive) : request.format();
    var exclude = Objects.requireNonNullElse(request.exclude(), List.<String>of());
    var tree = new Tree(files, path(request.cwd()), exclude, archive);
    for (var one : request.paths()) {
      tree.add(one, path(one));
    }
    var items = tree.items();
    var reproducible = Boolean.TRUE.equals(request.reproducible());
    new Packing(files, new Packing.Form(format, level(request.level()), reproducible))
        .pack(items, archive);
    var size = files.stat(archive).map(stat -> stat.sizeBytes()).orElse(0L);
    return new Packed(items.size(), size, tree.leftOut());
  }

  private static Format formatByName(Path archive) {
    return Format.byName(String.valueOf(archive.getFileName()))
        .orElseThrow(() -> new HearthException(ArchiveError.NO_FORMAT, VisibleText.of(archive)));
  }

  private static int level(@Nullable Integer level) {
    if (level != null && (level < 1 || level > 9)) {
      throw new HearthException(ArchiveError.NO_LEVEL);
    }
    return Objects.requireNonNullElse(level, Compression.USUAL_LEVEL);
  }

  record Unpack(
      String archive,
      String folder,
      @Nullable Format format,
      @Nullable List<String> only,
      @Nullable Integer strip,
      @Nullable Boolean links,
      @Nullable Boolean overwrite,
      @Nullable Long maxBytes,
      @Nullable Long maxEntries,
      @Nullable Long maxRatio) {}

  @Op(writes = true)
  Unpacking.Outcome unpack(Unpack request) {
    var only = Objects.requireNonNullElse(request.only(), List.<String>of());
    var strip = Objects.requireNonNullElse(request.strip(), 0);
    if (strip < 0) {
      throw new HearthException(ArchiveError.NO_LIMIT, "strip");
    }
    var wish =
        new Unpacking.Wish(
            only.stream().map(EntryPath::asked).toList(),
            strip,
            !Boolean.FALSE.equals(request.links()),
            Boolean.TRUE.equals(request.overwrite()));
    var quota =
        quota(request.archive(), request.maxBytes(), request.maxEntries(), request.maxRatio());
    try (var archive = open(request.archive(), request.format(), quota)) {
      return new Unpacking(files, archive, wish, path(request.folder())).unpack();
    }
  }

  record Of(
      String archive,
      @Nullable Format format,
      @Nullable Long maxEntries,
      @Nullable Long maxRatio) {}

  /**
   * An entry as it is told.
   *
   * @param sizeBytes null where only decompressing would tell
   * @param target what a link leads to
   */
  record Told(
      String path,
      String type,
      @Nullable Long sizeBytes,
      String mode,
      String modified,
      @Nullable String target) {
    static Told of(Entry entry) {
      return new Told(
          entry.name(),
          entry.type().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          entry.sizeBytes() < 0 ? null : entry.sizeBytes(),
          String.format(Locale.ROOT, "%04o", entry.mode()),
          entry.modified().toString(),
          entry.target().isEmpty() ? null : entry.target());
    }
  }

  @Op
  List<Told> list(Of request) {
    var quota = quota(request.archive(), null, request.maxEntries(), request.maxRatio());
    try (var archive = open(request.archive(), request.format(), quota)) {
      var all = new ArrayList<Told>();
      for (var entry = archive.next(); entry != null; entry = archive.next()) {
        all.add(Told.of(entry));
      }
      return all;
    }
  }

  record Read(
      String archive,
      @Nullable String entry,
      @Nullable Format format,
      @Nullable Long maxBytes,
      @Nullable Long maxEntries,
      @Nullable Long maxRatio) {}

  @Op
  byte[] read(Read request) throws IOException {
    var wanted = request.entry() == null ? null : EntryPath.asked(request.entry());
    var quota =
        quota(
            request.archive(),
            Objects.requireNonNullElse(request.maxBytes(), MOST_IN_MEMORY),
            request.maxEntries(),
            request.maxRatio());
    try (var archive = open(request.archive(), request.format(), quota)) {
      for (var entry = archive.next(); entry != null; entry = archive.next()) {
        if (wanted == null || EntryPath.asked(entry.name()).equals(wanted)) {
          return content(archive, entry);
        }
      }
      var name = Objects.requireNonNullElse(request.entry(), "");
      throw new HearthException(ArchiveError.NO_ENTRY, archive.shown(), VisibleText.of(name));
    }
  }

  private static byte[] content(OpenArchive archive, Entry entry) throws IOException {
    if (entry.type() != Entry.Type.FILE) {
      throw archive.error(ArchiveError.NOT_A_FILE, entry);
    }
    var content = new ByteArrayOutputStream();
    archive.copyTo(content);
    return content.toByteArray();
  }

  /** How bytes are compressed; {@code text}: instead of the bytes beside it. */
  record Compress(Format format, @Nullable Integer level, @Nullable String text) {}

  @Op
  byte[] compress(Compress request, byte @Nullable [] bytes) throws IOException {
    requireOneFile(request.format());
    var content = bytes;
    if (content == null) {
      content = Objects.requireNonNullElse(request.text(), "").getBytes(StandardCharsets.UTF_8);
    }
    var compressed = new ByteArrayOutputStream();
    try (var output = request.format().compression().writing(compressed, level(request.level()))) {
      output.write(content);
    }
    return compressed.toByteArray();
  }

  record Decompress(@Nullable Format format, @Nullable Long maxBytes, @Nullable Long maxRatio) {}

  @Op
  byte[] decompress(Decompress request, byte @Nullable [] given) throws IOException {
    var shown = "the bytes";
    var bytes = given == null ? new byte[0] : given;
    var compression = Detection.compressionOf(bytes);
    if (request.format() != null) {
      requireOneFile(request.format());
      compression = request.format().compression();
    }
    if (compression == Compression.NONE) {
      throw new HearthException(ArchiveError.NO_ARCHIVE, shown);
    }
    if (compression == Compression.ZSTD) {
      ZstdWindow.requireReadable(shown, bytes);
    }
    var how = compression;
    var quota =
        new Quota(
            shown,
            Objects.requireNonNullElse(request.maxBytes(), MOST_IN_MEMORY),
            Quota.MOST_ENTRIES,
            Objects.requireNonNullElse(request.maxRatio(), Quota.MOST_RATIO));
    var source = new Source(shown, new ByteArrayInputStream(bytes));
    try (var archive =
        OpenArchive.of(shown, quota, () -> new OneFileReader(source, how, shown, Instant.EPOCH))) {
      return content(archive, Objects.requireNonNull(archive.next()));
    }
  }

  private static void requireOneFile(Format format) {
    if (!format.isOneFile()) {
      throw new HearthException(ArchiveError.NOT_FOR_BYTES, format);
    }
  }

  private static Quota quota(
      String archive, @Nullable Long maxBytes, @Nullable Long maxEntries, @Nullable Long maxRatio) {
    return new Quota(
        VisibleText.of(archive),
        Objects.requireNonNullElse(maxBytes, Quota.MOST_BYTES),
        Objects.requireNonNullElse(maxEntries, Quota.MOST_ENTRIES),
        Objects.requireNonNullElse(maxRatio, Quota.MOST_RATIO));
  }

  private OpenArchive open(String archive, @Nullable Format format, Quota quota) {
    return new Detection(files, path(archive)).open(format, quota);
  }

  private static Path path(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw new HearthException(FileError.NOT_FOUND, VisibleText.of(text)).causedBy(e);
    }
    throw new HearthException(FileError.NOT_FOUND, "");
  }
}
