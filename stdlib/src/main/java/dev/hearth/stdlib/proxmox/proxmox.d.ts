import type { Secret } from 'hearth:secret';

/** A number with its unit: `'500ms'`, `'30s'`, `'5m'`, `'2h'`. Bare numbers are refused. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** A size with its unit: `'10GiB'`, `'512MiB'`. */
export type Size = `${number}${'MiB' | 'GiB' | 'TiB'}`;

/** A connection that the recipe spells out; its address needs a `net` grant of its own. */
export interface ConnectionSpec {
  /** `https://HOST:8006`; without a port 8006. */
  readonly url: string;
  /** `USER@REALM!TOKENID=UUID`. */
  readonly token?: string;
  /** User with its realm, such as `root@pam`, when there is no token. */
  readonly user?: string;
  readonly password?: string;
  /** SHA-256 of the certificate; pins it, whoever issued it. */
  readonly fingerprint?: string;
}

/**
 * A Proxmox VE. Making the handle asks nothing of it.
 *
 * Every method can fail with `proxmox.unauthorized`, `proxmox.permission` (names path and privilege),
 * `proxmox.forbidden`, `proxmox.parameter` (names each wrong parameter), `proxmox.node-not-reachable`,
 * `proxmox.node-timeout`, `proxmox.not-proxmox`, `proxmox.refused` (in Proxmox's own words), and with
 * the codes of `net`, `tls` and `http` when the machine cannot be reached. Calls that meet somebody
 * else's lock wait up to two minutes, then fail with `proxmox.locked`. `details` has the request, the
 * status and the words of the answer.
 *
 * @param connection none: the default connection; a name; or the connection itself
 * @permission proxmox: read; methods that change something say so
 * @example
 * import { proxmox } from 'hearth:proxmox';
 * export const recipe = { summary: 'Version', permissions: { proxmox: 'read' } };
 * export default async ({ log }) => log.info((await proxmox().version()).version);
 */
export function proxmox(connection?: string | ConnectionSpec): Proxmox;

export interface Proxmox {
  /** `{ version: '8.4.21', release: '8.4', repoid }`. */
  version(): Promise<{ version: string; release: string; repoid: string }>;
  readonly nodes: {
    list(): Promise<Fields[]>;
    /** `null` when there is none. */
    find(name: string): Promise<Fields | null>;
    /** @throws `proxmox.node-not-found` */
    get(name: string): Promise<NodeHandle>;
  };
  node(name: string): NodeHandle;
  readonly vms: Vms;
  /** A VM by its id; its node is looked up when it is not given. */
  vm(vmid: number | VmName, options?: { node?: string }): VmHandle;
  readonly cts: Containers;
  /** A container (LXC) by its id; its node is looked up when it is not given. */
  ct(vmid: number | VmName, options?: { node?: string }): ContainerHandle;
  readonly storages: Storages;
  storage(name: string, options?: { node?: string }): StorageHandle;
  readonly users: Users;
  user(userid: string): UserHandle;
  readonly groups: Groups;
  group(groupid: string): GroupHandle;
  readonly roles: Roles;
  role(roleid: string): RoleHandle;
  /** A token by its whole name, such as `ci@pve!deploy`. */
  token(name: string): TokenHandle;
  readonly acl: Acl;
  /** The realms that users come from; `pam` and `pve` are always there. */
  readonly realms: {
    list(): Promise<Fields[]>;
    /** `null` when there is none. */
    find(realm: string): Promise<Fields | null>;
    /** @throws `proxmox.realm-not-found` */
    get(realm: string): Promise<Fields>;
  };
  /** What one may do, by path and privilege; the value is whether it holds further down. */
  permissions(params?: { path?: string; userid?: string }): Promise<Record<string, Record<string, 0 | 1>>>;
  readonly pools: Pools;
  pool(poolid: string): PoolHandle;
  readonly backups: Backups;
  /** A backup by its volume id; its node is looked up when it is not given. */
  backup(volid: string | { volid: string; node?: string }, options?: { node?: string }): BackupHandle;
  readonly backupJobs: BackupJobs;
  backupJob(id: string): BackupJobHandle;
  readonly cluster: Cluster;
  readonly sdn: Sdn;
  readonly ha: Ha;
  /** Copies of disks on other nodes; an id is `VMID-NUMBER`. `on(node)` tells how its jobs went, `run` does one now. */
  readonly replication: Named & { on(node: string, params?: { guest?: number }): Promise<Fields[]>; run(node: string, id: string): Promise<null> };
  /** Where figures are sent: graphite, influxdb. */
  readonly metricsServers: Omit<Named, 'update'>;
  /** A task by its UPID. */
  task(upid: string): TaskHandle;
  /**
   * Any method of the API. `true` is sent as 1, a list repeats its key. Returns `data` as Proxmox
   * answers it, which for long work is the UPID: wait with `pve.task(upid).wait()`.
   *
   * @param path such as `/nodes/pve/qemu`, not percent-encoded
   * @throws `proxmox.path-segment` for `..`, empty parts and control characters
   * What is wrong with the parameters is told before anything is sent, as far as the server's own
   * schema tells it: names, also of options such as `ssd` in `scsi0`, types, ranges and choices. The
   * schema is read at the first need and kept for the server's version; without one nothing is
   * looked at here.
   *
   * @throws `proxmox.parameter` with all that is wrong; `details.errors` has it by parameter
   * @throws `proxmox.api-missing`
   * @permission proxmox: write for all methods but GET
   */
  request(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: { params?: Params }): Promise<any>;
  /**
   * The same as a path: a name adds a part to it, a call adds what it is given, a verb sends it.
   *
   * @example
   * const config = await pve.api.nodes('pve').qemu(100).config.get();
   * const upid = await pve.api.nodes('pve').qemu(100).status.start.post();
   * await pve.task(upid).wait();
   */
  readonly api: Api;
  /**
   * The privileges that calls need, by the path that a role with them must be given on: as the
   * server's own schema declares, and by their parameters (the class of each option, storages,
   * bridges). Where there is a choice it is what is needed anyway, else the least. Lists need what
   * makes them tell anything. `root@pam` stands for what no role can give.
   *
   * The disks and network cards of what is cloned are not looked into: it needs
   * `Datastore.AllocateSpace` on their storages and `SDN.Use` on their bridges.
   *
   * @throws `proxmox.schema-missing`, `proxmox.api-missing`
   * @permission proxmox: read
   * @example
   * import { proxmox } from 'hearth:proxmox';
   * export const recipe = { summary: 'Rights', permissions: { proxmox: 'read' } };
   * export default () => proxmox().rights([
   *   { method: 'POST', path: '/nodes/pve/qemu', params: { vmid: 100, scsi0: 'local-lvm:8', pool: 'lab' } },
   *   { method: 'POST', path: '/nodes/pve/qemu/100/status/start' },
   * ]); // [{ path: '/pool/lab', privileges: ['VM.Allocate', 'VM.Config.Disk'] }, …]
   */
  rights(calls: ReadonlyArray<{ method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; params?: Params }>):
    Promise<Array<{ path: string; privileges: string[] }>>;
}

/**
 * The root of all paths: what the server tells of its API where `hearth types` found that (after `hearth connect`, or a
 * run that met the server), else any path.
 */
export type Api = keyof KnownApi extends never ? ApiPath : KnownApi;

/** What the server tells; `hearth types` fills it in. */
export interface KnownApi {}

/**
 * A path of the API. What stands in it is text: nothing that is called with can break out of its
 * place. A part that is no name, or is named like a verb, is written as a call:
 * `agent('get-osinfo').get()`. It prints as its path and is no promise: only a verb asks the server.
 */
export type ApiPath = ApiVerbs & ApiParts & { readonly [segment: string]: ApiPath };

/** Adds parts to a path. */
export interface ApiParts {
  /**
   * The path with these parts after it.
   *
   * @param segments names, and whole numbers from 0
   * @throws `proxmox.path-segment` for anything else, and for a call without a value
   */
  (...segments: Array<string | number | bigint>): ApiPath;
}

/**
 * What is asked of a path; each takes the parameters and returns what `pve.request` does, so for
 * long work the UPID.
 */
