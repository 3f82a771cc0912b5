package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VMs and tasks from a recipe to the simulator and back; each run continues in one world. */
class VmRecipeTest {
  private final Path folder;
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(WorldBuilder.standard(Clock.system()).build(), ImageSource.none());
  private final RecipeTester tester;

  VmRecipeTest(@TempDir Path folder) {
    this.folder = folder;
    var binding = new ProxmoxBinding((saved, clock, net) -> simulator);
    this.tester = RecipeTester.with(folder.resolve("home"), List.of(binding));
  }

  private RunResult run(String body) throws IOException, InterruptedException {
    var file =
        Files.writeString(
            folder.resolve("recipe.js"),
            """
            import { proxmox } from 'hearth:proxmox';
            export const recipe = { summary: 'A test', permissions: { proxmox: 'write' } };
            export default async () => {
              const pve = proxmox();
              %s
            };
            """
                .formatted(body));
    return tester.run(file, request -> request.simulated());
  }

  @Test
  void a_vm_lives_and_ten_at_once_get_ids_of_their_own() throws Exception {
    var result =
        run(
            """
            const many = await Promise.all(Array.from({ length: 10 }, (_, i) =>
              pve.vms.create({ node: 'pve', name: `vm${i}`, memory: 512 })));
            const ids = new Set(many.map((vm) => vm.vmid));
            const vm = many[0];
            const running = (await vm.start()).status;
            const again = (await vm.start()).status;
            const changed = await vm.update({ description: 'x', cores: 3 });
            const stopped = (await vm.stop()).status;
            await Promise.all(many.map((each) => each.delete()));
            return [ids.size, running, again, changed.description, stopped, (await pve.vms.list()).length];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[10,\"running\",\"running\",\"x\",\"stopped\",0]");
  }

  @Test
  void a_task_can_be_had_instead_of_waited_for() throws Exception {
    var result =
        run(
            """
            const task = await pve.vms.create({ node: 'pve', vmid: 300 }, { wait: false });
            const end = await task.wait();
            const lines = [];
            for await (const line of task.log({ follow: true })) lines.push(line.t);
            return [task.upid.startsWith('UPID:pve:'), end.exitstatus, lines.at(-1)];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[true,\"OK\",\"TASK OK\"]");
  }
}
