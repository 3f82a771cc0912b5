package dev.hearth.recipes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/**
 * Whatever goes wrong with whichever call or task of recipes/proxmox/template.js: afterwards either
 * the template is there and whole, or everything is as it was.
 */
class TemplateFaultsTest {
  private static final String LOCKED =
      "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout";

  private final Path folder;
  private final AtomicInteger worlds = new AtomicInteger();

  TemplateFaultsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What can go wrong with a call. */
  private static final Map<String, TemplateWorld.Disturbance> FAULTS = new LinkedHashMap<>();

  /** What can go wrong with a run while a call is out. */
  private static final Map<String, TemplateWorld.Disturbance> STOPS = new LinkedHashMap<>();

  private static final Map<String, TemplateWorld.Disturbance> FAULTS_AND_STOPS =
      new LinkedHashMap<>();

  static {
    FAULTS.put("is answered 500", (n, w) -> refused(500, "the disk is on fire"));
    FAULTS.put(
        "is answered 403", (n, w) -> refused(403, "Permission check failed (/vms/100, VM.Audit)"));
    FAULTS.put("is answered 596", (n, w) -> refused(596, "Broken pipe"));
    FAULTS.put("meets a lock", (n, w) -> refused(500, LOCKED));
    FAULTS.put("is dropped before it is done", (n, w) -> Optional.of(new Outcome.Drop()));
    FAULTS.put("is done and its answer is lost", (n, w) -> Optional.of(new Outcome.LoseAnswer()));
    STOPS.put(
        "comes when the run is stopped",
        (n, w) -> {
          w.stop();
          return Optional.empty();
        });
    STOPS.put(
        "comes when the time is over",
        (n, w) -> {
          w.endLimit();
          return Optional.empty();
        });
    FAULTS_AND_STOPS.putAll(FAULTS);
    FAULTS_AND_STOPS.putAll(STOPS);
  }

  /** What can go wrong with a task. */
  private static final Map<String, BiFunction<ProxmoxSimulator, String, ProxmoxSimulator>>
      TASK_FAULTS =
          Map.of(
              "fails before it has done anything",
              (simulator, type) -> simulator.failNextTask(type, "the disk is on fire"),
              "fails after it has done all",
              (simulator, type) -> simulator.failNextTaskAfterwards(type, "the disk is on fire"),
              "waits for a lock in vain",
              (simulator, type) -> simulator.failNextTask(type, LOCKED),
              "is killed",
              (simulator, type) -> simulator.failNextTask(type, "interrupted by signal"));

  private static final Optional<Outcome> DENIED =
      refused(403, "Permission check failed (/vms/100, VM.Allocate)");
  private static final JsonNode KEYS =
      JsonNodeFactory.instance
          .arrayNode()
          .add(
              "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK me");

  private static Optional<Outcome> refused(int status, String message) {
    return Optional.of(new Outcome.Refuse(status, message));
  }

  private TemplateWorld world() {
    return new TemplateWorld(folder.resolve("home" + worlds.incrementAndGet()));
  }

  private static RunResult run(TemplateWorld world) throws InterruptedException {
    return world.run(TemplateFaultsTest::request);
  }

  private static RunRequest request(RunRequest request) {
    return request.param("vlan", 50).param("user", "ops").param("notes", "For the lab.");
  }

  @TestFactory
  @Execution(CONCURRENT)
  Stream<DynamicTest> a_fault_at_any_call_leaves_nothing_behind() throws Exception {
    return faults(this::world, TemplateFaultsTest::request, call -> true);
  }

  @TestFactory
  @Execution(CONCURRENT)
  Stream<DynamicTest> a_fault_at_any_call_of_a_change_takes_the_change_back() throws Exception {
    return faults(this::built, TemplateFaultsTest::otherRequest, call -> true);
  }

  @TestFactory
  @Execution(CONCURRENT)
  Stream<DynamicTest> a_fault_at_any_change_of_a_replacement_leaves_the_old_one() throws Exception {
    return faults(this::built, TemplateFaultsTest::replacing, call -> !call.startsWith("GET "));
  }