export interface ApiVerbs {
  /**
   * Reads.
   *
   * @throws `proxmox.path-segment` for `..`, empty parts and control characters
   * @throws `proxmox.api-missing`
   * @permission proxmox: read
   */
  get(params?: Params): Promise<any>;
  /**
   * Makes something or begins some work; `create` is the same.
   *
   * @permission proxmox: write
   */
  post(params?: Params): Promise<any>;
  /** As `post`. */
  create(params?: Params): Promise<any>;
  /**
   * Changes what is there; `set` is the same.
   *
   * @permission proxmox: write
   */
  put(params?: Params): Promise<any>;
  /** As `put`. */
  set(params?: Params): Promise<any>;
  /**
   * Removes.
   *
   * @permission proxmox: write
   */
  delete(params?: Params): Promise<any>;
}

/** What Proxmox says, with its own field names. */
export type Fields = Record<string, any>;
/** Parameters with Proxmox's own names. */
export type Params = Record<string, string | number | boolean | null | ReadonlyArray<string | number>>;
export interface VmName { readonly vmid: number; readonly node?: string }
/** `{ wait: false }` returns the task at once instead of waiting for its end. */
export interface Wait { wait?: boolean }

export interface NodeHandle {
  readonly node: string;
  status(): Promise<Fields>;
  readonly storages: { list(params?: Params): Promise<Fields[]> };
  readonly networks: { list(params?: Params): Promise<Fields[]> };
  readonly tasks: { list(params?: Params): Promise<Fields[]> };
  /**
   * Opens a shell of the node; default `term`. Who is not root is asked for a login; `cmd` other than `login` is root's.
   *
   * @permission proxmox: write; on the server `Sys.Console`
   */
  console(options: { type: 'spice'; proxy?: string }): Promise<SpiceConsole>;
  console(options?: { type?: 'vnc' | 'term'; cmd?: 'login' | 'upgrade' | 'ceph_install'; width?: number; height?: number }): Promise<Console>;
  /** Interfaces; a change waits in a file beside the one that holds until `apply`. */
  readonly network: NodeNetwork;
  readonly bridges: Bridges;
  readonly dns: { get(): Promise<Fields>; update(values: { search: string; dns1?: string; dns2?: string; dns3?: string }): Promise<null> };
  readonly hosts: { get(): Promise<{ data: string; digest: string }>; update(file: { data: string; digest?: string }): Promise<null> };
  /** `set('Europe/Berlin')`; `time` and `localtime` in seconds since 1970. */
  readonly time: { get(): Promise<Fields>; set(timezone: string): Promise<null> };
  /** Its notes, and how it is woken. */
  readonly settings: { get(): Promise<Fields>; update(values: Params, options?: { digest?: string }): Promise<Fields> };
  readonly services: { list(): Promise<Fields[]> };
  service(name: string): { status(): Promise<Fields>; start(how?: Wait): Promise<unknown>; stop(how?: Wait): Promise<unknown>; restart(how?: Wait): Promise<unknown>; reload(how?: Wait): Promise<unknown> };
  /** Figures over time; default `hour`. Rows from before the node was started have only their `time`. */
  metrics(options?: { timeframe?: 'hour' | 'day' | 'week' | 'month' | 'year'; cf?: 'AVERAGE' | 'MAX' }): Promise<Fields[]>;
  /** Restarts the node, and with it its guests. @permission proxmox: write */
  reboot(): Promise<null>;
  /** Switches the node off, and with it its guests. @permission proxmox: write */
  shutdown(): Promise<null>;
  /** Switches another node on over the network. @permission proxmox: write */
  wake(): Promise<string>;
  startAll(options?: Wait & { vms?: number[]; force?: boolean }): Promise<unknown>;
  stopAll(options?: Wait & { vms?: number[]; timeout?: number; 'force-stop'?: boolean }): Promise<unknown>;
  migrateAll(options: Wait & { target: string; vms?: number[]; 'with-local-disks'?: boolean }): Promise<unknown>;
  readonly firewall: Firewall;
}

export interface NodeNetwork {
  list(params?: Params): Promise<Fields[]>;
  /** `null` when there is none. */
  find(iface: string): Promise<Fields | null>;
  get(iface: string): Promise<Fields>;
  create(spec: { iface: string; type: string } & Params): Promise<null>;
  /** Changes what is named and keeps the rest; `null` removes a property. */
  update(iface: string, changes: Params): Promise<null>;
  delete(iface: string): Promise<null>;
  /**
   * Makes an interface what it is wanted to be: `type` is `bridge`, `vlan`, `bond`, `eth`, `OVSBridge` …. It only waits to
   * be applied unless `apply` is true; `pending` says whether it waits.
   *
   * @throws `proxmox.fixed` when it is there with another type
   * @permission proxmox: write
   * @example
   * const { network } = proxmox().node('pve');
   * await network.ensure({ iface: 'bond0', type: 'bond', slaves: ['eth1', 'eth2'], bond_mode: '802.3ad', autostart: true });
   * await network.ensure({ iface: 'vmbr0.20', type: 'vlan', cidr: '10.20.0.1/24', autostart: true });
   */
  ensure(spec: InterfaceSpec & { type: string }, options?: EnsureOptions & { apply?: boolean }): Promise<Ensured & { pending: boolean }>;
  /** Makes what is pending hold. A mistake cuts the node off, so nothing does it by itself. @permission proxmox: write */
  apply(how?: Wait): Promise<unknown>;
  /** Forgets what is pending. */
  revert(): Promise<null>;
}

/** An interface as it is to be; Proxmox's own names, lists in any order, `null` removes one. */
export type InterfaceSpec = Record<string, string | number | boolean | null | ReadonlyArray<string>> & { iface: string };

export interface Bridges {
  list(): Promise<Fields[]>;
  find(iface: string): Promise<Fields | null>;
  /**
   * `network.ensure` of a bridge.
   *
   * @permission proxmox: write
   * @example
   * const { pending } = await proxmox().node('pve').bridges.ensure({ iface: 'vmbr9', cidr: '10.9.0.1/24', autostart: true });
   * log.info(pending); // true
   */
  ensure(spec: InterfaceSpec, options?: EnsureOptions & { apply?: boolean }): Promise<Ensured & { pending: boolean }>;
}

/** Rules, first match first. `enable` is 1 unless said otherwise; a new rule comes first. */
export interface FirewallRules {
  list(): Promise<Fields[]>;
  get(pos: number): Promise<Fields>;
  create(rule: Params): Promise<null>;
  /** @throws `proxmox.config-changed` when the digest is not that of the rules any more */
  update(pos: number, changes: Params, options?: { digest?: string }): Promise<null>;
  move(pos: number, to: number, options?: { digest?: string }): Promise<null>;
  delete(pos: number, options?: { digest?: string }): Promise<null>;
  /** Exactly these rules, in this order; the new ones stand before the old ones go. @permission proxmox: write */
  ensure(rules: ReadonlyArray<Params>, options?: EnsureOptions): Promise<Ensured<Fields[]>>;
}

export interface Firewall {
  readonly options: { get(): Promise<Fields>; update(values: Params, options?: { digest?: string }): Promise<Fields>; ensure(spec: Params, options?: EnsureOptions): Promise<Ensured> };
  readonly rules: FirewallRules;
}

/** A firewall with names for addresses: of the datacenter, a VM, a container. */
export interface NamingFirewall extends Firewall {
  readonly aliases: {
    list(): Promise<Fields[]>;
    find(name: string): Promise<Fields | null>;
    create(spec: { name: string; cidr: string; comment?: string }): Promise<null>;
    delete(name: string): Promise<null>;
    ensure(spec: { name: string; cidr: string; comment?: string }, options?: EnsureOptions): Promise<Ensured>;
  };
  readonly ipsets: {
    list(): Promise<Fields[]>;
    find(name: string): Promise<Fields | null>;
    entries(name: string): Promise<Fields[]>;
    create(spec: { name: string; comment?: string }): Promise<null>;
    add(name: string, entry: string | Params): Promise<null>;
    remove(name: string, cidr: string): Promise<null>;
    delete(name: string, options?: { force?: boolean }): Promise<null>;
    /** The set with exactly these entries. */
    ensure(spec: { name: string; comment?: string; entries?: ReadonlyArray<string | Params> }, options?: EnsureOptions): Promise<Ensured>;
  };
}

export interface Cluster {
  status(): Promise<Fields[]>;
  resources(params?: { type?: 'vm' | 'storage' | 'node' | 'sdn' }): Promise<Fields[]>;
  readonly options: { get(): Promise<Fields>; update(values: Params): Promise<Fields> };
  nextId(): Promise<number>;
  log(params?: { max?: number }): Promise<Fields[]>;
  tasks(): Promise<Fields[]>;
  readonly firewall: NamingFirewall & {
    readonly groups: { list(): Promise<Fields[]>; create(spec: { group: string; comment?: string }): Promise<null>; delete(group: string): Promise<null>; rules(group: string): FirewallRules };
  };
}

