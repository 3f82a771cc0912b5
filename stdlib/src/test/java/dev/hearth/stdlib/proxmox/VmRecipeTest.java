package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** VMs and tasks from a recipe to the simulator and back; each run continues in one world. */
class VmRecipeTest {
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(WorldBuilder.standard(Clock.system()).build(), ImageSource.none());
  private final RecipeBody recipe;

  VmRecipeTest(@TempDir Path folder) {
    this.recipe = new RecipeBody(folder, simulator, Clock.system(), "");
  }

  @Test
  void a_vm_lives_and_ten_at_once_get_ids_of_their_own() throws Exception {
    var result =
        recipe.run(
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
  void a_vm_is_found_by_its_name_or_its_id() throws Exception {
    var result =
        recipe.run(
            """
            const { vmid } = await pve.vms.create({ node: 'pve', name: 'web' });
            const ways = ['web', vmid, String(vmid), { name: 'web' }, { vmid }];
            const found = await Promise.all(ways.map(async (way) => (await pve.vms.get(way)).vmid === vmid));
            const code = (way) => pve.vms.get(way).catch((e) => e.code);
            return [...found, await pve.vms.find('mail'), await pve.vms.find(999), await code('mail'), await code(999), await code({}), await code()];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[true,true,true,true,true,null,null,\"proxmox.vm-name-not-found\","
                + "\"proxmox.vm-not-found\",\"proxmox.nobody-sought\",\"proxmox.nobody-sought\"]");
  }

  @Test
  void what_is_made_or_changed_is_written_as_where_it_is_ensured() throws Exception {
    var result =
        recipe.run(
            """
            const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPNzMS7nbKjyjIRoEYA+8CnnOTp2k5kSCNq4cZ7sSFGg me';
            const vm = await pve.vms.create({
              node: 'pve', memory: '4GiB', scsi0: 'local-lvm:8GiB,discard=on', tags: ['b', 'A'], sshkeys: [key], onboot: true, start: false,
            });
            const { memory, scsi0, tags, sshkeys, onboot } = await vm.config();
            const later = await vm.update({ memory: '6GiB', nameserver: ['1.1.1.1', '9.9.9.9'], tags: null, description: '' });
            return [memory, scsi0.split(',').slice(1), tags, decodeURIComponent(sshkeys) === key, onboot, later.memory, later.nameserver, later.tags];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[\"4096\",[\"discard=on\",\"size=8G\"],\"a;b\",true,1,\"6144\",\"1.1.1.1 9.9.9.9\",null]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ scsi0: 'local-lvm:8,ssdd=1' }   | (did you mean `ssd`?)",
        "{ net0: 'virtio,brige=vmbr0' }    | (did you mean `bridge`?)",
        "{ memroy: 512 }                   | (did you mean `memory`?)",
        "{ nett0: 'virtio,bridge=vmbr0' }  | (did you mean `net0`?)",
      })
  void a_misspelt_key_or_option_is_told_as_it_was_meant(String spec, String meant)
      throws Exception {
    var error = recipe.run("await pve.vms.create({ node: 'pve', ...%s });".formatted(spec)).error();
    assertThat(requireNonNull(error).code()).isEqualTo("proxmox.parameter");
    assertThat(error.message()).contains(meant);
  }

  @Test
  void a_task_can_be_had_instead_of_waited_for() throws Exception {
    var result =
        recipe.run(
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
