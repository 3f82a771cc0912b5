// Nodes and storages of hearth:proxmox.
import { quoted } from 'hearth:binding/proxmox/kit';
import { nodeSettings } from 'hearth:binding/proxmox/network';

const { freeze } = Object;

/** The nodes and storages of one connection. */
export function nodes(kit) {
  const { ops, handle, read: readPath } = kit;
  const all = freeze({ list: () => readPath(['nodes']) });

  const node = (name) => {
    const read = (what, params) => ops.readNode({ node: name, what, params });
    return handle('node', { node: name }, () => `node(${quoted(name)})`, {
      node: name,
      status: () => read('status'),
      storages: freeze({ list: (params) => read('storage', params) }),
      networks: freeze({ list: (params) => read('network', params) }),
      tasks: freeze({ list: (params) => read('tasks', params) }),
      ...nodeSettings(kit, name),
      toJSON: () => ({ node: name }),
    });
  };

  const storages = freeze({ list: () => readPath(['storage']) });

  const storage = (name, { node: home } = {}) => {
    const at = { storage: name, node: home };
    return handle('storage', at, () => `storage(${quoted(name)})`, {
      ...at,
      status: () => ops.readStorage({ ...at, what: ['status'] }),
      content: freeze({
        list: (params) => ops.readStorage({ ...at, what: ['content'], params }),
      }),
      download: ({ checksumAlgorithm: algorithm, ...file } = {}) =>
        ops.download({ ...at, file: { algorithm, ...file } }),
      delete: (volid) => ops.deleteVolume({ ...at, volid }),
      toJSON: () => at,
    });
  };

  return { nodes: all, node, storages, storage };
}
