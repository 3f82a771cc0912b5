package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.testing.RecipeTester;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storages, backups and their jobs as recipes see them, against the simulator. */
class BackupRecipeTest {
  private final Path folder;
  private final RecipeTester tester;

  BackupRecipeTest(@TempDir Path folder) {
    this.folder = folder;
    this.tester = RecipeTester.in(folder.resolve("home"));
  }

  private String value(String body) throws Exception {
    var text =
        """
        import { proxmox } from 'hearth:proxmox';
        export const recipe = { summary: 'A test', permissions: { proxmox: 'write', read: ['%s'] } };
        export default async ({ step }) => {
          const pve = proxmox();
          const failure = async (work) => { try { await work(); return 'none'; } catch (e) { return `${e.code}: ${e.message}`; } };
          await pve.storages.ensure({ storage: 'backup', type: 'dir', path: '/srv/backup', content: ['backup'] });
          const make = (vmid, spec) => pve.vms.create({ node: 'pve', vmid, memory: 512, scsi0: 'local-lvm:1', ...spec });
          %s
        };
        """
            .formatted(folder, body);
    var result =
        tester.run(
            Files.writeString(folder.resolve("recipe.js"), text),
            request -> request.simulated().allow("read=" + folder));
    assertThat(result.error()).isNull();
    return String.valueOf(result.value());
  }

  @Test
  void a_vm_is_backed_up_and_comes_back_as_it_was() throws Exception {
    assertThat(
            value(
                """
                const vm = await make(100, { name: 'web' });
                const backup = await step('backup', () => vm.backup({ storage: 'backup', notes: '{{guestname}}\\nbefore', protected: true }));
                await vm.update({ name: 'changed' });
                const config = await backup.config();
                const copy = await backup.restore({ vmid: 101, unique: true, storage: 'local-lvm' });
                const running = (await vm.start()).status;
                const refused = await failure(() => backup.restore({ vmid: 100, force: true }));
                const taken = await failure(() => backup.restore({ vmid: 100 }));
                await vm.stop();
                await pve.vms.restore({ archive: backup.volid, vmid: 100, force: true });
                const { notes, protected: isProtected } = await backup.get();
                return [/^backup:backup\\/vzdump-qemu-100-[\\d_-]+\\.vma\\.zst$/.test(backup.volid), config.name, backup.vmid,
                  (await copy.config()).name, running, refused, taken, (await vm.config()).name, notes, isProtected];
                """))
        .isEqualTo(
            "[true,\"web\",100,\"web\",\"running\",\"proxmox.vm-running: VM 100 is running.\","
                + "\"proxmox.vm-exists: VM 100 exists already.\",\"web\",\"web\\nbefore\",1]");
  }

  @Test
  void backups_are_listed_protected_pruned_and_deleted() throws Exception {
    assertThat(
            value(
                """
                const vm = await make(100);
                await make(101);
                for (const _ of [1, 2, 3]) await vm.backup({ storage: 'backup' });
                await pve.vm(101).backup({ storage: 'backup', compress: '0' });
                const all = await pve.backups.list();
                const [first, second] = await pve.backups.list({ vmid: 100 });
                await pve.backup(first.volid).protect();
                const kept = await failure(() => pve.backup(first.volid).delete());
                const dry = await pve.storage('backup').prune({ keep: { 'keep-last': 1 }, vmid: 100, dryRun: true });
                const done = await pve.storage('backup').prune({ keep: 'keep-last=1', vmid: 100 });
                const gone = [await pve.backup(second.volid).delete(), await pve.backup(first.volid).delete({ force: true })];
                return [all.length, all.find(({ vmid }) => vmid === 101).format, kept.split(':')[0], dry.map(({ mark }) => mark), done.length, gone,
                  (await pve.backups.list({ vmid: 100, storage: 'backup' })).length, await pve.backups.find(first.volid),
                  await failure(() => pve.backups.get(first.volid))];
                """))
        .startsWith(
            "[4,\"vma\",\"proxmox.volume-protected\",[\"protected\",\"remove\",\"keep\"],3,[false,true],1,null,"
                + "\"proxmox.volume-not-found: There is no volume `backup:backup/vzdump-qemu-100-");
  }

  @Test
  void a_container_is_backed_up_and_restored() throws Exception {
    assertThat(
            value(
                """
                const template = 'alpine-3.22-default_20250617_amd64.tar.xz';
                await pve.task(await pve.api.nodes('pve').aplinfo.post({ storage: 'local', template })).wait();
                const ct = await pve.cts.create({ node: 'pve', vmid: 200, hostname: 'dns', ostemplate: `local:vztmpl/${template}`, unprivileged: 1, rootfs: 'local-lvm:1' });
                const backup = await ct.backup({ storage: 'backup' });
                const copy = await pve.cts.restore({ archive: backup.volid, storage: 'local-lvm', hostname: 'dns2' });
                const task = await ct.backup({ storage: 'backup', wait: false });
                await task.wait();
                const { hostname, rootfs } = await copy.config();
                return [hostname, rootfs, task.upid.split(':')[5], (await pve.backups.list({ vmid: 200 })).length];
                """))
        .matches("\\[\"dns2\",\"local-lvm:vm-\\d+-disk-0,size=1G\",\"vzdump\",2]");
  }

