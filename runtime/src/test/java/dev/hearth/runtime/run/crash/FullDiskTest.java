package dev.hearth.runtime.run.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.run.RunState;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full somewhere in a run of twenty steps, and has room again later. To the program
 * it is the same as a file that may not grow any more, which needs no rights to arrange.
 */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {
  private static final int ROOM = 8 << 10;
  private static final List<String> ALL =
      IntStream.rangeClosed(1, Trip.STEPS).mapToObj(n -> "line " + n).toList();

  /** Other places for the end of the room, from behind the last line to within the first. */
  private static final List<Integer> PADDINGS =
      IntStream.iterate(0, n -> n <= ROOM, n -> n + 131).boxed().toList();

  private final Path temp;

  FullDiskTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void what_is_not_recorded_is_not_begun_and_all_is_gone_on_with_when_there_is_room()
      throws Exception {
    var outcomes = runs();
    assertThat(outcomes).hasSameSizeAs(PADDINGS);
    assertThat(outcomes.getFirst()).isIn("DONE 0 -", "STOPPED 11 run.journal-not-written");
    assertThat(outcomes.getLast()).isEqualTo("refused 4 run.journal-not-written");
    assertThat(outcomes).contains("STOPPED 11 run.journal-not-written");
    for (int i = 0; i < outcomes.size(); i++) {
      var outcome = outcomes.get(i);
      var trip = new Trip(temp.resolve(PADDINGS.get(i).toString()), new Moment(0));
      switch (outcome) {
        case "DONE 0 -" -> assertThat(trip.lines()).containsExactlyInAnyOrderElementsOf(ALL);
        case "refused 4 run.journal-not-written" -> {
          assertThat(trip.run()).isEmpty();
          assertThat(trip.lines()).isEmpty();
        }
        default -> assertGoesOn(trip, outcome, PADDINGS.get(i));
      }
    }
  }

  private static void assertGoesOn(Trip trip, String outcome, int padding) throws Exception {
    assertThat(outcome)
        .describedAs("padding %s", padding)
        .isIn("STOPPED 11 run.journal-not-written", "FAILED 4 run.journal-not-written");
    var run = trip.run().orElseThrow();
    assertThat(run.summary().state()).isEqualTo(RunState.CRASHED);
    assertThat(run.problems()).isEmpty();
    assertThat(run.steps()).hasSizeGreaterThanOrEqualTo(trip.lines().size());
    var result = trip.takeUp(Answers.resume(trip)).await();
    assertThat(result.error()).describedAs("padding %s", padding).isNull();
    assertThat(trip.lines())
        .describedAs("padding %s", padding)
        .containsExactlyInAnyOrderElementsOf(ALL);
  }

  private List<String> runs() throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                "ulimit -f " + ROOM / 1024 + "; exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                TripsOnFullDisk.class.getName(),
                temp.toString()));
    PADDINGS.forEach(padding -> command.add(padding.toString()));
    var output = new File(temp.toFile(), "out");
    var errors = new File(temp.toFile(), "err");
    var process = new ProcessBuilder(command).redirectOutput(output).redirectError(errors).start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(errors.toPath())).isEmpty();
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(output.toPath());
  }
}
