import type { Secret } from 'hearth:secret';

/**
 * Hosts that are reached by SSH, with your `~/.ssh/config`, keys, agent and `known_hosts`. Each has one connection for the
 * whole run, opened when it is first needed.
 *
 * @permission ssh: write
 * @example
 * import { ssh } from 'hearth:ssh';
 * export const recipe = { permissions: { ssh: 'write' } };
 * export default async () => (await ssh('web1').run`uname -s`).text();
 */
export function ssh(target: string | HostSpec): Host;

/**
 * Many hosts: the same work on each, by default on 20 at a time. What comes of it stands by the host's name, in the order in
 * which they were named.
 *
 * @param options.limit on how many at the same time; default 20
 * @param options.failFast whether the first failure ends it all, and is thrown; default `false`: all failures are results
 * @throws `ssh.option`
 * @permission ssh: write
 * @example
 * import { hosts } from 'hearth:ssh';
 * export const recipe = { permissions: { ssh: 'write' } };
 * export default async ({ log }) => {
 *   for (const [name, { ok, value, error }] of Object.entries(await hosts(['web1', 'web2']).run`uname -n`)) {
 *     log.info(`${name}: ${ok ? value : error.message}`);
 *   }
 * };
 */
export function hosts(
  targets: (string | HostSpec)[],
  options?: { limit?: number; failFast?: boolean },
): Hosts;

export interface Hosts {
  run: RunOnAll;
  sudo: RunOnAll;
  /** Any work; `signal` is aborted when another host failed and `failFast` is set. */
  each<T>(
    work: (host: Host, context: { name: string; signal: AbortSignal }) => T | Promise<T>,
  ): Promise<Record<string, Result<T>>>;
}

export interface RunOnAll {
  (text: TemplateStringsArray, ...values: unknown[]): Promise<Record<string, Result<Output>>>;
  (options: RunOptions): RunOnAll;
}

/** What came of the work on one host. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly error?: undefined }
  | { readonly ok: false; readonly error: Error; readonly value?: undefined };

/** A number with its unit: `'500ms'`, `'30s'`, `'5m'`, `'2h'`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** A host that is spelled out. It needs `net` for its address, and `read` for its `key`. */
export interface HostSpec {
  /** Name, address, or alias of `~/.ssh/config`. */
  host: string;
  /** Default: what `~/.ssh/config` says, else the local user. */
  user?: string;
  /** Default: what `~/.ssh/config` says, else 22. */
  port?: number;
  /** The only private key to log in with. Default: the agent's and those of `~/.ssh/config`. */
  key?: string;
  /** Hosts on the way, as `ProxyJump` has them: `'admin@gate.lan:2222'`. */
  jump?: string;
  /** The fingerprint that the host's key must have, in place of `known_hosts`: `'SHA256:…'`. */
  hostKey?: string;
  password?: string | Secret;
  /** Of the private key. */
  passphrase?: string | Secret;
  /** The text of the only private key to log in with, in place of a file. Neither the agent nor other keys are asked. */
  privateKey?: string | Secret;
  /** Default: `password`. */
  sudoPassword?: string | Secret;
}

