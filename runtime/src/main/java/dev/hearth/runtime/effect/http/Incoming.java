package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.spi.OpStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer for a recipe, read ahead a little: a body that is small gives its
 * connection back although nobody reads it, as whoever only looks at the status does not.
 */
final class Incoming implements OpStream<byte[]> {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int PIECE_BYTES = 8 * 1024;

  private final HttpResponse answer;
  private final Fetch.Head head;
  private final BlockingQueue<Piece> ahead = new ArrayBlockingQueue<>(CHUNK_BYTES / PIECE_BYTES);
  private final @Nullable Thread reader;
  private @Nullable Piece last;

  /** Bytes, or the end, or why there are no more. */
  private static final class Piece {
    private final byte[] bytes;
    private final boolean isEnd;
    private final @Nullable Throwable failure;

    private Piece(byte[] bytes, boolean isEnd, @Nullable Throwable failure) {
      this.bytes = bytes;
      this.isEnd = isEnd;
      this.failure = failure;
    }
  }

  private static final Piece END = new Piece(new byte[0], true, null);

  Incoming(HttpResponse answer, Fetch.Head head) {
    this.answer = answer;
    this.head = head;
    this.reader =
        head.hasBody() ? Thread.ofVirtual().name("hearth-body").start(this::readAhead) : null;
  }

  @Override
  public Optional<Object> head() {
    return Optional.of(head);
  }

  private void readAhead() {
    try {
      ahead.put(readAll());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was closed
    }
  }

  private Piece readAll() throws InterruptedException {
    var stream = answer.body().stream();
    var buffer = new byte[PIECE_BYTES];
    try {
      int count = stream.read(buffer);
      while (count >= 0) {
        if (count > 0) {
          ahead.put(new Piece(Arrays.copyOf(buffer, count), false, null));
        }
        count = stream.read(buffer);
      }
      return END;
    } catch (IOException e) {
      return new Piece(
          new byte[0],
          true,
          Failures.ofBody("the answer of " + head.url().replaceFirst("[?#].*", ""), e));
    } catch (RuntimeException | Error e) {
      return new Piece(new byte[0], true, e);
    }
  }

  /** What has come, up to 64 KiB of it; waits when nothing has. */
  @Override
  public byte @Nullable [] next() throws InterruptedException {
    if (reader == null) {
      return null;
    }
    var piece = last == null ? ahead.take() : last;
    if (piece.isEnd) {
      last = piece;
      return ended(piece);
    }
    var chunk = new java.io.ByteArrayOutputStream(CHUNK_BYTES);
    while (piece != null && !piece.isEnd) {
      chunk.writeBytes(piece.bytes);
      piece = chunk.size() + PIECE_BYTES > CHUNK_BYTES ? null : ahead.poll();
    }
    last = piece;
    return chunk.toByteArray();
  }

  private static byte @Nullable [] ended(Piece piece) {
    switch (piece.failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {
        return null;
      }
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.interrupt();
    }
    answer.close();
  }
}
