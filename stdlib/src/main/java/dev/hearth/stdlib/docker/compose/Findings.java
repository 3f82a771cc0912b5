package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.PermissionError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is found wrong, told together at the end; what may not be read is told at once. */
public final class Findings {
  private final List<HearthException> found = new ArrayList<>();

  /** Does work for each of several, and fails at the end with all that was wrong. */
  static <T> void each(Iterable<T> all, Consumer<? super T> work) {
    var findings = new Findings();
    for (var one : all) {
      findings.without(() -> work.accept(one));
    }
    findings.raise();
  }

  /** Does a part of the work, which may fail and leave the other parts to go on. */
  public void without(Runnable part) {
    try {
      part.run();
    } catch (HearthException e) {
      if (e.code() == PermissionError.DENIED) {
        throw e;
      }
      found.add(e);
    }
  }

  public void add(HearthException failure) {
    found.add(failure);
  }

  /** Fails with all that was found. */
  public void raise() {
    if (!found.isEmpty()) {
      throw HearthException.all(found);
    }
  }
}