export interface Host {
  /**
   * Runs a command there, and is done when it has ended. Every value is one word, an array several; a value where a shell
   * would read code (inside of quotes, for one) is refused.
   *
   * @throws `ssh.exit-status` unless it ended with 0, `ssh.timed-out`, `ssh.output-too-large` beyond 16 MiB
   * @throws `ssh.value`, `ssh.value-as-code`, `ssh.command-malformed`
   * @throws `ssh.secret-as-word` for a Secret: other users of the host see a command's words; `stdin` and `env` take it
   * @throws `ssh.host-key-unknown`, `ssh.host-key-changed`, `ssh.authentication-failed`, `ssh.lost`, and others of the kind
   * @permission ssh: write
   */
  run: Run;
  /**
   * The same through sudo.
   *
   * @throws `ssh.sudo-password`, `ssh.sudo-password-missing`, `ssh.sudo-refused`
   * @permission ssh: write
   */
  sudo: Run;
  /**
   * What the host is, asked with one command.
   *
   * @permission ssh: read
   */
  facts(): Promise<Facts>;
  /**
   * The fingerprint of the key that the host shows now, as `ssh-keyscan` tells it: `'SHA256:…'`. Nobody logs in, `known_hosts` is
   * neither read nor written, and nothing says that it is the right host: for a machine that was made a moment ago, whose key
   * is then pinned with `hostKey`.
   *
   * @permission ssh: read
   */
  hostKey(): Promise<string>;
  /**
   * Copies a file or a folder of this machine to the host, by SFTP. `to` is what it is called there; one that ends with `/` is
   * the folder that it goes into. Each file has another name until all of it is there, and then takes the place of the old one
   * at once; a folder is filled and nothing in it is removed. Links are not copied and not followed. Eight files are on their
   * way at the same time, and no byte enters the recipe.
   *
   * Awaited, it is what was copied; in `for await`, how far it is.
   *
   * @throws `ssh.target-is-folder`, `ssh.source-not-copied`, `ssh.checksum-wrong`, `ssh.file-not-found`, `ssh.file-denied`,
   * `ssh.file-failed`, `ssh.sftp-missing`, `ssh.mode`, `ssh.copy-abandoned` when the loop over the progress was left
   * @permission ssh: write, and read for the path here
   * @example
   * import { fs } from 'hearth:fs';
   * import { ssh } from 'hearth:ssh';
   * export const recipe = { permissions: { ssh: 'write', read: ['/tmp'], write: ['/tmp'] } };
   * export default async ({ log }) => {
   *   const page = await fs.tempFile({ folder: '/tmp' });
   *   await fs.write(page, '<h1>It works</h1>');
   *   const { sizeBytes } = await ssh('web1').upload(page, '/tmp/hearth-index.html', { mode: '0644', verify: true });
   *   log.info(`${sizeBytes} bytes`);
   *   await ssh('web1').remove('/tmp/hearth-index.html');
   * };
   */
  upload(from: string, to: string, options?: CopyOptions): Copy;
  /**
   * Copies a file or a folder of the host to this machine, in the same way. A name in the host's answer that would lead out of
   * the folder ends it.
   *
   * @throws `ssh.name-refused`, `file.…`, and those of `upload`
   * @permission ssh: write, and write for the path here
   * @example
   * import { ssh } from 'hearth:ssh';
   * export const recipe = { permissions: { ssh: 'write', write: ['/tmp'] } };
   * export default async ({ log }) => {
   *   for await (const { bytes, totalBytes } of ssh('web1').download('/etc/os-release', '/tmp/hearth-os-release')) {
   *     log.info(`${bytes} of ${totalBytes} bytes`);
   *   }
   * };
   */
  download(from: string, to: string, options?: CopyOptions): Copy;
  /**
   * The content of a file there as text, at most 16 MiB. A path without a `/` in front, or with `~/`, begins where a login begins.
   *
   * @throws `ssh.file-not-found`, `ssh.file-denied`, `ssh.file-failed`, `ssh.file-too-large`
   * @permission ssh: read
   */
  read(path: string): Promise<string>;
  /** The same as bytes. @permission ssh: read */
  bytes(path: string): Promise<Uint8Array>;
  /**
   * Replaces or creates a file at once: nobody there sees half of it. A link is followed.
   *
   * @param options.mode such as `'0600'`; default: that of the file that is replaced, or what a new one gets there
   * @throws `ssh.mode`, `ssh.file-denied`, `ssh.file-failed`
   * @permission ssh: write
   */
  write(path: string, data: string | Secret | Uint8Array, options?: { mode?: string }): Promise<void>;
  /** What is in a folder, sorted by name; default: where a login begins. @permission ssh: read */
  list(folder?: string): Promise<RemoteEntry[]>;
  /** What stands at a path, behind links; `null` when nothing does. @permission ssh: read */
  stat(path: string): Promise<RemoteStat | null>;
  /** Makes a folder and those above it; one that is already there is kept. @permission ssh: write */
  mkdir(path: string): Promise<void>;
  /**
   * Removes a file, a link or a folder; nothing happens when it is not there.
   *
   * @param options.recursive whether a folder goes with all that is in it; default `false`
   * @throws `ssh.folder-not-empty`
   * @permission ssh: write
   */
  remove(path: string, options?: { recursive?: boolean }): Promise<void>;
  /**
   * Listens at an address of this machine; what comes there goes to `to`, as the host reaches it. Closed by `close()`, at the
   * latest when the run ends.
   *
   * @param spec.to host and port: `'db:5432'`, `'localhost:8006'` for the host itself
   * @param spec.host where to listen; default `'127.0.0.1'`
   * @param spec.port default: any free one
   * @throws `ssh.host-malformed`, `net.listen-failed`
   * @permission ssh: write, and listen for the address here; what the host reaches is covered by `ssh`
   * @example
   * import { ssh } from 'hearth:ssh';
   * export const recipe = { permissions: { ssh: 'write', listen: ['127.0.0.1:0'] } };
   * export default async ({ log }) => {
   *   const tunnel = await ssh('web1').forward({ to: 'localhost:5432' });
   *   log.info(`the database answers at ${tunnel.host}:${tunnel.port}`);
   *   await tunnel.close();
   * };
   */
  forward(spec: PortSpec): Promise<Tunnel>;
  /**
   * Has the host listen; what comes there goes to `to`, as this machine reaches it.
   *
   * @param spec.host where the host listens; default `'localhost'`, for its own programs alone
   * @throws `ssh.listen-refused`, `ssh.host-malformed`
   * @permission ssh: write, and net for `to`
   */
  forwardBack(spec: PortSpec): Promise<Tunnel>;
  readonly pkg: {
    /**
     * Packages that are installed, or are not, by apt, dnf, zypper, pacman or apk, whichever the host has. `before` and `after`
     * are versions by name, `null` for what is not installed.
     *
     * @throws `ssh.no-package-manager`, `ssh.spec-wrong`, `ssh.ensure-failed` with what the host said
     * @permission ssh: write
     * @example
     * import { ssh } from 'hearth:ssh';
     * export const recipe = { permissions: { ssh: 'write' } };
     * export default async ({ log }) => {
     *   const { changed, after } = await ssh('web1').pkg.ensure({ name: 'dpkg' });
     *   log.info(`dpkg ${after.dpkg}, ${changed ? 'installed now' : 'it was there'}`);
     * };
     */
    ensure(spec: PackageSpec): Promise<Change<Record<string, string | null>>>;
  };
  readonly service: {
    /**
     * A service that runs or does not, and starts with the host or does not, by systemd or OpenRC. What is not said is left.
     *
     * @throws `ssh.service-not-found`, `ssh.no-service-manager`, `ssh.spec-wrong`, `ssh.ensure-failed`
     * @permission ssh: write
     */
    ensure(spec: {
      name: string;
      state?: 'started' | 'stopped';
      enabled?: boolean;
      sudo?: boolean;
    }): Promise<Change<ServiceState>>;
  };
  readonly file: {
    /**
     * A file with this content, owner and mode, a folder, or nothing at that path. The content is compared by its hash, and
     * takes the place of the old one at once. A link at the path is replaced and never followed. The host has to be a Linux.
     *
     * @throws `ssh.file-in-the-way`, `ssh.spec-wrong`, `ssh.ensure-failed`
     * @permission ssh: write, and read for `source`
     * @example
     * import { ssh } from 'hearth:ssh';
     * export const recipe = { permissions: { ssh: 'write' } };
     * export default async () => {
     *   const { changed } = await ssh('web1').file.ensure({ path: '/tmp/motd', content: 'Welcome\n', mode: '0644' });
     *   return changed;
     * };
     */
    ensure(spec: FileSpec): Promise<Change<FileState>>;
  };
  readonly user: {
    /**
     * A user who is there, with at least these groups and keys, or who is not. Keys are written by the user, not by root. It
     * takes useradd and usermod; with BusyBox alone a user can be made, removed and put into groups.
     *
     * @throws `ssh.spec-wrong`, `ssh.ensure-failed`
     * @permission ssh: write
     */
    ensure(spec: UserSpec): Promise<Change<UserState>>;
  };
}

