import type { Secret } from 'hearth:secret';
import type { Duration } from 'hearth:time';

/**
 * The playbooks of a folder, run by your own Ansible (ansible-core 2.14 and newer) with your `ansible.cfg`, inventories and
 * vaults: without an argument those of the current folder. A playbook may do whatever you may.
 *
 * @param project the name of a connection, or the folder spelled out
 * @throws `ansible.program-missing` at the first call, when Ansible is not there
 * @permission ansible: read; a folder that is spelled out needs `read`, and `program` needs `exec`
 * @example
 * import { ansible } from 'hearth:ansible';
 * export const recipe = { permissions: { ansible: 'read', read: ['.'] } };
 * export default async ({ log }) => log.info(`ansible-core ${await ansible({ dir: '.' }).version()}`);
 */
export function ansible(project?: string | ProjectSpec): Ansible;

/**
 * An inventory of machines as other modules tell of them: VMs of Proxmox, hosts of a Terraform output, containers. It is plain data, for
 * `inventory` of a run, or as what a recipe for `hearth inventory` returns. Nothing is asked of anybody.
 *
 * @param machines a list, or by name: an address, or what is known of it
 * @param options.groupBy the field that names groups, several, or a function that gives their names; default `'tags'`. What Ansible
 *   does not take in a name of a group becomes `_`
 * @param options.group one that all are in
 * @param options.user who logs in where the machine does not say; `port` and `key` (a file) likewise
 * @param options.vars variables of all
 * @throws `ansible.option` for a machine without a name, one that is there twice, a host key that is none
 * @example
 * const inventory = inventoryFrom({ web1: '10.0.0.5', db1: { host: 'ssh://admin@10.0.0.6:2222', tags: 'db' } }, { user: 'debian' });
 */
export function inventoryFrom(
  machines: readonly Machine[] | { readonly [name: string]: string | Omit<Machine, 'name'> },
  options?: {
    groupBy?: string | readonly string[] | ((machine: any) => string | readonly string[] | undefined);
    group?: string | readonly string[];
    user?: string;
    port?: number;
    key?: string;
    vars?: Readonly<Record<string, unknown>>;
  },
): InventoryObject;

/** What is known of a machine. Other fields, such as `node`, are for `groupBy`. */
export interface Machine {
  /** Default: what Docker has in `Names`, or `vm` and the number of a VM. */
  readonly name?: string;
  /** Default: the first of `addresses` that is IPv4, else the first; else what `host` says; else its name. */
  readonly address?: string;
  readonly addresses?: readonly string[];
  /** `user@address:port`, also with `ssh://` before it. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  /** The file of the private key. */
  readonly key?: string;
  /** Its public host key, `'ssh-ed25519 AAAA…'`: then no other is accepted, whatever files of known hosts say. */
  readonly hostKey?: string;
  /** A list, or a text with `;` between, as Proxmox has it. */
  readonly tags?: string | readonly string[];
  readonly groups?: string | readonly string[];
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly [field: string]: any;
}

/** Where playbooks are and what runs them. */
export interface ProjectSpec {
  /** The folder that Ansible runs in; default: the current one. With `repository` a folder in that; default: its root. */
  dir?: string;
  /**
   * A repository of git: a URL of `https`, `ssh`, `git` or `file` without a password, or `user@host:path`. Your own `git` checks it out when
   * something of it is first needed, without hooks and submodules, into a private folder that is gone when the run is over. All of a run
   * sees the same commit. A recipe that names it needs `exec: ['git']`.
   *
   * @example
   * const infra = ansible({ repository: 'https://git.example.org/infra.git', ref: 'v1.4' });
   */
  repository?: string;
  /** A tag, a branch or a whole commit of the repository; default: its head. */
  ref?: string;
  /**
   * The folder of Ansible's programs, or the path of its `ansible-playbook`; default: those that Hearth installed, the newest or those of
   * `version`; where there are none, those on PATH.
   */
  program?: string;
  /** Which of the versions that Hearth installed; default: the newest. */
  version?: string;
  /** Where `install` gets packages from: the URL of an index of packages; default: as your pip is configured. */
  index?: string;
}