/** Things of one kind, each with a name. `ensure` manages declared keys only; `null` removes one. */
export interface Named {
  list(params?: Params): Promise<Fields[]>;
  find(name: string): Promise<Fields | null>;
  get(name: string): Promise<Fields>;
  create(spec: Params): Promise<null>;
  update(name: string, changes: Params, options?: { digest?: string }): Promise<null>;
  delete(name: string, params?: Params): Promise<null>;
  ensure(spec: Params, options?: EnsureOptions): Promise<Ensured>;
}

/** Software-defined networks; what is configured holds once `apply` is done. */
export interface Sdn {
  readonly zones: Named;
  readonly vnets: Named;
  subnets(vnet: string): Omit<Named, 'get'>;
  /** Whether anything waits to be applied. */
  pending(): Promise<boolean>;
  apply(how?: Wait): Promise<unknown>;
}

/** High availability: the manager keeps guests in the state that is requested. */
export interface Ha {
  status(): Promise<Fields[]>;
  /** Named by `vm:100` or `ct:200`. */
  readonly resources: Named & { migrate(sid: string | number, node: string): Promise<null>; relocate(sid: string | number, node: string): Promise<null> };
  /** Until version 8. */
  readonly groups: Named;
  /** Since version 9. */
  readonly rules: Named;
  /** Keeps managed guests on nodes: by a group until version 8, by a rule since version 9. @permission proxmox: write */
  keepOn(spec: { name: string; nodes: string[]; resources: string[]; strict?: boolean }, options?: EnsureOptions): Promise<Ensured>;
}

/**
 * What a VM or container is to be: its id or its name, and the keys of its configuration under
 * Proxmox's own names. Keys that are left out are left alone; `null` removes one. Lists may be
 * arrays (`tags`, `nameserver`, `sshkeys`), sizes may have a unit (`memory: '2GiB'`,
 * `scsi0: 'local-lvm:8GiB'`), `sshkeys` need not be percent-encoded. What only matters for making
 * it (`pool`, `start`, `ostemplate`, `password` …) is used when it is made and is no difference later.
 */
export type GuestSpec = Record<string, string | number | boolean | null | undefined | ReadonlyArray<string>> & {
  /** Which one it is; without it the name says it. */
  vmid?: number;
  /** Its name (of a container also `hostname`), which two guests must not have. */
  name?: string;
  /** Where it is made, and where it is to be: see `move`. */
  node?: string;
};

/** What there is of a guest and what would be done, or what was done. Secrets are `***`. */
export interface GuestPlan {
  /** Whether anything is (or was) otherwise than wanted. */
  readonly changed: boolean;
  /** `null` as long as it has none. */
  readonly vmid: number | null;
  readonly node: string;
  /** In order; empty when nothing is to be done. */
  readonly actions: ReadonlyArray<'create' | 'move' | 'migrate' | 'change' | 'resize' | 'reboot'>;
  /** `memory 2048 -> 4096`. */
  readonly differences: readonly string[];
  /** What differed, as it was; `null` when there was no guest. */
  readonly before: (VmName & Fields) | null;
  /** The same as it is wanted (`plan`), or as it is now (`ensure`). */
  readonly after: Fields;
  /** `'reboot'` when something waits for the next start. */
  readonly needs: 'reboot' | null;
  /** The keys that wait for it. */
  readonly pending: readonly string[];
  /** The keys that Proxmox never shows (`cipassword`): one that is set stays as it is. */
  readonly unchecked: readonly string[];
}

/** Makes guests what they are wanted to be. */
export interface EnsureGuests {
  /**
   * What `ensure` would do; reads only. Values are compared by what they mean: the order inside
   * property strings and of tags, units, and defaults that are spelled out are no difference. A
   * network card without an address keeps the one it has, and `local-lvm:8` is the disk of that
   * storage which is there. A guest that is on another node than wanted, or a disk on another
   * storage, is a difference: `node pve1 -> pve2`, `scsi0 storage local-lvm -> fast`.
   *
   * @param options.move `false` where it does not matter where it is, as under high availability
   * @throws `proxmox.guest-spec` with all that is wrong, `proxmox.vm-name-ambiguous`, `proxmox.ct-name-ambiguous`
   * @throws `proxmox.guest-fixed` when a disk would have to shrink, or a container to become (un)privileged
   * @permission proxmox: read
   */
  plan(spec: GuestSpec, options?: { move?: boolean }): Promise<GuestPlan>;
  /**
   * Makes the guest, or changes just what differs; the second time there is nothing to do. What a
   * running guest does not take at once is kept by Proxmox for its next start, is named in
   * `pending` (before, by `plan`, too), and `needs` is then `'reboot'`.
   *
   * When a write fails, the guest is read again: `details.changed` has the keys that did change all
   * the same.
   *
   * @param options.reboot reboot it when something waits for that; default false
   * @param options.move `true` migrates it to the node, and moves its disks to the storages, where it is wanted; a VM
   *     that runs goes on running, a container needs `reboot` for its volumes. `false` leaves it where it is. Without it
   *     a guest that is elsewhere is an error
   * @param options.dryRun the same as `plan`; default false
   * @throws what `plan` throws
   * @throws `proxmox.guest-elsewhere`, `proxmox.guest-move-running`; nothing was changed
   * @permission proxmox: write
   * @example
   * import { proxmox } from 'hearth:proxmox';
   * export const recipe = { summary: 'A web server', permissions: { proxmox: 'write' } };
   * export default async ({ log }) => {
   *   const { changed, differences, needs } = await proxmox().vms.ensure({
   *     name: 'web', node: 'pve', memory: '2GiB', cores: 2, tags: ['lab', 'web'],
   *     net0: 'virtio,bridge=vmbr0', scsi0: 'local-lvm:8', ipconfig0: 'ip=dhcp',
   *   });
   *   log.info(changed ? differences.join(', ') : 'it is so', { needs });
   * };
   */
  ensure(spec: GuestSpec, options?: { reboot?: boolean; move?: boolean; dryRun?: boolean }): Promise<GuestPlan>;
}

/** Which guest: its name, its id, or an object with one of them. */
export type Sought = string | number | { readonly name: string } | { readonly vmid: number };

export interface Vms extends EnsureGuests {
  /** All VMs that the connection may see, by id; containers are not among them. */
  list(): Promise<Fields[]>;
  /** By name or id; `null` when there is none. @throws `proxmox.vm-name-ambiguous` */
  find(wanted: Sought): Promise<Fields | null>;
  /** By name or id. @throws `proxmox.vm-name-not-found`, `proxmox.vm-not-found`, `proxmox.vm-name-ambiguous` */
  get(wanted: Sought): Promise<VmHandle>;
  /**
   * Makes a VM of a backup. Without `vmid` it takes the next free id; the node is one that has the
   * backup's storage unless it is given.
   *
   * @throws `proxmox.vm-exists` unless `force` is true, `proxmox.vm-running`, `proxmox.volume-not-found`
   * @permission proxmox: write
   */
  restore(options: RestoreOptions & { archive: string; wait: false }): Promise<TaskHandle>;
  restore(options: RestoreOptions & { archive: string }): Promise<VmHandle>;
  /** The next free id. Somebody else may take it first; `create` without `vmid` handles that. */
  nextId(): Promise<number>;
  /**
   * Makes a VM and waits until it is whole. Without `vmid` it takes the next free id, and the one
   * after it when somebody was quicker.
   *
   * @param spec `node`, and the parameters of Proxmox: `memory` in MiB or with a unit (`'4GiB'`), `scsi0: 'local-lvm:8'` in GiB;
   *     lists may be arrays (`tags`, `sshkeys`)
   * @throws `proxmox.vm-exists` only when `vmid` was given
   * @throws `proxmox.task-failed` with the task's last lines in the details
   * @permission proxmox: write
   */
  create(spec: { node: string; vmid?: number } & Params, options: { wait: false }): Promise<TaskHandle>;
  create(spec: { node: string; vmid?: number } & Params, options?: Wait): Promise<VmHandle>;
}

/** Changes what a VM does: returns what it does afterwards, or the task when nobody waits for it. */
export interface Power {
  (options: { wait: false } & Params): Promise<TaskHandle>;
  (options?: Wait & Params): Promise<Fields>;
}

