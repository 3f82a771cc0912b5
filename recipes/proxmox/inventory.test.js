// What the inventory tells, against the simulated Proxmox VE: `hearth test recipes`.
import { beforeAll, describe, expect, it, runRecipe } from 'hearth:test';
import { proxmox } from 'hearth:proxmox';

const inventory = async (params = {}) => (await runRecipe('./inventory.js', { params, simulate: true })).result;

describe('inventory', () => {
  beforeAll(async () => {
    const { vms } = proxmox();
    await vms.create({ node: 'pve', vmid: 101, name: 'web', memory: 2048, cores: 2, tags: 'lab;www', scsi0: 'local-lvm:8' });
    await vms.create({ node: 'pve', vmid: 100, name: 'base', memory: 512, scsi0: 'local-lvm:4' });
    await proxmox().vm(100).template();
    await proxmox().vm(101).start();
  });

  it('lists guests by their id, with what they are', async () => {
    const { guests } = await inventory();
    expect(guests.map(({ vmid, name, kind, status }) => [vmid, name, kind, status])).toEqual([
      [100, 'base', 'template', 'stopped'],
      [101, 'web', 'vm', 'running'],
    ]);
    expect(guests[1]).toMatchObject({ node: 'pve', cores: 2, memoryGiB: 2, diskGiB: 8, tags: ['lab', 'www'] });
  });

  it('lists nodes and storages', async () => {
    const { nodes, storages } = await inventory();
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({ node: 'pve', status: 'online' });
    expect(storages.map(({ storage }) => storage)).toEqual(expect.arrayContaining(['local', 'local-lvm']));
  });

  it('shows what is asked for', async () => {
    expect(Object.keys(await inventory({ show: 'guests' }))).toEqual(['guests']);
    expect((await inventory({ templates: false })).guests.map(({ vmid }) => vmid)).toEqual([101]);
    expect((await inventory({ tag: 'www' })).guests.map(({ vmid }) => vmid)).toEqual([101]);
    expect((await inventory({ tag: 'ww' })).guests).toEqual([]);
    expect((await inventory({ status: 'stopped' })).guests.map(({ vmid }) => vmid)).toEqual([100]);
    expect((await inventory({ node: 'pve' })).guests).toHaveLength(2);
  });

  it('says that there is no such node', async () => {
    const failed = await runRecipe('./inventory.js', { params: { node: 'pve9' }, simulate: true });
    expect(failed.status).toBe('failed');
    expect(failed.error.message).toMatch(/pve9/);
  });

  it('changes nothing, so that reading is all it asks for', async () => {
    expect((await runRecipe('./inventory.js', { simulate: true })).steps).toEqual([]);
  });
});
