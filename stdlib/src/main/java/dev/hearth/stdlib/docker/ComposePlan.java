package dev.hearth.stdlib.docker;

import java.util.List;

/**
 * What bringing a project up would do.
 *
 * @param project its name
 * @param through which way it goes
 * @param steps what happens to which container
 * @param networks that would be made
 * @param volumes that would be made
 */
record ComposePlan(
    String project,
    ComposeWay.Through through,
    List<Step> steps,
    List<String> networks,
    List<String> volumes) {

  /** What would happen to a container. */
  enum Action {
    create,
    recreate,
    start,
    restart,
    keep,
    remove
  }

  /**
   * One container.
   *
   * @param because for people
   */
  record Step(String service, String container, Action action, String because) {}
}