/** A VM; journaled as `{ vmid, node }`. Methods fail with `proxmox.vm-not-found`. */
export interface VmHandle extends VmName {
  /**
   * Moves it to another node, and returns a handle of it there. A VM that runs goes on running, a
   * container is restarted; local disks of a VM go along with `'with-local-disks': true`.
   *
   * @throws `proxmox.task-failed`, `proxmox.refused` when it cannot move
   * @permission proxmox: write
   */
  migrate(options: { target: string; wait: false } & Params): Promise<TaskHandle>;
  migrate(options: { target: string } & Params): Promise<VmHandle>;
  /** Figures over time; default `hour`. */
  metrics(options?: { timeframe?: 'hour' | 'day' | 'week' | 'month' | 'year'; cf?: 'AVERAGE' | 'MAX' }): Promise<Fields[]>;
  readonly firewall: NamingFirewall;
  /** What it does now: `status`, `uptime` in seconds, `mem` and `maxmem` in bytes. */
  status(): Promise<Fields>;
  /** As it is configured; `memory` in MiB. */
  config(): Promise<Fields>;
  /** What differs until the next cold start. */
  pending(): Promise<Fields[]>;
  /**
   * Changes options; `null` deletes one. Returns the configuration afterwards.
   *
   * @param options.digest of `config()`: nothing is changed when somebody else did meanwhile
   * @throws `proxmox.config-changed`
   * @permission proxmox: write
   */
  update(changes: Params, options: { wait: false; digest?: string }): Promise<TaskHandle | null>;
  update(changes: Params, options?: Wait & { digest?: string }): Promise<Fields>;
  /**
   * Deletes the VM with its disks, and what names it elsewhere unless `purge` is false.
   *
   * @throws `proxmox.vm-running`, `proxmox.template-in-use`
   * @permission proxmox: write
   */
  delete(options?: Wait & { purge?: boolean }): Promise<unknown>;
  /** The same as `delete`. */
  destroy(options?: Wait & { purge?: boolean }): Promise<unknown>;
  /** Starts it; one that runs is left alone, and then there is no task. @permission proxmox: write */
  start(options: { wait: false } & Params): Promise<TaskHandle | Fields>;
  start(options?: Wait & Params): Promise<Fields>;
  /** Pulls the plug; one that is off stays so. @permission proxmox: write */
  stop: Power;
  /** Asks the guest to end; `timeout` in seconds, `forceStop` to pull the plug then. @permission proxmox: write */
  shutdown: Power;
  /** @permission proxmox: write */
  reboot: Power;
  /** @permission proxmox: write */
  reset: Power;
  /** @permission proxmox: write */
  suspend: Power;
  /** @permission proxmox: write */
  resume: Power;
  /**
   * Copies it under the next free id, or `newid`. A template is cloned linked unless `full` is true.
   *
   * @throws `proxmox.vm-exists` only when `newid` was given
   * @permission proxmox: write
   */
  clone(options: { wait: false; newid?: number; name?: string; full?: boolean } & Params): Promise<TaskHandle>;
  clone(options?: Wait & { newid?: number; name?: string; full?: boolean } & Params): Promise<VmHandle>;
  /** Makes a disk larger: `('scsi0', '20GiB')`, or `'+5GiB'` for more than there is. @permission proxmox: write */
  resize(disk: string, size: Size | `+${Size}`, options?: Wait): Promise<unknown>;
  /** Turns it into a template, which cannot be taken back. @throws `proxmox.vm-is-template` @permission proxmox: write */
  template(options?: Wait): Promise<unknown>;
  /**
   * Saves it to a storage for backups, and waits until that is done. Proxmox saves one guest after
   * the other on each node.
   *
   * @throws `proxmox.task-failed` with the task's last lines in the details
   * @permission proxmox: write
   */
  backup(options: BackupOptions & { wait: false }): Promise<TaskHandle>;
  backup(options?: BackupOptions): Promise<BackupHandle>;
  /**
   * Opens its console: what it shows (`vnc`, the default), a serial port (`term`, which needs a `serial0: 'socket'`) or its
   * display by SPICE (`vga: 'qxl'`). It waits ten seconds for who comes.
   *
   * @throws `proxmox.refused` for SPICE without such a display
   * @permission proxmox: write; on the server `VM.Console`
   * @example
   * import { proxmox } from 'hearth:proxmox';
   * export const recipe = { summary: 'A console', permissions: { proxmox: 'write' } };
   * export default async ({ log }) => {
   *   const pve = proxmox();
   *   const vm = await pve.vms.create({ node: 'pve', name: 'web' });
   *   const { link, url, expires } = await vm.console();
   *   log.info(`open ${link}`);
   *   log.info(`or give ${url} to a client until ${expires}`); // or give *** to a client until …
   * };
   */
  console(options: { type: 'spice'; proxy?: string }): Promise<SpiceConsole>;
  console(options?: { type?: 'vnc' | 'term'; serial?: 'serial0' | 'serial1' | 'serial2' | 'serial3' }): Promise<Console>;
  readonly snapshots: { list(): Promise<Fields[]> };
  snapshot(name: string): SnapshotHandle;
  /**
   * Moves a disk to another storage, or gives it to another VM; what the VM has of it then is
   * `unused` unless `delete` is true. Works while the VM runs, but for giving it away.
   *
   * @param to a storage, or the VM and its key: `{ vmid: 101, disk: 'scsi1' }`
   * @permission proxmox: write
   */
  moveDisk(
    disk: string,
    to: string | { vmid: number; disk: string },
    options?: Wait & { delete?: boolean; format?: 'raw' | 'qcow2' | 'vmdk' } & Params,
  ): Promise<unknown>;
  /** Takes disks off it; they stay as `unused` ones, or are destroyed with `force`. @permission proxmox: write */
  unlinkDisk(disks: string | readonly string[], options?: { force?: boolean }): Promise<void>;
  readonly cloudInit: {
    /** Its options, with what waits to be written to the drive. */
    get(): Promise<Fields[]>;
    /** Writes the drive anew; the guest reads it when it starts. @permission proxmox: write */
    regenerate(): Promise<unknown>;
    /** The text that Proxmox generates; `user` unless told otherwise. */
    dump(type?: 'user' | 'network' | 'meta'): Promise<string>;
  };
  /** Whether it can be cloned, copied or have snapshots: `{ hasFeature: 1, nodes }`. */
  feature(feature: 'snapshot' | 'clone' | 'copy', options?: { snapshot?: string }): Promise<Fields>;
  /** Presses keys at once, in QEMU's names: `'ctrl-alt-delete'`. @throws `proxmox.vm-not-running` @permission proxmox: write */
  sendKey(key: string): Promise<null>;
  /** What QEMU's human monitor says: `'info status'`. @permission proxmox: write */
  monitor(command: string): Promise<string>;
  readonly agent: GuestAgent;
}

/**
 * A console that was opened. Its secrets are usable and never shown: `ticket.reveal()`, or as what operations take. A
 * step that returns one keeps them sealed.
 */
export interface Console {
  readonly type: 'vnc' | 'term';
  readonly node: string;
  /** Whose ticket it is; a terminal wants it in front: `USER:TICKET` and a line feed are what is sent first. */
  readonly user: string;
  readonly port: number;
  readonly ticket: Secret;
  /** For VNC itself; `null` for a terminal, and where the server tells none: then it is the ticket. */
  readonly password: Secret | null;
  /**
   * `wss://…/vncwebsocket?port=…&vncticket=…`. Who opens it needs a login as well, by cookie or with an API token's header,
   * of the user whom this connection comes in as.
   */
  readonly url: Secret;
  /** Where the web interface shows a console of it, for a person: who opens it logs in there, and needs no ticket. */
  readonly link: string;
  /** The task that waits for who comes: `pve.task(upid)`. It ends with the console. */
  readonly upid: string;
  /** By when somebody has to be there: ten seconds from then, when the console ends. */
  readonly expires: string;
}

/** A console by SPICE. */
export interface SpiceConsole {
  readonly type: 'spice';
  readonly node: string;
  /** `http://HOST:3128`, which the viewer goes through. */
  readonly proxy: string;
  readonly port: number;
  readonly password: Secret;
  /** What `remote-viewer FILE.vv` takes; the password is in it. */
  readonly file: Secret;
  /** Thirty seconds from then. */
  readonly expires: string;
}