  /** All that may go wrong, with each of the wanted calls of a run in a world of its own. */
  private Stream<DynamicTest> faults(
      Callable<TemplateWorld> worlds, UnaryOperator<RunRequest> how, Predicate<String> wanted)
      throws Exception {
    var good = worlds.call();
    assertThat(good.run(how).error()).isNull();
    var calls = good.calls();
    var tests = new ArrayList<DynamicTest>();
    for (int i = 1; i <= calls.size(); i++) {
      int number = i;
      var call = calls.get(i - 1);
      boolean again = i > 1 && call.equals(calls.get(i - 2)); // a task that is asked for again
      if (again || !wanted.test(call)) {
        continue;
      }
      FAULTS_AND_STOPS.forEach(
          (what, fault) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      number + " " + call + " " + what,
                      () -> {
                        var world = worlds.call();
                        world.disturbed((n, w) -> n == number ? fault.at(n, w) : Optional.empty());
                        judge(world, world.run(how), good.after());
                      })));
    }
    return tests.stream();
  }

  @TestFactory
  @Execution(CONCURRENT)
  Stream<DynamicTest> a_task_that_fails_leaves_nothing_behind() throws Exception {
    var good = world();
    assertThat(run(good).error()).isNull();
    var tests = new ArrayList<DynamicTest>();
    for (var type : good.tasks()) {
      TASK_FAULTS.forEach(
          (what, fault) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      type + " " + what,
                      () -> {
                        var world = world();
                        world.prepared(simulator -> fault.apply(simulator, type));
                        judge(world, run(world), good.after());
                      })));
    }
    return tests.stream();
  }

  private static RunRequest replacing(RunRequest request) {
    return request(request).param("disk", 12).param("replace", true);
  }

  /** Two things go wrong: the conversion, and then one call of the way back. */
  @TestFactory
  @Execution(CONCURRENT)
  Stream<DynamicTest> a_fault_on_the_way_back_is_overcome_or_told() throws Exception {
    var failing = failingAtTheEnd();
    assertThat(run(failing).error()).isNotNull();
    var calls = failing.calls();
    var tests = new ArrayList<DynamicTest>();
    for (int i = calls.indexOf("POST /nodes/pve/qemu/100/template") + 2; i <= calls.size(); i++) {
      int number = i;
      for (var what :
          List.of(
              "is answered 500",
              "is dropped before it is done",
              "is done and its answer is lost")) {
        var fault = requireNonNull(FAULTS.get(what));
        tests.add(
            DynamicTest.dynamicTest(
                number + " " + calls.get(number - 1) + " " + what,
                () -> {
                  var world = failingAtTheEnd();
                  world.disturbed((n, w) -> n == number ? fault.at(n, w) : Optional.empty());
                  judgeWayBack(world, run(world));
                }));
      }
    }
    return tests.stream();
  }

  private TemplateWorld failingAtTheEnd() {
    return world()
        .prepared(simulator -> simulator.failNextTask("qmtemplate", "the disk is on fire"));
  }

  private static void judgeWayBack(TemplateWorld world, RunResult result) {
    var error = requireNonNull(result.error());
    if (alike(world.after()).equals(alike(world.before()))) {
      return;
    }
    assertThat(error.also()).as("after %s", result).isNotEmpty();
    assertThat(error.also())
        .allSatisfy(left -> assertThat(left.hint()).startsWith("Type as root on that node: `"));
  }

  private TemplateWorld built() throws InterruptedException {
    var world = world();
    assertThat(run(world).error()).isNull();
    return world;
  }

  private static RunRequest otherRequest(RunRequest request) {
    return request.param("memory", 4096).param("sshKeys", KEYS).param("notes", "For the lab.");
  }

  @Test
  void a_vm_that_cannot_be_taken_back_is_named_with_what_to_type() throws Exception {
    var world = world();
    world.prepared(simulator -> simulator.failNextTask("qmtemplate", "the disk is on fire"));
    world.disturbed((n, w) -> w.isAsked("DELETE /nodes/pve/qemu/100") ? DENIED : Optional.empty());
    var error = requireNonNull(run(world).error());
    assertThat(error.message()).contains("the disk is on fire");
    var left = error.also().getFirst();
    assertThat(left.message()).isEqualTo("VM 100 (`debian-13`) may be left behind on node pve.");
    assertThat(left.hint())
        .isEqualTo(
            "Type as root on that node: `qm destroy 100 --purge --destroy-unreferenced-disks`.");
    assertThat(left.details().get("because")).asString().contains("VM.Allocate");
  }

  @Test
  void a_step_that_cannot_take_back_its_own_vm_says_so_itself() throws Exception {
    var world = world();
    world.prepared(
        simulator -> simulator.failNextTaskAfterwards("qmcreate", "the disk is on fire"));
    world.disturbed((n, w) -> w.isAsked("DELETE /nodes/pve/qemu/100") ? DENIED : Optional.empty());
    var error = requireNonNull(run(world).error());
    assertThat(error.message()).contains("the disk is on fire");
    assertThat(error.hint())
        .isEqualTo(
            "VM 100 (`debian-13`) may be left behind on node pve. Type as root on that node: `qm"
                + " destroy 100 --purge --destroy-unreferenced-disks`.");
  }

  @Test
  void an_image_that_cannot_be_taken_back_is_named_with_what_to_type() throws Exception {
    var world = world();
    world.prepared(simulator -> simulator.failNextTask("qmcreate", "the disk is on fire"));
    world.disturbed((n, w) -> w.isAsked("DELETE /nodes/pve/storage/") ? DENIED : Optional.empty());
    var left = requireNonNull(run(world).error()).also().getFirst();
    assertThat(left.message())
        .matches(
            "The volume `local:import/debian-13-[^`]+\\.qcow2` may be left behind on node pve\\.");
    assertThat(left.hint())
        .startsWith("Type as root on that node: `pvesm free local:import/debian-13");
  }

  private static void judge(TemplateWorld world, RunResult result, JsonNode whole) {
    assertThat(world.unfinished()).as("tasks that still run").isEmpty();
    var expected = result.succeeded() ? alike(whole) : alike(world.before());
    assertThat(alike(world.after())).as("after %s", result).isEqualTo(expected);
    if (!result.succeeded()) {
      assertThat(requireNonNull(result.error()).also()).as("what was left behind").isEmpty();
    }
  }

  /** A world without what is made anew or counted in every run. */
  static String alike(JsonNode world) {
    return world
        .toPrettyString()
        .replaceAll("\n *\"[^\"]+@pve\" : \\{ },?", "") // a storage that was never used
        .replaceAll("\"volumes\" : \\{\\s*\\}", "\"volumes\" : { }")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("([0-9A-F]{2}:){5}[0-9A-F]{2}", "MAC")
        .replaceAll("(\"ctime\" : |ctime=)\\d+", "$1TIME")
        .replaceAll("(builtAt\\\\\":\\\\\")[^\\\\]+", "$1TIME")
        .replaceAll("(\\\\\"run\\\\\":\\{\\\\\"id\\\\\":\\\\\")[^\\\\]+", "$1RUN");
  }
}
