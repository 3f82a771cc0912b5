// A snapshot of each virtual machine before it is upgraded, and only the last few of those are kept.
import { proxmox } from 'hearth:proxmox';
import { now } from 'hearth:time';

export const recipe = {
  summary: 'Snapshots of virtual machines before an upgrade',
  description: `Makes a snapshot of each machine that is named or has the tag, all under one name with the time in it, and
then removes older ones of its own beyond those to keep. When one cannot be made, those that were made are taken back.`,
  params: {
    vmids: { type: 'array', items: { type: 'integer', minimum: 100 }, summary: 'machines by their ids', default: [] },
    tag: { type: 'string', summary: 'machines with this tag' },
    prefix: {
      type: 'string',
      pattern: '^[A-Za-z][A-Za-z0-9-]{0,20}$',
      summary: 'what the names of the snapshots begin with',
      default: 'before-upgrade',
    },
    keep: { type: 'integer', minimum: 1, summary: 'how many of these to keep, the new one counted', default: 3 },
    memory: { type: 'boolean', summary: 'with the memory of machines that run', default: false },
    notes: { type: 'string', summary: 'what stands in the notes of the snapshots', default: '' },
  },
  permissions: { proxmox: 'write' },
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const pve = proxmox();
  const guests = await step('find the machines', () => machines(pve, params), { readOnly: true });
  // In a step, so that a run that is gone on with later makes no second set.
  const name = await step('name the snapshots', async () => nameOf(params.prefix, await now()));

  for (const { vmid, node } of guests) {
    const snapshot = pve.vm({ vmid, node }).snapshot(name);
    await step(`snapshot ${vmid}`, () => snapshot.create({ vmstate: params.memory, description: params.notes }), {
      find: async () => ((await names(pve, { vmid, node })).includes(name) ? { name } : undefined),
      undo: async () => {
        if ((await names(pve, { vmid, node })).includes(name)) await snapshot.delete();
      },
    });
  }

  const removed = {};
  for (const { vmid, node } of guests) {
    const own = (await names(pve, { vmid, node })).filter((each) => isOwn(each, params.prefix)).sort();
    for (const old of own.slice(0, -params.keep)) {
      await pve.vm({ vmid, node }).snapshot(old).delete();
      (removed[vmid] ??= []).push(old);
    }
  }
  log.info(`${guests.length} ${guests.length === 1 ? 'machine has' : 'machines have'} the snapshot ${name}`);
  return { name, vmids: guests.map(({ vmid }) => vmid), removed };
}

async function machines(pve, { vmids, tag }) {
  if (vmids.length === 0 && tag === undefined) throw new Error('Say which machines: --vmids 101 --vmids 102, or --tag TAG.');
  const all = (await pve.vms.list()).filter((vm) => vm.template !== 1);
  const missing = vmids.filter((id) => !all.some((vm) => vm.vmid === id));
  if (missing.length > 0) throw new Error(`There is no machine ${missing.join(', ')}.`);
  const chosen = all.filter(
    (vm) => vmids.includes(vm.vmid) || (tag !== undefined && (vm.tags ?? '').split(/[;, ]+/).includes(tag)),
  );
  if (chosen.length === 0) throw new Error(`No machine has the tag ${tag}.`);
  return chosen.map(({ vmid, node }) => ({ vmid, node })).sort((a, b) => a.vmid - b.vmid);
}

const names = async (pve, at) => (await pve.vm(at).snapshots.list()).map((each) => each.name);
const nameOf = (prefix, time) => `${prefix}_${time.replace(/\D/g, '').slice(0, 14)}`;
const isOwn = (name, prefix) => name.startsWith(`${prefix}_`) && /^\d{14}$/.test(name.slice(prefix.length + 1));