  @Test
  void a_job_is_ensured_and_says_who_is_in_it() throws Exception {
    assertThat(
            value(
                """
                await make(100, { name: 'web' });
                await make(101, { name: 'db' });
                const spec = { id: 'nightly', schedule: '02:30', vmid: [101, 100], storage: 'backup', 'prune-backups': { 'keep-last': 3, 'keep-daily': 7 } };
                const first = await pve.backupJobs.ensure(spec);
                const second = await pve.backupJobs.ensure({ ...spec, vmid: '100,101', 'prune-backups': 'keep-daily=7,keep-last=3', enabled: true });
                const third = await pve.backupJobs.ensure({ id: 'nightly', vmid: [100], comment: 'web only' });
                const fourth = await pve.backupJobs.ensure({ id: 'nightly', comment: null });
                const job = await pve.backupJobs.get('nightly');
                const included = (await job.included()).map(({ id, name }) => `${id} ${name}`);
                const missing = (await pve.backupJobs.missing()).map(({ vmid }) => vmid);
                return [first.changed, second.changed, third, fourth.after, included, missing, await job.delete(), await job.delete(),
                  await failure(() => pve.backupJobs.get('nightly'))];
                """))
        .isEqualTo(
            "[true,false,{\"changed\":true,\"before\":{\"vmid\":\"101,100\"},\"after\":{\"vmid\":\"100\",\"comment\":\"web only\"}},"
                + "{},[\"100 web\"],[101],true,false,"
                + "\"proxmox.backup-job-not-found: There is no backup job `nightly`.\"]");
  }

  @Test
  void a_storage_is_ensured_and_not_forgotten_while_it_is_used() throws Exception {
    assertThat(
            value(
                """
                const spec = { storage: 'fast', type: 'dir', path: '/srv/fast', content: ['images', 'rootdir'], nodes: ['pve'] };
                const first = await pve.storages.ensure(spec);
                const second = await pve.storages.ensure({ ...spec, content: 'rootdir,images', shared: false });
                const third = await pve.storages.ensure({ storage: 'fast', content: ['images'], nodes: null });
                await make(100, { scsi1: 'fast:1' });
                const kept = [
                  await failure(() => pve.storage('fast').forget()),
                  await failure(() => pve.storage('fast').delete('fast:100/vm-100-disk-0.raw')),
                ];
                const storage = await pve.storages.get('fast');
                const { content } = await storage.update({ content: ['images', 'iso'] });
                return [first.changed, second.changed, third.after, kept, content,
                  await storage.delete('fast:100/vm-100-disk-0.raw', { force: true }), await storage.forget({ force: true }),
                  await storage.forget(), await pve.storages.find('fast')];
                """))
        .isEqualTo(
            "[true,false,{\"content\":\"images\"},[\"proxmox.in-use: The storage `fast` is in use: VM 100.\","
                + "\"proxmox.in-use: The volume `fast:100/vm-100-disk-0.raw` is in use: VM 100.\"],"
                + "\"images,iso\",true,true,false,null]");
  }

  @Test
  void a_file_is_brought_to_a_storage_once() throws Exception {
    Files.write(folder.resolve("my image.iso"), new byte[100_000]);
    Files.write(folder.resolve("other.iso"), new byte[1]);
    assertThat(
            value(
                """
                const at = pve.storage('local');
                const path = '%s/my image.iso';
                const first = await at.upload({ path, content: 'iso' });
                const again = await at.upload({ path, content: 'iso' });
                const { size } = await at.content.find(first.volid);
                return [first, again.changed, size,
                  (await failure(() => at.upload({ path: '%s/other.iso', filename: 'my image.iso', content: 'iso' }))).split(':')[0],
                  (await at.upload({ path: '%s/other.iso', filename: 'my image.iso', content: 'iso', replace: true })).changed,
                  (await failure(() => at.upload({ path: '%s/none.iso', content: 'iso' }))).split(':')[0],
                  (await failure(() => at.upload({ path, filename: 'x.txt', content: 'iso' }))).split(':')[0],
                  (await failure(() => at.upload({ path: '%s/other.iso', content: 'iso', checksum: '00' }))).split(':')[0]];
                """
                    .formatted(folder, folder, folder, folder, folder)))
        .isEqualTo(
            "[{\"volid\":\"local:iso/my_image.iso\",\"changed\":true},false,100000,\"proxmox.volume-exists\",true,"
                + "\"proxmox.upload-file\",\"proxmox.parameter\",\"proxmox.checksum-wrong\"]");
  }

  @Test
  void bytes_are_brought_to_a_storage_without_a_file() throws Exception {
    assertThat(
            value(
                """
                const at = pve.storage('local');
                const bytes = new Uint8Array(4096);
                const { volid, changed } = await at.upload({ bytes, filename: 'seed.iso', content: 'iso' });
                const { size } = await at.content.find(volid);
                return [volid, changed, (await at.upload({ bytes, filename: 'seed.iso', content: 'iso' })).changed, size,
                  await failure(() => at.upload({ content: 'iso', filename: 'x.iso' })),
                  await failure(() => at.upload({ bytes, content: 'iso' })),
                  (await failure(() => at.upload({ bytes, path: '/x.iso', content: 'iso' }))).split(':')[0]];
                """))
        .isEqualTo(
            "[\"local:iso/seed.iso\",true,false,4096,\"proxmox.upload-what: An upload takes either the `path` of a file,"
                + " or `bytes` with a `filename`.\",\"proxmox.upload-what: An upload takes either the `path` of a file,"
                + " or `bytes` with a `filename`.\",\"proxmox.upload-what\"]");
  }
}
