// What the template recipe promises, against the simulated Proxmox VE: `hearth test recipes`.
import { beforeAll, describe, expect, it, runRecipe } from 'hearth:test';
import { proxmox } from 'hearth:proxmox';

const build = (params = {}, options = {}) => runRecipe('./template.js', { params, simulate: true, ...options });

describe('template', () => {
  let first;

  beforeAll(async () => {
    first = await build({ tags: ['lab'] });
  });

  it('builds a template with cloud-init from the newest image', { timeout: '1m' }, async () => {
    expect(first).toMatchObject({ status: 'done', exitStatus: 0, result: { changed: true, name: 'debian-13' } });
    const config = await proxmox().vm(first.result.vmid).config();
    expect(config).toMatchObject({ template: 1, memory: '2048', ciuser: 'debian', ipconfig0: 'ip=dhcp' });
    expect(config.tags.split(';')).toEqual(expect.arrayContaining(['debian', 'lab']));
  });

  it('says each step', () => {
    expect(first.steps.map((step) => step.name)).toEqual([
      'find the image',
      'look at what is there',
      'download the image',
      'create the VM',
      'resize the disk',
      'convert to a template',
      'publish the template',
    ]);
  });

  it('changes nothing in a second run', async () => {
    const again = await build({ tags: ['lab'] });
    expect(again.result).toEqual({ changed: false, name: 'debian-13', vmid: first.result.vmid });
    expect(again.log.at(-1).message).toMatch(/nothing to do$/);
  });

  it('changes what is wanted otherwise, and only that', async () => {
    const changed = await build({ tags: ['lab'], memory: 4096 });
    expect(changed.result).toMatchObject({ changed: true, vmid: first.result.vmid });
    expect((await proxmox().vm(first.result.vmid).config()).memory).toBe('4096');
    expect(await proxmox().vms.list()).toHaveLength(1);
  });

  it('leaves nothing behind when it fails, however late', async () => {
    const before = await proxmox().vms.list();
    const failed = await build({ name: 'other', provenance: '/proc/not-allowed' });
    expect(failed.exitStatus).not.toBe(0);
    expect(failed.undone).toContain('create the VM');
    expect(await proxmox().vms.list()).toHaveLength(before.length);
  });

  it('refuses a disc whose installer would wait for somebody', async () => {
    const { error } = await build({ name: 'own', iso: 'local:iso/debian-13.iso' });
    expect(error.code).toBe('templates.spec');
    expect(error.message).toContain('the installer of Debian 13 takes no answers from a second disc');
  });

  it.each([
    ['memory', 8],
    ['ip', '10.0.0.5'],
    ['user', 'Root User'],
  ])('refuses a %s of %o before anything runs', async (name, value) => {
    const { status, exitStatus, error } = await build({ [name]: value });
    expect({ status, exitStatus }).toEqual({ status: 'refused', exitStatus: 2 });
    expect(error.message).toContain(name);
  });

  it('touches nothing that nobody allowed', async () => {
    const run = await runRecipe('./template.js');
    expect(run).toMatchObject({ status: 'refused', exitStatus: 3, steps: [] });
  });
});
