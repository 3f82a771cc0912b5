// hearth:proxmox: the shape that recipes use; everything else is Java.
import { errorFrom, handles, inspect, open, withDefaults } from 'hearth:binding';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A handle; people see it as `vm(100)`. */
const handleOf = (text, members) =>
  Object.freeze(Object.defineProperty(members, INSPECT, { value: text }));

const quoted = (name) => (typeof name === 'string' ? `'${name}'` : inspect(name));

/** How handles are made again from their names, as after a resume. */
const mark = handles('proxmox', {
  connection: ({ connection }) => proxmox(connection),
  task: ({ connection, upid }) => proxmox(connection).task(upid),
  vm: ({ connection, ...at }) => proxmox(connection).vm(at),
  ct: ({ connection, ...at }) => proxmox(connection).ct(at),
  ctSnapshot: ({ connection, snapshot, ...at }) => proxmox(connection).ct(at).snapshot(snapshot),
  snapshot: ({ connection, snapshot, ...at }) => proxmox(connection).vm(at).snapshot(snapshot),
  node: ({ connection, node }) => proxmox(connection).node(node),
  storage: ({ connection, storage, node }) => proxmox(connection).storage(storage, { node }),
  template: ({ connection, template }) => proxmox(connection).template(template),
});

/** A Proxmox VE: the default connection, a named one, or one that is spelled out. */
export function proxmox(connection) {
  const ops = open('proxmox', connection);
  const { freeze } = Object;

  /** A connection that is spelled out has no name, and may hold a secret: its handles come back as data. */
  const handle = (kind, name, text, members) => {
    const made = handleOf(text, members);
    return connection === undefined || typeof connection === 'string' ? mark(kind, { connection, ...name }, made) : made;
  };

  const task = (upid) => {
    const name = typeof upid === 'object' ? upid?.upid : upid;
    return handle('task', { upid: name }, () => `task(${quoted(name)})`, {
      upid: name,
      status: () => ops.taskStatus({ upid: name }),
      wait: ({ timeout, ...options } = {}) => ops.waitForTask({ upid: name, timeout }, options),
      log: (options) => lines(() => ops.taskLog({ upid: name, ...options })),
      stop: () => ops.stopTask({ upid: name }),
      toJSON: () => ({ upid: name }),
    });
  };

  /** What was answered, or the task when nobody waits for it. */
  const outcome = (wait, value) => (wait === false && value !== null ? task(value) : value);

  // ---- VMs and containers --------------------------------------------------------------------

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
  const guests = (type, again) => ({
    list: () => ops.listVms({ type }),
    find: (wanted) => ops.findVm(among(type, wanted)),
    get: async (wanted) => again(await ops.getVm(among(type, wanted))),
    async create({ node, vmid, ...params } = {}, { wait } = {}) {
      const made = await ops.createVm({ type, node, vmid, params, awaited: wait });
      return wait === false ? task(made.upid) : again(made);
    },
  });

  const vms = freeze({ ...guests('qemu', vm), nextId: () => ops.nextId() });
  const cts = freeze(guests('lxc', ct));

  // ---- Nodes and storages --------------------------------------------------------------------

  const nodes = freeze({ list: () => ops.read({ segments: ['nodes'] }) });

  const node = (name) => {
    const read = (what, params) => ops.readNode({ node: name, what, params });
    return handle('node', { node: name }, () => `node(${quoted(name)})`, {
      node: name,
      status: () => read('status'),
      storages: freeze({ list: (params) => read('storage', params) }),
      networks: freeze({ list: (params) => read('network', params) }),
      tasks: freeze({ list: (params) => read('tasks', params) }),
      toJSON: () => ({ node: name }),
    });
  };

  const storages = freeze({ list: () => ops.read({ segments: ['storage'] }) });

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

  // ---- Templates -----------------------------------------------------------------------------

  const templates = freeze({
    list: () => ops.listTemplates(),
    find: (wanted) => ops.findTemplate(wanted),
  });

  const template = (name) => {
    const names = ({ vmid, node: home } = {}) => ({ vmid, node: home });
    return handle('template', { template: name }, () => `template(${quoted(name)})`, {
      name,
      plan: (spec) => ops.planTemplate({ name, spec }),
      ensure: (spec) => ops.ensureTemplate({ name, spec }),
      download: (spec, plan) => ops.downloadTemplateImage({ spec, plan }),
      discardImage: (spec, plan) => ops.discardTemplateImage({ spec, plan }),
      create: async (spec, plan) => vm(await ops.createTemplateVm({ spec, plan })),
      discardVm: (spec, plan) => ops.discardTemplateVm({ spec, plan }),
      configure: (spec, made) => ops.configureTemplateVm({ spec, vm: names(made) }),
      resize: (spec, made) => ops.resizeTemplateDisk({ spec, vm: names(made) }),
      convert: (spec, made) => ops.convertToTemplate({ spec, vm: names(made) }),
      change: (spec, plan) => ops.changeTemplate({ spec, plan }),
      restore: (spec, plan) => ops.restoreTemplate({ spec, plan }),
      remove: (made) => ops.removeTemplate({ name, vm: made === undefined ? undefined : names(made) }),
      toJSON: () => ({ template: name }),
    });
  };

  // ---- The raw door --------------------------------------------------------------------------

  const send = (method, where, params) =>
    method === 'GET' ? ops.read({ ...where, params }) : ops.change({ method, ...where, params });

  const verbs = { get: 'GET', create: 'POST', post: 'POST', set: 'PUT', put: 'PUT', delete: 'DELETE' };

  /** What asks an object for its text, and what asks whether it is a promise or a class's, asks for no path. */
  const TEXTS = new Set([Symbol.toPrimitive, INSPECT, 'toString', 'toJSON', 'inspect']);
  const NO_PATHS = new Set(['then', 'constructor', 'valueOf']);

  const refuse = (message) => {
    throw errorFrom({ code: 'proxmox.path-segment', message, hint: SEGMENT_HINT });
  };

  /** What a call may add to a path; the text itself is looked at where it is sent. */
  const segment = (value) => {
    const isPlain = typeof value === 'string' || typeof value === 'bigint' || (Number.isSafeInteger(value) && value >= 0);
    return isPlain ? String(value) : refuse(`\`${inspect(value)}\` cannot be a part of a path of the API.`);
  };

  /** `api.nodes('pve').qemu(100).config.get()`: names and calls add to the path, a verb sends it. */
  const api = (segments) =>
    new Proxy(() => {}, {
      get: (_, key) => {
        if (TEXTS.has(key)) return () => `ProxmoxApi /${segments.join('/')}`;
        if (typeof key === 'symbol' || NO_PATHS.has(key)) return undefined;
        if (!Object.hasOwn(verbs, key)) return api([...segments, key]);
        return segments.length > 0
          ? (params) => send(verbs[key], { segments }, params)
          : () => refuse(`\`api.${key}()\` has no path before its verb.`);
      },
      set: (_, key) => refuse(`\`/${[...segments, String(key)].join('/')}\` is a path of the API, which cannot be assigned to.`),
      apply: (_, self, values) =>
        values.length > 0
          ? api([...segments, ...values.map(segment)])
          : refuse(`\`/${segments.join('/')}\` is called without a value.`),
    });

  /** Without the credentials of a connection that is spelled out. */
  const spelled = () =>
    typeof connection === 'object' ? `{ url: ${quoted(connection?.url)} }` : quoted(connection);
  return handle('connection', {}, () => `proxmox(${connection === undefined ? '' : spelled()})`, {
    version: () => ops.read({ segments: ['version'] }),
    nodes,
    node,
    vms,
    vm,
    cts,
    ct,
    storages,
    storage,
    templates,
    template,
    task,
    request: (method, path, { params } = {}) =>
      send(typeof method === 'string' ? method.toUpperCase() : method, { path }, params),
    api: api([]),
    toJSON: () => ({ proxmox: typeof connection === 'object' ? connection?.url : (connection ?? '') }),
  });
}

const SEGMENT_HINT = "Write names and plain values, then a verb: `pve.api.nodes('pve').qemu(100).config.get()`.";

/** The digits of an id as its number; what is none is for the operation to refuse. */
const numeral = (id) =>
  typeof id === 'bigint' || (typeof id === 'string' && /^\d+$/.test(id)) ? Number(id) : id;

/** An op promises its stream; `for await` wants it at once. */
async function* lines(start) {
  for await (const line of await start()) yield line;
}
