package dev.hearth.runtime.run.crash;

import dev.hearth.runtime.HearthException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process of its own does that may write no file longer than some bytes: many runs, whose
 * journals come to that end at other places. Prints what became of each.
 */
final class TripsOnFullDisk {
  private TripsOnFullDisk() {}

  /** Arguments: {@code begin} or {@code undo}; the folder; how much more to write each time. */
  public static void main(String... arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    for (int at = 1; at < arguments.length; at++) {
      var padding = Integer.parseInt(arguments[at]);
      var trip = new Trip(folder.resolve(arguments[at]), new Moment(0));
      Files.createDirectories(folder.resolve(arguments[at]));
      try {
        var result = trip.begin(padding).await();
        var error = result.error();
        System.out.println(
            result.status()
                + " "
                + result.exitStatus()
                + " "
                + (error == null ? "-" : error.code()));
      } catch (HearthException e) {
        System.out.println("refused " + e.kind().exitStatus() + " " + e.id());
      }
    }
  }
}