export interface PortSpec {
  to: string;
  host?: string;
  port?: number;
}

/** Ports that are forwarded. */
export interface Tunnel {
  /** Where it listens. */
  readonly host: string;
  readonly port: number;
  /** Closes it with all that goes through it. */
  close(): Promise<void>;
}

/** What `ensure` came to: run twice, the second time `changed` is `false`. */
export interface Change<T> {
  readonly changed: boolean;
  /** `null` where the thing was not there. */
  readonly before: T | null;
  readonly after: T | null;
}

export interface PackageSpec {
  name?: string;
  /** Several, in place of `name`. */
  names?: string[];
  /** Default: `'present'`, in whatever version. */
  state?: 'present' | 'latest' | 'absent';
  /** The exact one, as the package manager writes it; not with pacman. */
  version?: string;
  /** Whether the lists of packages are fetched before something is installed. Default: `false`. */
  refresh?: boolean;
  /** Whether changes are made by root through sudo. Default: `false`. */
  sudo?: boolean;
}

export interface ServiceState {
  readonly state: 'started' | 'stopped';
  /** `null` for one that others start, so that it cannot be enabled. */
  readonly enabled: boolean | null;
}

export interface FileSpec {
  /** Absolute. */
  path: string;
  /** Default: `'file'`. */
  state?: 'file' | 'folder' | 'absent';
  /** Default: what is there, or nothing in a new file. Of a Secret, neither size nor hash are told. */
  content?: string | Secret | Uint8Array;
  /** A file of this machine, in place of `content`. */
  source?: string;
  /** Such as `'0644'`. Default: what is there; for what is new `'0644'`, a Secret `'0600'`, a folder `'0755'`. */
  mode?: string;
  owner?: string;
  group?: string;
  /** Whether a folder goes with all that is in it. Default: `false`. */
  recursive?: boolean;
  /** Whether root looks and changes, through sudo. Default: `false`. */
  sudo?: boolean;
}

