package dev.hearth.runtime.run.crash;

import dev.hearth.runtime.TakeUpRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a process of its own does: many runs at once, each of which stands still at another moment.
 * When all stand still it kills itself with SIGKILL, so that every run has been killed at its own.
 */
final class TripsUntilKilled {
  private TripsUntilKilled() {}

  /** Arguments: {@code begin}, {@code resume} or {@code undo}; the folder; the moments. */
  public static void main(String... arguments) throws Exception {
    var folder = Path.of(arguments[1]);
    var moments = Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
    var trips = new ArrayList<Trip>();
    for (int moment : moments) {
      var trip = new Trip(folder.resolve(Integer.toString(moment)), new Moment(moment));
      trips.add(trip);
      Thread.ofPlatform().daemon().start(() -> go(arguments[0], trip));
    }
    awaitAll(trips);
    new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  private static void go(String what, Trip trip) {
    try {
      var run =
          switch (what) {
            case "begin" -> trip.begin();
            case "resume" -> trip.takeUp(request(trip));
            default -> trip.takeUp(TakeUpRequest.undo(id(trip)));
          };
      run.await();
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    } finally {
      trip.moment().over();
    }
  }

  private static String id(Trip trip) {
    return trip.run().orElseThrow().summary().run();
  }

  static TakeUpRequest request(Trip trip) {
    return Answers.resume(trip);
  }

  private static void awaitAll(List<Trip> trips) throws InterruptedException {
    for (var trip : trips) {
      trip.moment().await();
    }
  }
}
