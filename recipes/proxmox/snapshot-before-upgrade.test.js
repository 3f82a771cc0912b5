// What the snapshots before an upgrade promise, against the simulated Proxmox VE: `hearth test recipes`.
import { beforeEach, describe, expect, it, runRecipe } from 'hearth:test';
import { proxmox } from 'hearth:proxmox';

const snapshot = (params, options = {}) =>
  runRecipe('./snapshot-before-upgrade.js', { params, simulate: true, ...options });

const names = async (vmid) =>
  (await proxmox().vm(vmid).snapshots.list()).map(({ name }) => name).filter((name) => name !== 'current').sort();

describe('snapshot-before-upgrade', () => {
  beforeEach(async () => {
    const { vms } = proxmox();
    for (const old of await vms.list()) await proxmox().vm(old.vmid).delete();
    const disk = { node: 'pve', memory: 512, scsi0: 'local-lvm:4' };
    await vms.create({ ...disk, vmid: 101, name: 'web', tags: 'lab;www' });
    await vms.create({ ...disk, vmid: 102, name: 'db', tags: 'lab' });
    await vms.create({ ...disk, vmid: 103, name: 'other' });
  });

  it('makes one of each machine with the tag, under one name', async () => {
    const { result } = await snapshot({ tag: 'lab', notes: 'Debian 13' });
    expect(result).toMatchObject({ vmids: [101, 102], removed: {} });
    expect(result.name).toMatch(/^before-upgrade_\d{14}$/);
    expect(await names(101)).toEqual([result.name]);
    expect(await names(102)).toEqual([result.name]);
    expect(await names(103)).toEqual([]);
    expect((await proxmox().vm(101).snapshots.list())[0].description).toMatch(/^Debian 13/);
  });

  it('keeps the last ones of its own, and all that others made', async () => {
    const vm = proxmox().vm(101);
    for (const name of ['before-upgrade_20200101000000', 'before-upgrade_20210101000000', 'before-upgrade_mine', 'other']) {
      await vm.snapshot(name).create();
    }
    const { result } = await snapshot({ vmids: [101], keep: 2 });
    expect(result.removed).toEqual({ 101: ['before-upgrade_20200101000000'] });
    expect(await names(101)).toEqual(
      ['before-upgrade_20210101000000', 'before-upgrade_mine', result.name, 'other'].sort(),
    );
  });

  it('takes back what was made when one cannot be made', async () => {
    await proxmox().vm(102).update({ scsi0: null, scsi1: 'local:1,format=raw' });
    const failed = await snapshot({ tag: 'lab' });
    expect(failed.exitStatus).not.toBe(0);
    expect(failed.undone).toContain('snapshot 101');
    expect(await names(101)).toEqual([]);
  });

  it('asks which machines, and says which do not exist', async () => {
    expect((await snapshot({})).error.message).toMatch(/Say which machines/);
    expect((await snapshot({ vmids: [101, 999] })).error.message).toMatch(/no machine 999/);
    expect((await snapshot({ tag: 'none' })).error.message).toMatch(/No machine has the tag none/);
  });
});
