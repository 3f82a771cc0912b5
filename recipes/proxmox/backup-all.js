// Backups of all or of chosen guests, node by node, with a report of what was saved and what was not.
import { proxmox } from 'hearth:proxmox';
import { now } from 'hearth:time';

export const recipe = {
  summary: 'Backups of virtual machines and containers',
  description: `Backs up every guest, or those that are named, have the tag or are in the pool. Nodes work side by side, as many as the
storage bears; each saves one guest after the other, as Proxmox does. A guest that cannot be saved does not keep the others
from it: the run fails at its end and says why. Older backups are removed only of guests that were saved.`,
  params: {
    storage: { type: 'string', summary: 'the storage for the backups', default: 'local' },
    vmids: { type: 'array', items: { type: 'integer', minimum: 100 }, summary: 'guests by their ids', default: [] },
    tag: { type: 'string', summary: 'guests with this tag' },
    pool: { type: 'string', summary: 'guests in this pool' },
    exclude: { type: 'array', items: { type: 'integer', minimum: 100 }, summary: 'guests to leave out', default: [] },
    templates: { type: 'boolean', summary: 'templates as well', default: false },
    mode: { type: 'string', enum: ['snapshot', 'suspend', 'stop'], summary: 'what happens to guests that run', default: 'snapshot' },
    compress: { type: 'string', enum: ['0', 'gzip', 'lzo', 'zstd'], summary: 'how the backups are packed', default: 'zstd' },
    notes: { type: 'string', summary: 'their notes; {{guestname}}, {{vmid}}, {{node}} are filled in', default: '{{guestname}}' },
    protect: { type: 'boolean', summary: 'keep them from being removed', default: false },
    keep: {
      type: 'string',
      pattern: '^keep-(all|last|hourly|daily|weekly|monthly|yearly)=\\d+(,keep-(last|hourly|daily|weekly|monthly|yearly)=\\d+)*$',
      summary: 'which to keep of each guest, such as keep-last=3,keep-daily=7; default: all',
    },
    parallel: { type: 'integer', minimum: 1, maximum: 32, summary: 'how many nodes write to the storage at once', default: 2 },
  },
  permissions: { proxmox: 'write' },
};

export default async function ({ params, step, log }) {
  const pve = proxmox();
  const guests = await step('find the guests', () => chosen(pve, params), { readOnly: true });
  // In a step, so that a run that is gone on with later knows its own backups.
  const since = await step('note the time', async () => Math.floor(Date.parse(await now()) / 1000));
  const saved = [];
  const failed = [];

  const save = async (guest) => {
    const { vmid, name, node, type } = guest;
    const handle = type === 'lxc' ? pve.ct({ vmid, node }) : pve.vm({ vmid, node });
    try {
      const backup = await step(`back up ${vmid}`, () => handle.backup(optionsOf(params)), {
        find: async () => {
          const own = (await pve.backups.list({ storage: params.storage, vmid })).filter(({ ctime }) => ctime >= since);
          return own.length > 0 ? pve.backup(own.at(-1)) : undefined;
        },
      });
      const { size } = await backup.get();
      saved.push({ vmid, name, node, volid: backup.volid, size });
      log.info(`${vmid} (${name}) is saved`, { volid: backup.volid, size });
    } catch (error) {
      failed.push({ vmid, name, node, reason: error.message });
      log.error(`${vmid} (${name}) is not saved: ${error.message}`);
    }
  };
  await byNode(guests, params.parallel, save);

  const pruned = params.keep === undefined ? [] : await step('remove older ones', () => prune(pve, params, saved));
  const order = (a, b) => a.vmid - b.vmid;
  const report = { saved: saved.sort(order), failed: failed.sort(order), pruned };
  log.info(`${saved.length} saved, ${failed.length} not saved, ${pruned.length} removed`);
  if (failed.length > 0) {
    const error = new Error(`${failed.length} of ${guests.length} guests are not saved: ${failed.map(({ vmid, reason }) => `${vmid} (${reason})`).join(', ')}`);
    throw Object.assign(error, { report });
  }
  return report;
}

/** Older backups are left to the last step, which tells of them. */
const optionsOf = ({ storage, mode, compress, notes, protect }) => ({ storage, mode, compress, notes, protected: protect, remove: 0 });

async function chosen(pve, { vmids, tag, pool, exclude, templates }) {
  const all = [...(await pve.vms.list()).map((one) => ({ ...one, type: 'qemu' })), ...(await pve.cts.list()).map((one) => ({ ...one, type: 'lxc' }))];
  const missing = vmids.filter((id) => !all.some(({ vmid }) => vmid === id));
  if (missing.length > 0) throw new Error(`There is no guest ${missing.join(', ')}.`);
  const inPool = pool === undefined ? [] : (await (await pve.pools.get(pool)).get()).vms;
  const isAll = vmids.length === 0 && tag === undefined && pool === undefined;
  const wanted = all.filter(
    (one) =>
      isAll || vmids.includes(one.vmid) || inPool.includes(one.vmid) || (tag !== undefined && (one.tags ?? '').split(/[;, ]+/).includes(tag)),
  );
  const kept = wanted.filter(({ vmid, template }) => !exclude.includes(vmid) && (templates || template !== 1));
  if (kept.length === 0) throw new Error('No guest is to be saved; see --vmids, --tag, --pool and --exclude.');
  return kept.map(({ vmid, name, node, type }) => ({ vmid, name, node, type })).sort((a, b) => a.vmid - b.vmid);
}

/** Each node does one guest after the other, and at most so many nodes work at once. */
async function byNode(guests, most, work) {
  const queues = [...Map.groupBy(guests, ({ node }) => node).values()];
  const worker = async () => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const guest of queue) await work(guest);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, queues.length) }, worker));
}

async function prune(pve, { storage, keep }, saved) {
  const removed = [];
  for (const { vmid, node } of saved) {
    const marked = await pve.storage(storage, { node }).prune({ keep, vmid });
    removed.push(...marked.filter(({ mark }) => mark === 'remove').map(({ volid }) => volid));
  }
  return removed;
}
