// Nodes and storages of hearth:proxmox.
import { changes, ensured, need, requireSame, sent } from 'hearth:binding/proxmox/ensure';
import { quoted } from 'hearth:binding/proxmox/kit';
import { nodeSettings } from 'hearth:binding/proxmox/network';

const { freeze } = Object;

/** The nodes and storages of one connection. */
export function nodes(kit) {
  const { ops, handle, read: readPath, change } = kit;
  const all = freeze({
    list: () => readPath(['nodes']),
    find: async (name) => (await all.list()).find((one) => one.node === name) ?? null,
    get: async (name) => (await node(name).status(), node(name)),
  });

  const node = (name) => {
    const read = (what, params) => ops.readNode({ node: name, what, params });
    return handle('node', { node: name }, () => `node(${quoted(name)})`, {
      node: name,
      status: () => read('status'),
      storages: freeze({ list: (params) => read('storage', params) }),
      networks: freeze({ list: (params) => read('network', params) }),
      tasks: freeze({ list: (params) => read('tasks', params) }),
      async console({ type = 'term', ...params } = {}) {
        return freeze(await ops.openNodeConsole({ node: name, type, params }));
      },
      ...nodeSettings(kit, name),
      toJSON: () => ({ node: name }),
    });
  };

  const storage = (name, { node: home } = {}) => {
    const at = { storage: name, node: home };
    const list = (params) => ops.readStorage({ ...at, what: ['content'], params });
    const get = (volid) => ops.readStorage({ ...at, what: ['content', volid] });
    const set = async (volid, params) => {
      await ops.changeStorage({ ...at, method: 'PUT', what: ['content', volid], params });
      return get(volid);
    };
    const content = freeze({
      list,
      find: async (volid) => (await list()).find((one) => one.volid === volid) ?? null,
      get,
      notes: (volid, notes) => set(volid, { notes }),
      protect: (volid, isProtected = true) => set(volid, { protected: isProtected }),
      delete: (volid, { force } = {}) => ops.deleteVolume({ ...at, volid, force: force === true }),
    });
    return handle('storage', at, () => `storage(${quoted(name)})`, {
      ...at,
      get: () => readPath(['storage', name]),
      update: async (spec = {}) => (await change('PUT', ['storage', name], changes(spec)), readPath(['storage', name])),
      forget: ({ force } = {}) => ops.deleteUnlessUsed({ kind: 'storage', id: name, force }),
      status: () => ops.readStorage({ ...at, what: ['status'] }),
      /** Figures over time; `timeframe` is `hour`, `day`, `week`, `month` or `year`. */
      metrics: ({ timeframe = 'hour', cf } = {}) => ops.readStorage({ ...at, what: ['rrddata'], params: sent({ timeframe, cf }) }),
      content,
      async prune({ keep, dryRun, wait, ...which } = {}) {
        const params = sent({ ...which, 'prune-backups': keep });
        const marked = await ops.readStorage({ ...at, what: ['prunebackups'], params });
        if (dryRun !== true && marked.some(({ mark }) => mark === 'remove')) {
          await ops.changeStorage({ ...at, method: 'DELETE', what: ['prunebackups'], params, awaited: wait });
        }
        return marked;
      },
      download: ({ checksumAlgorithm: algorithm, ...file } = {}) =>
        ops.download({ ...at, file: { algorithm, ...file } }),
      upload: ({ checksumAlgorithm: algorithm, bytes, ...file } = {}) =>
        ops.upload({ ...at, file: { algorithm, ...file } }, ...(bytes === undefined ? [] : [{ bytes }])),
      delete: content.delete,
      toJSON: () => at,
    });
  };

  const storages = freeze({
    list: (params) => readPath(['storage'], params),
    find: async (name) => (await readPath(['storage'])).find((one) => one.storage === name) ?? null,
    get: async (name) => (await readPath(['storage', name]), storage(name)),
    create: async (spec = {}) => (need('storage', spec, 'storage', 'type'), await change('POST', ['storage'], sent(spec)), storage(spec.storage)),
    async ensure(spec = {}, { dryRun } = {}) {
      need('storage', spec, 'storage');
      const { storage: name, type, ...rest } = spec;
      return ensured({
        spec: rest,
        dryRun,
        lists: ['content', 'nodes'],
        once: ['password', 'keyring', 'encryption-key', 'master-pubkey'],
        defaults: { disable: 0, shared: 0 },
        find: async () => requireSame('storage', name, await storages.find(name), { type }),
        create: () => storages.create(spec).then(() => ({})),
        update: (what) => storage(name).update(what).then(() => ({})),
      });
    },
  });

  return { nodes: all, node, storages, storage };
}
