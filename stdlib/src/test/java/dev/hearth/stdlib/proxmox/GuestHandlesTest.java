package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.ProxmoxSimulator;
import dev.hearth.stdlib.proxmox.sim.WorldBuilder;
import dev.hearth.stdlib.proxmox.sim.storage.ImageSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the handles of VMs and containers do beyond their power: agent, disks, snapshots. */
class GuestHandlesTest {
  private static final String BEFORE =
      """
      const vm = await pve.vms.create({
        node: 'pve', vmid: 100, name: 'web', scsi0: 'local-lvm:0,import-from=local:import/debian-13.qcow2',
        ide2: 'local-lvm:cloudinit', ipconfig0: 'ip=dhcp', ciuser: 'ops', agent: 1,
      });
      """;

  private final ProxmoxSimulator simulator =
      new ProxmoxSimulator(
          WorldBuilder.standard(Clock.system())
              .file("local:import/debian-13.qcow2", 300L << 20, 3L << 30)
              .file("local:vztmpl/alpine.tar.zst", 1_078_455, 2_017_280)
              .build(),
          ImageSource.none());
  private final RecipeBody recipe;

  GuestHandlesTest(@TempDir Path folder) {
    this.recipe = new RecipeBody(folder, simulator, Clock.system(), BEFORE);
  }

  @Test
  void the_agent_tells_of_the_system_inside() throws Exception {
    var told =
        recipe.data(
            """
            await vm.start();
            const { agent } = vm;
            const before = await agent.fsfreeze.status();
            await agent.fsfreeze.freeze();
            const frozen = await agent.fsfreeze.status();
            await agent.fsfreeze.thaw();
            await agent.setPassword('root', 'secret-pw');
            return {
              name: await agent.hostName(), id: (await agent.osInfo()).id, users: await agent.users(),
              commands: (await agent.info()).supported_commands.length > 10, before, frozen, now: await agent.fsfreeze.status(),
              disks: (await agent.fileSystems()).length > 0, trimmed: (await agent.trim()).paths,
            };
            """);
    assertThat(told)
        .hasToString(
            "{\"name\":\"web\",\"id\":\"debian\",\"users\":[],\"commands\":true,\"before\":\"thawed\","
                + "\"frozen\":\"frozen\",\"now\":\"thawed\",\"disks\":true,\"trimmed\":[]}");
  }

  @Test
  void an_agent_is_waited_for_and_tells_by_which_addresses_it_is_reached() throws Exception {
    var told =
        recipe.data(
            """
            const off = await failure(() => vm.agent.wait());
            await vm.update({ ipconfig0: 'ip=10.0.0.5/24,gw=10.0.0.1', net0: 'virtio,bridge=vmbr0' });
            await vm.start();
            await vm.agent.wait({ timeout: '10s' });
            const addresses = await vm.agent.addresses();
            const bare = await pve.vms.create({ node: 'pve', vmid: 101, agent: 1 });
            await bare.start();
            return [off.split(':')[0], addresses, await failure(() => bare.agent.wait({ timeout: '300ms' }))];
            """);
    assertThat(told)
        .hasToString(
            "[\"proxmox.vm-not-running\",[\"10.0.0.5\"],"
                + "\"proxmox.agent-silent: The guest agent of VM 101 had not answered after 0 s.\"]");
  }

  @Test
  void files_of_any_bytes_and_any_size_go_both_ways() throws Exception {
    var told =
        recipe.data(
            """
            await vm.start();
            const { agent } = vm;
            await agent.write('/etc/motd', 'Größe ✓\\n');
            const all = Uint8Array.from({ length: 256 }, (_, i) => i);
            await agent.write('/tmp/all', all);
            const large = new Uint8Array(200_000).map((_, i) => (i * 7) % 251);
            await agent.write('/tmp/large', large);
            const back = await agent.bytes('/tmp/large');
            return [
              await agent.read('/etc/motd'),
              (await agent.bytes('/tmp/all')).every((byte, i) => byte === i),
              back.length, back.every((byte, i) => byte === large[i]),
              await failure(() => agent.read('/tmp/large.hearth-piece')),
              await failure(() => agent.write('/tmp/x', new Uint8Array(17 * 1024 * 1024))),
            ];
            """);
    assertThat(told.get(0).asText()).isEqualTo("Größe ✓\n");
    assertThat(told.get(1).asBoolean()).isTrue();
    assertThat(told.get(2).asInt()).isEqualTo(200_000);
    assertThat(told.get(3).asBoolean()).isTrue();
    assertThat(told.get(4).asText()).contains("No such file or directory");
    assertThat(told.get(5).asText())
        .isEqualTo(
            "proxmox.agent-file-large: `/tmp/x` is more than the guest agent hands over: 17825792"
                + " bytes, of at most 16 MiB.");
  }