/** A snapshot of a guest. */
export interface SnapshotHandle {
  readonly name: string;
  config(): Promise<Fields>;
  exists(): Promise<boolean>;
  /** @permission proxmox: write */
  create(options?: Wait & Params): Promise<unknown>;
  /**
   * Makes it when it is not there; of one that is there only the description can change.
   *
   * @returns `before` and `after` as the list of snapshots has it; `before` is null when there was none
   * @permission proxmox: write
   */
  ensure(options?: { description?: string } & Params): Promise<{ changed: boolean; before: Fields | null; after: Fields }>;
  /** Changes its description; returns its configuration afterwards. @permission proxmox: write */
  update(changes: { description: string }): Promise<Fields>;
  /** @permission proxmox: write */
  rollback(options?: Wait & Params): Promise<unknown>;
  /** @permission proxmox: write */
  delete(options?: Wait): Promise<unknown>;
}

/**
 * The guest agent inside a VM.
 *
 * @throws `proxmox.agent-not-running`, `proxmox.agent-not-configured`, `proxmox.vm-not-running`
 */
export interface GuestAgent {
  /** @permission proxmox: write */
  ping(): Promise<unknown>;
  /**
   * Waits until it answers, as after a start.
   *
   * @param options.timeout default `'5m'`
   * @throws `proxmox.agent-silent` then
   * @permission proxmox: write
   * @example
   * import { proxmox } from 'hearth:proxmox';
   * export const recipe = { summary: 'The addresses of what runs', permissions: { proxmox: 'write' } };
   * export default async ({ log }) => {
   *   for (const { vmid, status } of await proxmox().vms.list()) {
   *     if (status !== 'running') continue;
   *     const { agent } = proxmox().vm(vmid);
   *     await agent.wait({ timeout: '2m' });
   *     log.info(`${vmid} is at ${(await agent.addresses()).join(', ')}`);
   *   }
   * };
   */
  wait(options?: { timeout?: Duration }): Promise<void>;
  /** Its version and the commands that it knows. */
  info(): Promise<Fields>;
  /** The system, as in `/etc/os-release`: `id`, `name`, `version-id`, `kernel-release` … */
  osInfo(): Promise<Fields>;
  hostName(): Promise<string>;
  /** Who is logged in. */
  users(): Promise<Fields[]>;
  fileSystems(): Promise<Fields[]>;
  interfaces(): Promise<Fields[]>;
  /** By which others reach it: all addresses but those of itself and of its link. */
  addresses(): Promise<string[]>;
  /** Gives back what is free on the file systems. @permission proxmox: write */
  trim(): Promise<Fields>;
  /** Holds all writing to the disks, as for a snapshot; always thaw in a `finally`. */
  readonly fsfreeze: {
    /** @permission proxmox: write */
    status(): Promise<'thawed' | 'frozen'>;
    /** @returns how many file systems it froze. @permission proxmox: write */
    freeze(): Promise<number>;
    /** @permission proxmox: write */
    thaw(): Promise<number>;
  };
  /**
   * Runs a program in the guest; no shell reads the words.
   *
   * @param options.timeout default `'1m'`; then `proxmox.agent-timeout`, and the program goes on
   * @returns `{ exited: 1, exitcode, 'out-data', 'err-data' }`
   * @permission proxmox: write
   */
  exec(command: readonly string[], options?: { timeout?: Duration; input?: string }): Promise<Fields>;
  /** A file of up to 16 MiB as text. @throws `proxmox.agent-file-large` */
  read(path: string): Promise<string>;
  /** A file of up to 16 MiB as it is. @throws `proxmox.agent-file-large` */
  bytes(path: string): Promise<Uint8Array>;
  /**
   * Makes or replaces a file of up to 16 MiB. More than 40 KiB go in pieces, which the guest joins
   * beside the file with `dd` and moves there; so nobody sees half of it.
   *
   * @throws `proxmox.agent-file-large`, `proxmox.agent-file`
   * @permission proxmox: write
   * @example
   * import { proxmox } from 'hearth:proxmox';
   * export const recipe = { summary: 'A message', permissions: { proxmox: 'write' } };
   * export default async ({ log }) => {
   *   for (const { vmid } of await proxmox().vms.list()) {
   *     const { agent } = proxmox().vm(vmid);
   *     await agent.write('/etc/motd', 'Be kind.\n');
   *     log.info(await agent.hostName());
   *   }
   * };
   */
  write(path: string, data: string | Uint8Array): Promise<void>;
  /** `crypted` when it is a hash already. @permission proxmox: write */
  setPassword(user: string, password: string, options?: { crypted?: boolean }): Promise<void>;
}

export interface Containers extends EnsureGuests {
  /** All containers that the connection may see, by id; VMs are not among them. */
  list(): Promise<Fields[]>;
  /** By name (its `hostname`) or id; `null` when there is none. @throws `proxmox.ct-name-ambiguous` */
  find(wanted: Sought): Promise<Fields | null>;
  /** By name or id. @throws `proxmox.ct-name-not-found`, `proxmox.ct-not-found`, `proxmox.ct-name-ambiguous` */
  get(wanted: Sought): Promise<ContainerHandle>;
  /**
   * Makes a container of a backup. Without `vmid` it takes the next free id; the node is one that has the
   * backup's storage unless it is given.
   *
   * @throws `proxmox.ct-exists` unless `force` is true, `proxmox.ct-running`, `proxmox.volume-not-found`
   * @permission proxmox: write
   */
  restore(options: RestoreOptions & { archive: string; wait: false }): Promise<TaskHandle>;
  restore(options: RestoreOptions & { archive: string }): Promise<ContainerHandle>;
  /**
   * Makes a container from a template and waits until it is whole. Without `vmid` it takes the next
   * free id, and the one after it when somebody was quicker. Set `unprivileged: 1`: Proxmox makes
   * privileged containers otherwise.
   *
   * @param spec `node`, and the parameters of Proxmox (`ostemplate: 'local:vztmpl/…'`, `memory` in
   *     MiB, `rootfs: 'local-lvm:8'` in GiB); `ssh-public-keys` is one key a line, not encoded
   * @throws `proxmox.ct-exists`, `proxmox.vm-exists` only when `vmid` was given
   * @throws `proxmox.task-failed` with the task's last lines in the details
   * @permission proxmox: write
   * @example
   * import { proxmox } from 'hearth:proxmox';
   * export const recipe = { summary: 'A container', permissions: { proxmox: 'write' } };
   * export default async () => {
   *   const pve = proxmox();
   *   const template = 'debian-13-standard_13.1-2_amd64.tar.zst';
   *   await pve.task(await pve.api.nodes('pve').aplinfo.post({ storage: 'local', template })).wait();
   *   const ct = await pve.cts.create({
   *     node: 'pve', hostname: 'web', ostemplate: `local:vztmpl/${template}`, unprivileged: 1,
   *     rootfs: 'local-lvm:4', memory: 512, net0: 'name=eth0,bridge=vmbr0,ip=10.0.0.5/24',
   *   });
   *   await ct.start();
   *   return ct.interfaces();
   * };
   */
  create(spec: { node: string; vmid?: number; ostemplate: string } & Params, options: { wait: false }): Promise<TaskHandle>;
  create(spec: { node: string; vmid?: number; ostemplate: string } & Params, options?: Wait): Promise<ContainerHandle>;
}