/** One folder. Making it runs nothing. */
export interface Ansible {
  /**
   * The version of ansible-core, such as `2.14.18`.
   *
   * @permission ansible: read
   */
  version(): Promise<string>;
  /**
   * The commit of the repository that this run sees; `null` for a folder of this machine.
   *
   * @throws `ansible.no-ref`; `ansible.program-failed` with `details.stderr` where git cannot have it
   * @permission ansible: read; a repository that the recipe names needs `exec` of `git`
   */
  commit(): Promise<string | null>;
  /** A playbook, by its path from the folder on. Nothing is read before it is run. */
  playbook(file: string): Playbook;
  /**
   * Runs one module, and gives what it returned. Files of this machine that it reads have absolute paths.
   *
   * @param name such as `copy` or `ansible.builtin.copy`
   * @param args its options; a text for those that take a command
   * @param options.hosts a pattern of hosts; default `'all'`
   * @throws as `run` of a playbook
   * @permission ansible: write
   * @example
   * const { results } = await ansible().module('command', 'uptime -p', { hosts: 'web' });
   */
  module(name: string, args?: string | Readonly<Record<string, unknown>>, options?: ModuleOptions): Promise<ModuleResult>;
  /** An inventory; default: those that you configured. */
  inventory(source?: InventorySource): InventoryHandle;
  readonly vault: Vaults;
  /**
   * Installs an ansible-core for you, in a virtual environment of its own in Hearth's data, as `hearth ansible install` does. From then on it
   * runs playbooks, unless a connection has `program` or `version`. The newest Python on PATH that runs the version makes the environment,
   * and the environment's own pip gets the packages, from where your pip is configured to. They are fetched first, and what came is then
   * installed by its hashes. What is there already stays as it is; what fails leaves nothing.
   *
   * @param options.version of ansible-core, such as `'2.19.11'`; default: the newest that a Python of yours runs
   * @param options.with more packages, each as `'NAME==VERSION'`
   * @param options.locked the path of a file of requirements with hashes, such as the `lock` of another installation: exactly these
   * @param options.index the URL of an index, without a password; default: that of the connection, else as your pip is configured
   * @param options.sources whether archives of sources are taken, too: their code is run to build them; default `false`
   * @param options.timeout for each program that is run; default: none
   * @throws `ansible.python-missing`, `ansible.python-without-venv`, `ansible.package-lock`
   * @throws `ansible.install-failed` with `details.stderr`: no index, no such version, a wrong hash
   * @permission ansible: write; `locked` needs `read`
   * @example
   * const { version, packages } = await ansible().install({ version: '2.19.11', with: 'proxmoxer==2.2.0' });
   */
  install(options?: {
    version?: string;
    with?: string | readonly string[];
    locked?: string;
    index?: string;
    sources?: boolean;
    timeout?: Duration;
    signal?: AbortSignal;
  }): Promise<InstalledAnsible>;
  /**
   * Those that Hearth installed, the newest first.
   *
   * @permission ansible: read
   */
  installed(): Promise<readonly InstalledAnsible[]>;
  /**
   * Removes one that Hearth installed; `false` where it was not installed.
   *
   * @permission ansible: write
   */
  uninstall(version: string): Promise<boolean>;
  /**
   * The playbooks that there are, by reading files; none is run. A file of YAML is one when all that it lists are plays or imports.
   *
   * @param paths files and folders (not those below them); default: the folder and its `playbooks`
   * @throws `ansible.yaml` with `details.file` and `line`, `ansible.file-too-large` (over 4 MiB), `ansible.no-file`
   * @throws `ansible.outside` for a link that leads out of the folder
   * @permission ansible: read
   * @example
   * for (const { file, plays } of await ansible().playbooks()) log.info(`${file}: ${plays.map(({ hosts }) => hosts)}`);
   */
  playbooks(paths?: string | readonly string[]): Promise<readonly PlaybookInfo[]>;
  /**
   * The roles in `roles` and `playbooks/roles`, those of the project's collections, and the folder itself where it is one.
   *
   * @throws as `playbooks`
   * @permission ansible: read
   */
  roles(): Promise<readonly RoleInfo[]>;
  /**
   * The collections in the folder's own `collections`, with their versions.
   *
   * @throws as `playbooks`
   * @permission ansible: read
   */
  collections(): Promise<readonly CollectionInfo[]>;
  /**
   * Roles and collections of others that the project needs.
   *
   * @param file default: `requirements.yml`, else the one in `collections` or `roles`
   */
  requirements(file?: string): RequirementsHandle;
}

