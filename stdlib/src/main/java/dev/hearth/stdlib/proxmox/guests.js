// VMs and containers of hearth:proxmox.
import { withDefaults } from 'hearth:binding';
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
    const read = (...what) => ops.readVm({ ...named, what });
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

    const snapshot = (name) =>
      handle(snapshotKind, { ...at, snapshot: name }, () => `${word}(${quoted(vmid)}).snapshot(${quoted(name)})`, {
        name,
        config: () => read('snapshot', name, 'config'),
        create: (options) => change('POST', ['snapshot'], { snapname: name, ...options }),
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
      snapshots: freeze({ list: () => read('snapshot') }),
      snapshot,
      toJSON: () => at,
    };
    members.destroy = members.delete;
    return { at, read, change, power, status, update, members, text: () => `${word}(${quoted(vmid)})` };
  };

  const vm = (id, options) => {
    const { at, read, change, power, update, members, text } = guest(
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
      agent: freeze({
        ping: () => change('POST', ['agent', 'ping']),
        interfaces: async () => (await read('agent', 'network-get-interfaces')).result,
        exec: (command, how) => ops.execInVm({ ...at, command, ...withDefaults(how, { timeout: '1m' }) }),
      }),
    });
  };

  const ct = (id, options) => {
    const { at, read, power, status, update, members, text } = guest(
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
      template: () => ops.convertContainer({ ...at, what: [] }),
      interfaces: async () => (await read('interfaces')) ?? [],
    });
  };

  /** A question about guests of a type; what is no question is for the operation to refuse. */
  const among = (type, wanted) => (typeof wanted === 'object' && wanted !== null ? { ...wanted, type } : wanted);

  /** What there is of a type, and more of it. */
  const collection = (type, again) => ({
    list: () => ops.listVms({ type }),
    find: (wanted) => ops.findVm(among(type, wanted)),
    get: async (wanted) => again(await ops.getVm(among(type, wanted))),
    plan: (spec = {}) => ops.planGuest({ type, spec }),
    ensure: (spec = {}, { dryRun, reboot } = {}) =>
      dryRun === true ? ops.planGuest({ type, spec }) : ops.ensureGuest({ type, spec, reboot }),
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
