// What the container recipe promises, against the simulated Proxmox VE: `hearth test recipes`.
import { describe, expect, it, runRecipe } from 'hearth:test';
import { proxmox } from 'hearth:proxmox';

const make = (params = {}) => runRecipe('./lxc.js', { params: { hostname: 'web', ...params }, simulate: true });

describe('lxc', () => {
  it('creates a container of the newest template and starts it', { timeout: '1m' }, async () => {
    const { error, result } = await make({ ip: '10.0.0.5/24', gateway: '10.0.0.1', tags: ['lab'] });
    expect(error).toBeNull();
    expect(result).toMatchObject({ changed: true, template: expect.stringMatching(/^debian-13-standard_/) });
    const ct = proxmox().ct(result.vmid);
    expect(await ct.config()).toMatchObject({ hostname: 'web', memory: 512, unprivileged: 1, tags: 'lab' });
    expect((await ct.config()).net0).toContain('ip=10.0.0.5/24');
    expect((await ct.status()).status).toBe('running');
  });

  it('leaves one that is as wished alone, and changes what is not', async () => {
    const same = { ip: '10.0.0.5/24', gateway: '10.0.0.1', tags: ['lab'] };
    expect((await make(same)).result).toMatchObject({ changed: false });
    const { result, log } = await make({ ...same, memory: 1024 });
    expect(result).toMatchObject({ changed: true });
    expect(log.at(-1).message).toMatch(/is changed: memory 512 -> 1024$/);
    expect(await proxmox().cts.list()).toHaveLength(1);
  });

  it('leaves no container behind when it cannot be created', { timeout: '1m' }, async () => {
    const failed = await make({ hostname: 'other', storage: 'nope' });
    expect(failed.exitStatus).not.toBe(0);
    expect((await proxmox().cts.list()).map(({ name }) => name)).toEqual(['web']);
  });

  it('names the templates that there are when there is none of a distribution', async () => {
    const { error } = await make({ hostname: 'other', distribution: 'plan9' });
    expect(error.message).toMatch(/^Proxmox offers no container template of `plan9`.$/);
    expect(error.hint).toMatch(/^Take one of alpine-3.22-default, /);
  });

  it('refuses a gateway without an address before anything is made', async () => {
    const { error, steps } = await make({ hostname: 'other', gateway: '10.0.0.1' });
    expect(error.message).toContain('fixed address');
    expect(steps).toEqual([]);
  });

  it('refuses what is no address before anything is made', async () => {
    const { error, steps } = await make({ hostname: 'other', ip: '10.0.0.300/24' });
    expect(error.message).toContain('`networks[0].ip` is `10.0.0.300/24`');
    expect(steps).toEqual([]);
  });
});
