// What the backups promise, against the simulated Proxmox VE: `hearth test recipes`.
import { beforeEach, describe, expect, it, runRecipe } from 'hearth:test';
import { proxmox } from 'hearth:proxmox';

const backup = (params = {}) => runRecipe('./backup-all.js', { params: { storage: 'backup', ...params }, simulate: true });

describe('backup-all', () => {
  beforeEach(async () => {
    const pve = proxmox();
    await pve.storages.ensure({ storage: 'backup', type: 'dir', path: '/srv/backup', content: ['backup'] });
    for (const old of await pve.backups.list()) await pve.backup(old).delete({ force: true });
    for (const old of await pve.vms.list()) await pve.vm(old.vmid).delete();
    const disk = { node: 'pve', memory: 512, scsi0: 'local-lvm:1' };
    await pve.vms.create({ ...disk, vmid: 101, name: 'web', tags: 'lab;www' });
    await pve.vms.create({ ...disk, vmid: 102, name: 'db', tags: 'lab' });
    await pve.vms.create({ ...disk, vmid: 103, name: 'base' });
    await pve.vm(103).template();
  });

  it('saves all guests that are no templates, with their names as notes', async () => {
    const { result } = await backup();
    expect(result.failed).toEqual([]);
    expect(result.saved.map(({ vmid, name }) => [vmid, name])).toEqual([[101, 'web'], [102, 'db']]);
    const [first] = await proxmox().backups.list({ vmid: 101 });
    expect(first).toMatchObject({ volid: result.saved[0].volid, notes: 'web', storage: 'backup' });
  });

  it('saves those that are named, have the tag or are in the pool', async () => {
    await proxmox().pools.ensure({ poolid: 'lab', vms: [102] });
    const ids = async (params) => (await backup(params)).result.saved.map(({ vmid }) => vmid);
    expect(await ids({ vmids: [103], templates: true })).toEqual([103]);
    expect(await ids({ tag: 'lab', exclude: [102] })).toEqual([101]);
    expect(await ids({ pool: 'lab' })).toEqual([102]);
  });

  it('keeps what the rules keep, and what is protected', async () => {
    await backup({ vmids: [101], protect: true });
    await backup({ vmids: [101] });
    const { result } = await backup({ vmids: [101], keep: 'keep-last=1' });
    expect(result.pruned.length).toBe(1);
    expect((await proxmox().backups.list({ vmid: 101 })).length).toBe(2);
  });

  it('saves the others when one cannot be saved, and removes nothing of that one', async () => {
    const pve = proxmox();
    await backup({ vmids: [101, 102] });
    await pve.storages.ensure({ storage: 'fast', type: 'dir', path: '/srv/fast', content: ['images'] });
    await pve.vm(102).update({ scsi1: 'fast:1' });
    await pve.storage('fast').forget({ force: true });
    const failed = await backup({ keep: 'keep-last=1' });
    expect(failed.exitStatus).not.toBe(0);
    expect(failed.error.message).toMatch(/1 of 2 guests are not saved: 102/);
    expect((await proxmox().backups.list({ vmid: 101 })).length).toBe(1);
    expect((await proxmox().backups.list({ vmid: 102 })).length).toBe(1);
  });

  it('says what it does not find', async () => {
    expect((await backup({ vmids: [999] })).error.message).toMatch(/no guest 999/);
    expect((await backup({ tag: 'none' })).error.message).toMatch(/No guest is to be saved/);
    expect((await backup({ pool: 'nope' })).error.code).toBe('proxmox.pool-not-found');
    expect((await backup({ storage: 'local-lvm' })).error.message).toMatch(/wrong content type/);
  });
});
