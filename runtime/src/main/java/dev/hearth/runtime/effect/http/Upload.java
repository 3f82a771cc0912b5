package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.effect.BlockInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A body on its way from a recipe to the wire: who puts waits for who reads. */
final class Upload {
  private static final int CHUNKS = 4;
  private static final byte[] END = {};
  private static final byte[] BROKEN = {};

  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
  private volatile boolean closed;
  private volatile boolean abandoned;

  void put(byte[] chunk) throws InterruptedException {
    if (chunk.length > 0) {
      offer(chunk);
    }
  }

  void end() throws InterruptedException {
    offer(END);
  }

  /** What was sent so far is not the whole; whoever reads fails. */
  void abandon() {
    abandoned = true;
    while (!chunks.offer(BROKEN)) {
      chunks.clear();
    }
  }

  private void offer(byte[] chunk) throws InterruptedException {
    while (!closed && !abandoned) {
      if (chunks.offer(chunk, 100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  InputStream stream() {
    return new BlockInput() {
      private byte[] current = {};
      private int at;
      private boolean ended;

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        while (!ended && at == current.length) {
          current = take();
          at = 0;
          ended = current == END;
        }
        if (ended) {
          return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, target, offset, count);
        at += count;
        return count;
      }

      private byte[] take() throws IOException {
        try {
          var chunk = chunks.take();
          if (chunk == BROKEN) {
            throw new IOException("The body was given up by who sends it.");
          }
          return chunk;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("Reading the body was interrupted.");
        }
      }

      @Override
      public void close() {
        closed = true;
        chunks.clear();
      }
    };
  }
}
