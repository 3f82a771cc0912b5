// A node's network, settings, services and figures in hearth:proxmox.
import { changes, ensured, need, requireSame, sent, withoutNull } from 'hearth:binding/proxmox/ensure';
import { firewall } from 'hearth:binding/proxmox/firewall';

const { freeze } = Object;

/** What Proxmox takes of an interface; it tells more than that. */
const SENT = [
  'type', 'autostart', 'mtu', 'cidr', 'cidr6', 'gateway', 'gateway6', 'comments', 'comments6',
  'bridge_ports', 'bridge_vlan_aware', 'bridge_vids', 'slaves', 'bond-primary', 'bond_mode', 'bond_xmit_hash_policy',
  'vlan-id', 'vlan-raw-device', 'ovs_bonds', 'ovs_bridge', 'ovs_options', 'ovs_ports', 'ovs_tag',
];

/** What a node's handle has beside its status and storages. */
export function nodeSettings({ read, change }, node) {
  const at = (...more) => ['nodes', node, ...more];

  const network = (() => {
    const path = at('network');
    const list = (params) => read(path, params);
    const find = async (iface) => (await list()).find((one) => one.iface === iface) ?? null;
    /** Makes what is pending hold. It can cut the connection to the node, so nothing does it by itself. */
    const apply = (how) => change('PUT', path, how);
    /** All that an interface is, since Proxmox takes a change as the whole. */
    const whole = (there) => Object.fromEntries(SENT.filter((key) => there[key] !== undefined).map((key) => [key, there[key]]));
    const merged = (there, what) => {
      const wanted = { ...whole(there), ...what };
      const gone = Object.keys(what).filter((key) => what[key] === null);
      const params = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null && value !== ''));
      return sent({ ...params, ...(gone.length > 0 ? { delete: gone.join(',') } : {}) });
    };
    const create = (spec) => change('POST', path, sent(withoutNull(spec)));
    const update = (iface, there, what) => change('PUT', [...path, iface], merged(there, what));
    /**
     * Makes an interface what it is wanted to be. The change waits in the node's file until it is applied,
     * which only `apply: true` does; `pending` says whether it still waits.
     */
    const ensure = async ({ iface, type, ...rest }, { dryRun, apply: isApplied = false } = {}) => {
      const done = await ensured({
        spec: rest,
        dryRun,
        lists: ['bridge_ports', 'bridge_vids', 'slaves'],
        defaults: { autostart: 0, bridge_vlan_aware: 0, bridge_vids: '2-4094' },
        find: async () => {
          const there = requireSame('network interface', iface, await find(iface), { type });
          return there === null ? null : { ...there, comments: there.comments?.replace(/\n$/, '') };
        },
        create: () => create({ iface, type, ...rest }).then(() => ({})),
        update: (what, there) => update(iface, there, what).then(() => ({})),
      });
      if (dryRun === true) return { ...done, pending: false };
      if (done.changed && isApplied) await apply();
      const now = await find(iface);
      return { ...done, pending: !isApplied && (done.changed || now?.active !== 1) };
    };
    return freeze({
      list,
      find,
      get: (iface) => read([...path, iface]),
      create: async (spec = {}) => (need('network interface', spec, 'iface', 'type'), create(spec)),
      update: async (iface, what = {}) => update(iface, await read([...path, iface]), what),
      delete: (iface) => change('DELETE', [...path, iface]),
      ensure: async (spec = {}, options) => (need('network interface', spec, 'iface', 'type'), ensure(spec, options)),
      apply,
      /** Forgets what is pending. */
      revert: () => change('DELETE', path),
    });
  })();

  const bridges = freeze({
    list: () => network.list({ type: 'bridge' }),
    find: async (iface) => (await bridges.list()).find((one) => one.iface === iface) ?? null,
    ensure: async (spec = {}, options) => (need('bridge', spec, 'iface'), network.ensure({ ...spec, type: 'bridge' }, options)),
  });

  const service = (name) => {
    const verb = (what) => (how) => change('POST', at('services', name, what), how);
    return freeze({ status: () => read(at('services', name, 'state')), start: verb('start'), stop: verb('stop'), restart: verb('restart'), reload: verb('reload') });
  };

  return {
    network,
    bridges,
    dns: freeze({ get: () => read(at('dns')), update: (values) => change('PUT', at('dns'), sent(values)) }),
    hosts: freeze({ get: () => read(at('hosts')), update: ({ data, digest } = {}) => change('POST', at('hosts'), sent({ data, digest })) }),
    time: freeze({ get: () => read(at('time')), set: (timezone) => change('PUT', at('time'), { timezone }) }),
    settings: freeze({
      get: () => read(at('config')),
      update: async (values, { digest } = {}) => (await change('PUT', at('config'), { ...changes(values), ...sent({ digest }) }), read(at('config'))),
    }),
    services: freeze({ list: () => read(at('services')) }),
    service,
    /** Figures over time; `timeframe` is `hour`, `day`, `week`, `month` or `year`. */
    metrics: ({ timeframe = 'hour', cf } = {}) => read(at('rrddata'), sent({ timeframe, cf })),
    reboot: () => change('POST', at('status'), { command: 'reboot' }),
    shutdown: () => change('POST', at('status'), { command: 'shutdown' }),
    wake: () => change('POST', at('wakeonlan')),
    startAll: ({ vms, ...how } = {}) => change('POST', at('startall'), { ...sent({ vms }), ...how }),
    stopAll: ({ vms, ...how } = {}) => change('POST', at('stopall'), { ...sent({ vms }), ...how }),
    migrateAll: ({ target, vms, ...how } = {}) => change('POST', at('migrateall'), { ...sent({ target, vms }), ...how }),
    firewall: firewall({
      read: (what) => read(at('firewall', ...what)),
      change: (method, what, params) => change(method, at('firewall', ...what), params),
    }),
  };
}
