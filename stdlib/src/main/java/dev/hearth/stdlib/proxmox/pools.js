// Resource pools of hearth:proxmox.
import { ensured, need, orNull, sent } from 'hearth:binding/proxmox/ensure';
import { quoted } from 'hearth:binding/proxmox/kit';

const { freeze } = Object;

/** The pools of one connection. */
export function pools({ handle, read, change }) {
  /** With the ids of its members, beside what is told of them. */
  const described = async (poolid) => {
    const [one] = await read(['pools'], { poolid });
    const vms = one.members.filter(({ vmid }) => vmid !== undefined).map(({ vmid }) => vmid).sort((a, b) => a - b);
    const storage = one.members.filter(({ type }) => type === 'storage').map((each) => each.storage).sort();
    return { ...one, vms, storage };
  };
  const put = (poolid, spec) => change('PUT', ['pools'], { poolid, ...sent(spec) });
  const texts = (list) => [list ?? []].flat().map(String);

  /** Puts in what lacks and takes out what is too much, of the kinds that are spoken of. */
  const setMembers = async (poolid, { move, ...wanted }) => {
    const there = await described(poolid);
    for (const kind of ['vms', 'storage']) {
      if (wanted[kind] === undefined) continue;
      const names = texts(wanted[kind]);
      const old = texts(there[kind]);
      const more = names.filter((one) => !old.includes(one));
      const less = old.filter((one) => !names.includes(one));
      if (more.length > 0) await put(poolid, { [kind]: more, 'allow-move': move });
      if (less.length > 0) await put(poolid, { [kind]: less, delete: 1 });
    }
  };

  const update = async (poolid, { vms, storage, move, ...spec }) => {
    if (Object.keys(spec).length > 0) await put(poolid, { ...spec, comment: spec.comment ?? '' });
    await setMembers(poolid, { vms, storage, move });
    return described(poolid);
  };

  const pool = (poolid) =>
    handle('pool', { poolid }, () => `pool(${quoted(poolid)})`, {
      poolid,
      get: () => described(poolid),
      update: (spec = {}) => update(poolid, spec),
      add: async ({ vms, storage, move } = {}) => (await put(poolid, { vms, storage, 'allow-move': move }), described(poolid)),
      remove: async ({ vms, storage } = {}) => (await put(poolid, { vms, storage, delete: 1 }), described(poolid)),
      async delete({ force } = {}) {
        const there = await all.find(poolid);
        if (there === null) return false;
        if (force === true) await setMembers(poolid, { vms: [], storage: [] });
        await change('DELETE', ['pools'], { poolid });
        return true;
      },
      toJSON: () => ({ poolid }),
    });

  const all = freeze({
    list: () => read(['pools']),
    find: (poolid) => orNull('proxmox.pool-not-found', () => described(poolid)),
    get: async (poolid) => (await described(poolid), pool(poolid)),
    async create({ vms, storage, move, ...spec } = {}) {
      need('pool', spec, 'poolid');
      await change('POST', ['pools'], sent(spec));
      await setMembers(spec.poolid, { vms, storage, move });
      return pool(spec.poolid);
    },
    async ensure(spec = {}, { dryRun } = {}) {
      need('pool', spec, 'poolid');
      const { poolid, move, ...rest } = spec;
      return ensured({
        spec: rest,
        dryRun,
        lists: ['vms', 'storage'],
        find: () => all.find(poolid),
        create: () => all.create(spec).then(() => ({})),
        update: (what) => update(poolid, { ...what, move }).then(() => ({})),
      });
    },
  });

  return { pools: all, pool };
}
