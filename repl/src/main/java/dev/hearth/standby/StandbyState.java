package dev.hearth.standby;

/**
 * How a standby process is.
 *
 * @param pid its process id
 * @param folder where it stands; only runs that are started there come to it
 * @param runs how many it has done
 * @param busy whether one is being done
 */
public record StandbyState(long pid, String folder, int runs, boolean busy) {
  String text() {
    return pid + "\n" + runs + "\n" + busy + "\n" + folder;
  }

  static StandbyState of(String text) {
    var parts = text.split("\n", 4);
    return new StandbyState(
        Long.parseLong(parts[0]), parts[3], Integer.parseInt(parts[1]), parts[2].equals("true"));
  }
}