/** An Ansible that Hearth installed. */
export interface InstalledAnsible {
  /** Of ansible-core. */
  readonly version: string;
  /** The version of its Python. */
  readonly python: string;
  /** The folder of its programs, which no recipe can read. */
  readonly folder: string;
  /** All that is in its environment. */
  readonly packages: readonly { readonly name: string; readonly version: string; readonly sha256: string }[];
  /** The same as a file of requirements with hashes, for `locked`. */
  readonly lock: string;
  /** Whether it was installed just now. */
  readonly changed: boolean;
}

/** A file of requirements. */
export interface RequirementsHandle {
  /**
   * What it asks for.
   *
   * @throws `ansible.requirement`, `ansible.yaml`, `ansible.no-file`
   * @permission ansible: read
   */
  list(): Promise<{ readonly file: string; readonly roles: readonly Requirement[]; readonly collections: readonly Requirement[] }>;
  /**
   * Installs all of it by `ansible-galaxy`, fetched first and then put in its place whole, and writes `requirements.lock.json` beside
   * the file: commits, versions, hashes of archives and of all files. What is there already with the same content stays.
   *
   * @param options.path the folder that gets `roles` and `collections`; default: that of the project
   * @param options.offline whether nothing is had from elsewhere; default `false`
   * @param options.force whether those that are there and differ are replaced; default `false`
   * @param options.locked whether exactly what the lock says is installed, and anything else refused; default `false`
   * @param options.timeout for each of the two runs of `ansible-galaxy`; default: none
   * @throws `ansible.requirement`, `ansible.program-failed` with `details.stderr`
   * @throws `ansible.installed-differs`, `ansible.lock-drift`: then nothing was installed
   * @throws `ansible.lock-missing`, `ansible.lock-unreadable`
   * @permission ansible: write, and `read` and `write` for the folder
   * @example
   * const { changed, installed } = await ansible({ dir: 'infra' }).requirements().install({ locked: true });
   */
  install(options?: {
    path?: string;
    offline?: boolean;
    force?: boolean;
    locked?: boolean;
    timeout?: Duration;
    signal?: AbortSignal;
  }): Promise<{
    readonly changed: boolean;
    /** Also those that others need. */
    readonly installed: readonly { readonly type: 'role' | 'collection'; readonly name: string; readonly version: string | null; readonly changed: boolean }[];
    /** The path of the lock. */
    readonly lock: string;
  }>;
}

/** A role or collection that is asked for. */
export interface Requirement {
  readonly type: 'role' | 'collection';
  /** What a role is installed as; of a collection that is not from the galaxy: its source. */
  readonly name: string;
  readonly from: 'galaxy' | 'git' | 'url' | 'file' | 'dir';
  /** `null`: the galaxy that is configured. */
  readonly source: string | null;
  /** As it is asked for; `null`: the newest. */
  readonly version: string | null;
}

/** A playbook as its file describes it; templates (`{{ … }}`) stay as they are written. */
export interface PlaybookInfo {
  /** From the folder on. */
  readonly file: string;
  readonly plays: readonly {
    readonly name: string | null;
    readonly hosts: string;
    /** Of the play, its roles and the tasks that stand in it; roles and files of tasks may have more. */
    readonly tags: readonly string[];
    /** Also those that its tasks import or include. */
    readonly roles: readonly string[];
    readonly collections: readonly string[];
    /** `prompt`: what Ansible would ask; Hearth has no terminal for it, so give the variable in `extraVars`. */
    readonly variables: readonly { readonly name: string; readonly value: any; readonly prompt: string | null; readonly secret: boolean }[];
    readonly variableFiles: readonly string[];
    readonly line: number;
  }[];
  readonly imports: readonly { readonly playbook: string; readonly line: number }[];
}

/** A role as its meta data, argument specs and defaults describe it. Values in vaults are `{ __ansible_vault: … }`, closed. */
export interface RoleInfo {
  /** As playbooks name it; those of collections are `namespace.collection.role`. */
  readonly name: string;
  /** From the folder on. */
  readonly path: string;
  readonly description: string | null;
  /** What it takes by its entry point `main`. */
  readonly arguments: readonly RoleArgument[];
  readonly entryPoints: readonly { readonly name: string; readonly description: string | null; readonly arguments: readonly RoleArgument[] }[];
  readonly dependencies: readonly { readonly role: string; readonly version: string | null; readonly source: string | null }[];
  readonly tags: readonly string[];
  readonly collections: readonly string[];
  /** The oldest ansible-core that it says it works with. */
  readonly minimumAnsible: string | null;
}