export interface FileState {
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
}

export interface UserSpec {
  name: string;
  /** Default: `'present'`. */
  state?: 'present' | 'absent';
  uid?: number;
  /** Beside others that the user is in already. */
  groups?: string[];
  shell?: string;
  home?: string;
  /** Usually the full name. */
  comment?: string;
  /** Whether a new one has a number of the system's. */
  system?: boolean;
  /** Lines as `id_ed25519.pub` has them, beside others that are there already. */
  authorizedKeys?: string[];
  /** Whether the home goes with the user. Default: `false`. */
  removeHome?: boolean;
  /** Whether root looks and changes, through sudo. Default: `false`. */
  sudo?: boolean;
}

export interface UserState {
  readonly uid: number;
  /** All of them, sorted. */
  readonly groups: string[];
  readonly shell: string;
  readonly home: string;
  readonly comment: string;
  /** Empty, too, where we may not read them. */
  readonly authorizedKeys: string[];
}

export interface CopyOptions {
  /** Whether modes and times are those of the source. Default: `false`. */
  preserve?: boolean;
  /**
   * Whether the SHA-256 of each file is compared before it takes its place. The host computes it with `sha256sum`, `shasum`,
   * `openssl` or `sha256`; where it has none of them, the file is read back. Default: `false`.
   */
  verify?: boolean;
  /** Of each file, such as `'0644'`. Default: that of the file that is replaced, or what a new one gets. */
  mode?: string;
  signal?: AbortSignal;
}

/** A copy on its way. */
export interface Copy extends PromiseLike<Copied> {
  catch<T>(rejected: (reason: unknown) => T): Promise<Copied | T>;
  finally(settled: () => void): Promise<Copied>;
  /** How far it is, some times a second; the last one is the end. Leaving the loop ends the copy. */
  [Symbol.asyncIterator](): AsyncIterator<CopyProgress>;
}

