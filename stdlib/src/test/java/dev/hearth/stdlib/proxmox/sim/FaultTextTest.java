package dev.hearth.stdlib.proxmox.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.stdlib.proxmox.sim.api.CallFault;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault.Moment;
import dev.hearth.stdlib.proxmox.sim.world.GuestFault;
import dev.hearth.stdlib.proxmox.sim.world.GuestFault.Trouble;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults as they are typed. */
class FaultTextTest {
  private final List<Object> applied = new ArrayList<>();

  private List<Object> apply(String text) {
    applied.clear();
    FaultText.apply(
        text,
        new FaultText.Target() {
          @Override
          public void call(CallFault fault) {
            applied.add(fault);
          }

          @Override
          public void task(TaskFault fault) {
            applied.add(fault);
          }

          @Override
          public void guest(GuestFault fault) {
            applied.add(fault);
          }

          @Override
          public void node(String name) {
            applied.add("node " + name);
          }
        });
    return applied;
  }

  @Test
  void a_node_breaks_down() {
    assertThat(apply("node pve2:down")).containsExactly("node pve2");
  }

  @Test
  void a_call_fails_once_or_as_often_as_is_said() {
    var timeout = CallFault.refuse("POST", "/nodes/*/qemu", 596, "Connection timed out");
    assertThat(apply("POST /nodes/*/qemu:timeout")).containsExactly(timeout);
    assertThat(apply("POST /api2/json/nodes/*/qemu:timeout:3"))
        .containsExactly(timeout, timeout, timeout);
    assertThat(apply("* /**:lost")).containsExactly(CallFault.loseAnswer("*", "/**"));
    assertThat(apply("DELETE /pools/*:dropped"))
        .containsExactly(CallFault.drop("DELETE", "/pools/*"));
    assertThat(apply("GET /x:no-route"))
        .containsExactly(CallFault.refuse("GET", "/x", 595, "No route to host"));
  }

  @Test
  void a_status_has_a_sentence_of_ones_own_with_colons() {
    assertThat(apply("PUT /x:500 can't lock file: got timeout:2"))
        .hasSize(2)
        .contains(CallFault.refuse("PUT", "/x", 500, "can't lock file: got timeout"));
    assertThat(apply("PUT /x:403"))
        .containsExactly(CallFault.refuse("PUT", "/x", 403, "failed as it was told to"));
  }

  @Test
  void a_task_fails_before_or_after_its_work() {
    var message = "failed as it was told to";
    assertThat(apply("task qmclone:failed"))
        .containsExactly(new TaskFault("qmclone", Moment.BEFORE, message));
    assertThat(apply("task *:failed-after:2"))
        .hasSize(2)
        .contains(new TaskFault("*", Moment.AFTER, message));
  }

  @Test
  void a_guest_is_in_trouble_from_then_on() {
    assertThat(apply("guest web:cloud-init-failed"))
        .containsExactly(new GuestFault("web", Trouble.CLOUD_INIT_FAILED));
    assertThat(apply("guest *:no-agent")).containsExactly(new GuestFault("*", Trouble.NO_AGENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST",
        "POST /x",
        "POST x:timeout",
        "PATCH /x:timeout",
        "post /x:timeout",
        "POST /x:timeout:0",
        "POST /x:timeout:1001",
        "POST /x:timeout:-1",
        "POST /x:200",
        "POST /x:600 more",
        "POST /x:failed",
        "task qmclone:timeout",
        "task :failed",
        "guest web:on-fire",
        "node pve2:up",
        "POST /x y:timeout"
      })
  void what_is_none_is_refused_by_name(String text) {
    assertThatThrownBy(() -> apply(text))
        .hasMessage("`" + text + "` is no fault of a simulated Proxmox.");
    assertThat(applied).isEmpty();
  }
}
