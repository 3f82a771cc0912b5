package dev.hearth.runtime.effect;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One direction of bytes inside this process. A writer that is ahead by the size of the buffer
 * waits for the reader; what was written before the end is always read.
 */
final class Pipe {
  private static final int CAPACITY = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] buffer = new byte[CAPACITY];
  private int start; // of what is unread; guarded by lock, as all below
  private int count;
  private boolean ended;
  private boolean abandoned;
  private @Nullable Throwable broken;
  private Duration readTimeout = Duration.ZERO;

  /** The writer is done; the reader gets the rest and then the end. */
  void end() {
    change(() -> ended = true);
  }

  /** The reader is gone; what is unread is lost and the writer fails. */
  void abandon() {
    change(() -> abandoned = true);
  }

  /** Something went wrong at the writer; the reader fails with it once it has read the rest. */
  void breakWith(Throwable cause) {
    change(() -> broken = cause);
  }

  void readTimeout(Duration limit) {
    change(() -> readTimeout = limit);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      waitForBytes();
      if (count == 0) {
        return -1;
      }
      int first = Math.min(Math.min(length, count), CAPACITY - start);
      System.arraycopy(buffer, start, target, offset, first);
      start = (start + first) % CAPACITY;
      count -= first;
      changed.signalAll();
      return first;
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private void waitForBytes() throws IOException, InterruptedException {
    long left = readTimeout.toNanos();
    boolean limited = left > 0;
    while (count == 0 || abandoned) {
      if (abandoned) {
        throw new IOException("The stream is closed.");
      }
      if (broken != null) {
        throw new IOException("The other end failed.", broken);
      }
      if (ended) {
        return;
      }
      if (limited && left <= 0) {
        throw new SocketTimeoutException("Nothing came for " + readTimeout + ".");
      }
      if (limited) {
        left = changed.awaitNanos(left);
      } else {
        changed.await();
      }
    }
  }

  void write(byte[] source, int offset, int length) throws IOException {
    lock.lock();
    try {
      int written = 0;
      while (written < length) {
        waitForRoom();
        int end = (start + count) % CAPACITY;
        int next = Math.min(Math.min(length - written, CAPACITY - count), CAPACITY - end);
        System.arraycopy(source, offset + written, buffer, end, next);
        count += next;
        written += next;
        changed.signalAll();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private void waitForRoom() throws IOException, InterruptedException {
    while (true) {
      if (ended) {
        throw new IOException("The stream is closed.");
      }
      if (abandoned) {
        throw new IOException("The other end has closed the stream.");
      }
      if (count < CAPACITY) {
        return;
      }
      changed.await();
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    var interrupted = new InterruptedIOException("The stream was interrupted.");
    interrupted.initCause(cause);
    return interrupted;
  }

  int available() {
    lock.lock();
    try {
      return abandoned ? 0 : count;
    } finally {
      lock.unlock();
    }
  }

  /** Two pipes as one end of a stream. */
  record End(Pipe in, Pipe out, String peer) implements NetStream {
    @Override
    public InputStream input() {
      return new BlockInput() {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          try {
            return in.read(target, offset, length);
          } catch (InterruptedIOException e) {
            if (!(e instanceof SocketTimeoutException)) {
              End.this.close(); // as an interrupted socket does
            }
            throw e;
          }
        }

        @Override
        public int available() {
          return in.available();
        }

        @Override
        public void close() {
          End.this.close();
        }
      };
    }

    @Override
    public OutputStream output() {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
          try {
            out.write(source, offset, length);
          } catch (InterruptedIOException e) {
            End.this.close();
            throw e;
          }
        }

        @Override
        public void close() {
          End.this.close();
        }
      };
    }

    @Override
    public void closeOutput() {
      out.end();
    }

    @Override
    public void readTimeout(Duration limit) {
      in.readTimeout(limit);
    }

    @Override
    public void close() {
      in.abandon(); // first, so that our own reader fails and does not see the peer's farewell
      out.end();
    }
  }
}
