package dev.hearth.recipes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.RunResult.Status;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/**
 * The template recipe killed at each of its calls: the journal as it lay on the disk, and the world
 * as Proxmox goes on without it. Another process resumes it, and the template is there as if
 * nothing had been; or undoes it, and all is as before.
 */
class KilledTemplateTest {
  private final Path folder;
  private final AtomicInteger worlds = new AtomicInteger();

  KilledTemplateTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What was there at a moment of a run. */
  private record Moment(Path home, JsonNode world, String run) {}

  private TemplateWorld world() {
    return new TemplateWorld(home());
  }

  private Path home() {
    return folder.resolve("home" + worlds.incrementAndGet());
  }

  private static RunRequest replacing(RunRequest request) {
    return request.param("disk", 12).param("replace", true);
  }

  @TestFactory
  @Execution(CONCURRENT)
  Stream<DynamicTest> a_build_that_is_killed_is_resumed_or_undone() throws Exception {
    return killed(it -> it, it -> it, false);
  }

  @TestFactory
  @Execution(CONCURRENT)
  Stream<DynamicTest> a_replacement_that_is_killed_is_resumed_or_undone() throws Exception {
    return killed(it -> it, KilledTemplateTest::replacing, true);
  }

  /**
   * A test for each call of a run, and each way to go on.
   *
   * @param again whether another run went before it
   */
  private Stream<DynamicTest> killed(
      UnaryOperator<RunRequest> first, UnaryOperator<RunRequest> how, boolean again)
      throws Exception {
    var good = begun(again, first);
    assertThat(good.run(request -> kept(how.apply(request))).error()).isNull();
    var calls = good.calls();
    var tests = new ArrayList<DynamicTest>();
    for (int i = 1; i <= calls.size(); i++) {
      int number = i;
      var call = calls.get(number - 1);
      if (i > 1 && call.equals(calls.get(number - 2))) {
        continue; // a task that is asked for again
      }
      for (boolean served : call.startsWith("GET") ? List.of(false) : List.of(false, true)) {
        var name = number + " " + call + (served ? " is done" : " is not done");
        tests.add(
            DynamicTest.dynamicTest(
                name + ", resumed",
                () -> {
                  var killed = begun(again, first);
                  var later = later(killed, stopped(killed, how, number, served));
                  var result = later.world.takeUp(TakeUpRequest.resume(later.run));
                  assertThat(result.error()).isNull();
                  assertThat(TemplateFaultsTest.alike(later.world.after()))
                      .isEqualTo(TemplateFaultsTest.alike(good.after()));
                }));
        tests.add(
            DynamicTest.dynamicTest(
                name + ", undone",
                () -> {
                  var killed = begun(again, first);
                  var moment = stopped(killed, how, number, served);
                  var later = later(killed, moment);
                  undo(later);
                  assertThat(TemplateFaultsTest.alike(later.world.afterOr(moment.world)))
                      .isEqualTo(TemplateFaultsTest.alike(killed.before()));
                }));
      }
    }
    return tests.stream();
  }

  private static void undo(Later later) throws InterruptedException {
    try {
      var result = later.world.takeUp(TakeUpRequest.undo(later.run));
      assertThat(result.error()).isNull();
      assertThat(result.status()).isEqualTo(Status.UNDONE);
    } catch (HearthException e) {
      assertThat(e.id()).isEqualTo("run.nothing-to-undo");
    }
  }

  private TemplateWorld begun(boolean again, UnaryOperator<RunRequest> first)
      throws InterruptedException {
    var world = world();
    if (again) {
      assertThat(world.run(first).error()).isNull();
    }
    return world;
  }

  private RunRequest kept(RunRequest request) {
    return request.simulatedIn(folder.resolve("world" + worlds.incrementAndGet() + ".json"));
  }

  private record Later(TemplateWorld world, String run) {}

  /** Another process, with the home as it was and the world as it has become. */
  private static Later later(TemplateWorld killed, Moment moment) {
    return new Later(killed.inAnotherProcess(moment.home, moment.world), moment.run);
  }

  /** Runs until a call arrives: what lies on the disk then, and what becomes of the world. */
  private Moment stopped(
      TemplateWorld world, UnaryOperator<RunRequest> how, int number, boolean served)
      throws Exception {
    var home = home();
    var becomes = new @Nullable JsonNode[1];
    world.disturbed(
        (n, w) -> {
          if (n == number) {
            copy(w.home(), home);
          }
          if (n == number + (served ? 1 : 0)) {
            becomes[0] = w.goneOn();
            w.stop();
            return Optional.of(new Outcome.Refuse(500, "nobody is here to hear it"));
          }
          return Optional.empty();
        });
    var result = world.run(request -> kept(how.apply(request)).onError(OnError.STOP));
    if (becomes[0] == null) { // it was the last call
      becomes[0] = world.saved();
    }
    var journal = journal(world.home(), result.run());
    var end =
        Files.readAllLines(journal).stream()
            .filter(line -> line.contains("\"finished\""))
            .toList()
            .getLast();
    var own = journal(home, result.run());
    var whole = Files.readString(own).replaceFirst("[^\n]*\\z", ""); // the last may be half a line
    Files.writeString(own, whole + end + "\n");
    return new Moment(home, requireNonNull(becomes[0]), result.run());
  }

  private static Path journal(Path home, String run) throws IOException {
    try (var files = Files.walk(home)) {
      return files
          .filter(file -> file.endsWith(Path.of(run, "journal.jsonl")))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void copy(Path from, Path to) {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
