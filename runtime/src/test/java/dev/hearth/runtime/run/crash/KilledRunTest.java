package dev.hearth.runtime.run.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.run.RunDetails.StepState;
import dev.hearth.runtime.run.RunState;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at every moment of a run of twenty steps: before and after each line of the journal and
 * each effect. Then another process resumes or undoes it: nothing is done twice, nothing is lost.
 */
class KilledRunTest {
  private static final int SIGKILL = 128 + 9;
  private static final List<String> ALL =
      IntStream.rangeClosed(1, Trip.STEPS).mapToObj(n -> "line " + n).toList();

  private static Path temp;
  private static int moments;

  /** A run that nobody kills tells how many moments there are. */
  @BeforeAll
  static void countMoments(@TempDir Path folder) throws Exception {
    temp = folder;
    var trip = new Trip(temp.resolve("whole"), new Moment(0));
    Files.createDirectories(temp.resolve("whole"));
    assertThat(trip.begin().await().status()).isEqualTo(Status.DONE);
    assertThat(trip.lines()).containsExactlyInAnyOrderElementsOf(ALL);
    moments = trip.moment().seen();
    assertThat(moments).isGreaterThan(6 * Trip.STEPS);
  }

  private static Path folder(String name) throws IOException {
    return Files.createDirectories(temp.resolve(name));
  }

  private static List<Integer> all() {
    return IntStream.rangeClosed(1, moments).boxed().toList();
  }

  private static Trip trip(Path folder, int moment) {
    return new Trip(folder.resolve(Integer.toString(moment)), new Moment(0));
  }

  /** Kills a process in which each of these runs stands still at its own moment. */
  private static void kill(String what, Path folder, List<Integer> moments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                TripsUntilKilled.class.getName(),
                what,
                folder.toString()));
    for (int moment : moments) {
      Files.createDirectories(folder.resolve(Integer.toString(moment)));
      command.add(Integer.toString(moment));
    }
    var output = new File(folder.toFile(), what + ".out");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .describedAs(Files.readString(output.toPath()))
        .isEqualTo(SIGKILL);
  }

  /** The moments at which a run existed, and was not over yet. */
  private static List<Integer> killed(Path folder) {
    return all().stream()
        .filter(
            moment ->
                trip(folder, moment)
                    .run()
                    .filter(run -> run.summary().state() == RunState.CRASHED)
                    .isPresent())
        .toList();
  }

  private static void assertResumed(Path folder, int moment) throws Exception {
    var trip = trip(folder, moment);
    var finished =
        trip.run().orElseThrow().steps().stream()
            .filter(step -> step.state() == StepState.FINISHED)
            .count();
    var result = trip.takeUp(Answers.resume(trip)).await();
    assertThat(result.error()).describedAs("moment %s", moment).isNull();
    assertThat(trip.lines())
        .describedAs("moment %s, with %s steps finished", moment, finished)
        .containsExactlyInAnyOrderElementsOf(ALL);
    assertThat(trip.run().orElseThrow().summary().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void a_run_that_was_killed_at_any_moment_is_resumed_without_doing_anything_twice()
      throws Exception {
    var folder = folder("resumed");
    kill("begin", folder, all());
    var killed = killed(folder);
    assertThat(killed).hasSizeGreaterThan(6 * Trip.STEPS - 1);
    for (int moment : killed) {
      assertResumed(folder, moment);
    }
  }

  @Test
  void a_run_that_was_killed_at_any_moment_is_undone_without_leaving_anything() throws Exception {
    var folder = folder("undone");
    kill("begin", folder, all());
    for (int moment : killed(folder)) {
      var trip = trip(folder, moment);
      if (trip.run().orElseThrow().steps().isEmpty()) {
        assertThat(trip.lines()).isEmpty();
        continue; // nothing to undo, and nothing is claimed to be
      }
      var result = trip.takeUp(TakeUpRequest.undo(id(trip))).await();
      assertThat(result.status()).describedAs("moment %s", moment).isEqualTo(Status.UNDONE);
      assertThat(trip.lines()).describedAs("moment %s", moment).isEmpty();
      assertThat(trip.run().orElseThrow().summary().state()).isEqualTo(RunState.UNDONE);
    }
  }

  @Test
  void a_resume_that_was_killed_itself_is_resumed_again() throws Exception {
    var folder = folder("twice");
    killInTheMiddle(folder);
    kill("resume", folder, all());
    for (int moment : killed(folder)) {
      assertResumed(folder, moment);
    }
  }

  @Test
  void an_undo_that_was_killed_itself_goes_on() throws Exception {
    var folder = folder("undone-twice");
    killInTheMiddle(folder);
    kill("undo", folder, all());
    for (int moment : killed(folder)) {
      var trip = trip(folder, moment);
      var done = trip.takeUp(TakeUpRequest.undo(id(trip))).await();
      assertThat(done.status()).describedAs("moment %s", moment).isEqualTo(Status.UNDONE);
      assertThat(trip.lines()).describedAs("moment %s", moment).isEmpty();
    }
  }

  @Test
  void a_run_whose_undo_was_killed_is_resumed_with_all_that_it_lacks() throws Exception {
    var folder = folder("undone-resumed");
    killInTheMiddle(folder);
    kill("undo", folder, all().stream().filter(moment -> moment % 3 == 0).toList());
    for (int moment : killed(folder)) {
      assertResumed(folder, moment);
    }
  }

  /** The same run, killed after about half of its steps, once for each moment of what follows. */
  private static void killInTheMiddle(Path folder) throws Exception {
    var first = moments / 2;
    kill("begin", folder, List.of(first));
    for (int moment : all()) {
      if (moment != first) {
        copy(folder.resolve(Integer.toString(first)), folder.resolve(Integer.toString(moment)));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Files.copy(
                  file,
                  to.resolve(from.relativize(file).toString()),
                  java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static String id(Trip trip) {
    return trip.run().orElseThrow().summary().run();
  }
}
