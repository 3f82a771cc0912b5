package dev.hearth.stdlib.docker.compose;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.PermissionError;
import java.util.ArrayList;
import java.util.List;

/** What is found wrong, told together at the end; what may not be read is told at once. */
public final class Findings {
  private final List<HearthException> found = new ArrayList<>();

  /** A part of the work, which may fail and leave the other parts to go on. */
  public interface Part {
    void run();
  }

  /** Does a part of the work. Returns whether nothing was wrong. */
  public boolean without(Part part) {
    try {
      part.run();
      return true;
    } catch (HearthException e) {
      if (e.code() == PermissionError.DENIED) {
        throw e;
      }
      found.add(e);
      return false;
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
