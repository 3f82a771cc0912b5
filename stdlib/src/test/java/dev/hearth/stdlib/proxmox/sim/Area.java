package dev.hearth.stdlib.proxmox.sim;

import java.util.Map;

/**
 * A part of the further recordings that was made in one world: its files, what was there before and
 * what was done in between without being recorded, and how far the simulator is alike.
 */
interface Area {
  /**
   * The files, with how many of their exchanges are answered alike. These numbers may only grow:
   * the test fails when one falls, and says so when one can be raised.
   */
  Map<String, Integer> alike();

  /** Exchanges that are replayed but not compared, by number, and why. */
  default Map<Integer, String> notCompared() {
    return Map.of();
  }

  /** Makes the world as it was before the first recording. */
  default void prepare(Offstage stage) {}

  /** Does what was done just before this recording without being recorded. */
  default void before(int number, Offstage stage) {}
}
