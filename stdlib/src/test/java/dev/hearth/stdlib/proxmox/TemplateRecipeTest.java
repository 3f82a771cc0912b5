package dev.hearth.stdlib.proxmox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.permission.Permission;
import dev.hearth.runtime.spi.Binding;
import dev.hearth.runtime.spi.Connection;
import dev.hearth.runtime.spi.OpContext;
import dev.hearth.runtime.spi.SimulatorFactory;
import dev.hearth.runtime.testing.RecipeTester;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    this.tester = RecipeTester.with(folder.resolve("home"), List.of(new OneWorld(simulator)));
  }

  /** The binding, with a simulator that the test holds and every run finds again. */
  private record OneWorld(ProxmoxSimulator simulated) implements Binding {
    private static final ProxmoxBinding REAL = new ProxmoxBinding();

    @Override
    public String name() {
      return REAL.name();
    }

    @Override
    public Object open(Connection connection, OpContext context) {
      return REAL.open(connection, context);
    }

    @Override
    public List<Permission> reach(Connection connection) {
      return REAL.reach(connection);
    }

    @Override
    public Optional<SimulatorFactory> simulator() {
      return Optional.of((saved, clock, net) -> simulated);
    }
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

    var third = run("return pve.template('debian').ensure({ ...spec, memory: 4096 });");
    assertThat(requireNonNull(third.error()).code()).isEqualTo("proxmox.template-differs");
    assertThat(requireNonNull(third.error()).message()).contains("memory 2048 -> 4096");
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
            await debian.download(spec);
            const vm = await debian.create(spec);
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