export interface CopyProgress {
  /** The file that was begun last, below the folder; empty for a file that is copied alone. */
  readonly path: string;
  readonly files: number;
  /** 0 while the folders are still being read. */
  readonly totalFiles: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface Copied {
  /** What it is called where it was copied to. */
  readonly path: string;
  readonly files: number;
  readonly folders: number;
  readonly sizeBytes: number;
  /** Links, devices, pipes and sockets, below the folder. */
  readonly skipped: string[];
}

export interface RemoteStat {
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly sizeBytes: number;
  /** When the content last changed: `'2026-11-25T08:30:00Z'`. */
  readonly modified: string;
  /** Such as `'0644'`. */
  readonly mode: string;
  /** The numbers of owner and group there. */
  readonly uid: number;
  readonly gid: number;
}

export interface RemoteEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly sizeBytes: number;
  readonly modified: string;
  readonly mode: string;
}

/** What a host told of itself; what it did not tell is `null` or empty. */
export interface Facts {
  readonly hostname: string;
  readonly kernel: string;
  /** As `uname -m` has it: `'x86_64'`. */
  readonly architecture: string;
  /** As its os-release has it: `{ id: 'debian', version: '12', name: 'Debian GNU/Linux 12 (bookworm)', like: [] }`. */
  readonly os: {
    readonly id: string | null;
    readonly version: string | null;
    readonly name: string | null;
    readonly like: string[];
  };
  readonly packageManager: 'apt' | 'dnf' | 'apk' | 'pacman' | 'zypper' | null;
  /** `'systemd'`, `'openrc'`, or the name of the first process. */
  readonly init: string | null;
  readonly cpus: number | null;
  readonly memoryBytes: number | null;
  /** With their prefix: `'10.0.0.5/24'`. */
  readonly addresses: string[];
  readonly disks: { readonly name: string; readonly sizeBytes: number }[];
}

export interface Run {
  (text: TemplateStringsArray, ...values: unknown[]): Command;
  /** The same with options. */
  (options: RunOptions): Run;
}

export interface RunOptions {
  /** The folder there. Default: where a login begins. */
  cwd?: string;
  /** Secrets in it do not stand in the command, where others could read them. */
  env?: Record<string, string | Secret>;
  /** What the command reads. Default: nothing. */
  stdin?: string | Secret | Uint8Array;
  /** How long it may run. Default: as long as it likes. */
  timeout?: Duration;
  /** The shell that the command is written for. Default: `'sh'`. */
  shell?: string;
  /** Whether a failure is a result. Default: `false`. */
  nothrow?: boolean;
  signal?: AbortSignal;
}

/** A command on its way. The methods that change it come before any `await`. */
export interface Command extends PromiseLike<Output> {
  nothrow(): Command;
  timeout(duration: Duration): Command;
  stdin(input: string | Secret | Uint8Array): Command;
  catch<T>(rejected: (reason: unknown) => T): Promise<Output | T>;
  finally(settled: () => void): Promise<Output>;
  /** Its standard output. */
  text(): Promise<string>;
  /** Its standard output as JSON. @throws `ssh.not-json` */
  json(): Promise<any>;
  /** Awaited, all lines; in `for await`, one by one as they come. */
  lines(): PromiseLike<string[]> & AsyncIterable<string>;
  [Symbol.asyncIterator](): AsyncIterator<string>;
}

/** How a command ended, in the shape of `hearth:shell`. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  /** 0 to 255; 128 and the signal's number when a signal ended it. */
  readonly exitCode: number;
  /** Such as `'SIGTERM'`; `null` when it ended by itself. */
  readonly signal: string | null;
  /** In milliseconds. */
  readonly duration: number;
  readonly ok: boolean;
  text(): string;
  lines(): string[];
  json(): any;
  /** The standard output without its last line break. */
  toString(): string;
}
