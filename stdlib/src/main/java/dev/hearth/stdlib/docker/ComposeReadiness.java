package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.docker.compose.ComposeError;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Waits until containers of services are what is wanted of them: started, healthy, or through with
 * their work.
 */
final class ComposeReadiness {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** What ends as soon as it is started runs for a moment; the plug-in looks as late. */
  private static final Duration SETTLING = Duration.ofMillis(500);

  /** What is wanted of a service; the words are those of {@code depends_on}. */
  enum Condition {
    /** Runs, and is healthy if it says what it takes; or is through with its work. */
    READY,
    SERVICE_STARTED,
    SERVICE_HEALTHY,
    SERVICE_COMPLETED_SUCCESSFULLY
  }

  private final Engine engine;
  private final String project;
  private final long due;
  private final Duration limit;

  ComposeReadiness(Engine engine, String project, Duration limit) {
    this.engine = engine;
    this.project = project;
    this.limit = limit;
    this.due = engine.clock().nanoTime() + limit.toNanos();
  }

  /** Returns when all containers of these services are; fails when one cannot be any more. */
  void await(Collection<String> services, Condition condition) throws InterruptedException {
    var wanted = Set.copyOf(services);
    var pause = FIRST_PAUSE;
    boolean hasSettled = condition != Condition.READY;
    while (true) {
      var open = open(wanted, condition);
      if (open.isEmpty()) {
        if (hasSettled) {
          return;
        }
        hasSettled = true;
        engine.clock().sleep(SETTLING);
        continue;
      }
      if (engine.clock().nanoTime() - due > 0) {
        var first = open.getFirst();
        throw notReady(first, "it is " + stateOf(first) + " after " + limit.toSeconds() + " s");
      }
      engine.clock().sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private List<ComposeContainer> open(Set<String> services, Condition condition) {
    return ComposeState.containers(engine, project).stream()
        .filter(each -> services.contains(each.service()))
        .filter(each -> !is(each, condition))
        .toList();
  }

  private static boolean is(ComposeContainer container, Condition condition) {
    boolean isDone = container.state().equals("exited") && container.exitCode() == 0;
    boolean isUp = container.state().equals("running");
    if (condition == Condition.SERVICE_COMPLETED_SUCCESSFULLY) {
      if (container.state().equals("exited") && container.exitCode() != 0) {
        throw notReady(container, "it ended with status " + container.exitCode());
      }
      return isDone;
    }
    if (condition == Condition.SERVICE_STARTED) {
      return true; // Compose waits for no more than that it was started, whatever became of it
    }
    if (condition == Condition.SERVICE_HEALTHY && isUp && container.health().isEmpty()) {
      throw notReady(container, "it has no health check");
    }
    if (container.health().equals("unhealthy")) {
      throw notReady(container, "it is unhealthy");
    }
    boolean isOver = Set.of("exited", "dead").contains(container.state());
    if (isOver && (container.exitCode() != 0 || condition == Condition.SERVICE_HEALTHY)) {
      throw notReady(container, "it ended with status " + container.exitCode());
    }
    return condition == Condition.SERVICE_HEALTHY
        ? container.health().equals("healthy")
        : isDone || (isUp && Set.of("", "healthy").contains(container.health()));
  }

  static HearthException notReady(ComposeContainer container, String why) {
    return new HearthException(ComposeError.COMPOSE_NOT_READY, container.service(), why)
        .with("container", container.name())
        .with("state", container.state())
        .with("health", container.health())
        .with("exitCode", container.exitCode());
  }

  private static String stateOf(ComposeContainer container) {
    return container.health().isEmpty() ? container.state() : container.health();
  }
}
