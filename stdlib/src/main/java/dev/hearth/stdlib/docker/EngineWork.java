package dev.hearth.stdlib.docker;

import org.jspecify.annotations.Nullable;

/**
 * Something that an engine works on while it tells how far it is. It goes on as it is read; closed
 * before its end, it is given up.
 *
 * @param <P> how far it is
 * @param <R> what comes of it
 */
interface EngineWork<P, R> extends AutoCloseable {
  /** Blocks for the next news; null when it is done. Fails as the work does. */
  @Nullable P next();

  /** What came of it, after its end. */
  R result();

  @Override
  void close();

  /** Works to the end without telling anybody. */
  static <P, R> R done(EngineWork<P, R> work) {
    try (work) {
      var news = work.next();
      while (news != null) {
        news = work.next();
      }
      return work.result();
    }
  }
}
