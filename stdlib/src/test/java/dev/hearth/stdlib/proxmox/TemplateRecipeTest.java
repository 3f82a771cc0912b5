package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
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

/** Templates and VMs from a recipe to the simulator and back; each run continues in one world. */
class TemplateRecipeTest {
  private static final String SPEC =
      """
      const spec = {
        node: 'pve', storage: 'local-lvm', image: { volid: 'local:import/cloud.qcow2' },
        diskSize: '5GiB', user: 'debian', vlan: 50, tags: ['lab'], notes: 'For the lab.',
        sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdKNZ+A5FrQzzNuEfMVjfL5ZwGdBkZXSGPUEkhzcTkK me@lab'],
        ipconfig: 'ip=dhcp', nameserver: '10.0.0.1', searchdomain: 'lab.example',
      };
      """;

  private final Path folder;
  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(
          WorldBuilder.standard(Clock.system())
              .file("local:import/cloud.qcow2", 300L << 20, 3L << 30)
              .build(),
          ImageSource.none());
  private final RecipeTester tester;

  TemplateRecipeTest(@TempDir Path folder) {
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
              %s
            };
            """
                .formatted(SPEC, body));
    return tester.run(file, request -> request.simulated());
  }

  @Test
  void a_template_is_built_once_and_says_what_differs_later() throws Exception {
    var first =
        run(
            """
            const plan = await pve.template('debian').plan(spec);
            const done = await pve.template('debian').ensure(spec);
            const config = await pve.vm(done.vmid).config();
            return [plan.actions.join(' '), done.changed, config.template, config.ciuser, config.tags,
              /size=5G/.test(config.scsi0), /tag=50/.test(config.net0), config.description.startsWith('For')];
            """);
    assertThat(first.error()).isNull();
    assertThat(first.value())
        .hasToString(
            "[\"create configure resize"
                + " convert\",true,1,\"debian\",\"hearth;lab\",true,true,true]");

    var second =
        run(
            """
            const { changed, before } = await pve.template('debian').ensure(spec);
            return [changed, before !== null, (await pve.vms.list()).length];
            """);
    assertThat(second.value()).hasToString("[false,true,1]");

    var third =
        run(
            """
            const { changed, before, after } = await pve.template('debian').ensure({ ...spec, memory: 4096 });
            return [changed, before.memory, after.memory, before.vmid === after.vmid,
              (await pve.template('debian').ensure({ ...spec, memory: 4096 })).changed];
            """);
    assertThat(third.error()).isNull();
    assertThat(third.value()).hasToString("[true,\"2048\",\"4096\",true,false]");
  }

  @Test
  void what_needs_another_disk_is_refused_with_each_difference() throws Exception {
    run("return pve.template('debian').ensure(spec);");
    var result =
        run(
            """
            return pve.template('debian').ensure({ ...spec, storage: 'local', diskSize: '6GiB', bios: 'ovmf' });
            """);
    assertThat(requireNonNull(result.error()).code()).isEqualTo("proxmox.template-differs");
    assertThat(requireNonNull(result.error()).message())
        .isEqualTo(
            "The template `debian` (VM 100) would need another disk: storage local-lvm -> local,"
                + " bios seabios -> ovmf, diskSize 5GiB -> 6GiB.");
  }

  @Test
  void a_build_that_fails_leaves_nothing_behind() throws Exception {
    var result = run("return pve.template('debian').ensure({ ...spec, diskSize: '1GiB' });");
    assertThat(requireNonNull(result.error()).code()).isEqualTo("proxmox.template-spec");
    assertThat(run("return pve.vms.list();").value()).isEmpty();
  }

  @Test
  void a_conversion_that_fails_takes_back_the_vm() throws Exception {
    simulator.failNextTask("qmtemplate", "the disk is on fire");
    var result = run("return pve.template('debian').ensure(spec);");
    assertThat(requireNonNull(result.error()).code()).isEqualTo("proxmox.task-failed");
    assertThat(requireNonNull(result.error()).message()).contains("the disk is on fire");
    assertThat(run("return pve.vms.list();").value()).isEmpty();
  }

  @Test
  void the_pieces_can_be_steps_and_what_is_not_ours_is_kept() throws Exception {
    var result =
        run(
            """
            const debian = pve.template('debian');
            const plan = await debian.plan(spec);
            await debian.download(spec, plan);
            const vm = await debian.create(spec, plan);
            let unfinished;
            try { await debian.plan(spec); } catch (e) { unfinished = e.code; }
            await debian.configure(spec, vm);
            await debian.resize(spec, vm);
            await debian.convert(spec, vm);
            const clone = await pve.vm(vm.vmid).clone({ name: 'web', full: true });
            let kept;
            try { await pve.template('web').remove(); } catch (e) { kept = e.code; }
            await clone.delete();
            return [unfinished, kept, await debian.remove(vm), await debian.remove(vm)];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString("[\"proxmox.template-unfinished\",\"proxmox.template-not-ours\",true,false]");
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
