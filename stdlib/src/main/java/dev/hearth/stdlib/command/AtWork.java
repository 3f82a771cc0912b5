package dev.hearth.stdlib.command;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The programs that a run has started and that have not ended. A run that is over before they are
 * closes them and so waits: until then they have files of its own open, or a state to write.
 */
public final class AtWork implements AutoCloseable {
  private final Set<Program> programs = ConcurrentHashMap.newKeySet();

  /** A program at work. */
  public interface Program extends AutoCloseable {
    /** Ends it, and returns when nothing of it is left. */
    @Override
    void close();
  }

  /** It has begun. */
  public void add(Program program) {
    programs.add(program);
  }

  /** It has ended. */
  public void remove(Program program) {
    programs.remove(program);
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
  }
}
