package dev.hearth.stdlib.terraform;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The programs that are at work, so that a run of Hearth that is over before they are waits until
 * they have written their states.
 */
final class OpenPrograms implements AutoCloseable {
  private final Set<TerraformRun> open = ConcurrentHashMap.newKeySet();

  void add(TerraformRun run) {
    open.add(run);
  }

  void remove(TerraformRun run) {
    open.remove(run);
  }

  @Override
  public void close() {
    open.forEach(TerraformRun::close);
  }
}