/** A container; journaled as `{ vmid, node }`. Methods fail with `proxmox.ct-not-found`. */
export interface ContainerHandle extends VmName {
  /**
   * Moves it to another node, and returns a handle of it there. A VM that runs goes on running, a
   * container is restarted; local disks of a VM go along with `'with-local-disks': true`.
   *
   * @throws `proxmox.task-failed`, `proxmox.refused` when it cannot move
   * @permission proxmox: write
   */
  migrate(options: { target: string; wait: false } & Params): Promise<TaskHandle>;
  migrate(options: { target: string } & Params): Promise<ContainerHandle>;
  /** Figures over time; default `hour`. */
  metrics(options?: { timeframe?: 'hour' | 'day' | 'week' | 'month' | 'year'; cf?: 'AVERAGE' | 'MAX' }): Promise<Fields[]>;
  readonly firewall: NamingFirewall;
  /** What it does now: `status`, `uptime` in seconds, `mem` and `maxmem` in bytes. */
  status(): Promise<Fields>;
  /** As it is configured; `memory` and `swap` in MiB. */
  config(): Promise<Fields>;
  /** What differs until the next start. */
  pending(): Promise<Fields[]>;
  /**
   * Changes options at once; `null` deletes one. Returns the configuration afterwards. What a
   * running container cannot take waits for its next start: see `pending()`.
   *
   * @param options.digest of `config()`: nothing is changed when somebody else did meanwhile
   * @throws `proxmox.config-changed`
   * @permission proxmox: write
   */
  update(changes: Params, options?: { digest?: string }): Promise<Fields>;
  /**
   * Deletes the container with its volumes, and what names it elsewhere unless `purge` is false.
   *
   * @throws `proxmox.ct-running`, `proxmox.template-in-use`
   * @permission proxmox: write
   */
  delete(options?: Wait & { purge?: boolean }): Promise<unknown>;
  /** The same as `delete`. */
  destroy(options?: Wait & { purge?: boolean }): Promise<unknown>;
  /** Starts it; one that runs is left alone. @throws `proxmox.ct-is-template` @permission proxmox: write */
  start(options: { wait: false } & Params): Promise<TaskHandle | Fields>;
  start(options?: Wait & Params): Promise<Fields>;
  /** Ends all its processes; one that is off stays so. @permission proxmox: write */
  stop(options: { wait: false } & Params): Promise<TaskHandle | Fields>;
  stop(options?: Wait & Params): Promise<Fields>;
  /** Asks its init to end; `timeout` in seconds, `forceStop` to stop it then. One that is off stays so. @permission proxmox: write */
  shutdown(options: { wait: false } & Params): Promise<TaskHandle | Fields>;
  shutdown(options?: Wait & Params): Promise<Fields>;
  /** @permission proxmox: write */
  reboot: Power;
  /**
   * Copies it under the next free id, or `newid`. A template is cloned linked unless `full` is true,
   * which storages of files cannot.
   *
   * @throws `proxmox.ct-exists`, `proxmox.vm-exists` only when `newid` was given
   * @permission proxmox: write
   */
  clone(options: { wait: false; newid?: number; hostname?: string; full?: boolean } & Params): Promise<TaskHandle>;
  clone(options?: Wait & { newid?: number; hostname?: string; full?: boolean } & Params): Promise<ContainerHandle>;
  /** Makes a volume larger: `('rootfs', '20GiB')`, or `'+5GiB'` for more than there is. @permission proxmox: write */
  resize(volume: string, size: Size | `+${Size}`, options?: Wait): Promise<unknown>;
  /**
   * Moves a volume to another storage while the container is off; what it has of it then is `unused`
   * unless `delete` is true.
   *
   * @permission proxmox: write
   */
  moveVolume(volume: string, to: string, options?: Wait & { delete?: boolean } & Params): Promise<unknown>;
  /** Whether it can be cloned, copied or have snapshots: `{ hasFeature: 1 }`. */
  feature(feature: 'snapshot' | 'clone' | 'copy', options?: { snapshot?: string }): Promise<Fields>;
  /** Needs CRIU on the node. @permission proxmox: write */
  suspend: Power;
  /** @permission proxmox: write */
  resume: Power;
  /** Turns it into a template, which cannot be taken back; done when the promise resolves. @permission proxmox: write */
  template(): Promise<void>;
  /**
   * Saves it to a storage for backups, and waits until that is done. Proxmox saves one guest after
   * the other on each node.
   *
   * @throws `proxmox.task-failed` with the task's last lines in the details
   * @permission proxmox: write
   */
  backup(options: BackupOptions & { wait: false }): Promise<TaskHandle>;
  backup(options?: BackupOptions): Promise<BackupHandle>;
  /** Opens its console; default `term`. As of a VM. @permission proxmox: write; on the server `VM.Console` */
  console(options: { type: 'spice'; proxy?: string }): Promise<SpiceConsole>;
  console(options?: { type?: 'vnc' | 'term'; width?: number; height?: number }): Promise<Console>;
  readonly snapshots: { list(): Promise<Fields[]> };
  snapshot(name: string): SnapshotHandle;
  /** Its network interfaces with their addresses; empty while it is off. To run a command in it, see the README. */
  interfaces(): Promise<Fields[]>;
}

/** A storage as it is to be; Proxmox's own option names, lists in any order, `null` removes one. */
export type StorageSpec = Record<string, string | number | boolean | null | undefined | Secret | ReadonlyArray<string> | Record<string, string | number | boolean>> & {
  storage: string;
  /** `dir`, `nfs`, `cifs`, `lvmthin`, `zfspool`, `pbs` …; it cannot be changed. */
  type?: string;
};

/** The storages of the datacenter, as configured. */
export interface Storages {
  list(params?: { type?: string }): Promise<Fields[]>;
  /** `null` when there is none. */
  find(storage: string): Promise<Fields | null>;
  /** @throws `proxmox.storage-not-found` */
  get(storage: string): Promise<StorageHandle>;
  /** @throws `proxmox.exists`, `proxmox.refused` when it cannot be used @permission proxmox: write */
  create(spec: StorageSpec): Promise<StorageHandle>;
  /** Passwords are set when it is made; a change of one is not noticed. @permission proxmox: write */
  ensure(spec: StorageSpec, options?: EnsureOptions): Promise<Ensured>;
}

/** Which backups to keep: `'keep-last=3,keep-daily=7'`, or the same as an object. */
export type Keep = string | Partial<Record<'keep-all' | 'keep-last' | 'keep-hourly' | 'keep-daily' | 'keep-weekly' | 'keep-monthly' | 'keep-yearly', number>>;

/** A storage; journaled as `{ storage, node }`. Its node is looked up; `proxmox.node-needed` when several nodes have one of that name. */
export interface StorageHandle {
  readonly storage: string;
  readonly node?: string;
  /** As it is configured. @throws `proxmox.storage-not-found` */
  get(): Promise<Fields>;
  /** Changes options; `null` removes one. @permission proxmox: write */
  update(changes: Partial<StorageSpec>): Promise<Fields>;
  /** Takes it out of the configuration; what lies on it stays. `false` when there was none. @throws `proxmox.in-use` @permission proxmox: write */
  forget(options?: Force): Promise<boolean>;
  /** `total`, `used` and `avail` in bytes. @throws `proxmox.storage-not-found` */
  status(): Promise<Fields>;
  /** Figures over time; default `hour`. */
  metrics(options?: { timeframe?: 'hour' | 'day' | 'week' | 'month' | 'year'; cf?: 'AVERAGE' | 'MAX' }): Promise<Fields[]>;
  readonly content: {
    list(params?: { content?: string; vmid?: number }): Promise<Fields[]>;
    /** `null` when there is none. */
    find(volid: string): Promise<Fields | null>;
    /** @throws `proxmox.volume-not-found` */
    get(volid: string): Promise<Fields>;
    /** Of backups only. @permission proxmox: write */
    notes(volid: string, notes: string): Promise<Fields>;
    /** Keeps a backup from being removed; `false` lets it go again. @permission proxmox: write */
    protect(volid: string, isProtected?: boolean): Promise<Fields>;
    /** `false` when it was not there. @throws `proxmox.in-use` when a guest names it, `proxmox.volume-protected` @permission proxmox: write */
    delete(volid: string, options?: Force): Promise<boolean>;
  };
  /**
   * Removes backups that the rules do not keep, by default those of the storage itself; says of each
   * what becomes of it: `mark` is `keep`, `remove`, `protected` or `renamed`.
   *
   * @param options.dryRun only says it; default false
   * @permission proxmox: write
   */
  prune(options?: { keep?: Keep; vmid?: number; type?: 'qemu' | 'lxc'; dryRun?: boolean }): Promise<Fields[]>;
  /**
   * Has the node download a file. One that is there is kept: with a checksum the node compares it.
   *
   * @param file.content `iso`, `vztmpl` or `import`; the storage must take it
   * @throws `proxmox.checksum-wrong`, `proxmox.task-failed`
   * @permission proxmox: write
   */
  download(file: {
    url: string;
    filename: string;
    content: 'iso' | 'vztmpl' | 'import';
    checksum?: string;
    /** Default `sha256`. */
    checksumAlgorithm?: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  }): Promise<{ volid: string; changed: boolean }>;
  /**
   * Brings a file of this machine to the storage, as a stream, or bytes. One of that name and size is kept.
   *
   * @param file.path relative to where Hearth was started; the recipe needs `read` for it
   * @param file.bytes in place of a path, with a `filename`
   * @param file.filename what it is called there; default: as here. Unusual characters become `_`
   * @param file.replace whether one of that name is written over; default false
   * @throws `proxmox.upload-file`, `proxmox.upload-what`, `proxmox.volume-exists`
   * @throws `proxmox.parameter` for a name that the content cannot have
   * @throws `proxmox.checksum-wrong`, `proxmox.task-failed`
   * @permission proxmox: write; read: the file
   */
  upload(file: {
    path?: string;
    bytes?: Uint8Array;
    content: 'iso' | 'vztmpl' | 'import';
    filename?: string;
    checksum?: string;
    /** Default `sha256`. */
    checksumAlgorithm?: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
    replace?: boolean;
  }): Promise<{ volid: string; changed: boolean }>;
  /** The same as `content.delete`. @permission proxmox: write */
  delete(volid: string, options?: Force): Promise<boolean>;
}

