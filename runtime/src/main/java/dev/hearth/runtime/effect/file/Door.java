package dev.hearth.runtime.effect.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Decides about each contact with the file system, and says how to get there. */
public interface Door {
  /** What is done with a path. */
  enum Use {
    READ,
    WRITE,
    /** It is taken away from where it is, with all that is below it. */
    REMOVE
  }

  /** What the last name of a path means when it is a link. */
  enum Last {
    FOLLOWED,
    ITSELF
  }

  /** The way to {@code asked}; fails when it may not be gone. */
  Way way(Path asked, Last last, Set<Use> uses) throws IOException;

  /** The door that is open for everybody: what Hearth itself goes through. */
  static Door open() {
    return (asked, last, uses) ->
        Way.to(last == Last.FOLLOWED ? RealPath.of(asked) : RealPath.ofItself(asked));
  }
}
