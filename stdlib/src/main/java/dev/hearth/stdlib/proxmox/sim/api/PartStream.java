package dev.hearth.stdlib.proxmox.sim.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * One part of a multipart body: the bytes up to the next delimiter, which is consumed. A body that
 * ends before that is broken.
 */
final class PartStream extends InputStream {
  private final InputStream body;
  private final byte[] delimiter;
  private int matched; // how much of the delimiter was just seen
  private int replayed; // how much of a false start is still to be given out
  private int falseStart;
  private int pending = -1; // the byte after a false start
  private boolean isOver;

  /**
   * @param body must be buffered, since it is read byte by byte
   * @param delimiter {@code CR LF -- boundary}
   */
  PartStream(InputStream body, String delimiter) {
    this.body = body;
    this.delimiter = delimiter.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int read() throws IOException {
    if (replayed < falseStart) {
      return delimiter[replayed++] & 0xff;
    }
    falseStart = 0;
    replayed = 0;
    if (pending >= 0) {
      int next = pending;
      pending = -1;
      return next;
    }
    while (!isOver) {
      int next = body.read();
      if (next < 0) {
        throw new EOFException("The upload ends in the middle of a part.");
      }
      if (next == (delimiter[matched] & 0xff)) {
        matched++;
        isOver = matched == delimiter.length;
        continue;
      }
      if (matched == 0) {
        return next;
      }
      return giveBack(next);
    }
    return -1;
  }

  /** What looked like the delimiter was content. A delimiter has only one CR, at its start. */
  private int giveBack(int next) {
    falseStart = matched;
    replayed = 1;
    boolean restarts = next == (delimiter[0] & 0xff);
    matched = restarts ? 1 : 0;
    pending = restarts ? -1 : next;
    return delimiter[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    int n = 0;
    while (n < count) {
      int next = read();
      if (next < 0) {
        break;
      }
      buffer[offset + n] = (byte) next;
      n++;
    }
    return n == 0 && count > 0 ? -1 : n;
  }
}
