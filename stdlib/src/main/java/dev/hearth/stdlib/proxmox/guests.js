// VMs and containers of hearth:proxmox.
import { agentOf } from 'hearth:binding/proxmox/agent';
import { backUp, nodeWith } from 'hearth:binding/proxmox/backups';
import { firewall } from 'hearth:binding/proxmox/firewall';
import { quoted } from 'hearth:binding/proxmox/kit';

const { freeze } = Object;

/** The VMs and containers of one connection. */
export function guests(kit, backup) {
  const { ops, handle, task, outcome, read: readPath } = kit;

  /** Where a guest is, when its handle does not say so. */
  const nodeOf = async ({ vmid, node }) =>
    node ?? (await readPath(['cluster', 'resources'], { type: 'vm' })).find((one) => one.vmid === vmid)?.node;

  /** What VMs and containers can: `word` is their method of the connection, `again` makes a handle of a clone. */
  const guest = ({ type, word, snapshotKind, again }, id, { node } = {}) => {
    const { vmid, node: home = node } = typeof id === 'object' ? { ...id } : { vmid: numeral(id) };
    const at = { vmid, node: home };
    const named = { ...at, type };
    const readWith = (params, ...what) => ops.readVm({ ...named, what, params });
    const read = (...what) => readWith(undefined, ...what);
    const change = async (method, what, { wait, ...params } = {}) =>
      outcome(wait, await ops.changeVm({ ...named, method, what, params, awaited: wait }));
    const status = () => read('status', 'current');
    const power = (verb) => async (options = {}) => {
      const done = await change('POST', ['status', verb], options);
      return options.wait === false ? done : status();
    };
    /** Sets what has a value and deletes what is null. */
    const update = async (method, changes, { wait, digest }) => {
      const params = {};
      const gone = [];
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) gone.push(key);
        else params[key] = value;
      }
      if (gone.length > 0) params.delete = gone.join(',');
      if (digest !== undefined) params.digest = digest;
      const done = await change(method, ['config'], { ...params, wait });
      return wait === false ? done : read('config');
    };

    const found = async (name) => (await read('snapshot')).find((one) => one.name === name && name !== 'current') ?? null;
    const has = async (name) => (await found(name)) !== null;
    /** Makes it when it is not there; of one that is, only the description can be changed. */
    const ensureSnapshot = async (name, { description, ...options } = {}) => {
      const before = await found(name);
      const isSo = before !== null && (description === undefined || chomped(before.description) === chomped(description));
      if (isSo) return { changed: false, before, after: before };
      if (before === null) await change('POST', ['snapshot'], { snapname: name, description, ...options });
      else await change('PUT', ['snapshot', name, 'config'], { description });
      return { changed: true, before, after: await found(name) };
    };

    const snapshot = (name) =>
      handle(snapshotKind, { ...at, snapshot: name }, () => `${word}(${quoted(vmid)}).snapshot(${quoted(name)})`, {
        name,
        config: () => read('snapshot', name, 'config'),
        exists: () => has(name),
        create: (options) => change('POST', ['snapshot'], { snapname: name, ...options }),
        ensure: (options) => ensureSnapshot(name, options),
        async update({ description } = {}) {
          await change('PUT', ['snapshot', name, 'config'], { description });
          return read('snapshot', name, 'config');
        },
        rollback: (options) => change('POST', ['snapshot', name, 'rollback'], options),
        delete: (options) => change('DELETE', ['snapshot', name], options),
        toJSON: () => ({ ...at, snapshot: name }),
      });

    const members = {
      vmid,
      node: home,
      status,
      config: () => read('config'),
      pending: () => read('pending'),
      async delete({ wait, purge = true } = {}) {
        const params = { purge, 'destroy-unreferenced-disks': purge };
        return outcome(wait, await ops.changeVm({ ...named, method: 'DELETE', what: [], params, awaited: wait }));
      },
      async start(options = {}) {
        const now = await status();
        return now.status === 'running' ? now : power('start')(options);
      },
      stop: power('stop'),
      shutdown: power('shutdown'),
      reboot: power('reboot'),
      async clone({ newid, wait, ...params } = {}) {
        const made = await ops.cloneVm({ ...named, newid, params, awaited: wait });
        return wait === false ? task(made.upid) : again(made);
      },
      async resize(disk, size, { wait } = {}) {
        return outcome(wait, await ops.resizeVm({ ...named, disk, size, awaited: wait }));
      },
      feature: (feature, { snapshot: snapname } = {}) => readWith({ feature, snapname }, 'feature'),
      async backup(options) {
        const node = (await nodeOf(at)) ?? (await status()).node; // what is not there, its status refuses
        return backUp(kit, backup, { vmid, node }, options);
      },
      /**
       * Moves it to another node; one that runs goes on running (a VM) or is restarted there (a container).
       * Returns a handle of it where it is then.
       */
      async migrate({ target, wait, ...params } = {}) {
        const runs = (await status()).status === 'running';
        const live = type === 'qemu' ? 'online' : 'restart';
        const done = await change('POST', ['migrate'], { target, ...(runs ? { [live]: 1 } : {}), ...params, wait });
        return wait === false ? done : again({ vmid, node: target });
      },
      /** Figures over time; `timeframe` is `hour`, `day`, `week`, `month` or `year`. */
      metrics: ({ timeframe = 'hour', cf } = {}) =>
        ops.readVm({ ...named, what: ['rrddata'], params: { timeframe, ...(cf === undefined ? {} : { cf }) } }),
      firewall: firewall(
        { read: (what) => read('firewall', ...what), change: (method, what, params) => change(method, ['firewall', ...what], params) },
        { names: true },
      ),
      async console({ type: way = type === 'qemu' ? 'vnc' : 'term', ...params } = {}) {
        return freeze(await ops.openConsole({ ...at, guest: type, type: way, params }));
      },
      snapshots: freeze({ list: () => read('snapshot') }),
      snapshot,
      toJSON: () => at,
    };
    members.destroy = members.delete;
    return { at, read, readWith, change, power, status, update, members, text: () => `${word}(${quoted(vmid)})` };
  };

  const vm = (id, options) => {
    const { at, read, readWith, change, power, update, members, text } = guest(
      { type: 'qemu', word: 'vm', snapshotKind: 'snapshot', again: vm },
      id,
      options,
    );
    return handle('vm', at, text, {
      ...members,
      update: (changes = {}, how = {}) => update('POST', changes, how),
      reset: power('reset'),
      suspend: power('suspend'),
      resume: power('resume'),
      template: (how) => change('POST', ['template'], how),
      moveDisk: (disk, to, how) => change('POST', ['move_disk'], { disk, ...destination(to, 'disk'), ...how }),
      async unlinkDisk(disks, { force } = {}) {
        await change('PUT', ['unlink'], { idlist: [disks].flat().join(','), force });
      },
      cloudInit: freeze({
        get: () => read('cloudinit'),
        regenerate: () => change('PUT', ['cloudinit']),
        dump: (type = 'user') => readWith({ type }, 'cloudinit', 'dump'),
      }),
      sendKey: (key) => change('PUT', ['sendkey'], { key }),
      monitor: (command) => change('POST', ['monitor'], { command }),
      agent: agentOf(kit, { at, read, change }),
    });
  };

  const ct = (id, options) => {
    const { at, read, change, power, status, update, members, text } = guest(
      { type: 'lxc', word: 'ct', snapshotKind: 'ctSnapshot', again: ct },
      id,
      options,
    );
    /** Proxmox refuses to stop what is stopped; for VMs it does not. */
    const whileRunning = (verb) => async (how = {}) => {
      const now = await status();
      return now.status === 'running' ? power(verb)(how) : now;
    };
    return handle('ct', at, text, {
      ...members,
      update: (changes = {}, { digest } = {}) => update('PUT', changes, { digest }),
      stop: whileRunning('stop'),
      shutdown: whileRunning('shutdown'),
      suspend: power('suspend'),
      resume: power('resume'),
      moveVolume: (volume, to, how) =>
        change('POST', ['move_volume'], { volume, ...destination(to, 'volume'), ...how }),
      template: () => ops.convertContainer(at),
      interfaces: async () => (await read('interfaces')) ?? [],
    });
  };

  /** A question about guests of a type: a name, an id or an object with one of them. */
  const among = (type, wanted) => {
    if (typeof wanted === 'object' && wanted !== null) return { ...wanted, type };
    return typeof numeral(wanted) === 'number' ? { vmid: numeral(wanted), type } : { name: wanted, type };
  };

  /** What there is of a type, and more of it. */
  const collection = (type, again) => ({
    list: () => ops.listVms({ type }),
    find: (wanted) => ops.findVm(among(type, wanted)),
    get: async (wanted) => again(await ops.getVm(among(type, wanted))),
    plan: (spec = {}, { move } = {}) => ops.planGuest({ type, spec, move }),
    ensure: (spec = {}, { dryRun, reboot, move } = {}) =>
      dryRun === true ? ops.planGuest({ type, spec, move }) : ops.ensureGuest({ type, spec, reboot, move }),
    async restore({ archive, vmid, node, wait, ...params } = {}) {
      const home = node ?? (await nodeWith(readPath, String(archive).split(':')[0]));
      const source = type === 'lxc' ? { ostemplate: archive, restore: 1 } : { archive };
      const made = await ops.createVm({ type, node: home, vmid, params: { ...source, ...params }, awaited: wait });
      return wait === false ? task(made.upid) : again(made);
    },
    async create({ node, vmid, ...params } = {}, { wait } = {}) {
      const made = await ops.createVm({ type, node, vmid, params, awaited: wait });
      return wait === false ? task(made.upid) : again(made);
    },
  });

  const vms = freeze({ ...collection('qemu', vm), nextId: () => ops.nextId() });
  const cts = freeze(collection('lxc', ct));

  return { vms, vm, cts, ct };
}

/** The digits of an id as its number; what is none is for the operation to refuse. */
const numeral = (id) =>
  typeof id === 'bigint' || (typeof id === 'string' && /^\d+$/.test(id)) ? Number(id) : id;

/** Where a disk goes: a storage by its name, or another guest's key. */
const destination = (to, kind) =>
  typeof to === 'object' && to !== null ? { 'target-vmid': to.vmid, [`target-${kind}`]: to[kind] } : { storage: to };

/** Proxmox ends descriptions of its own will with a line feed, or takes it away. */
const chomped = (text) => (text ?? '').replace(/\n$/, '');
