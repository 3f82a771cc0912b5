package dev.hearth.stdlib.ansible;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The playbooks that are going on, so that a run of Hearth that is over before they are waits for
 * their end: until then there are processes of theirs, and files with secrets.
 */
final class OpenRuns implements AutoCloseable {
  private final Set<PlaybookRun> open = ConcurrentHashMap.newKeySet();

  void add(PlaybookRun run) {
    open.add(run);
  }

  void remove(PlaybookRun run) {
    open.remove(run);
  }

  @Override
  public void close() {
    open.forEach(PlaybookRun::close);
  }
}
