package dev.hearth.recipes;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.Hearth;
import dev.hearth.runtime.LiveRun;
import dev.hearth.runtime.RunEvent;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.TakeUpRequest;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Net;
import dev.hearth.stdlib.proxmox.ProxmoxBinding;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulatorFactory;
import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import dev.hearth.stdlib.proxmox.sim.task.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One simulated world, and runs of the template recipe in it that can be disturbed. */
final class TemplateWorld {
  private static final Path RECIPE = Path.of("proxmox/template.js").toAbsolutePath();

  private final TurnClock clock = new TurnClock(this::letTasksEnd);
  private final Hearth hearth;
  private final List<String> calls = new ArrayList<>();
  private @Nullable ProxmoxSimulator simulator;
  private @Nullable JsonNode saved;
  private @Nullable JsonNode before;
  private @Nullable JsonNode after;
  private List<String> unfinished = List.of();
  private Disturbance disturbance = (number, world) -> Optional.empty();
  private UnaryOperator<ProxmoxSimulator> preparation = it -> it;
  private CompletableFuture<LiveRun> live = new CompletableFuture<>();

  private final Path home;

  TemplateWorld(Path home) {
    this.home = home;
    hearth =
        Hearth.builder()
            .home(home)
            .bindings(SimulatedProxmox.among(new ProxmoxBinding(this::started)))
            .environment(name -> Optional.empty())
            .clock(clock)
            .build();
  }

  /** What goes wrong with which call. */
  @FunctionalInterface
  interface Disturbance {
    /**
     * One call as it arrives.
     *
     * @param number of the call, from 1
     */
    Optional<Outcome> at(int number, TemplateWorld world);
  }

  /** The next runs are disturbed so. */
  TemplateWorld disturbed(Disturbance how) {
    disturbance = how;
    return this;
  }

  /** The simulator of the next runs gets this before anything is asked of it. */
  TemplateWorld prepared(UnaryOperator<ProxmoxSimulator> how) {
    preparation = how;
    return this;
  }

  /** Runs the recipe; its world goes on from the run before. */
  RunResult run(UnaryOperator<RunRequest> how) throws InterruptedException {
    synchronized (calls) {
      calls.clear();
    }
    live = new CompletableFuture<>();
    var request = RunRequest.of(RECIPE).simulated().timeout(Duration.ofHours(1));
    var run = hearth.start(how.apply(request), this::told);
    live.complete(run);
    return run.await();
  }

  /** Goes on with a run of another process, or takes it back. */
  RunResult takeUp(TakeUpRequest request) throws InterruptedException {
    synchronized (calls) {
      calls.clear();
    }
    live = new CompletableFuture<>();
    var run = hearth.takeUp(request, this::told);
    live.complete(run);
    return run.await();
  }

  /** The same world later, for another process. */
  TemplateWorld inAnotherProcess(Path itsHome, JsonNode world) {
    var other = new TemplateWorld(itsHome);
    other.saved = world;
    return other;
  }

  Path home() {
    return home;
  }

  /** What the world becomes when nobody asks it anything more: its tasks end. */
  JsonNode goneOn() {
    try {
      clock.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return simulator().save();
  }

  /** The world at this moment. */
  JsonNode now() {
    return simulator().save();
  }

  /** The world as the last run left it. */
  JsonNode saved() {
    return requireNonNull(saved);
  }

  private void told(RunEvent event) {
    if (event instanceof RunEvent.Finished) {
      var world = simulator().world();
      unfinished =
          world.lock().holding(world.tasks()::all).stream()
              .filter(Task::isRunning)
              .map(task -> task.upid().toString())
              .toList();
      saved = simulator().save();
      after = withoutHistory(saved);
    }
  }

  /** Stops the run as Ctrl-C does. */
  void stop() {
    live.join().stop();
  }

  /** Ends the run's time limit. */
  void endLimit() {
    clock.endLimit();
  }

  private void letTasksEnd() throws InterruptedException {
    var world = simulator().world();
    for (var task : world.lock().holding(world.tasks()::all)) {
      simulator().awaitTask(task.upid().toString());
    }
  }

  private ProxmoxSimulator simulator() {
    return requireNonNull(simulator);
  }

  /** What the last run asked, in order: {@code POST /nodes/pve/qemu}. */
  List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** Those of them that are no reads. */
  List<String> writes() {
    return calls().stream().filter(call -> !call.startsWith("GET ")).toList();
  }

  /** Takes something out of the world between two runs. */
  void forget(String pointer) {
    int last = pointer.lastIndexOf('/');
    var parent = (ObjectNode) requireNonNull(saved).at(pointer.substring(0, last));
    parent.remove(pointer.substring(last + 1));
  }

  /** Whether the call that just arrived begins so. */
  boolean isAsked(String beginning) {
    return calls().getLast().startsWith(beginning);
  }

  /** The types of all tasks there were. */
  List<String> tasks() {
    var world = simulator().world();
    return world.lock().holding(world.tasks()::all).stream()
        .map(task -> task.upid().type())
        .toList();
  }

  /** Tasks that still ran when the run had ended. */
  List<String> unfinished() {
    return unfinished;
  }

  /** All there was when the last run asked for the first time. */
  JsonNode before() {
    return requireNonNull(before);
  }

  /** All there was when the last run had ended. */
  JsonNode after() {
    return requireNonNull(after);
  }

  /** The same, of a run that asked nothing. */
  JsonNode afterOr(JsonNode untouched) {
    return after == null ? withoutHistory(untouched) : after;
  }

  private static JsonNode withoutHistory(JsonNode world) {
    ObjectNode copy = world.deepCopy();
    return copy.without(List.of("tasks", "dice", "lastPid", "lastStart", "sections"));
  }

  private Optional<Outcome> arrived(String method, String path) {
    int number;
    synchronized (calls) {
      calls.add(method + " " + path);
      number = calls.size();
    }
    if (number == 1) {
      before = withoutHistory(simulator().save());
    }
    return disturbance.at(number, this);
  }

  private ProxmoxSimulator started(@Nullable JsonNode fresh, Clock time, Net net) {
    var made = (ProxmoxSimulator) new ProxmoxSimulatorFactory().start(saved, time, net);
    simulator = preparation.apply(made.failBy(this::arrived));
    return made;
  }
}
