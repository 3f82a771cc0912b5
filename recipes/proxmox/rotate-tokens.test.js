// What the rotation of a token promises, against the simulated Proxmox VE: `hearth test recipes`.
import { beforeEach, describe, expect, it, runRecipe } from 'hearth:test';
import { fs } from 'hearth:fs';
import { proxmox } from 'hearth:proxmox';

const rotate = (params) => runRecipe('./rotate-tokens.js', { params: { token: 'ci@pve!deploy', ...params }, simulate: true });

const tokens = async () => (await proxmox().user('ci@pve').tokens.list()).map(({ tokenid }) => tokenid).sort();

describe('rotate-tokens', () => {
  let folder;
  let secretFile;

  beforeEach(async () => {
    folder = await fs.tempFolder({ folder: '.' });
    secretFile = `${folder}/secret`;
    const pve = proxmox();
    await pve.users.ensure({ userid: 'ci@pve' });
    for (const name of await tokens()) await pve.user('ci@pve').token(name).delete();
    await pve.user('ci@pve').token('deploy').create({ comment: 'robot' });
    await pve.acl.ensure({ path: '/vms', user: 'ci@pve', role: 'PVEVMAdmin' });
    await pve.acl.ensure({ path: '/vms', token: 'ci@pve!deploy', role: 'PVEVMUser' });
  });

  it('puts a token with the same rights in place of the old one', async () => {
    const before = await proxmox().permissions({ userid: 'ci@pve!deploy' });
    const { result } = await rotate({ secretFile });
    expect(result).toEqual({ token: 'ci@pve!deploy-2', secretFile, removed: true });
    expect(await tokens()).toEqual(['deploy-2']);
    expect(await proxmox().permissions({ userid: 'ci@pve!deploy-2' })).toEqual(before);
    expect((await proxmox().token('ci@pve!deploy-2').get()).comment).toBe('robot');
  });

  it('writes the secret where only its owner reads it, and it works', async () => {
    await rotate({ secretFile });
    const secret = await fs.read(secretFile);
    expect(secret).toMatch(/^ci@pve!deploy-2=[0-9a-f-]{36}$/);
    expect((await fs.stat(secretFile)).mode).toBe('0600');
    expect(Object.keys(await proxmox().token('ci@pve!deploy-2').prove(secret))).toContain('/vms');
  });

  it('keeps the old token when it is told to, and numbers go on', async () => {
    await rotate({ secretFile, keepOld: true });
    expect(await tokens()).toEqual(['deploy', 'deploy-2']);
    const { result } = await rotate({ token: 'ci@pve!deploy-2', secretFile: `${folder}/next` });
    expect(result.token).toBe('ci@pve!deploy-3');
    expect(await tokens()).toEqual(['deploy', 'deploy-3']);
  });

  it('leaves everything as it was when something is in the way', async () => {
    await fs.write(secretFile, 'not mine');
    expect((await rotate({ secretFile })).error.message).toMatch(/exists already/);
    expect(await fs.read(secretFile)).toBe('not mine');
    expect((await rotate({ secretFile: `${folder}/missing/secret` })).exitStatus).not.toBe(0);
    expect(await tokens()).toEqual(['deploy']);
    expect((await rotate({ token: 'ci@pve!nope', secretFile: `${folder}/other` })).error.code).toBe('proxmox.token-not-found');
  });
});