// ---- Backups ------------------------------------------------------------------------------------

/** How a backup is made; more of Proxmox's own options may stand beside these. */
export type BackupOptions = Wait & Params & {
  /** A storage with the content `backup`; default `local`. */
  storage?: string;
  /** `snapshot` (the default) lets the guest run, `suspend` and `stop` interrupt it. */
  mode?: 'snapshot' | 'suspend' | 'stop';
  /** Default `zstd`. */
  compress?: '0' | 'gzip' | 'lzo' | 'zstd';
  /** With `{{guestname}}`, `{{vmid}}`, `{{node}}` and `{{cluster}}` filled in. */
  notes?: string;
  protected?: boolean;
  /** Older backups of the guest that are not kept by this go; default: as the storage says. */
  keep?: any;
  /** How long to wait for its end; default `'6h'`. */
  timeout?: Duration;
};

/** How a backup is restored; more of the guest's own options may stand beside these. */
export type RestoreOptions = Wait & Params & {
  vmid?: number;
  node?: string;
  /** Where its disks go; default: where they were. */
  storage?: string;
  /** New hardware addresses and a new identity, for a copy beside the original; default false. */
  unique?: boolean;
  /** Replaces the guest of that id; default false. */
  force?: boolean;
  start?: boolean;
};

export interface Backups {
  /** All that the connection may see, oldest first, each with its `storage` and `node`. */
  list(wanted?: { storage?: string; node?: string; vmid?: number }): Promise<Fields[]>;
  /** `null` when there is none. */
  find(volid: string): Promise<Fields | null>;
  /** @throws `proxmox.volume-not-found` */
  get(volid: string): Promise<BackupHandle>;
}

/** A backup; journaled as `{ volid, node }`. */
export interface BackupHandle {
  readonly volid: string;
  readonly node?: string;
  /** Whose backup it is. */
  readonly vmid: number;
  /** `size` in bytes, `notes`, `protected`. @throws `proxmox.volume-not-found` */
  get(): Promise<Fields>;
  /** The guest's configuration as it was saved. */
  config(): Promise<Record<string, string>>;
  /** @permission proxmox: write */
  notes(notes: string): Promise<Fields>;
  /** @permission proxmox: write */
  protect(isProtected?: boolean): Promise<Fields>;
  /** `false` when it was not there; `force` deletes a protected one. @throws `proxmox.volume-protected` @permission proxmox: write */
  delete(options?: Force): Promise<boolean>;
  /**
   * As `pve.vms.restore` or `pve.cts.restore`.
   *
   * @permission proxmox: write
   * @example
   * import { proxmox } from 'hearth:proxmox';
   * export const recipe = { summary: 'A copy of what was saved last', permissions: { proxmox: 'write' } };
   * export default async () => {
   *   const pve = proxmox();
   *   const last = (await pve.backups.list({ vmid: 100 })).at(-1);
   *   if (last === undefined) return 'there is no backup of 100';
   *   const copy = await pve.backup(last).restore({ unique: true, storage: 'local-lvm' });
   *   return copy.config();
   * };
   */
  restore(options: RestoreOptions & { wait: false }): Promise<TaskHandle>;
  restore(options?: RestoreOptions): Promise<VmHandle | ContainerHandle>;
}

/** What a backup job is to be; Proxmox's own option names, lists in any order, `null` removes one. */
export type BackupJobSpec = Record<string, string | number | boolean | null | undefined | ReadonlyArray<string | number> | Record<string, string | number>> & {
  id: string;
  /** A calendar event: `'02:30'`, `'mon..fri 22:00'`, `'sat 1:00'`. */
  schedule?: string;
  /** The guests, or `all`, or `pool`. */
  vmid?: ReadonlyArray<number> | string;
};

export interface BackupJobs {
  list(): Promise<Fields[]>;
  /** `null` when there is none. */
  find(id: string): Promise<Fields | null>;
  /** @throws `proxmox.backup-job-not-found` */
  get(id: string): Promise<BackupJobHandle>;
  /** @permission proxmox: write */
  create(spec: BackupJobSpec): Promise<BackupJobHandle>;
  /** @permission proxmox: write */
  ensure(spec: BackupJobSpec, options?: EnsureOptions): Promise<Ensured>;
  /** The guests that are in no job. */
  missing(): Promise<Array<{ vmid: number; name: string; type: 'qemu' | 'lxc' }>>;
}

/** A backup job; journaled as `{ id }`. */
export interface BackupJobHandle {
  readonly id: string;
  /** @throws `proxmox.backup-job-not-found` */
  get(): Promise<Fields>;
  /** @permission proxmox: write */
  update(changes: Partial<BackupJobSpec>): Promise<Fields>;
  /** `false` when there was none. @permission proxmox: write */
  delete(): Promise<boolean>;
  /** Its guests, each with its volumes in `children` and whether they are included. */
  included(): Promise<Fields[]>;
}

// ---- Who may do what ----------------------------------------------------------------------------

/** What `ensure` did: what was declared as it was (`null` when there was nothing of that name), and as it is now. */
export interface Ensured<T = Fields> {
  readonly changed: boolean;
  readonly before: T | null;
  readonly after: T;
}

/** `{ dryRun: true }` only says what would be done. */
export interface EnsureOptions { dryRun?: boolean }

/**
 * `{ force: true }` deletes also what is in use. Without it Hearth refuses what Proxmox lets through:
 * root's own account and whoever the connection comes in as, users with tokens, groups with members
 * or rights, roles that somebody has, storages that guests or jobs use.
 */
export interface Force { force?: boolean }

/** What a user is to be; keys that are left out are left alone, `null` empties one. */
export interface UserSpec {
  /** With the realm: `ci@pve`. */
  userid: string;
  comment?: string | null;
  email?: string | null;
  firstname?: string | null;
  lastname?: string | null;
  enable?: boolean | 0 | 1;
  /** Seconds since 1970; 0 for never. */
  expire?: number;
  groups?: readonly string[] | string;
  /** Set when the user is made; a change of it is not noticed. */
  password?: string | Secret;
}

export interface Users {
  list(params?: Params): Promise<Fields[]>;
  /** `null` when there is none. */
  find(userid: string): Promise<Fields | null>;
  /** @throws `proxmox.user-not-found` */
  get(userid: string): Promise<UserHandle>;
  /** @throws `proxmox.exists`, `proxmox.spec` @permission proxmox: write */
  create(spec: UserSpec): Promise<UserHandle>;
  /**
   * Makes the user, or changes just what differs; the second time there is nothing to do.
   *
   * @throws `proxmox.spec`
   * @permission proxmox: write
   * @example
   * import { proxmox } from 'hearth:proxmox';
   * export const recipe = { summary: 'A robot with rights on one pool', permissions: { proxmox: 'write' } };
   * export default async ({ log }) => {
   *   const pve = proxmox();
   *   await pve.pools.ensure({ poolid: 'lab', comment: 'for trying' });
   *   await pve.roles.ensure({ roleid: 'Starter', privs: ['VM.Audit', 'VM.PowerMgmt'] });
   *   await pve.users.ensure({ userid: 'ci@pve', comment: 'robot' });
   *   await pve.acl.ensure({ path: '/pool/lab', user: 'ci@pve', roles: ['Starter'] });
   *   const { secret } = await pve.user('ci@pve').tokens.ensure({ tokenid: 'deploy', privsep: false });
   *   log.info(secret === null ? 'the token is there' : 'the token is new', { secret }); // secret=***
   * };
   */
  ensure(spec: UserSpec, options?: EnsureOptions): Promise<Ensured>;
}

