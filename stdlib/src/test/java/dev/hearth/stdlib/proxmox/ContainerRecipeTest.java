package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.RunRequest;
import dev.hearth.runtime.RunResult;
import dev.hearth.runtime.testing.RecipeTester;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers as recipes see them, against the simulator. */
class ContainerRecipeTest {
  private final Path folder;
  private final RecipeTester tester;

  ContainerRecipeTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  /** Runs a body with a template at hand, and {@code make} to get a container of it. */
  private RunResult run(String body) throws Exception {
    var text =
        """
        import { proxmox } from 'hearth:proxmox';
        export const recipe = { summary: 'A test', permissions: { proxmox: 'write' } };
        export default async () => {
          const pve = proxmox();
          const template = 'alpine-3.22-default_20250617_amd64.tar.xz';
          await pve.task(await pve.api.nodes('pve').aplinfo.post({ storage: 'local', template })).wait();
          const make = (spec, options) => pve.cts.create({
            node: 'pve', ostemplate: `local:vztmpl/${template}`, unprivileged: 1, rootfs: 'local-lvm:1', ...spec,
          }, options);
          %s
        };
        """
            .formatted(body);
    return tester.run(Files.writeString(folder.resolve("recipe.js"), text), RunRequest::simulated);
  }

  @Test
  void a_container_is_made_changed_run_and_deleted() throws Exception {
    var result =
        run(
            """
            const ct = await make({ hostname: 'web', net0: 'name=eth0,bridge=vmbr0,ip=10.0.0.5/24', tags: 'b,a' });
            const { ostype } = await ct.config();
            const off = [(await ct.stop()).status, (await ct.interfaces()).length];
            const { status } = await ct.start();
            await ct.start();
            const [, eth0] = await ct.interfaces();
            const { memory, tags } = await ct.update({ memory: 256, tags: null, arch: 'i386' });
            const waits = (await ct.pending()).filter(({ pending }) => pending).map(({ key }) => key);
            await ct.reboot();
            const { arch } = await ct.config();
            await ct.resize('rootfs', '+1GiB');
            const { rootfs } = await ct.config();
            await ct.shutdown();
            const found = await pve.cts.find({ name: 'web' });
            const same = await pve.cts.get({ name: 'web' });
            await same.delete();
            return [ostype, off, status, eth0.inet, memory, tags ?? 'gone', waits, arch, rootfs,
              found.vmid === ct.vmid, (await pve.cts.list()).length, (await pve.vms.list()).length];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[\"alpine\",[\"stopped\",0],\"running\",\"10.0.0.5/24\",256,\"gone\",[\"arch\"],\"i386\","
                + "\"local-lvm:vm-100-disk-0,size=2G\",true,0,0]");
  }

  @Test
  void a_template_is_ready_when_the_promise_resolves_and_is_cloned_linked() throws Exception {
    var result =
        run(
            """
            const ct = await make({ hostname: 'golden' });
            await ct.snapshot('before').create({ description: 'one' });
            const names = (await ct.snapshots.list()).map(({ name }) => name);
            await ct.snapshot('before').delete();
            await ct.template();
            const golden = await ct.config();
            const clone = await ct.clone({ hostname: 'copy' });
            const cloned = await clone.config();
            return [names, golden.template, golden.rootfs, cloned.hostname, cloned.rootfs, cloned.template ?? 'none'];
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[[\"before\",\"current\"],1,\"local-lvm:base-100-disk-0,size=1G\",\"copy\","
                + "\"local-lvm:vm-101-disk-0,size=1G\",\"none\"]");
  }

  @Test
  void what_is_not_waited_for_returns_its_task() throws Exception {
    var result =
        run(
            """
            const made = await make({ vmid: 300 }, { wait: false });
            await made.wait();
            const ct = pve.ct(300);
            const started = await ct.start({ wait: false });
            await started.wait();
            const stopped = await ct.stop({ wait: false });
            await stopped.wait();
            const cloned = await ct.clone({ newid: 301, wait: false });
            await cloned.wait();
            return [made, started, stopped, cloned].map(({ upid }) => upid.split(':')[5]);
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value()).hasToString("[\"vzcreate\",\"vzstart\",\"vzstop\",\"vzclone\"]");
  }

  @Test
  void what_is_in_the_way_has_a_code_and_names_containers() throws Exception {
    var result =
        run(
            """
            const ct = await make({ vmid: 300, hostname: 'web' });
            await make({ hostname: 'web' });
            await ct.start();
            await pve.vms.create({ node: 'pve', vmid: 400 });
            const { digest } = await ct.config();
            await ct.update({ memory: 256 });
            const said = [];
            for (const attempt of [
              () => pve.ct(4711).config(),
              () => pve.ct(400).config(),
              () => pve.cts.get({ name: 'nobody' }),
              () => pve.cts.get({ name: 'web' }),
              () => make({ vmid: 300 }),
              () => make({ vmid: 400 }),
              () => pve.vms.create({ node: 'pve', vmid: 300 }),
              () => ct.delete(),
              () => ct.update({ memory: 512 }, { digest }),
              () => ct.resize('rootfs', 'much'),
            ]) {
              try { await attempt(); said.push('nothing'); } catch (e) { said.push(e.code); }
            }
            return said;
            """);
    assertThat(result.error()).isNull();
    assertThat(result.value())
        .hasToString(
            "[\"proxmox.ct-not-found\",\"proxmox.ct-not-found\",\"proxmox.ct-name-not-found\","
                + "\"proxmox.ct-name-ambiguous\",\"proxmox.ct-exists\",\"proxmox.vm-exists\","
                + "\"proxmox.vm-exists\",\"proxmox.ct-running\",\"proxmox.config-changed\","
                + "\"proxmox.parameter\"]");
  }

  @Test
  void a_container_that_is_not_there_is_named_with_the_closest() throws Exception {
    run("await make({ vmid: 300 }); return pve.ct(301).config();");
    assertThat(tester.error())
        .startsWith("error: Container 301 does not exist.")
        .contains("proxmox.ct-not-found")
        .endsWith("hint: List the containers with `pve.cts.list()`; 300 is the closest.\n");
  }
}
