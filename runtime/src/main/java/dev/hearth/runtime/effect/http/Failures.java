package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Turns what libraries throw into what Hearth says. */
final class Failures {
  private Failures() {}

  /** The deliberate failure that something below {@code e} was. */
  static Optional<HearthException> deliberate(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HearthException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  static HearthException ofBody(String owner, IOException e) {
    var deliberate = deliberate(e);
    if (deliberate.isPresent()) {
      return deliberate.get();
    }
    if (Thread.currentThread().isInterrupted()) {
      return new HearthException(HttpError.INTERRUPTED, "Reading the body of " + owner).causedBy(e);
    }
    var code =
        e instanceof InterruptedIOException ? HttpError.BODY_STALLED : HttpError.BODY_BROKE_OFF;
    return because(new HearthException(code, owner), e);
  }

  /** What a request failed with before its answer began. */
  static HearthException ofCall(
      HttpRequest request, NetAddress peer, IOException e, Timeouts limits) {
    var deliberate = deliberate(e);
    if (deliberate.isPresent()) {
      return deliberate.get();
    }
    if (Thread.currentThread().isInterrupted()) {
      return new HearthException(HttpError.INTERRUPTED, request).causedBy(e);
    }
    if (e instanceof InterruptedIOException) {
      return because(new HearthException(HttpError.TIMEOUT, request, limits), e);
    }
    if (e instanceof SSLException) {
      return because(new HearthException(NetError.TLS_FAILED, peer), e);
    }
    return because(new HearthException(HttpError.CONNECTION_LOST, request), e);
  }

  static HearthException because(HearthException failure, IOException e) {
    return failure.with("reason", String.valueOf(e.getMessage())).causedBy(e);
  }
}
