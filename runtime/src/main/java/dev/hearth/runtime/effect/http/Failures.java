package dev.hearth.runtime.effect.http;

import dev.hearth.runtime.HearthException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;

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
    return deliberate(e)
        .orElseGet(
            () ->
                Thread.currentThread().isInterrupted()
                    ? new HearthException(HttpError.INTERRUPTED, "Reading the body of " + owner)
                        .causedBy(e)
                    : brokeOff(owner, e));
  }

  private static HearthException brokeOff(String owner, IOException e) {
    var why = e instanceof SocketTimeoutException ? "nothing came for too long" : e.getMessage();
    return new HearthException(HttpError.BODY_BROKE_OFF, owner)
        .with("reason", String.valueOf(why))
        .causedBy(e);
  }
}
