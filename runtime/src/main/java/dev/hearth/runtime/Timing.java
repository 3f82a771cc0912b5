package dev.hearth.runtime;

import java.time.Duration;
import java.util.List;

/**
 * Where the time of a run went. The phases follow on each other; all else happened within them.
 *
 * @param start before the run was prepared: the process, the command line, simulators; zero where
 *     nobody said when it was asked for
 * @param preparation until the run began: the recipe read, parameters and grants settled
 * @param engine until there was a JavaScript world
 * @param loading JavaScript until the recipe's function was called: its modules
 * @param javascript JavaScript from then on
 * @param waiting the recipe waited for operations and timers
 * @param collecting the heap was collected; within the others
 * @param modules the user's files that were read for imports; within {@code loading} as a rule
 * @param steps the recipe's; in each list what took longest in all comes first
 * @param operations of bindings, by {@code binding.operation}
 * @param contacts with the world, by what the gate was asked for
 * @param waits for a limit of concurrency
 */
public record Timing(
    Duration start,
    Duration preparation,
    Duration engine,
    Duration loading,
    Duration javascript,
    Duration waiting,
    Duration collecting,
    List<Tally> modules,
    List<Tally> steps,
    List<Tally> operations,
    List<Tally> contacts,
    List<Waited> waits) {

  public Timing {
    modules = List.copyOf(modules);
    steps = List.copyOf(steps);
    operations = List.copyOf(operations);
    contacts = List.copyOf(contacts);
    waits = List.copyOf(waits);
  }

  /** All phases together. */
  public Duration total() {
    return start.plus(preparation).plus(engine).plus(loading).plus(javascript).plus(waiting);
  }

  /**
   * What happened several times.
   *
   * @param name of what
   * @param count how often
   * @param failed how many of these failed
   * @param total how long, added up; what happens at once counts each
   * @param longest the longest one
   * @param bytes that were moved
   */
  public record Tally(
      String name, long count, long failed, Duration total, Duration longest, long bytes) {}

  /**
   * What waited for a limit.
   *
   * @param what was waited for: {@code a connection to 10.0.0.5}
   * @param setting the limit's, such as {@code limits.connectionsPerHost}; empty for one that is
   *     learnt of the system
   * @param count how often
   * @param total how long, added up
   */
  public record Waited(String what, String setting, long count, Duration total) {}
}
