package dev.hearth.terminal;

import java.util.List;

/** What to type after a run, with the words that say what it does. */
public final class NextCommand {
  private NextCommand() {}

  /**
   * The commands that lead on.
   *
   * @param halfWay whether something was done and not taken back
   * @param simulated whether its world is gone with it
   */
  public static List<String> after(String run, boolean halfWay, boolean simulated) {
    return halfWay && !simulated
        ? List.of("hearth resume " + run, "hearth undo " + run)
        : List.of("hearth runs show " + run);
  }

  /** The same in one line. */
  public static String line(String run, boolean halfWay, boolean simulated) {
    return String.join(", or ", after(run, halfWay, simulated));
  }
}
