package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetStream;
import dev.hearth.runtime.spi.OpStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sits in front of: pieces of what is written, each with the output it came on as its
 * first byte, and what is typed. The first piece is the id by which its typing finds it. A slow
 * reader slows the writer.
 */
final class LiveSession implements OpStream<byte[]> {
  private static final byte OUT = 1;
  private static final byte ERR = 2;

  private final String id;
  private final String container;
  private final NetStream stream;
  private final Frames frames;
  private final Runnable over;
  private boolean isIdTold;
  private volatile boolean isClosed;

  /**
   * A session.
   *
   * @param id by which its typing finds it
   * @param over told that it was closed
   */
  LiveSession(String id, String container, NetStream stream, Frames frames, Runnable over) {
    this.id = id;
    this.container = container;
    this.stream = stream;
    this.frames = frames;
    this.over = over;
  }

  String id() {
    return id;
  }

  @Override
  public byte @Nullable [] next() {
    if (!isIdTold) {
      isIdTold = true;
      return ("\0" + id).getBytes(StandardCharsets.US_ASCII);
    }
    try {
      var piece = frames.next();
      if (piece == null) {
        return null;
      }
      var marked = new byte[piece.length() + 1];
      marked[0] = piece.isError() ? ERR : OUT;
      System.arraycopy(piece.bytes(), 0, marked, 1, piece.length());
      return marked;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  void type(byte[] bytes) {
    try {
      stream.output().write(bytes);
      stream.output().flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Nothing more is typed. */
  void end() {
    try {
      stream.closeOutput();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private HearthException failure(IOException e) {
    if (isClosed) {
      return new HearthException(DockerError.SESSION_OVER, container).causedBy(e);
    }
    return Thread.currentThread().isInterrupted()
        ? new HearthException(DockerError.INTERRUPTED, "session in " + container).causedBy(e)
        : new HearthException(DockerError.BROKE_OFF, "session in " + container).causedBy(e);
  }

  @Override
  public void close() {
    isClosed = true;
    over.run();
    try {
      stream.close();
    } catch (IOException alreadyGone) {
      // Nothing more is read of it.
    }
  }
}
