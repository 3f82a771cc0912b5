package dev.hearth.stdlib.templates;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A disc with some files in its only folder: an image in the form of ISO 9660, with the names of
 * Joliet beside those of eight letters, as systems that install themselves look for their answers
 * on. Of the same files it is the same, byte by byte.
 */
final class DiscImage {
  private static final int SECTOR = 2048;
  private static final int DESCRIPTORS = 16;
  private static final int PATHS = DESCRIPTORS + 3;
  private static final int FOLDERS = PATHS + 4;
  private static final int FIRST_FILE = FOLDERS + 2;
  private static final int RECORD = 33;
  private static final int LONGEST_LABEL = 16;

  /**
   * A file, or a folder, as a folder tells of it.
   *
   * @param name its bytes, each a letter
   */
  private record Entry(String name, int sector, int length) {}

  private final String label;
  private final List<Map.Entry<String, byte[]>> files;
  private final int[] sectors;
  private final int length;
  private final ByteBuffer disc;

  private DiscImage(String label, Map<String, byte[]> content) {
    this.label = label;
    this.files = List.copyOf(content.entrySet());
    this.sectors = new int[files.size()];
    int next = FIRST_FILE;
    for (int i = 0; i < sectors.length; i++) {
      sectors[i] = next;
      next += (files.get(i).getValue().length + SECTOR - 1) / SECTOR;
    }
    this.length = next;
    this.disc = ByteBuffer.allocate(length * SECTOR);
  }

  /**
   * The image.
   *
   * @param label up to 16 letters and digits
   * @param files by their names, which need not be short
   */
  static byte[] of(String label, Map<String, byte[]> files) {
    if (label.length() > LONGEST_LABEL) {
      throw new IllegalArgumentException("The label " + label + " is too long for a disc.");
    }
    return new DiscImage(label, files).written();
  }

  private byte[] written() {
    descriptor(0, false);
    descriptor(1, true);
    at(DESCRIPTORS + 2).put((byte) 255).put("CD001".getBytes(US_ASCII)).put((byte) 1);
    for (int i = 0; i < 4; i++) {
      pathTable(i);
    }
    folder(FOLDERS, entries(false));
    folder(FOLDERS + 1, entries(true));
    for (int i = 0; i < sectors.length; i++) {
      at(sectors[i]).put(files.get(i).getValue());
    }
    return disc.array();
  }

  private ByteBuffer at(int sector) {
    return disc.position(sector * SECTOR);
  }

  private void descriptor(int index, boolean joliet) {
    at(DESCRIPTORS + index).put((byte) (joliet ? 2 : 1)).put("CD001".getBytes(US_ASCII));
    disc.put((byte) 1).put((byte) 0);
    text("", 32, joliet); // the system
    text(label, 32, joliet);
    skip(8);
    both(length);
    if (joliet) {
      disc.put("%/E".getBytes(US_ASCII));
      skip(29);
    } else {
      skip(32);
    }
    both((short) 1).both((short) 1).both((short) SECTOR);
    both(10); // of a path table: one entry
    int paths = PATHS + 2 * index;
    disc.order(ByteOrder.LITTLE_ENDIAN).putInt(paths).putInt(0);
    disc.order(ByteOrder.BIG_ENDIAN).putInt(paths + 1).putInt(0);
    record(new Entry("\0", FOLDERS + index, SECTOR), true);
    text("", 128 * 4, joliet); // set, publisher, preparer, application
    text("", 37 * 3, joliet); // files with copyright, abstract, bibliography
    for (int i = 0; i < 4; i++) {
      disc.put("0000000000000000".getBytes(US_ASCII)).put((byte) 0); // no time is told
    }
    disc.put((byte) 1);
  }

  /** The first two are of short names, little end first, then big; then those of Joliet. */
  private void pathTable(int index) {
    at(PATHS + index).order(index % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    disc.put((byte) 1).put((byte) 0).putInt(FOLDERS + index / 2).putShort((short) 1);
    disc.put((byte) 0).put((byte) 0).order(ByteOrder.BIG_ENDIAN);
  }

  private List<Entry> entries(boolean joliet) {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < sectors.length; i++) {
      var name = files.get(i).getKey();
      var written = joliet ? new String(name.getBytes(UTF_16BE), ISO_8859_1) : shortName(name);
      entries.add(new Entry(written, sectors[i], files.get(i).getValue().length));
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  /** {@code USER_DAT.;1} of {@code user-data}. */
  private static String shortName(String name) {
    var parts = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9.]", "_").split("\\.", 2);
    var suffix = parts.length > 1 ? parts[1].replace('.', '_') : "";
    return first(parts[0], 8) + "." + first(suffix, 3) + ";1";
  }

  private static String first(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }

  private void folder(int sector, List<Entry> entries) {
    at(sector);
    record(new Entry("\0", sector, SECTOR), true); // itself
    record(new Entry("\1", sector, SECTOR), true); // what it is in: itself
    entries.forEach(entry -> record(entry, false));
  }

  private void record(Entry entry, boolean isFolder) {
    int named = entry.name().length();
    int size = RECORD + named + (named % 2 == 0 ? 1 : 0);
    if (disc.position() % SECTOR + size > SECTOR) {
      throw new IllegalArgumentException("There are too many files for one folder of a disc.");
    }
    disc.put((byte) size).put((byte) 0);
    both(entry.sector());
    both(entry.length());
    disc.put(new byte[] {80, 1, 1, 0, 0, 0, 0}); // 1980: the disc is not to depend on the time
    disc.put((byte) (isFolder ? 2 : 0)).put((byte) 0).put((byte) 0);
    both((short) 1);
    disc.put((byte) named).put(entry.name().getBytes(ISO_8859_1));
    skip(size - RECORD - named);
  }

  /** Filled up with blanks. */
  private void text(String text, int bytes, boolean joliet) {
    var blank = joliet ? " ".getBytes(UTF_16BE) : new byte[] {' '};
    var written = text.getBytes(joliet ? UTF_16BE : US_ASCII);
    disc.put(written);
    int left = bytes - written.length;
    for (; left >= blank.length; left -= blank.length) {
      disc.put(blank);
    }
    skip(left);
  }

  private void skip(int bytes) {
    disc.position(disc.position() + bytes);
  }

  private void both(int number) {
    disc.order(ByteOrder.LITTLE_ENDIAN).putInt(number).order(ByteOrder.BIG_ENDIAN).putInt(number);
  }

  private DiscImage both(short number) {
    disc.order(ByteOrder.LITTLE_ENDIAN).putShort(number);
    disc.order(ByteOrder.BIG_ENDIAN).putShort(number);
    return this;
  }
}
