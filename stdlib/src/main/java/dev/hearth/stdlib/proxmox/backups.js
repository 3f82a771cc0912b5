// Backups of hearth:proxmox: what there is, making, restoring, keeping, and the jobs that do it.
import { changes, ensured, need, sent } from 'hearth:binding/proxmox/ensure';
import { quoted } from 'hearth:binding/proxmox/kit';

const { freeze } = Object;

/** What a volume id tells: the storage, and of what a backup is. */
export function named(volid) {
  const [, storage, rest] = /^([^:]+):(.*)$/.exec(String(volid)) ?? [];
  const [, kind, vmid] = /(?:vzdump-(qemu|lxc|openvz)-|backup\/(?:vm|ct)\/)(\d+)/.exec(rest ?? '') ?? [];
  return { storage, type: /backup\/ct\//.test(rest ?? '') || kind === 'lxc' ? 'lxc' : 'qemu', vmid: Number(vmid) };
}

/** Notes as a template takes them: only places in double braces mean anything. */
const template = (notes) => notes?.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** A node that has a storage, of which it may have several. */
export const nodeWith = async (read, storage) =>
  (await read(['cluster', 'resources'], { type: 'storage' })).find((one) => one.storage === storage && one.status === 'available')
    ?.node;

/** Makes a backup of one guest; the name of the archive stands in the task's log. */
export async function backUp({ change, task }, backup, { vmid, node }, { wait, notes, keep, timeout, ...params } = {}) {
  const made = await change('POST', ['nodes', node, 'vzdump'], {
    ...sent({ vmid, compress: 'zstd', ...params, 'notes-template': template(notes), 'prune-backups': keep }),
    wait: false,
  });
  if (wait === false) return made;
  await made.wait({ timeout });
  let volid;
  for await (const { t } of made.log()) {
    const [, file] = /creating (?:vzdump|Proxmox Backup Server) archive '([^']+)'/.exec(t) ?? [];
    if (file !== undefined) volid = `${params.storage ?? 'local'}:backup/${file.replace(/^.*\/dump\//, '')}`;
  }
  return backup(volid, { node });
}

/** The backups of one connection; `vms` and `cts` restore them. */
export function backups(kit, { vms, cts }) {
  const { ops, handle, read, change } = kit;

  /** Everything on each storage for backups, what is shared only once. */
  const list = async ({ storage, node, vmid } = {}) => {
    const homes = node === undefined ? (await read(['nodes'])).filter(({ status }) => status !== 'offline').map((one) => one.node) : [node];
    const seen = new Set();
    const found = await Promise.all(
      homes.map(async (home) => {
        const there = await read(['nodes', home, 'storage'], { content: 'backup', enabled: 1, storage });
        const fresh = there.filter((one) => one.active === 1 && !(one.shared === 1 && seen.has(one.storage)));
        fresh.forEach((one) => seen.add(one.storage));
        return Promise.all(
          fresh.map(async (one) =>
            (await read(['nodes', home, 'storage', one.storage, 'content'], { content: 'backup', vmid })).map((entry) => ({
              ...entry,
              storage: one.storage,
              node: home,
            })),
          ),
        );
      }),
    );
    return found.flat(2).sort((a, b) => a.ctime - b.ctime || a.volid.localeCompare(b.volid));
  };

  const backup = (id, { node: home } = {}) => {
    const { volid, node = home } = typeof id === 'object' ? id : { volid: id };
    const { storage, type, vmid } = named(volid);
    const at = { storage, node };
    const where = ['content', volid];
    const set = (params) => ops.changeStorage({ ...at, method: 'PUT', what: where, params });
    const get = () => ops.readStorage({ ...at, what: where });
    return handle('backup', { volid, node }, () => `backup(${quoted(volid)})`, {
      volid,
      node,
      vmid,
      get,
      async config() {
        const text = await read(['nodes', node ?? (await nodeWith(read, storage)), 'vzdump', 'extractconfig'], { volume: volid });
        const entries = text.split('\n').map((line) => /^([\w-]+): (.*)$/.exec(line)).filter((match) => match !== null);
        return Object.fromEntries(entries.map(([, key, value]) => [key, value]));
      },
      notes: async (notes) => (await set({ notes }), get()),
      protect: async (isProtected = true) => (await set({ protected: isProtected }), get()),
      async delete({ force } = {}) {
        if (force === true && (await list({ ...at, vmid })).some((one) => one.volid === volid && one.protected === 1)) {
          await set({ protected: false });
        }
        return ops.deleteVolume({ ...at, volid });
      },
      restore: (options) => (type === 'lxc' ? cts : vms).restore({ archive: volid, node, ...options }),
      toJSON: () => ({ volid, node }),
    });
  };

  const all = freeze({
    list,
    find: async (volid) => (await list({ storage: named(volid).storage })).find((one) => one.volid === volid) ?? null,
    get: async (volid) => (await backup(volid).get(), backup(volid)),
  });

  // ---- Jobs

  const jobs = () => read(['cluster', 'backup']);
  const job = (id) => {
    const path = ['cluster', 'backup', id];
    const get = () => ops.readBackupJob({ id });
    return handle('backupJob', { id }, () => `backupJob(${quoted(id)})`, {
      id,
      get,
      update: async (spec = {}) => (await change('PUT', path, changes(spec)), get()),
      async delete() {
        if ((await jobs()).every((one) => one.id !== id)) return false;
        await change('DELETE', path);
        return true;
      },
      included: async () => (await read([...path, 'included_volumes'])).children ?? [],
      toJSON: () => ({ id }),
    });
  };

  const backupJobs = freeze({
    list: jobs,
    find: async (id) => (await jobs()).find((one) => one.id === id) ?? null,
    get: async (id) => (await job(id).get(), job(id)),
    create: async (spec = {}) => (need('backup job', spec, 'id'), await change('POST', ['cluster', 'backup'], sent(spec)), job(spec.id)),
    async ensure(spec = {}, { dryRun } = {}) {
      need('backup job', spec, 'id');
      const { id, ...rest } = spec;
      return ensured({
        spec: rest,
        dryRun,
        lists: ['vmid', 'exclude', 'exclude-path', 'mailto'],
        defaults: { enabled: 1, all: 0, mode: 'snapshot', compress: '0' },
        find: () => backupJobs.find(id),
        create: () => change('POST', ['cluster', 'backup'], sent(spec)).then(() => ({})),
        update: (what) => change('PUT', ['cluster', 'backup', id], changes(what)).then(() => ({})),
      });
    },
    /** Who is in no job. */
    missing: () => read(['cluster', 'backup-info', 'not-backed-up']),
  });

  return { backups: all, backup, backupJobs, backupJob: job };
}