export interface RoleArgument {
  readonly name: string;
  /** In Ansible's words: `str`, `int`, `float`, `bool`, `list`, `dict`, `path`, `raw` … */
  readonly type: string;
  /** The type of a list's items. */
  readonly elements: string | null;
  readonly required: boolean;
  /** `null` also where there is none. */
  readonly default: any;
  readonly choices: readonly any[] | null;
  readonly description: string | null;
  /** Whether it is kept out of what is told. */
  readonly secret: boolean;
  /** Whether an argument spec declares it; else the defaults show that it is there, and the type is that of its default. */
  readonly declared: boolean;
  /** What a `dict` has. */
  readonly options: readonly RoleArgument[];
}

export interface CollectionInfo {
  readonly name: string;
  readonly version: string | null;
  /** From the folder on. */
  readonly path: string;
  readonly description: string | null;
  /** Ranges of versions, by name. */
  readonly dependencies: { readonly [collection: string]: string };
  readonly roles: readonly string[];
}

/** A playbook. */
export interface Playbook {
  /**
   * Runs it. Awaited, it gives what came of it; in `for await`, what happens, as it happens. Leaving the loop ends it.
   *
   * @throws `ansible.task-failed` with `details.file`, `line`, `play`, `task`, `role`, `host`, `module`, `message`, `stdout`,
   *   `taskErrors`, the counts of all `hosts`, and what else was `lost`
   * @throws `ansible.unreachable` with the same details
   * @throws `ansible.syntax` with `details.file` and `line`
   * @throws `ansible.refused` when it did not begin, `ansible.stopped` when it ended half-way: `details.stderr` says why
   * @throws `ansible.no-file`, `ansible.option`, `process.timed-out`
   * @permission ansible: write, and `read` for what is named outside of a stored connection's folder
   * @example
   * const run = ansible().playbook('site.yml').run({ limit: 'web', diff: true });
   * for await (const event of run) if (event.kind === 'changed') log.info(`${event.host}: ${event.task}`);
   * const { changed } = await run;
   */
  run(options?: RunOptions): PlaybookRun;
  /** The same in check mode, with differences: tells what would change. Tasks with `check_mode: false` run. */
  check(options?: RunOptions): PlaybookRun;
}

/** A playbook on its way. `for await` has to begin before any `await`. */
export interface PlaybookRun extends Promise<PlayResult>, AsyncIterable<PlayEvent> {}

/** What playbooks and modules take. */
export interface CommonOptions {
  /** Files and folders, or an inventory as an object; default: those that you configured. */
  inventory?: InventorySource;
  /** A pattern of hosts, such as `'web:!web3'`. */
  limit?: string;
  /** Variables that win over all others. They go by a file that only you can read; Secrets may be among them. */
  extraVars?: Readonly<Record<string, unknown>>;
  /** Whether tasks run as another user; default: as the playbook says. */
  become?: boolean;
  /** Which one; default `root`. */
  becomeUser?: string;
  /** Whether nothing is changed; default `false`. */
  check?: boolean;
  /** Whether differences of files are told; default `false`. */
  diff?: boolean;
  /** What opens vaults, beside what `ansible.cfg` names. */
  vault?: VaultKey | readonly VaultKey[];
  /** How many hosts at once; default: as configured, else 5. */
  forks?: number;
  /** Who logs in; default: as the inventory says. */
  user?: string;
  /** How long all of it may take; default: as long as it likes. Then it is ended with all that it started. */
  timeout?: Duration;
  /** Ends it with all that it started: SIGTERM, and 5 s later SIGKILL. */
  signal?: AbortSignal;
}

export interface RunOptions extends CommonOptions {
  /** Only tasks with one of these tags. */
  tags?: string | readonly string[];
  /** Not those with one of these. */
  skipTags?: string | readonly string[];
  /** The name of the task to begin with. */
  startAt?: string;
}

export interface ModuleOptions extends CommonOptions {
  /** A pattern of hosts; default `'all'`. */
  hosts?: string;
}

/** A password, or where it stands; a `file` that can be executed is run, and prints it. */
export type VaultKey = string | Secret | { id?: string; password: string | Secret } | { id?: string; file: string };

/** A path, several, or an object. */
export type InventorySource = string | readonly string[] | InventoryObject;

/** Groups by name, or one group, whose hosts are all. Names of groups have letters, digits and `_`. */
export type InventoryObject = InventoryGroup | { readonly [group: string]: InventoryGroup };

