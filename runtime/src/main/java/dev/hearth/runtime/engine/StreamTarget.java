package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.OpStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream as a target with the operations {@code next} and {@code close}, and for one of bytes
 * {@code rest} and {@code text}: all that is still to come.
 */
final class StreamTarget implements OpTarget {
  private final String name;
  private final int limitBytes;
  private final OpStream<?> stream;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Thread reader;
  private volatile boolean closing; // nobody begins to read any more
  private volatile boolean closed;

  StreamTarget(String name, OpStream<?> stream, int limitBytes) {
    this.name = name;
    this.limitBytes = limitBytes;
    this.stream = stream;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String binding() {
    return name;
  }

  @Override
  public Prepared prepare(String op, @Nullable String argumentJson, byte @Nullable [] bytes) {
    return switch (op) {
      case "next" -> this::next;
      case "rest" -> () -> rest().toByteArray();
      case "text" -> () -> withoutMark(rest().toString(StandardCharsets.UTF_8));
      default -> this::closeOnce;
    };
  }

  private ByteArrayOutputStream rest() throws InterruptedException {
    var all = new ByteArrayOutputStream();
    while (next() instanceof byte[] chunk) {
      if (all.size() + (long) chunk.length > limitBytes) {
        close();
        throw new HearthException(EngineError.OP_RESULT_TOO_LARGE, name, limitBytes);
      }
      all.writeBytes(chunk);
    }
    return all;
  }

  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** The next item; at the end, and when there is none for a failure, the stream is closed. */
  private @Nullable Object next() throws InterruptedException {
    reading.lockInterruptibly();
    Object item = null;
    try {
      reader = Thread.currentThread(); // before the look: who closes sees it, or is seen
      if (!closed && !closing) {
        item = stream.next();
      }
      return item;
    } finally {
      reader = null;
      try {
        if (item == null && !closed) {
          closed = true;
          stream.close();
        }
      } finally {
        reading.unlock();
      }
    }
  }

  private @Nullable Object closeOnce() {
    close();
    return null;
  }

  /** Ends whoever reads, and waits for that. */
  void close() {
    closing = true;
    var busy = reader;
    if (busy != null) {
      busy.interrupt();
    }
    reading.lock();
    try {
      if (!closed) {
        closed = true;
        stream.close();
      }
    } finally {
      reading.unlock();
    }
  }
}
