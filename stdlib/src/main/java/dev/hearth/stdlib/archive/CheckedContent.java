package dev.hearth.stdlib.archive;

import dev.hearth.runtime.effect.BlockFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** The content of an entry of a zip, compared at its end with what the directory says of it. */
final class CheckedContent extends BlockFilter {
  private final long size;
  private final long crc;
  private final CRC32 actual = new CRC32();
  private long count;

  CheckedContent(InputStream content, long size, long crc) {
    super(content);
    this.size = size;
    this.crc = crc;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    var read = in.read(target, offset, length);
    if (read < 0) {
      if (count != size || actual.getValue() != crc) {
        throw new IOException("The checksum of an entry is wrong.");
      }
    } else {
      count += read;
      actual.update(target, offset, read);
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    return readNBytes((int) Math.min(wanted, 1 << 16)).length;
  }
}
