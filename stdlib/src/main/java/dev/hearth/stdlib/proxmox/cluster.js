// The cluster of hearth:proxmox: its state and options, software-defined networks, high availability, replication.
import { changes, ensured, need, orNull, requireSame, sent, withoutNull } from 'hearth:binding/proxmox/ensure';
import { firewall } from 'hearth:binding/proxmox/firewall';

const { freeze } = Object;

/** What belongs to all nodes of one connection. */
export function cluster({ ops, read, change }) {
  const below = (path) => ({
    read: (what, params) => read([...path, ...what], params),
    change: (method, what, params) => change(method, [...path, ...what], params),
  });

  /**
   * Things of one kind below a path, each under the name that `key` holds. What is `fixed` is chosen when one is made;
   * what is `repeated` Proxmox wants again with each change.
   */
  const collection = ({ path, key, what, lists, defaults, fixed = [], repeated = [] }) => {
    const list = (params) => read(path, params);
    const find = async (id) => (await list()).find((one) => one[key] === id) ?? null;
    return {
      list,
      find,
      get: (id) => read([...path, id]),
      create: (spec = {}) => (need(what, spec, key), change('POST', path, sent(spec))),
      update: (id, values = {}, { digest } = {}) => change('PUT', [...path, id], { ...changes(values), ...sent({ digest }) }),
      delete: (id, params = {}) => change('DELETE', [...path, id], sent(params)),
      ensure(spec = {}, { dryRun } = {}) {
        need(what, spec, key);
        const { [key]: id, ...rest } = spec;
        const chosen = Object.fromEntries(fixed.map((name) => [name, rest[name]]));
        const compared = Object.fromEntries(Object.entries(rest).filter(([name]) => !fixed.includes(name)));
        return ensured({
          spec: compared,
          dryRun,
          lists,
          defaults,
          find: async () => requireSame(what, id, await find(id), chosen),
          create: () => change('POST', path, sent(withoutNull(spec))).then(() => ({})),
          update: (values, there) => {
            const again = Object.fromEntries(repeated.map((name) => [name, there[name]]));
            return change('PUT', [...path, id], { ...again, ...changes(values) }).then(() => ({}));
          },
        });
      },
    };
  };

  // ---- The datacenter

  const options = freeze({
    get: () => read(['cluster', 'options']),
    update: async (values) => (await change('PUT', ['cluster', 'options'], changes(values)), read(['cluster', 'options'])),
  });
  const datacenter = freeze({
    status: () => read(['cluster', 'status']),
    /** `type` is `vm`, `storage`, `node` or `sdn`. */
    resources: (params) => read(['cluster', 'resources'], params),
    options,
    nextId: () => ops.nextId(),
    log: (params) => read(['cluster', 'log'], params),
    tasks: () => read(['cluster', 'tasks']),
    firewall: firewall(below(['cluster', 'firewall']), { names: true, groups: true }),
  });

  // ---- Software-defined networks

  const zones = freeze(collection({ path: ['cluster', 'sdn', 'zones'], key: 'zone', what: 'zone', lists: ['nodes', 'peers'], fixed: ['type'] }));
  const vnets = freeze(collection({ path: ['cluster', 'sdn', 'vnets'], key: 'vnet', what: 'virtual network' }));
  const subnets = (vnet) => {
    const path = ['cluster', 'sdn', 'vnets', vnet, 'subnets'];
    const list = (params) => read(path, params);
    const find = async (subnet) => (await list()).find((one) => one.cidr === subnet || one.subnet === subnet) ?? null;
    const create = (spec = {}) => (need('subnet', spec, 'subnet'), change('POST', path, sent({ type: 'subnet', ...spec })));
    return freeze({
      list,
      find,
      create,
      update: (id, values = {}) => change('PUT', [...path, id], changes(values)),
      delete: (id) => change('DELETE', [...path, id]),
      ensure(spec = {}, { dryRun } = {}) {
        need('subnet', spec, 'subnet');
        const { subnet, type, ...rest } = spec;
        return ensured({
          spec: rest,
          dryRun,
          defaults: { snat: 0 },
          find: () => find(subnet),
          create: () => create(spec).then(() => ({})),
          update: (values, there) => change('PUT', [...path, there.subnet], changes(values)).then(() => ({})),
        });
      },
    });
  };
  const isWaiting = async () => {
    const waits = (all) => all.some((one) => one.state !== undefined);
    if (waits(await zones.list({ pending: 1 }))) return true;
    const networks = await vnets.list({ pending: 1 });
    if (waits(networks)) return true;
    for (const { vnet } of networks) {
      if (waits(await subnets(vnet).list({ pending: 1 }))) return true;
    }
    return false;
  };
  const sdn = freeze({
    zones,
    vnets,
    subnets,
    /** Whether anything waits to be applied. */
    pending: isWaiting,
    /** Makes what is configured hold on all nodes. */
    apply: (how) => change('PUT', ['cluster', 'sdn'], how),
  });

  // ---- High availability

  const resources = collection({
    path: ['cluster', 'ha', 'resources'],
    key: 'sid',
    what: 'HA resource',
    defaults: { state: 'started', max_restart: 1, max_relocate: 1 },
  });
  /** A resource's whole id, `vm:100`, of which a number tells only the half. */
  const sidOf = (sid) => (typeof sid === 'number' ? String(sid) : sid);
  const ha = freeze({
    status: () => read(['cluster', 'ha', 'status', 'current']),
    resources: freeze({
      ...resources,
      get: (sid) => read(['cluster', 'ha', 'resources', sidOf(sid)]),
      migrate: (sid, node) => change('POST', ['cluster', 'ha', 'resources', sidOf(sid), 'migrate'], { node }),
      relocate: (sid, node) => change('POST', ['cluster', 'ha', 'resources', sidOf(sid), 'relocate'], { node }),
    }),
    /** Until version 8. */
    groups: freeze(collection({ path: ['cluster', 'ha', 'groups'], key: 'group', what: 'HA group', lists: ['nodes'], defaults: { nofailback: 0, restricted: 0 } })),
    /** Since version 9, in place of groups. */
    rules: freeze(
      collection({
        path: ['cluster', 'ha', 'rules'],
        key: 'rule',
        what: 'HA rule',
        lists: ['nodes', 'resources'],
        defaults: { disable: 0, strict: 0 },
        fixed: ['type'],
        repeated: ['type'],
      }),
    ),
    /**
     * Keeps resources on nodes: as a group that they are in until version 8, as a rule since version 9.
     */
    async keepOn({ name, nodes, resources: members, strict } = {}, how = {}) {
      need('placement', { name }, 'name');
      const { version } = await read(['version']);
      if (Number.parseInt(version, 10) >= 9) {
        const spec = { rule: name, type: 'node-affinity', nodes, resources: members, strict };
        return ha.rules.ensure(spec, how);
      }
      const group = await ha.groups.ensure({ group: name, nodes, restricted: strict }, how);
      const changed = [group];
      for (const sid of members) changed.push(await ha.resources.ensure({ sid, group: name }, how));
      return { changed: changed.some((one) => one.changed), before: group.before, after: group.after };
    },
  });

  // ---- Replication, metrics

  const jobs = collection({ path: ['cluster', 'replication'], key: 'id', what: 'replication job', defaults: { disable: 0, schedule: '*/15' } });
  const replication = freeze({
    ...jobs,
    create: (spec = {}) => (need('replication job', spec, 'id', 'target'), change('POST', ['cluster', 'replication'], sent({ type: 'local', ...spec }))),
    ensure: ({ target, ...spec } = {}, how = {}) => {
      need('replication job', { ...spec, target }, 'id', 'target');
      const { id, ...rest } = spec;
      return ensured({
        spec: rest,
        dryRun: how.dryRun,
        defaults: { disable: 0, schedule: '*/15' },
        find: async () => requireSame('replication job', id, await jobs.find(id), { target }),
        create: () => replication.create({ target, ...spec }).then(() => ({})),
        update: (values) => change('PUT', ['cluster', 'replication', id], changes(values)).then(() => ({})),
      });
    },
    /** The jobs of a node with how they went. */
    on: (node, params) => read(['nodes', node, 'replication'], params),
    run: (node, id) => change('POST', ['nodes', node, 'replication', id, 'schedule_now']),
  });

  const servers = ['cluster', 'metrics', 'server'];
  const findServer = (id) => orNull('proxmox.refused', () => read([...servers, id]));
  const metricsServers = freeze({
    list: () => read(servers),
    find: findServer,
    get: (id) => read([...servers, id]),
    create: ({ id, ...spec } = {}) => (need('metrics server', { id }, 'id'), change('POST', [...servers, id], sent(spec))),
    delete: (id) => change('DELETE', [...servers, id]),
    ensure: ({ id, type, token, ...spec } = {}, { dryRun } = {}) => {
      need('metrics server', { id, type }, 'id', 'type');
      return ensured({
        spec,
        dryRun,
        defaults: { disable: 0 },
        find: async () => ((await metricsServers.list()).some((one) => one.id === id) ? findServer(id) : null),
        create: () => metricsServers.create({ id, type, token, ...spec }).then(() => ({})),
        update: (values, there) =>
          change('PUT', [...servers, id], sent({ server: there.server, port: there.port, token, ...values })).then(() => ({})),
      });
    },
  });

  return { cluster: datacenter, sdn, ha, replication, metricsServers };
}
