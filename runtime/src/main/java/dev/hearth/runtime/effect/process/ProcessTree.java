package dev.hearth.runtime.effect.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A child process and all that it started, also those whose parents are gone. */
final class ProcessTree {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration LAST_WORD = Duration.ofSeconds(2);

  private final Process root;
  private final Mark mark;
  private final Set<ProcessHandle> known = new HashSet<>();

  ProcessTree(Process root, Mark mark) {
    this.root = root;
    this.mark = mark;
  }

  /** Asks the first one to end, and waits until it has. An interrupt ends the wait, and is kept. */
  void askRoot(Duration grace) {
    living(); // so that what it leaves behind is known
    root.toHandle().destroy(); // the process itself would close the pipes that it still writes to
    try {
      var _ = root.waitFor(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Asks all to end, and ends those that are left after {@code grace}. An interrupt meanwhile
   * shortens the grace, and is kept.
   */
  void end(Duration grace) {
    living().forEach(ProcessHandle::destroy);
    var interrupted = waitUntilGone(grace);
    // Who forks faster than this looks is met again in the next pass.
    var deadline = System.nanoTime() + LAST_WORD.toNanos();
    while (!living().isEmpty() && System.nanoTime() < deadline) {
      known.stream().filter(ProcessTree::isAlive).forEach(ProcessHandle::destroyForcibly);
      interrupted |= waitUntilGone(POLL);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the wait was interrupted. */
  private boolean waitUntilGone(Duration longest) {
    var deadline = System.nanoTime() + longest.toNanos();
    try {
      while (known.stream().anyMatch(ProcessTree::isAlive) && System.nanoTime() < deadline) {
        Thread.sleep(POLL);
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private Set<ProcessHandle> living() {
    known.add(root.toHandle());
    root.descendants().forEach(known::add);
    for (var member : Set.copyOf(known)) {
      member.descendants().forEach(known::add);
    }
    known.addAll(mark.processes());
    known.removeIf(member -> !isAlive(member));
    return known;
  }

  // Where nobody reaps the orphans (a container without an init), the dead stay in the list.
  private static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    try (var input = new FileInputStream("/proc/" + pid + "/stat")) {
      var stat = new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException noProcfs) {
      return false;
    }
  }
}
