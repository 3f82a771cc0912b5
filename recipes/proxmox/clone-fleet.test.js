// What the fleet recipe promises, against the simulated Proxmox VE: `hearth test recipes`.
import { beforeAll, describe, expect, it, runRecipe } from 'hearth:test';
import { proxmox } from 'hearth:proxmox';

const fleet = (params = {}) =>
  runRecipe('./clone-fleet.js', { params: { template: 'debian-13', first: '10.0.0.101/24', gateway: '10.0.0.1', ...params }, simulate: true });

describe('clone-fleet', () => {
  beforeAll(async () => {
    await runRecipe('./template.js', { simulate: true });
  });

  it('makes machines with the next name and the next address of a range', { timeout: '1m' }, async () => {
    const { error, result } = await fleet({ tags: ['web'], memory: 1024 });
    expect(error).toBeNull();
    expect(result.machines).toEqual([
      { name: 'node-01', ip: '10.0.0.101/24' },
      { name: 'node-02', ip: '10.0.0.102/24' },
      { name: 'node-03', ip: '10.0.0.103/24' },
    ]);
    const last = await proxmox().vms.get({ name: 'node-03' });
    expect(await last.config()).toMatchObject({ ipconfig0: 'ip=10.0.0.103/24,gw=10.0.0.1', memory: '1024', tags: 'web' });
    expect((await last.status()).status).toBe('running');
  });

  it('changes nothing in a second run, and adds what is missing in a third', async () => {
    expect((await fleet()).result).toMatchObject({ changed: false, made: [] });
    expect((await fleet({ count: 4 })).result.made).toHaveLength(1);
  });

  it('leaves nothing behind when one of them fails', { timeout: '1m' }, async () => {
    const before = (await proxmox().vms.list()).length;
    const { exitStatus } = await fleet({ prefix: 'bad', disk: 1 });
    expect(exitStatus).not.toBe(0);
    expect(await proxmox().vms.list()).toHaveLength(before);
  });

  it.each([
    [{ first: '10.0.0.253/24' }, '10.0.0.255'],
    [{ first: '10.0.0.1/24' }, 'the gateway'],
  ])('refuses %o before anything is made', async (params, why) => {
    const { error, exitStatus } = await fleet({ prefix: 'other', ...params });
    expect(exitStatus).toBe(1);
    expect(error.message).toContain(why);
  });
});