/** A user; journaled as `{ userid }`. */
export interface UserHandle {
  readonly userid: string;
  /** @throws `proxmox.user-not-found` */
  get(): Promise<Fields>;
  /** `null` empties a field; `groups` replaces them. @permission proxmox: write */
  update(changes: Partial<Omit<UserSpec, 'userid' | 'password'>>): Promise<Fields>;
  /** `false` when there was none. @throws `proxmox.in-use` @permission proxmox: write */
  delete(options?: Force): Promise<boolean>;
  /** Who is not root confirms with the own password. @permission proxmox: write */
  password(password: string | Secret, options?: { confirmation?: string | Secret }): Promise<void>;
  permissions(params?: { path?: string }): Promise<Record<string, Record<string, 0 | 1>>>;
  readonly tokens: Tokens;
  token(tokenid: string): TokenHandle;
}

/** What a token is to be. */
export interface TokenSpec {
  comment?: string | null;
  /** Seconds since 1970; 0, the default, for as long as the user. */
  expire?: number;
  /** Whether it has only the rights that are given to itself; default true. */
  privsep?: boolean | 0 | 1;
}

/** The tokens of one user. */
export interface Tokens {
  list(): Promise<Fields[]>;
  /** `null` when there is none. */
  find(tokenid: string): Promise<Fields | null>;
  /** @throws `proxmox.token-not-found` */
  get(tokenid: string): Promise<TokenHandle>;
  /** Returns its secret, as `TokenHandle.create` does. @permission proxmox: write */
  create(spec: TokenSpec & { tokenid: string }): Promise<Secret>;
  /** `secret` is told when the token was made, and is `null` otherwise: nobody can read it again. @permission proxmox: write */
  ensure(spec: TokenSpec & { tokenid: string }, options?: EnsureOptions): Promise<Ensured & { readonly secret: Secret | null }>;
}

/** A token; journaled as its whole name. */
export interface TokenHandle {
  readonly userid: string;
  readonly tokenid: string;
  /** @throws `proxmox.token-not-found` */
  get(): Promise<Fields>;
  /**
   * Makes it. The secret is told only here, as `USER@REALM!TOKENID=UUID`, in which form a connection
   * takes it; it prints as `***`.
   *
   * @permission proxmox: write
   */
  create(spec?: TokenSpec): Promise<Secret>;
  /** @permission proxmox: write */
  update(changes: TokenSpec): Promise<Fields>;
  /**
   * Comes in with the secret of a token, at the same Proxmox: returns what it may do, so it works.
   *
   * @throws `proxmox.unauthorized`
   * @permission proxmox: read
   */
  prove(secret: Secret | string): Promise<Record<string, Record<string, 0 | 1>>>;
  /**
   * `false` when there was none.
   *
   * @param options.as the secret of another token, with which it is deleted in place of this connection's
   * @throws `proxmox.in-use` for the one that is used for it
   * @permission proxmox: write
   */
  delete(options?: Force & { as?: Secret | string }): Promise<boolean>;
}

export interface Groups {
  list(): Promise<Fields[]>;
  find(groupid: string): Promise<Fields | null>;
  /** @throws `proxmox.group-not-found` */
  get(groupid: string): Promise<GroupHandle>;
  /** @throws `proxmox.exists`, `proxmox.spec` @permission proxmox: write */
  create(spec: { groupid: string; comment?: string; members?: readonly string[] }): Promise<GroupHandle>;
  /** `members`, when given, are all that there shall be, in any order. @permission proxmox: write */
  ensure(spec: { groupid: string; comment?: string | null; members?: readonly string[] }, options?: EnsureOptions): Promise<Ensured>;
}

/** A group; journaled as `{ groupid }`. */
export interface GroupHandle {
  readonly groupid: string;
  /** @throws `proxmox.group-not-found` */
  get(): Promise<Fields>;
  /** @permission proxmox: write */
  update(changes: { comment?: string | null; members?: readonly string[] }): Promise<Fields>;
  /** @throws `proxmox.in-use` @permission proxmox: write */
  delete(options?: Force): Promise<boolean>;
}

export interface Roles {
  list(): Promise<Array<{ roleid: string; privs: string[]; special: 0 | 1 }>>;
  find(roleid: string): Promise<{ roleid: string; privs: string[] } | null>;
  /** @throws `proxmox.role-not-found` */
  get(roleid: string): Promise<RoleHandle>;
  /** @throws `proxmox.exists`, `proxmox.parameter` for a privilege that this version has not @permission proxmox: write */
  create(spec: { roleid: string; privs?: readonly string[] | string }): Promise<RoleHandle>;
  /** @permission proxmox: write */
  ensure(spec: { roleid: string; privs?: readonly string[] | string }, options?: EnsureOptions): Promise<Ensured>;
}

/** A role; journaled as `{ roleid }`. */
export interface RoleHandle {
  readonly roleid: string;
  get(): Promise<{ roleid: string; privs: string[] }>;
  /** Has these privileges then, or with `append` these too. @permission proxmox: write */
  update(changes: { privs: readonly string[] | string; append?: boolean }): Promise<{ roleid: string; privs: string[] }>;
  /** @throws `proxmox.in-use` @permission proxmox: write */
  delete(options?: Force): Promise<boolean>;
}

/** Whose right it is: a user, a group or a token. */
export type AclWhom = { user: string } | { group: string } | { token: string };

export interface Acl {
  list(): Promise<Fields[]>;
  /** The entries of one whom on one path. */
  find(wanted: { path: string } & AclWhom): Promise<Fields[]>;
  /** @permission proxmox: write */
  grant(entry: { path: string; role?: string; roles?: readonly string[]; propagate?: boolean | 0 | 1 } & AclWhom): Promise<void>;
  /** @permission proxmox: write */
  revoke(entry: { path: string; role?: string; roles?: readonly string[] } & AclWhom): Promise<void>;
  /** Just these roles on that path, in any order; none of them with `roles: []`. @permission proxmox: write */
  ensure(entry: { path: string; role?: string; roles?: readonly string[]; propagate?: boolean | 0 | 1 } & AclWhom, options?: EnsureOptions): Promise<Ensured>;
}

/** What a pool is to be; `vms` and `storage`, when given, are all its members, in any order. */
export interface PoolSpec {
  poolid: string;
  comment?: string | null;
  vms?: readonly number[];
  storage?: readonly string[];
  /** Whether guests are taken out of the pools that they are in; default false. */
  move?: boolean;
}

export interface Pools {
  list(): Promise<Fields[]>;
  /** With `members`, and their ids in `vms` and `storage`; `null` when there is none. */
  find(poolid: string): Promise<Fields | null>;
  /** @throws `proxmox.pool-not-found` */
  get(poolid: string): Promise<PoolHandle>;
  /** @throws `proxmox.exists`, `proxmox.spec` @permission proxmox: write */
  create(spec: PoolSpec): Promise<PoolHandle>;
  /** @permission proxmox: write */
  ensure(spec: PoolSpec, options?: EnsureOptions): Promise<Ensured>;
}

/** A pool; journaled as `{ poolid }`. Methods fail with `proxmox.pool-not-found`. */
export interface PoolHandle {
  readonly poolid: string;
  get(): Promise<Fields>;
  /** @permission proxmox: write */
  update(changes: Partial<Omit<PoolSpec, 'poolid'>>): Promise<Fields>;
  /** @permission proxmox: write */
  add(members: { vms?: readonly number[]; storage?: readonly string[]; move?: boolean }): Promise<Fields>;
  /** @permission proxmox: write */
  remove(members: { vms?: readonly number[]; storage?: readonly string[] }): Promise<Fields>;
  /** `false` when there was none; `force` takes its members out first. @throws `proxmox.pool-not-empty` @permission proxmox: write */
  delete(options?: Force): Promise<boolean>;
}

/** A task; journaled as `{ upid }`. */
export interface TaskHandle {
  readonly upid: string;
  /** `status` is running or stopped; `exitstatus` says how it ended. */
  status(): Promise<Fields>;
  /**
   * Waits for its end; default limit `'6h'`.
   *
   * @throws `proxmox.task-failed` with the last lines in `details.log`
   * @throws `proxmox.task-timeout`; the task goes on
   */
  wait(options?: { timeout?: Duration; signal?: AbortSignal }): Promise<Fields>;
  /** Its lines, `{ n, t }`; with `follow` up to its end. */
  log(options?: { follow?: boolean }): AsyncIterable<{ n: number; t: string }>;
  /** Ends it. @permission proxmox: write */
  stop(): Promise<void>;
}