  @Test
  void disks_move_and_are_taken_off() throws Exception {
    var told =
        recipe.data(
            """
            await vm.moveDisk('scsi0', 'local', { delete: true, format: 'qcow2' });
            const moved = (await vm.config()).scsi0;
            const other = await pve.vms.create({ node: 'pve', vmid: 101, name: 'other' });
            await vm.update({ scsi1: 'local-lvm:1' });
            await vm.moveDisk('scsi1', { vmid: 101, disk: 'scsi3' });
            const { scsi3 } = await other.config();
            await other.unlinkDisk('scsi3');
            const { unused0 } = await other.config();
            await other.unlinkDisk(['unused0'], { force: true });
            return [moved, scsi3, unused0, Object.keys(await other.config()).includes('unused0')];
            """);
    assertThat(told.toString())
        .isEqualTo(
            "[\"local:100/vm-100-disk-0.qcow2,size=3G\",\"local-lvm:vm-101-disk-0,size=1G\","
                + "\"local-lvm:vm-101-disk-0\",false]");
  }

  @Test
  void cloud_init_features_and_keys_are_there() throws Exception {
    var told =
        recipe.data(
            """
            await vm.cloudInit.regenerate();
            const user = await vm.cloudInit.dump();
            const network = await vm.cloudInit.dump('network');
            const { hasFeature } = await vm.feature('snapshot');
            const off = await failure(() => vm.sendKey('a'));
            await vm.start();
            await vm.sendKey('ctrl-alt-delete');
            return [user.startsWith('#cloud-config'), network.includes('version: 1'), hasFeature,
              (await vm.cloudInit.get()).some(({ key }) => key === 'ciuser'), off, await vm.monitor('info status')];
            """);
    assertThat(told.toString())
        .isEqualTo(
            "[true,true,1,true,\"proxmox.vm-not-running: VM 100 is not running.\","
                + "\"VM status: running\\r\\n\"]");
  }

  @Test
  void a_snapshot_is_made_once_and_only_its_words_change() throws Exception {
    var told =
        recipe.data(
            """
            const snap = vm.snapshot('before');
            const none = await snap.exists();
            const first = await snap.ensure({ description: 'one' });
            const again = await snap.ensure({ description: 'one' });
            const other = await snap.ensure({ description: 'two' });
            const { description } = await snap.update({ description: 'three' });
            return [none, first.changed, first.before, again.changed, other.changed, other.before.description,
              other.after.description, description, await snap.exists(), await vm.snapshot('current').exists()];
            """);
    assertThat(told.toString())
        .isEqualTo("[false,true,null,false,true,\"one\",\"two\",\"three\",true,false]");
  }

  @Test
  void volumes_of_containers_move_and_their_snapshots_are_ensured() throws Exception {
    var told =
        recipe.data(
            """
            const ct = await pve.cts.create({
              node: 'pve', vmid: 200, ostemplate: 'local:vztmpl/alpine.tar.zst', hostname: 'dns', rootfs: 'local-lvm:1', unprivileged: 1,
            });
            const made = [];
            for (const description of ['a', 'a', 'b']) made.push((await ct.snapshot('s1').ensure({ description })).changed);
            await ct.snapshot('s1').delete();
            await ct.moveVolume('rootfs', 'local', { delete: true });
            return [...made, (await ct.config()).rootfs, (await ct.feature('copy')).hasFeature];
            """);
    assertThat(told.toString())
        .isEqualTo("[true,false,true,\"local:200/vm-200-disk-0.raw,size=1G\",1]");
  }
}
