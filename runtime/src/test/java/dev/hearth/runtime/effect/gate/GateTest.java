package dev.hearth.runtime.effect.gate;

import static dev.hearth.runtime.effect.gate.Gates.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.InProcessNet;
import dev.hearth.runtime.effect.Limit;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.ProcessRequest;
import dev.hearth.runtime.permission.Grant;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.permission.PermissionParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {
  private final Gates gates = new Gates();

  @Test
  void what_was_not_granted_is_refused_with_the_line_and_the_flag() {
    var error = refusal(() -> gates.granting().check(permission("net=cloud.debian.org:443")));

    assertThat(error.id()).isEqualTo("permission.denied");
    assertThat(error.kind().exitStatus()).isEqualTo(3);
    assertThat(error.sentence())
        .isEqualTo("recipe.js may not connect to cloud.debian.org:443: it was not granted.");
    assertThat(error.hint())
        .isEqualTo(
            "Add `net: ['cloud.debian.org:443']` to the `permissions` of the recipe, or run it"
                + " with `--allow-net=cloud.debian.org:443`.");
    assertThat(error.details())
        .containsEntry("permission", "net=cloud.debian.org:443")
        .containsEntry("principal", "recipe.js");
  }

  @Test
  void what_is_hearths_own_is_refused_to_whoever_asks_for_a_path() {
    var gate = gates.closed(Path.of("/home/u/.config/hearth")).granting("read=/", "write=/");

    for (var asked :
        List.of(
            "read=/home/u/.config/hearth/secrets.json",
            "write=/home/u/.config/hearth",
            "read=/home/u/.CONFIG/Hearth/secrets.json",
            "net=unix:/home/u/.config/hearth/run/socket")) {
      assertThat(Gates.id(() -> gate.check(permission(asked))))
          .as(asked)
          .isEqualTo("permission.protected");
      assertThat(gate.closes(permission(asked))).as(asked).isTrue();
    }
    assertThat(gate.closes(permission("read=/home/u/.config/hearth2"))).isFalse();
    gate.check(permission("read=/home/u/.config/hearth2"));

    assertThat(gates.record())
        .containsExactly(
            "refused read=/home/u/.config/hearth/secrets.json",
            "refused write=/home/u/.config/hearth",
            "refused read=/home/u/.CONFIG/Hearth/secrets.json",
            "refused net=unix:/home/u/.config/hearth/run/socket",
            "used read=/home/u/.config/hearth2");
  }

  @Test
  void a_folder_of_its_own_among_hearths_is_open_to_who_owns_it_and_to_nobody_else() {
    var data = Path.of("/home/u/.local/share/hearth");
    var own = data.resolve("programs/terraform");
    var run = gates.closed(data).run();
    var owner = run.as(Gates.principal("read=/").owning(own));
    var other = run.as(Gates.principal("read=/", "write=/", "exec=" + own + "/1.0/terraform"));

    for (var asked : List.of("read=" + own, "write=" + own + "/1.0", "exec=" + own + "/1.0/x")) {
      owner.check(permission(asked));
    }
    for (var asked :
        List.of("read=" + data + "/programs/ansible", "write=" + data, "read=" + own + "x")) {
      assertThat(Gates.id(() -> owner.check(permission(asked))))
          .as(asked)
          .isEqualTo("permission.protected");
    }
    assertThat(Gates.id(() -> owner.check(permission("exec=/usr/bin/x"))))
        .isEqualTo("permission.denied");
    assertThat(Gates.id(() -> other.check(permission("read=" + own))))
        .isEqualTo("permission.protected");
    assertThat(Gates.id(() -> other.check(permission("write=" + own + "/1.0/terraform"))))
        .isEqualTo("permission.protected");
    assertThat(Gates.id(() -> other.check(permission("exec=" + own + "/1.0/x"))))
        .isEqualTo("permission.denied");
  }

  @Test
  void nothing_in_a_refusal_can_disguise_it() {
    var error = refusal(() -> gates.granting().check(new Permission.Env("A\u202E\u001B[2J`")));

    assertThat(error.sentence() + error.hint())
        .contains("A\\u{202E}\\u{1B}[2J\\u{60}")
        .doesNotContain("\u202E")
        .doesNotContain("\u001B");
  }

  @Test
  void every_use_is_counted_and_the_first_is_told() {
    var told = new ArrayList<Audit.Entry>();
    var audit = new Audit(told::add);
    var gate =
        Gate.of(Limits.DEFAULT, audit, List.of()).as(Gates.principal("net=*.debian.org:443"));

    gate.check(permission("net=a.debian.org:443"));
    gate.check(permission("net=a.debian.org:443"));
    var unused = refusal(() -> gate.check(permission("env=HOME")));

    assertThat(told).extracting(Audit.Entry::count).containsExactly(1L, 1L);
    assertThat(audit.entries())
        .containsExactly(
            new Audit.Entry(
                "recipe.js",
                permission("net=a.debian.org:443"),
                Optional.of(new Grant(permission("net=*.debian.org:443"), Grant.Origin.FLAG)),
                2),
            new Audit.Entry("recipe.js", permission("env=HOME"), Optional.empty(), 1));
    assertThat(unused).isNotNull();
  }

  @Test
  void a_recipe_that_touches_everything_does_not_fill_the_record() {
    var audit = new Audit(entry -> {});
    var gate = Gate.of(Limits.DEFAULT, audit, List.of()).as(Gates.principal("env=*"));

    for (var i = 0; i < Audit.MOST_ENTRIES + 5; i++) {
      gate.check(new Permission.Env("V" + i));
    }

    assertThat(audit.entries()).hasSize(Audit.MOST_ENTRIES);
    assertThat(audit.untold()).isEqualTo(5);
  }

  @Test
  void the_reach_of_a_connection_is_open_to_its_binding_and_to_nobody_else() {
    var run = gates.run();
    var recipe = Gates.principal("proxmox:write");
    var reach = permission("net=10.0.0.5:8006");

    run.as(recipe.through("hearth:proxmox", List.of(reach))).check(reach);

    var error = refusal(() -> run.as(recipe).check(reach));
    assertThat(error.id()).isEqualTo("permission.denied");
    assertThat(gates.record())
        .containsExactly("used net=10.0.0.5:8006", "refused net=10.0.0.5:8006");
  }

  @Test
  void a_variable_is_open_when_it_was_granted() {
    var environment =
        new GatedEnvironment(
            name -> Optional.ofNullable(Map.of("HOME", "/home/u", "TOKEN", "x").get(name)),
            gates.granting("env=HOME", "env=AWS_*"));

    assertThat(environment.get("HOME")).contains("/home/u");
    assertThat(environment.get("AWS_REGION")).isEmpty();
    assertThat(Gates.id(() -> environment.get("TOKEN"))).isEqualTo("permission.denied");
    assertThat(Gates.id(() -> environment.get("NOT_SET"))).isEqualTo("permission.denied");
  }

  @Test
  void in_a_simulated_world_programs_are_refused_by_name_and_only_when_granted() {
    Environment environment = name -> Optional.of("/usr/bin:/bin");
    var world = World.simulated(new InProcessNet(), environment, Clock.system());
    var gate = gates.granting("exec=sh");
    var effects = world.through(gate);

    assertThat(refusal(() -> effects.processes().run(ProcessRequest.of("sh", "-c", "id"))).id())
        .isEqualTo("process.not-simulated");
    assertThat(refusal(() -> effects.processes().run(ProcessRequest.of("env"))).id())
        .isEqualTo("permission.denied");
    assertThat(refusal(() -> effects.files().read(Path.of("/etc/passwd"))).id())
        .isEqualTo("permission.denied");
  }

  @Test
  void who_finds_no_place_waits_in_order_and_is_seen() throws InterruptedException {
    var gate = gates.limits(Limits.DEFAULT.with(Limit.PROCESSES, 1)).granting();
    var order = Collections.synchronizedList(new ArrayList<Integer>());
    var done = new CountDownLatch(3);
    var first = gate.processes().take();

    for (var i = 0; i < 3; i++) {
      var number = i;
      Thread.ofVirtual()
          .start(
              () -> {
                try (var _ = gate.processes().take()) {
                  order.add(number);
                }
                done.countDown();
              });
      awaitWaiting(gate, i + 1);
    }
    first.close();
    first.close(); // giving back twice gives back once
    done.await();

    assertThat(order).containsExactly(0, 1, 2);
    assertThat(gate.waits())
        .singleElement()
        .satisfies(
            wait -> {
              assertThat(wait.what()).isEqualTo("a child process");
              assertThat(wait.waits()).isEqualTo(3);
              assertThat(wait.total()).isPositive();
            });
  }

  @Test
  void who_waits_for_a_place_can_be_interrupted() throws InterruptedException {
    var gate = gates.limits(Limits.DEFAULT.with(Limit.PROCESSES, 1)).granting();
    var caught = new ArrayList<String>();
    try (var _ = gate.processes().take()) {
      var waiting =
          Thread.ofVirtual().start(() -> caught.add(Gates.id(() -> gate.processes().take())));
      awaitWaiting(gate, 1);
      waiting.interrupt();
      waiting.join();
    }
    assertThat(caught).containsExactly("limit.interrupted");
  }

  private static void awaitWaiting(Gate gate, int number) {
    while (gate.waits().stream().mapToInt(Wait::waiting).sum() < number) {
      Thread.onSpinWait();
    }
  }

  private static Permission permission(String text) {
    return PermissionParser.relativeTo(Path.of("/")).parse(text);
  }
}
