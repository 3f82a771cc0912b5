package dev.hearth.stdlib.proxmox.sim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Replays the further recordings of a real Proxmox VE 8.4, each area in a world of its own and in
 * the order in which they were made. Each file has a number of exchanges that are answered alike,
 * which may only grow; what is not alike is written to {@code target/recordings/FILE.txt}. Runs
 * only where the recordings are.
 */
class MoreExchangesTest {
  @Test
  void access_is_alike() throws IOException, InterruptedException {
    replay(new AccessArea());
  }

  @Test
  void pools_are_alike() throws IOException, InterruptedException {
    replay(new PoolsArea());
  }

  @Test
  void storage_is_alike() throws IOException, InterruptedException {
    replay(new StorageArea());
  }

  @Test
  void nodes_are_alike() throws IOException, InterruptedException {
    replay(new NodesArea());
  }

  @Test
  void the_cluster_and_its_firewalls_are_alike() throws IOException, InterruptedException {
    replay(new ClusterArea());
  }

  @Test
  void operations_on_vms_are_alike() throws IOException, InterruptedException {
    replay(new VmopsArea());
  }

  @Test
  void operations_on_containers_are_alike() throws IOException, InterruptedException {
    replay(new LxcopsArea());
  }

  private static void replay(Area area) throws IOException, InterruptedException {
    var folder = Recording.folder().map(found -> found.resolve("more"));
    assumeTrue(folder.filter(Files::isDirectory).isPresent(), "The recordings are not here.");
    var tallies = tallies(area, folder.orElseThrow());
    for (var tally : tallies.values()) {
      tally.report();
    }
    for (var tally : tallies.values()) {
      assertThat(tally.matched).as(tally.summary()).isGreaterThanOrEqualTo(tally.expected);
    }
  }

  private static Map<String, Tally> tallies(Area area, Path folder)
      throws IOException, InterruptedException {
    var tallies = new TreeMap<String, Tally>();
    var files = new LinkedHashMap<Recording, Tally>();
    var recordings = new ArrayList<Recording>();
    for (var entry : area.alike().entrySet()) {
      var tally = new Tally(entry.getKey(), entry.getValue());
      tallies.put(entry.getKey(), tally);
      for (var recording : Recording.lines(folder.resolve(entry.getKey() + ".jsonl"))) {
        recordings.add(recording);
        files.put(recording, tally);
      }
    }
    recordings.sort(Comparator.comparing(Recording::number));
    var world = RecordedWorld.make(new SteppedClock());
    RecordedWorld.addTemplate(world);
    RecordedWorld.addThinStorage(world);
    try (var simulator = new ProxmoxSimulator(world, RecordedWorld.web())) {
      var replay = new Replay(simulator);
      var stage = new Offstage(simulator, replay);
      area.prepare(stage);
      int last = 0;
      for (var recording : recordings) {
        if (recording.number() > last + 1) {
          replay.settle(); // in between, the recorder waited for tasks
        }
        for (int number = last + 1; number <= recording.number(); number++) {
          area.before(number, stage);
        }
        last = recording.number();
        requireNonNull(files.get(recording)).take(area, recording, replay);
      }
    }
    return tallies;
  }

  /** What became of one file. */
  private static final class Tally {
    private final String file;
    private final int expected;
    private final Map<String, String> notReplayed = new LinkedHashMap<>();
    private final Map<String, String> notCompared = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();
    private int recorded;
    private int replayed;
    private int matched;

    Tally(String file, int expected) {
      this.file = file;
      this.expected = expected;
    }

    void take(Area area, Recording recording, Replay replay)
        throws IOException, InterruptedException {
      recorded++;
      var label = recording.number() + " " + recording.name();
      if (!replay.knows(recording)) {
        notReplayed.put(label, "its task began without being recorded");
        return;
      }
      var found = run(recording, replay);
      replayed++;
      var reason = area.notCompared().get(recording.number());
      if (reason != null) {
        notCompared.put(label, reason);
      } else if (found.isEmpty()) {
        matched++;
      } else {
        differences.add(
            recording.number()
                + " "
                + String.join("\n    ", found)
                + "\n    sent: "
                + recording.body().lines().findFirst().orElse(""));
      }
    }

    private static List<String> run(Recording recording, Replay replay)
        throws IOException, InterruptedException {
      try {
        return replay.run(recording);
      } catch (RuntimeException e) {
        return List.of(recording.name(), "the simulator broke: " + e);
      }
    }

    String summary() {
      return file
          + ".jsonl: "
          + recorded
          + " recorded, "
          + replayed
          + " replayed, "
          + matched
          + " alike (expected at least "
          + expected
          + "), "
          + differences.size()
          + " not alike, "
          + notCompared.size()
          + " not compared";
    }

    void report() throws IOException {
      var lines = new ArrayList<String>();
      lines.add(summary());
      notReplayed.forEach((name, reason) -> lines.add("not replayed: " + name + ": " + reason));
      notCompared.forEach((name, reason) -> lines.add("not compared: " + name + ": " + reason));
      lines.addAll(differences);
      var folder = Path.of("target", "recordings");
      Files.createDirectories(folder);
      Files.write(folder.resolve(file + ".txt"), lines);
      System.out.println(summary());
      if (matched > expected) {
        System.out.println("  Raise the number for " + file + " to " + matched + ".");
      }
    }
  }
}
