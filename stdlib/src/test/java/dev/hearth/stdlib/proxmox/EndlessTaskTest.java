package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.api.CallFault;
import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that do not end, and looks at tasks that get lost. */
class EndlessTaskTest {
  private final BriskClock clock = new BriskClock(20_000); // a day is four seconds
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(WorldBuilder.standard(clock).build(), ImageSource.none());
  private final RecipeBody recipe;

  EndlessTaskTest(@TempDir Path folder) {
    this.recipe = new RecipeBody(folder, simulator, clock, "const vm = pve.vm(100);");
  }

  @AfterEach
  void end() {
    simulator.close();
  }

  /** From now on nothing that a node begins ends within a week. */
  private void stall() throws Exception {
    recipe.data("await pve.vms.create({ node: 'pve', vmid: 100 }); return true;");
    simulator.world().lock().holding(() -> simulator.world().tasks().delay(Duration.ofDays(7)));
  }

  @Test
  void a_wait_with_a_limit_ends_then_and_the_task_goes_on_until_it_is_stopped() throws Exception {
    stall();
    assertThat(
            recipe.data(
                """
                const task = await vm.start({ wait: false });
                const outcome = async (work) => { try { return await work(); } catch (e) { return `${e.code}: ${e.message} ${e.hint}`; } };
                const waited = await outcome(() => task.wait({ timeout: '1h' }));
                const { status } = await task.status();
                await task.stop();
                return [waited, status, await outcome(() => task.wait())];
                """))
        .extracting(JsonNode::asText)
        .containsExactly(
            "proxmox.task-timeout: The task `qmstart` had not ended after 3600 s. It goes on; wait for it"
                + " with `pve.task(upid).wait()` or end it with `.stop()`.",
            "running",
            "proxmox.task-failed: The task `qmstart` of `100` on node pve failed: interrupted by"
                + " signal. Read the log of the task in the web interface of Proxmox.");
  }

  @Test
  void a_verb_whose_task_does_not_end_fails_after_six_hours_as_a_time_out() throws Exception {
    stall();
    var result = recipe.run("await vm.start();");
    assertThat(requireNonNull(result.error()).code()).isEqualTo("proxmox.task-timeout");
    assertThat(result.error().message())
        .isEqualTo("The task `qmstart` had not ended after 21600 s.");
    assertThat(result.error().details().toString()).contains(":qmstart:100:");
    assertThat(result.exitStatus()).isEqualTo(5);
  }

  @Test
  void a_look_at_a_task_that_gets_lost_is_taken_again() throws Exception {
    recipe.data("await pve.vms.create({ node: 'pve', vmid: 100 }); return true;");
    for (int i = 0; i < 3; i++) {
      simulator.failNext(CallFault.drop("GET", "/nodes/pve/tasks/*/status"));
    }
    assertThat(recipe.data("return (await vm.start()).status;").asText()).isEqualTo("running");
  }

  @Test
  void looks_that_are_lost_again_and_again_are_told_with_the_task_untouched() throws Exception {
    recipe.data("await pve.vms.create({ node: 'pve', vmid: 100 }); return true;");
    simulator.failBy(
        (method, path) ->
            path.matches("/nodes/pve/tasks/.*/status")
                ? Optional.of(new Outcome.Drop())
                : Optional.empty());
    var result = recipe.run("await vm.start();");
    assertThat(requireNonNull(result.error()).code()).isEqualTo("http.connection-lost");
    assertThat(recipe.data("return (await vm.status()).status;").asText()).isEqualTo("running");
  }
}
