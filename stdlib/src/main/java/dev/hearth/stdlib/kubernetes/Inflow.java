package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ReadAhead;
import dev.hearth.runtime.effect.http.HttpError;
import dev.hearth.runtime.effect.http.HttpResponse;
import dev.hearth.runtime.effect.http.Timeouts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of answers that go on, such as a watch or a log that is followed: asked for when they
 * are wanted, and again after an answer ended or broke off. Where that is, {@code asking} says.
 * Used by one thread; {@link #close} comes from any.
 */
final class Inflow implements AutoCloseable {
  /** An answer that ends sooner ended at once. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final ApiServer server;
  private final Outage outage;
  private final Supplier<ApiCall> asking;
  private final Timeouts timeouts;
  private String subject = "";
  private long opened;
  private boolean isEmpty;
  private boolean wasNothing;
  private @Nullable ReadAhead body;
  private volatile @Nullable HttpResponse answer;
  private volatile boolean closed;

  Inflow(ApiServer server, Outage outage, Timeouts timeouts, Supplier<ApiCall> asking) {
    this.server = server;
    this.outage = outage;
    this.timeouts = timeouts;
    this.asking = asking;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isOpen() {
    return body != null;
  }

  /**
   * Waits for more and returns how much; -1 when an answer ended, and when it was closed: the next
   * read asks anew.
   */
  int read(byte[] target, int offset) {
    var from = body == null && !closed ? open() : body;
    if (from == null) {
      return -1;
    }
    int count;
    try {
      count = from.read(target, offset, target.length - offset);
    } catch (IOException e) {
      throw failure(e);
    }
    if (count >= 0) {
      isEmpty = false;
      outage.over();
      return count;
    }
    disconnect();
    wasNothing = isEmpty && server.clock().nanoTime() - opened < SHORTEST.toNanos();
    if (!wasNothing) {
      outage.over();
    }
    return -1;
  }

  /** Whether the answer that ended last did so at once, with nothing in it. */
  boolean wasNothing() {
    return wasNothing;
  }

  /** Whether more is here already, so that it is read without waiting. */
  boolean isMoreHere() {
    return body != null && body.available() > 0;
  }

  private @Nullable ReadAhead open() {
    var call = asking.get();
    subject = call.subject();
    var got = server.stream(call, outage, timeouts);
    answer = got;
    if (closed) {
      disconnect();
      return null;
    }
    opened = server.clock().nanoTime();
    isEmpty = true;
    // A server sends a chunk of HTTP for each event or line.
    var ahead = new ReadAhead(got.body().stream());
    body = ahead;
    return ahead;
  }

  private HearthException failure(IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return new HearthException(KubernetesError.INTERRUPTED, subject).causedBy(e);
    }
    boolean stalled = false;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HearthException deliberate) {
        return deliberate;
      }
      stalled |= cause instanceof InterruptedIOException;
    }
    return new HearthException(stalled ? HttpError.BODY_STALLED : HttpError.BODY_BROKE_OFF, subject)
        .causedBy(e);
  }

  /** Ends the answer and waits until it may be asked for anew; fails where that is in vain. */
  void sitOut(HearthException failure) throws InterruptedException {
    disconnect();
    if (closed) {
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    outage.sitOut(failure);
  }

  /** Ends the answer; the next read asks anew. */
  void disconnect() {
    var open = answer;
    answer = null;
    body = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    var open = answer;
    if (open != null) {
      open.close();
    }
  }
}
