package dev.hearth.stdlib.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a command writes to stdout, as a stream; of its errors the beginning is kept. */
final class ExecutionOutput extends InputStream {
  private static final int ERROR_BYTES = 1 << 16;

  private final Execution execution;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private Runnable atEnd = () -> {};
  private byte[] piece = new byte[0];
  private int at;
  private boolean ended;

  ExecutionOutput(Execution execution) {
    this.execution = execution;
  }

  /** What is done when all has come, before the reader hears of the end; it may throw. */
  void atEnd(Runnable check) {
    atEnd = check;
  }

  String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    while (at == piece.length) {
      var next = ended ? null : execution.next();
      if (next == null) {
        if (!ended) {
          ended = true;
          atEnd.run();
        }
        return -1;
      }
      if (next.channel() == Channels.STDERR) {
        errors.write(next.bytes(), 0, Math.min(next.bytes().length, ERROR_BYTES - errors.size()));
      } else {
        piece = next.bytes();
        at = 0;
      }
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, target, offset, count);
    at += count;
    return count;
  }
}