export interface InventoryGroup {
  /** Hosts with their variables, such as `ansible_host`, or their names alone. */
  hosts?: readonly string[] | { readonly [host: string]: Readonly<Record<string, unknown>> | null };
  /** Variables of all of them; Secrets may be among them. */
  vars?: Readonly<Record<string, unknown>>;
  children?: readonly string[] | { readonly [group: string]: InventoryGroup | null };
}

/** What came of a playbook. */
export interface PlayResult {
  /** Whether anything was changed on any host (or would be, in check mode). */
  readonly changed: boolean;
  readonly hosts: { readonly [host: string]: HostCounts };
  /** The tasks that changed something, in order. */
  readonly changes: readonly { host: string; task: string; role?: string | null; file?: string | null; line?: number | null }[];
}

/** How many tasks ended how. `ok` counts those that changed something, too. */
export interface HostCounts {
  readonly ok: number;
  readonly changed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unreachable: number;
  readonly rescued: number;
  readonly ignored: number;
}

export interface ModuleResult {
  readonly changed: boolean;
  readonly hosts: { readonly [host: string]: HostCounts };
  /** What the module returned, by host, in its own fields. */
  readonly results: { readonly [host: string]: Readonly<Record<string, any>> };
}

/**
 * Something that happened. `play` and `task` begin; `ok`, `changed`, `failed`, `skipped` and `unreachable` end a task on a host;
 * `retry` and `item` come before that, `diff` with it; `no-hosts`: nobody matches a play. Texts are cut at 64 KiB.
 */
export interface PlayEvent {
  readonly kind:
    | 'play' | 'task' | 'no-hosts'
    | 'ok' | 'changed' | 'failed' | 'skipped' | 'unreachable'
    | 'retry' | 'item' | 'diff';
  readonly play?: string;
  readonly task?: string;
  readonly role?: string;
  /** The module, as the playbook names it. */
  readonly action?: string;
  readonly file?: string;
  readonly line?: number;
  /** Whether a task that begins is a handler. */
  readonly handler?: boolean;
  readonly host?: string;
  /** What the module said; `hidden by no_log` where it may not be told. */
  readonly message?: string;
  readonly hidden?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
  /** The exit status of a command. */
  readonly status?: number;
  /** In milliseconds, since the task began on the host. */
  readonly duration?: number;
  /** Whether a failure does not count. */
  readonly ignored?: boolean;
  /** Of a retry: which one, and how many there are. */
  readonly attempt?: number;
  readonly attempts?: number;
  /** One of a loop, and how it ended. */
  readonly item?: string;
  readonly state?: 'ok' | 'changed' | 'failed' | 'skipped';
  /** A unified difference. */
  readonly diff?: string;
}

/** An inventory. */
export interface InventoryHandle {
  /**
   * Its groups and hosts with their variables, as `ansible-inventory` resolves them. Programs that are inventories are run.
   *
   * @throws `ansible.program-failed`, `ansible.no-file`, `ansible.option`
   * @permission ansible: read, and `read` for its files
   */
  list(options?: { limit?: string; vault?: VaultKey | readonly VaultKey[] }): Promise<Inventory>;
}

export interface Inventory {
  readonly groups: { readonly [group: string]: { readonly hosts: readonly string[]; readonly children: readonly string[] } };
  /** Variables by host. */
  readonly hosts: { readonly [host: string]: Readonly<Record<string, any>> };
}

/** Vaults. A password goes to `ansible-vault` by a file that only you can read. */
export interface Vaults {
  /**
   * A text that only the password opens, as a whole file of a vault has it.
   *
   * @throws `ansible.option` for a password that is empty, has several lines, or begins or ends with a blank
   * @permission ansible: read
   */
  encrypt(text: string | Secret, password: string | Secret): Promise<string>;
  /**
   * What is in a vault, as a Secret.
   *
   * @throws `ansible.vault` for another password, and for what is no vault
   * @permission ansible: read
   */
  decrypt(vault: string, password: string | Secret): Promise<Secret>;
  /**
   * Gives a file another password, at once; it keeps its mode and its vault's id.
   *
   * @throws `ansible.vault`, `ansible.no-file`
   * @permission ansible: write, and `read` and `write` for the file
   */
  rekey(file: string, passwords: { from: string | Secret; to: string | Secret }): Promise<void>;
}
