// What the matrix recipe promises, against the simulated Proxmox VE: `hearth test recipes`.
import { describe, expect, it, runRecipe } from 'hearth:test';
import { proxmox } from 'hearth:proxmox';

const matrix = (params = {}) => runRecipe('./template-matrix.js', { params, simulate: true });

describe('template-matrix', () => {
  it('builds a template for each distribution, and changes nothing in a second run', { timeout: '2m' }, async () => {
    const first = await matrix();
    expect(first.error).toBeNull();
    expect(first.result.map(({ name, changed }) => [name, changed])).toEqual([
      ['debian-13', true],
      ['ubuntu-24-04', true],
      ['almalinux-10', true],
      [expect.stringMatching(/^alpine-/), true],
    ]);
    const again = await matrix();
    expect(again.result.every(({ changed }) => !changed)).toBe(true);
    expect(await proxmox().vms.list()).toHaveLength(4);
  });

  it('refuses a distribution that nobody knows before anything is made', async () => {
    const { error } = await matrix({ distributions: ['debian-13', 'debain-12'], prefix: 'new-' });
    expect(error.code).toBe('images.unknown');
    expect((await proxmox().vms.list()).filter(({ name }) => name.startsWith('new-'))).toEqual([]);
  });
});
