import type { Secret } from 'hearth:secret';

/**
 * A Docker engine, or Podman's service: without an argument the one that `docker` itself speaks to (`DOCKER_HOST`,
 * `DOCKER_CONTEXT`, the current context, else the socket that is there), unless Hearth knows a default connection.
 *
 * @param connection the name of a connection or of a Docker context, or the engine spelled out
 * @throws `docker.unreachable`, `docker.socket-denied`, `docker.not-docker`, `docker.engine-too-old` at the first call
 * @permission docker: read
 * @example
 * import { docker } from 'hearth:docker';
 * export const recipe = { permissions: { docker: 'read' } };
 * export default async ({ log }) => {
 *   for (const { Names, State } of await docker().containers.list({ all: true })) log.info(`${Names[0]} is ${State}`);
 * };
 */
export function docker(connection?: string | EngineSpec): Docker;

/** An engine that is spelled out. It needs `net` for its address, and `read` for its certificates. */
export interface EngineSpec {
  /** `unix:///run/docker.sock`, `tcp://nas.lan:2376`, `ssh://root@nas.lan`. */
  host: string;
  /** Folder of `ca.pem`, `cert.pem` and `key.pem`, as `DOCKER_CERT_PATH`; any of them may be missing. */
  certs?: string;
  /** SHA-256 of the engine's certificate, which is then believed whoever issued it. */
  fingerprint?: string;
}

/** One engine. Making it asks nothing of the engine; calls are in API 1.45, or the nearest that the engine speaks. */
export interface Docker {
  readonly containers: Containers;
  /** A container by its name or id. */
  container(name: string): ContainerHandle;
  /**
   * A Compose project. Nothing is read before something is asked of it.
   *
   * @param source a file; several, of which the later ones override; a folder (the default: the working directory), in which
   *   `compose.yaml` and its like are looked for, with the override beside it; or the model itself
   */
  compose(source?: string | string[] | ComposeModel, options?: ComposeOptions): ComposeProject;
  readonly images: Images;
  readonly networks: Networks;
  /** A network by its name or id. */
  network(name: string): NetworkHandle;
  readonly volumes: Volumes;
  /** A volume by its name. */
  volume(name: string): VolumeHandle;
  /**
   * What happens on the engine, as it tells it. Where the engine restarts meanwhile, the events go on from the last one,
   * without loss and without doubles. Leaving the loop ends it.
   *
   * @param options.since a time, by the engine's clock; default: from now on
   * @param options.until default: without end
   * @param options.filters in Docker's own words: `{ type: ['container'], event: ['die'] }`
   * @param options.reconnect how long the engine may be away; default `'5m'`
   * @permission docker: read
   * @example
   * for await (const { Type, Action, Actor } of docker().events({ filters: { event: ['die'] } })) {
   *   log.warn(`${Type} ${Actor.Attributes.name}: ${Action}`);
   * }
   */
  events(options?: {
    since?: string | Date;
    until?: string | Date;
    filters?: Record<string, string[]>;
    reconnect?: string;
  }): AsyncIterable<EngineEvent>;
  /** What takes how much room: as `docker system df -v`. @permission docker: read */
  diskUsage(): Promise<Record<string, unknown>>;
  /** That the engine answers: the version of the API that is spoken, its builder, its system. @permission docker: read */
  ping(): Promise<{ api: string; builder: string; os: string }>;
  /** An image by its name (`nginx`, `nas.lan:5000/app:2`, `app@sha256:…`) or its id. */
  image(name: string): ImageHandle;
  /**
   * Logs in to a registry, which the engine asks; used for the rest of the run, and kept nowhere. Logins that
   * `docker login` keeps are found by themselves, also those of credential helpers; but not for an engine that the
   * recipe spells out, since who runs that engine would read them.
   *
   * @param options.registry host and port; absent: the Docker Hub
   * @throws `docker.login-refused`
   * @permission docker: write
   */
  login(options: {
    registry?: string;
    username: string;
    password: string | Secret;
  }): Promise<{ registry: string; username: string }>;
  /** As `docker version` shows the server. Source of all fields: Docker's Engine API. */
  version(): Promise<Record<string, unknown>>;
  /** As `docker info` shows the server. */
  info(): Promise<Record<string, unknown>>;
  /**
   * Any request of the Engine API. An object in `params` is sent as JSON, as the API's `filters` are.
   *
   * @param path without the version: `/containers/json`
   * @permission docker: read for GET and HEAD, docker: write for the others
   * @throws `docker.not-found`, `docker.parameter`, `docker.conflict`, `docker.denied`, `docker.engine-failed`
   */
  request(
    method: string,
    path: string,
    options?: { params?: Record<string, unknown>; body?: unknown },
  ): Promise<unknown>;
}

export interface Containers {
  /** All that run; with `all` also those that do not. Fields are Docker's own. @permission docker: read */
  list(options?: {
    all?: boolean;
    /** Only the newest. */
    limit?: number;
    /** With `SizeRw` and `SizeRootFs`, in bytes, which takes the engine long. */
    size?: boolean;
    /** In Docker's own words: `{ label: ['role=web'], status: ['exited'] }`. */
    filters?: Record<string, string[]>;
    /**
     * The only fields that are wanted, as paths: `['Id', 'NetworkSettings.Networks']`. They are picked before the list reaches the
     * recipe, which makes long ones cheap. A dot within a name is written `\\.`.
     */
    select?: string[];
  }): Promise<ContainerSummary[]>;
  /** What `inspect` tells. @throws `docker.container-not-found` @permission docker: read */
  get(name: string): Promise<ContainerDetails>;
  /** The same; `null` when there is none. */
  find(name: string): Promise<ContainerDetails | null>;
  /**
   * Makes a container, in all its networks, and does not start it. Nothing is left of one that fails.
   *
   * @throws `docker.spec-key`, `docker.spec-value`, `docker.container-exists`, `docker.image-not-found`, `docker.network-not-found`
   * @permission docker: write
   */
  create(spec: ContainerSpec, options?: Making): Promise<ContainerHandle>;
  /**
   * Makes a container and starts it in the background. With `detach: false` it is a command instead: awaited it gives
   * what the container wrote and its exit status, in `for await` the lines of its stdout as they come.
   *
   * @throws those of `create`, `docker.container-state` when it does not start, `docker.container-failed` for a status that is not 0
   * @permission docker: write
   * @example
   * const web = await docker().containers.run({ name: 'web', image: 'nginx:1.27', ports: ['8080:80'] });
   * const { stdout } = await docker().containers.run({ image: 'alpine:3', command: 'id' }, { detach: false, remove: true });
   */
  run(spec: ContainerSpec, options?: Making & { detach?: true }): Promise<ContainerHandle>;
  run(
    spec: ContainerSpec,
    options: Making & {
      detach: false;
      /** Whether it is removed afterwards, with its volumes that have no name; also when it is left or stopped. */
      remove?: boolean;
      /** Whether a status that is not 0 is a result and no error. */
      nothrow?: boolean;
      timeout?: Duration;
    },
  ): ContainerCommand;
  /**
   * Makes a container what it is said to be. It is left alone when it is so, changed in place where the engine can
   * (limits, restart policy, networks), else made anew: the new one is made before the old one stops, takes its name and
   * its volumes without a name, and when it does not start the old one runs again. Keys are compared by what they mean;
   * another image under the same name counts. What an earlier `ensure` said and this one does not is taken away, and what
   * was never said is left as it is; limits, restart policy and networks that it has without being told are taken away, too.
   * Of a container that somebody else made only what is said is compared, but it must not publish more ports, nor
   * have more folders, volumes, devices or capabilities than the keys that are said.
   *
   * @param spec must have a `name`
   * @param options.start `false` leaves a container that does not run as it is
   * @throws those of `run`
   * @permission docker: write
   * @example
   * const { changed, changes } = await docker().containers.ensure({ name: 'web', image: 'nginx:1.27', restart: 'always' });
   */
  ensure(spec: ContainerSpec, options?: Making & { start?: boolean }): Promise<EnsuredContainer>;
  /** Removes those that do not run. @permission docker: write */
  prune(options?: {
    /** In Docker's own words: `{ until: ['24h'], label: ['role=job'] }`. */
    filters?: Record<string, string[]>;
  }): Promise<{ ContainersDeleted: string[]; SpaceReclaimed: number }>;
}

/** How the image of a container is got. */
export interface Making {
  /** Default: `missing`. */
  pull?: 'always' | 'missing' | 'never';
}

export interface EnsuredContainer {
  readonly changed: boolean;
  /** Keys of the specification that differed, `created` or `started`. */
  readonly changes: string[];
  /** Whether it is another container than before. */
  readonly recreated: boolean;
  readonly before: ContainerDetails | null;
  readonly after: ContainerDetails;
}

/** A number with its unit; several go together: `'500ms'`, `'30s'`, `'1m30s'`. */
export type Duration = string;
/** Bytes, or a number with a unit of 1024: `'512m'`, `'2GiB'`. */
export type ByteSize = number | string;
type Words = string | string[];
type Pairs<Value> = Record<string, Value> | string[];

/**
 * A container in the keys that the Compose specification has for services, with the same short and long forms. Relative
 * folders begin where Hearth was started, and `~` is the user's home, for which the recipe needs `env: ['HOME']`. Keys that
 * the Engine API cannot do (`build`, `depends_on` …) are refused.
 */
export interface ContainerSpec {
  /** As `container_name` of Compose, which may be written as well. */
  name?: string;
  container_name?: string;
  image: string;
  platform?: string;
  pull_policy?: 'always' | 'missing' | 'if_not_present' | 'never';
  /** A text is split into words as a shell does; no shell runs it, so `;`, `&`, `|`, `<` and `>` have to be in quotes. */
  command?: Words | null;
  entrypoint?: Words | null;
  /** A variable that is `null` is taken out of those of the image. Secrets may be values. */
  environment?: Pairs<string | number | boolean | null | object>;
  labels?: Pairs<string | number | boolean>;
  annotations?: Pairs<string>;
  user?: string | number;
  working_dir?: string;
  hostname?: string;
  domainname?: string;
  tty?: boolean;
  stdin_open?: boolean;
  init?: boolean;
  stop_signal?: string;
  stop_grace_period?: Duration;
  healthcheck?: {
    test?: Words;
    interval?: Duration;
    timeout?: Duration;
    start_period?: Duration;
    start_interval?: Duration;
    retries?: number;
    disable?: boolean;
  };
  /** `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`. */
  restart?: string | false;
  runtime?: string;
  logging?: { driver?: string; options?: Record<string, string | number> };
  /** `'8080:80'`, `'127.0.0.1:8080:80/tcp'`, `'3000-3005'`, or the long form. */
  ports?: (string | number | PublishedPort)[];
  expose?: (string | number)[];
  /** `'data:/var/lib'`, `'./folder:/srv:ro'`, `'/cache'`, or the long form. */
  volumes?: (string | Mount)[];
  volumes_from?: Words;
  tmpfs?: Words;
  storage_opt?: Record<string, string>;
  networks?: string[] | Record<string, Endpoint | null>;
  network_mode?: string;
  mac_address?: string;
  links?: Words;
  dns?: Words;
  dns_search?: Words;
  dns_opt?: Words;
  extra_hosts?: string[] | Record<string, Words>;
  mem_limit?: ByteSize;
  memswap_limit?: ByteSize;
  mem_reservation?: ByteSize;
  mem_swappiness?: number;
  shm_size?: ByteSize;
  oom_kill_disable?: boolean;
  oom_score_adj?: number;
  cpus?: number | string;
  cpu_shares?: number;
  /** In microseconds, or a duration. */
  cpu_period?: number | Duration;
  cpu_quota?: number | Duration;
  cpu_rt_period?: number | Duration;
  cpu_rt_runtime?: number | Duration;
  cpuset?: string;
  pids_limit?: number;
  ulimits?: Record<string, number | { soft: number; hard: number }>;
  devices?: (string | { source: string; target?: string; permissions?: string })[];
  device_cgroup_rules?: Words;
  gpus?: 'all' | DeviceRequest[];
  deploy?: {
    resources?: {
      limits?: { cpus?: number | string; memory?: ByteSize; pids?: number };
      reservations?: { memory?: ByteSize; devices?: DeviceRequest[] };
    };
  };
  blkio_config?: Record<string, unknown>;
  privileged?: boolean;
  cap_add?: Words;
  cap_drop?: Words;
  security_opt?: Words;
  read_only?: boolean;
  group_add?: (string | number)[];
  sysctls?: Pairs<string | number>;
  ipc?: string;
  pid?: string;
  uts?: string;
  userns_mode?: string;
  cgroup?: 'host' | 'private';
  cgroup_parent?: string;
  isolation?: string;
  /** Fields of the API's own, which go over all others: `{ HostConfig: { … } }`. */
  raw?: Record<string, unknown>;
}

export interface PublishedPort {
  target: number | string;
  /** A port of the host or a range to choose from; absent: the engine chooses. */
  published?: number | string;
  host_ip?: string;
  protocol?: 'tcp' | 'udp' | 'sctp';
  mode?: 'host' | 'ingress';
  app_protocol?: string;
  name?: string;
}

export interface Mount {
  type: 'volume' | 'bind' | 'tmpfs';
  source?: string;
  target: string;
  read_only?: boolean;
  consistency?: string;
  /** Of a volume only `selinux`. */
  bind?: { propagation?: string; create_host_path?: boolean; selinux?: 'z' | 'Z' };
  volume?: { nocopy?: boolean; subpath?: string };
  tmpfs?: { size?: ByteSize; mode?: number };
}

/** What a container is in a network. */
export interface Endpoint {
  aliases?: string[];
  ipv4_address?: string;
  ipv6_address?: string;
  link_local_ips?: string[];
  mac_address?: string;
  driver_opts?: Record<string, string>;
  gw_priority?: number;
  /** The higher, the earlier it is joined. */
  priority?: number;
}

export interface DeviceRequest {
  driver?: string;
  count?: number | 'all';
  device_ids?: string[];
  capabilities?: string[];
  options?: Record<string, string>;
}

export interface ContainerSummary {
  readonly Id: string;
  /** Each with a slash before it. */
  readonly Names: string[];
  readonly Image: string;
  readonly State: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  /** For people: `Up 3 minutes`. */
  readonly Status: string;
  readonly Labels: Record<string, string>;
  readonly [field: string]: unknown;
}

export interface ContainerDetails {
  readonly Id: string;
  /** With a slash before it. */
  readonly Name: string;
  readonly Image: string;
  readonly State: { readonly Status: ContainerSummary['State']; readonly Running: boolean; readonly ExitCode: number; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/**
 * A container; making the handle asks nothing of the engine. Every call can fail with `docker.container-not-found`;
 * those that change need `docker: write`, and so does running a command.
 */
export interface ContainerHandle {
  readonly name: string;
  /** @permission docker: read */
  inspect(): Promise<ContainerDetails>;
  /** Starts it; nothing happens when it runs. @throws `docker.container-state` */
  start(): Promise<ContainerDetails>;
  /**
   * Stops it and waits until it is over; nothing happens when it is. `null` when it is removed with its end.
   *
   * @param options.grace between the first signal and SIGKILL, in whole seconds; absent: as the container says, or 10 s
   * @param options.signal the first one, from API 1.42 on
   */
  stop(options?: { grace?: Duration; signal?: string }): Promise<ContainerDetails | null>;
  restart(options?: { grace?: Duration; signal?: string }): Promise<ContainerDetails>;
  /** Sends a signal, SIGKILL unless another one is named. @throws `docker.container-not-running` */
  kill(options?: { signal?: string }): Promise<void>;
  /** Nothing happens when it is paused. @throws `docker.container-not-running` */
  pause(): Promise<ContainerDetails>;
  unpause(): Promise<ContainerDetails>;
  /** Its handle under the new name. @throws `docker.container-exists` */
  rename(name: string): Promise<ContainerHandle>;
  /** Changes limits and the restart policy while it runs; takes none away. @throws `docker.spec-value`, `docker.unsupported` by Podman before 5 */
  update(
    spec: Pick<
      ContainerSpec,
      | 'mem_limit' | 'memswap_limit' | 'mem_reservation' | 'cpus' | 'cpu_shares' | 'cpu_period' | 'cpu_quota'
      | 'cpu_rt_period' | 'cpu_rt_runtime' | 'cpuset' | 'pids_limit' | 'blkio_config' | 'restart'
    >,
  ): Promise<ContainerDetails>;
  /**
   * Removes it.
   *
   * @param options.force also while it runs
   * @param options.volumes with those of its volumes that have no name
   * @throws `docker.container-running`
   */
  remove(options?: { force?: boolean; volumes?: boolean }): Promise<void>;
  /**
   * Its exit status, once it is over.
   *
   * @throws `docker.container-timeout`
   * @permission docker: read
   */
  wait(options?: { condition?: 'not-running' | 'next-exit' | 'removed'; timeout?: Duration }): Promise<number>;
  /** Its processes, each by the titles of ps. @throws `docker.container-not-running` @permission docker: read */
  top(options?: { args?: string }): Promise<Record<string, string>[]>;
  /** What it uses: awaited, once, which takes a second or two (Podman: five); in `for await`, again and again. @permission docker: read */
  stats(): PromiseLike<ContainerStats> & AsyncIterable<ContainerStats>;
  /** Files and folders that are not as in its image. @permission docker: read */
  changes(): Promise<{ path: string; kind: 'modified' | 'added' | 'deleted' }[]>;
  /** An image of what it has become. `changes` are lines of a Dockerfile. @throws `docker.image-malformed` */
  commit(options?: {
    image?: string;
    message?: string;
    author?: string;
    pause?: boolean;
    changes?: string[];
  }): Promise<{ Id: string }>;
  /** Writes all its files to a tar on this machine. @permission docker: read, write: the file */
  export(to: string): Promise<{ sizeBytes: number }>;
  /**
   * Its log: awaited, all lines; in `for await`, one line after the other, as they come. A slow reader slows the engine,
   * and leaving the loop ends it. A line of more than 1 MiB comes in pieces.
   *
   * @permission docker: read
   * @example
   * for await (const line of docker().container('web').logs({ follow: true, tail: 10 })) log.info(line);
   */
  logs(options: LogOptions & { details: true }): PromiseLike<LogLine[]> & AsyncIterable<LogLine>;
  logs(options?: LogOptions): PromiseLike<string[]> & AsyncIterable<string>;
  /**
   * A command in it: an array of words, which no shell reads, or a template that `sh` there does and whose values are
   * words. Awaited it gives `exitCode`, `stdout` and `stderr`; in `for await` the lines of its stdout.
   *
   * @throws `docker.command-failed`, `docker.command-timeout`, `docker.container-not-running`, `docker.value-as-code`
   * @example
   * const { stdout } = await docker().container('web').exec(['nginx', '-t']);
   * await docker().container('db').exec({ user: 'postgres' })`pg_dump ${name} > /backup/dump.sql`;
   */
  exec: Exec;
  /** A command with somebody in front of it; with `tty` it has a terminal. */
  session(words: string[], options?: Omit<ExecOptions, 'stdin' | 'timeout' | 'shell' | 'nothrow' | 'signal'>): Promise<ContainerSession>;
  /** The same with what runs there already; `logs` tells what it wrote before, `stdin` needs `stdin_open`. */
  attach(options?: { stdin?: boolean; logs?: boolean }): Promise<ContainerSession>;
  /**
   * Copies a file or folder of this machine to exactly that path, whose folder must be there. Files belong to root.
   * Devices, pipes and sockets are left out and told.
   *
   * @throws `docker.path-not-found`, `docker.copy-source` @permission docker: write, read: the files
   */
  upload(from: string, to: string): Promise<{ files: number; sizeBytes: number; leftOut: string[] }>;
  /**
   * Copies a file or folder to exactly that path of this machine; a folder must be new or empty. Nothing leaves it: links
   * that lead elsewhere, devices and pipes are left out and told.
   *
   * @throws `docker.path-not-found`, `docker.copy-in-the-way`, `docker.copy-hostile` @permission docker: read, read and write: the target
   */
  download(from: string, to: string): Promise<{ files: number; sizeBytes: number; leftOut: string[] }>;
  /** What stands at a path; `null` when nothing does. @permission docker: read */
  stat(path: string): Promise<{
    name: string;
    type: 'file' | 'folder' | 'link' | 'other';
    sizeBytes: number;
    mode: number;
    modified: string;
    target: string | null;
  } | null>;
  /** The text of a file, up to 64 MiB, behind links. @throws `docker.path-not-found`, `docker.copy-no-file`, `docker.copy-too-large` @permission docker: read */
  read(path: string): Promise<string>;
  /** The bytes of a file, the same way. */
  bytes(path: string): Promise<Uint8Array>;
  /** Writes a file. @param options.mode default: `'0644'` */
  write(path: string, data: string | Uint8Array, options?: { mode?: string }): Promise<void>;
}

export interface LogOptions {
  /** Also what comes later, until the container is over. */
  follow?: boolean;
  /** Only so many of the last lines. */
  tail?: number;
  /** How long ago (`'10m'`), a time in ISO 8601, a Date, or seconds of Unix. */
  since?: string | Date | number;
  until?: string | Date | number;
  /** Each line begins with its time. */
  timestamps?: boolean;
  /** Default: `true`, both. */
  stdout?: boolean;
  stderr?: boolean;
  /** Each line as an object. */
  details?: boolean;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly time: string;
  readonly line: string;
}

/** What a container uses. */
export interface ContainerStats {
  readonly time: string;
  /** 100 for one processor that is busy all the time. */
  readonly cpuPercent: number;
  /** Without the cache that the kernel gives back when it needs to. */
  readonly memoryBytes: number;
  /** The container's own, else what the host has. */
  readonly memoryLimitBytes: number;
  readonly memoryPercent: number;
  readonly networkInBytes: number;
  readonly networkOutBytes: number;
  readonly blockReadBytes: number;
  readonly blockWriteBytes: number;
  readonly pids: number;
  /** All that the engine told, with its own field names. */
  readonly raw: Record<string, unknown>;
}

export interface ExecOptions {
  cwd?: string;
  /** Secrets may be values. */
  env?: Record<string, string | object>;
  /** Name or id, with `:group` when that is meant, too. */
  user?: string;
  stdin?: string;
  timeout?: Duration;
  /** Reads a template; default: `sh`. */
  shell?: string;
  /** Whether a failure is a result. */
  nothrow?: boolean;
  privileged?: boolean;
  /** Whether it gets a terminal, and then one output. */
  tty?: boolean;
  rows?: number;
  columns?: number;
  signal?: AbortSignal;
}

export interface Exec {
  (words: (string | number)[], options?: ExecOptions): ContainerCommand;
  (pieces: TemplateStringsArray, ...values: unknown[]): ContainerCommand;
  (options: ExecOptions): (pieces: TemplateStringsArray, ...values: unknown[]) => ContainerCommand;
}

/** A command that runs at the end of this turn, unless something says by then how it is read. */
export interface ContainerCommand extends Promise<ContainerOutput>, AsyncIterable<string> {
  nothrow(): this;
  timeout(duration: Duration): this;
  stdin(input: string | Uint8Array): this;
  text(): Promise<string>;
  json(): Promise<unknown>;
  lines(): PromiseLike<string[]> & AsyncIterable<string>;
}

/** How a command ended. */
export interface ContainerOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly ok: boolean;
  /** In milliseconds. */
  readonly duration: number;
  text(): string;
  lines(): string[];
  json(): unknown;
}

/** What is written as it comes, and what is typed. Leaving the loop closes it. */
export interface ContainerSession extends AsyncIterable<{ stream: 'stdout' | 'stderr'; bytes: Uint8Array; text: string }> {
  write(data: string | Uint8Array): Promise<void>;
  /** Nothing more is typed. */
  end(): Promise<void>;
  resize(size: { rows: number; columns: number }): Promise<void>;
  /** Once all is written. */
  exitCode(): Promise<number>;
  close(): Promise<void>;
}

// ---- Images

export interface Images {
  /** Those with a name, and those that nothing stands on. Fields are Docker's own. @permission docker: read */
  list(options?: {
    /** Also those in between, of the classic builder. */
    all?: boolean;
    digests?: boolean;
    /** In Docker's own words: `{ reference: ['nas.lan/*'], label: ['role=web'], dangling: ['true'] }`. */
    filters?: Record<string, string[]>;
    /** As of `containers.list`. */
    select?: string[];
  }): Promise<ImageSummary[]>;
  /** What `inspect` tells. @throws `docker.image-not-found` @permission docker: read */
  get(name: string): Promise<ImageDetails>;
  /** The same; `null` when there is none. */
  find(name: string): Promise<ImageDetails | null>;
  /**
   * Pulls an image with the user's login to its registry, if there is one. Pulls of the same image that are awaited at
   * the same time are one.
   *
   * @param name as Docker reads it: `nginx` is `docker.io/library/nginx:latest`
   * @param options.platform such as `linux/arm64`; absent: the engine's own
   * @throws `docker.image-malformed`, `docker.image-not-in-registry`, `docker.pull-failed`, `docker.credential-helper`
   * @permission docker: write
   * @example
   * const pull = docker().images.pull('nginx:1.27');
   * for await (const { currentBytes, totalBytes } of pull) log.info(`${currentBytes} of ${totalBytes}`);
   * const { Id } = await pull;
   */
  pull(name: string, options?: { platform?: string; signal?: AbortSignal }): Progressing<LayerProgress, ImageDetails>;
  /**
   * Removes images without a name, or all that no container uses.
   *
   * @permission docker: write
   */
  prune(options?: { all?: boolean; filters?: Record<string, string[]> }): Promise<Reclaimed>;
  /**
   * Builds an image: with BuildKit where the engine is Docker, by Podman where it is that. Files that `.dockerignore`
   * names are not sent, links are sent as links; without a `for await`, the steps are in the log at level debug.
   *
   * BuildKit is spoken to without a session, so that an ignored Dockerfile is copied by `COPY . .` all the same.
   *
   * @throws `docker.build-failed`, whose `details` have the `step` and the end of the `log`;
   *   `docker.build-context-not-found`, `docker.dockerfile-not-found`, `docker.ignore-malformed`, `docker.build-option`
   * @permission docker: write, and read for the context
   * @example
   * const build = docker().images.build({ context: 'app', tags: ['lab/app:1'], buildArgs: { VERSION: '2' } });
   * for await (const { kind, step, text } of build) if (kind === 'log') log.info(`${step}: ${text}`);
   * const { id } = await build;
   */
  build(spec: BuildSpec & { signal?: AbortSignal }): Progressing<BuildProgress, { id: string; tags: string[] }>;
  /**
   * One image for several platforms: built by the engine for one after the other, pushed as `TAG-linux-arm64` and alike, and put
   * together under its tags by an index in the registry, since most engines cannot keep one. It takes what the builder takes: images
   * to stand on that a registry has for each platform, and for `RUN` an emulator on the engine's host. `id` is the digest of the index.
   *
   * @throws as `build`, `push` and a registry; `docker.build-platform` when the engine built for another platform
   * @permission docker: write, read for the context, and net for the registry
   * @example
   * const registry = docker().registry('registry.lan:5000', { ca });
   * await docker().images.build({ context: 'app', tags: ['registry.lan:5000/app:1'], platforms: ['linux/amd64', 'linux/arm64'], push: registry });
   */
  build(
    spec: Omit<BuildSpec, 'platform'> & {
      platforms: string[];
      /** The registry of the tags: by the user's login and the machine's authorities, or as it is reached otherwise. */
      push: true | Registry;
      signal?: AbortSignal;
    },
  ): Progressing<BuildProgress, { id: string; tags: string[]; platforms: string[] }>;
  /**
   * An image that is there: pulled or built when it is missing. What is built is built again when its files, its
   * Dockerfile or its options change; with `pull: 'always'` what the registry has newer is pulled.
   *
   * @throws as `pull` and `build`; `docker.image-spec`
   * @permission docker: write
   */
  ensure(spec: {
    name: string;
    platform?: string;
    pull?: 'missing' | 'always';
    build?: BuildSpec;
  }): Promise<{ changed: boolean; before: ImageDetails | null; after: ImageDetails }>;
  /** Several images as one tar, written by Java alone. @permission docker: write, and write for the file */
  save(names: string[], path: string): Promise<{ path: string; sizeBytes: number }>;
  /**
   * Several images to another engine, with their names, as a stream that is kept nowhere; nothing is sent where it has them
   * already. Neither engine reaches the other: the bytes go through this process.
   *
   * @throws `docker.image-not-found`, `docker.load-failed`, `docker.broke-off`
   * @permission docker: read for this one, write for the other
   * @example
   * await docker('build-host').images.copyTo(['lab/app:1', 'lab/db:1'], docker('nas'));
   */
  copyTo(names: string[], target: Docker, options?: { signal?: AbortSignal }): Promise<ImagesCopied>;
  /** What `save` or `docker save` wrote. @throws `docker.load-failed` @permission docker: write, and read for the file */
  load(path: string): Promise<{ images: string[] }>;
  /**
   * The files of a system, as a tar, become an image.
   *
   * @param options.changes lines of a Dockerfile: `['CMD ["/bin/sh"]']`
   * @permission docker: write, and read for the file
   */
  import(
    path: string,
    options?: { name?: string; changes?: string[]; message?: string; platform?: string },
  ): Promise<ImageDetails>;
  /** What the Docker Hub finds for a word. @permission docker: read */
  search(term: string, options?: { limit?: number }): Promise<Record<string, unknown>[]>;
}

/** What `copyTo` did. */
export interface ImagesCopied {
  /** Their names; ids where they have none. */
  readonly images: string[];
  /** Whether something was sent. */
  readonly changed: boolean;
  /** Of what was sent. */
  readonly sizeBytes: number;
}

/** Work of the engine: awaited, what comes of it; in `for await`, how far it is. Leaving the loop gives it up. */
export interface Progressing<Progress, Result> extends Promise<Result>, AsyncIterable<Progress> {}

/** How far an image is; told when a layer changes its state, else every 100 ms. */
export interface LayerProgress {
  /** What the engine says of the whole. */
  readonly status: string;
  readonly layers: {
    readonly id: string;
    /** In the engine's words: `Downloading`, `Extracting`, `Pull complete`, `Already exists`, `Pushed`. */
    readonly status: string;
    readonly currentBytes: number;
    /** `null` as long as nobody knows. */
    readonly totalBytes: number | null;
  }[];
  readonly currentBytes: number;
  /** Of the layers whose size is known. */
  readonly totalBytes: number;
}

/** What is built, and how. */
export interface BuildSpec {
  /** A folder, or a tar of one. May be absent with `dockerfileInline`. */
  context?: string;
  /** Its path, from the context on, or an absolute one also elsewhere; default `Dockerfile`. */
  dockerfile?: string;
  /** The text of a Dockerfile, in place of a file. */
  dockerfileInline?: string;
  tags?: string[];
  /** Values of ARG. They stay in the history of the image, Secrets too. */
  buildArgs?: Record<string, string | Secret>;
  labels?: Record<string, string>;
  /** The stage that is wanted. */
  target?: string;
  platform?: string;
  noCache?: boolean;
  /** Asks for the images that it stands on again. */
  pull?: boolean;
  /** Of the RUN steps: `none` or `host`. */
  network?: string;
  /** `name:address`. */
  extraHosts?: string[];
  shmSizeBytes?: number;
  /** Default: BuildKit. Podman has one of its own in any case. */
  builder?: 'buildkit' | 'classic';
  /**
   * Values of `RUN --mount=type=secret,id=…` by their ids; they are in no layer and in no history. These four are done by Docker's
   * buildx plug-in (0.13 or newer), since the Engine API has no session: it needs `exec: ['docker']`, and `tags`.
   */
  secrets?: Record<string, string | Secret>;
  /** Keys for `RUN --mount=type=ssh`: `'default'` is the agent, with `env: ['SSH_AUTH_SOCK']`; `'ID=PATH'` a key. */
  ssh?: string[];
  /** Caches that are read, in buildx's own words: `'type=registry,ref=registry.lan/app:cache'`. */
  cacheFrom?: string[];
  /** Caches that are written: `'type=inline'`. Which kinds there are depends on buildx's driver. */
  cacheTo?: string[];
}

/** What a build tells. */
export interface BuildProgress {
  readonly kind: 'step' | 'log' | 'transfer' | 'warning';
  /** As the builder shows it: `[2/3] RUN make`. */
  readonly step: string | null;
  /** Of a step. */
  readonly state: 'running' | 'done' | 'cached' | 'failed' | null;
  /** A line of a log, a warning, or why a step failed. */
  readonly text: string | null;
  readonly currentBytes: number | null;
  readonly totalBytes: number | null;
}

/** What a prune threw away. */
export interface Reclaimed {
  readonly deleted: unknown[];
  readonly reclaimedBytes: number;
}

export interface ImageSummary {
  readonly Id: string;
  readonly RepoTags: string[] | null;
  readonly RepoDigests: string[] | null;
  /** Seconds since 1970. */
  readonly Created: number;
  /** In bytes. */
  readonly Size: number;
  readonly Labels: Record<string, string> | null;
  readonly [field: string]: unknown;
}

export interface ImageDetails {
  readonly Id: string;
  readonly RepoTags: string[] | null;
  readonly RepoDigests: string[] | null;
  readonly Created: string;
  /** In bytes. */
  readonly Size: number;
  readonly Architecture: string;
  readonly Os: string;
  readonly Config: { readonly Env: string[] | null; readonly Cmd: string[] | null; readonly Labels: Record<string, string> | null; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** An image; making the handle asks nothing of the engine. */
export interface ImageHandle {
  readonly name: string;
  /** @throws `docker.image-not-found` @permission docker: read */
  inspect(): Promise<ImageDetails>;
  /** Its layers, the newest first. @throws `docker.image-not-found` @permission docker: read */
  history(): Promise<{ readonly Id: string; readonly CreatedBy: string; readonly Size: number; readonly [field: string]: unknown }[]>;
  /** Gives it another name, and a handle for that. @throws `docker.image-not-found`, `docker.image-malformed` @permission docker: write */
  tag(target: string): Promise<ImageHandle>;
  /**
   * Pushes it to the registry in its name, with the user's login there.
   *
   * @returns `digest` of the manifest in the registry; `null` from Podman, which does not tell
   * @throws `docker.push-failed`, `docker.image-not-found`
   * @permission docker: write
   */
  push(options?: { signal?: AbortSignal }): Progressing<LayerProgress, { image: string; digest: string | null; sizeBytes: number | null }>;
  /** As a tar, which goes from the engine to the file alone. @permission docker: write, and write for the file */
  save(path: string): Promise<{ path: string; sizeBytes: number }>;
  /**
   * To another engine, as `images.copyTo`: `docker('build-host').image('lab/app:1').copyTo(docker('nas'))`.
   *
   * @throws `docker.image-not-found`, `docker.load-failed`, `docker.broke-off`
   * @permission docker: read for this one, write for the other
   */
  copyTo(target: Docker, options?: { signal?: AbortSignal }): Promise<ImagesCopied>;
  /**
   * Takes this name away, and the image with its last name.
   *
   * @param options.force also where stopped containers are of it
   * @param options.noprune keeps what it stands on
   * @throws `docker.image-not-found`, `docker.conflict` when a container is of it
   * @permission docker: write
   */
  remove(options?: { force?: boolean; noprune?: boolean }): Promise<{ Untagged?: string; Deleted?: string }[]>;
}

// ---- Registries

/** A registry; this part of what `docker()` gives needs no engine. */
export interface Docker {
  /**
   * A registry by its host, and port where it is not 443: `'registry.lan:5000'`, `'docker.io'`, `'ghcr.io'`; with `http://` before
   * it without TLS, which is never tried by itself. Making it asks nothing of the registry.
   *
   * @permission net: for the registry, and for who makes its tokens where that is somebody else
   * @throws `docker.registry-malformed`, `docker.registry-login-incomplete`, `docker.option`
   * @example
   * import { docker } from 'hearth:docker';
   * export const recipe = { permissions: { docker: 'write', net: ['old.lan:5000', 'new.lan:5000'] } };
   * export default async ({ log }) => {
   *   const [from, to] = [docker().registry('old.lan:5000'), docker().registry('new.lan:5000')];
   *   for (const tag of await from.repository('team/app').tags.list()) {
   *     const { changed } = await from.image(`team/app:${tag}`).copyTo(to.image(`team/app:${tag}`));
   *     log.info(`${tag} ${changed ? 'copied' : 'was there'}`);
   *   }
   * };
   */
  registry(host: string, options?: RegistryOptions): Registry;
  /** A registry of one's own, in a container of the engine; default `'registry'`. Making the handle asks nothing of the engine. */
  registryServer(name?: string): RegistryServer;
}

export interface RegistryServer {
  readonly name: string;
  /**
   * Runs it as described, or makes its container anew where something differs; images stay in their volume. Passwords are kept as
   * bcrypt hashes, certificate, key and users as files in the container alone.
   *
   * @throws `docker.registry-server-plain` for users without a certificate, unless `address` is the host itself
   * @throws `docker.registry-server-wrong`, `docker.registry-server-other` when a container of that name is something else
   * @throws `docker.registry-server-failed` when it does not start, with why; the one that was there then serves again as before, and
   *   the end of the other's log is in the details
   * @throws `docker.registry-server-busy` while its garbage is collected
   * @permission docker: write
   * @example
   * import { docker } from 'hearth:docker';
   * export const recipe = { permissions: { docker: 'write' } };
   * export default async ({ log }) => {
   *   const { changed } = await docker().registryServer().ensure({ address: '127.0.0.1', readOnly: true });
   *   log.info(changed ? 'made or changed' : 'was there');
   * };
   */
  ensure(spec?: RegistryServerSpec): Promise<{
    readonly changed: boolean;
    readonly created: boolean;
    /** What differed: `'image'`, `'port'`, `'storage'`, `'configuration'`, `'certificate'`, `'key'`, `'users'`, `'state'`. */
    readonly changes: string[];
    readonly id: string;
  }>;
  /**
   * Stops it, deletes what no image needs any more, and starts it again, also when that fails or the run is stopped.
   *
   * @param options.untagged whether images that no tag leads to go, too
   * @throws `docker.container-not-found`, `docker.registry-server-other`, `docker.registry-server-failed`,
   *   `docker.registry-server-busy` while somebody else does it
   * @throws `docker.registry-garbage-needed` when Distribution 2, which takes the images of an index for untagged, would delete some
   * @permission docker: write
   */
  collectGarbage(options?: { untagged?: boolean }): Promise<{ readonly deleted: string[] }>;
}

export interface RegistryServerSpec {
  /** Of Distribution, 2 or 3; default `'registry:3'`. */
  image?: string;
  /** `'never'` and `'always'` as Docker has them; default: when the engine does not have the image. */
  pull?: 'missing' | 'always' | 'never';
  /** Default 5000. */
  port?: number;
  /** Of the engine's host; default: all of them. */
  address?: string;
  /** Passwords by name. */
  users?: Record<string, string | import('hearth:secret').Secret>;
  /** As PEM. */
  tls?: { certificate: string; key: string | import('hearth:secret').Secret };
  /**
   * A volume, or a driver as Distribution's configuration has it: `{ s3: { region: 'eu-central-1', bucket: 'images' } }`. Default: a volume
   * of the registry's name. `filesystem` is refused: those images would end with the container.
   */
  storage?: { volume: string } | Record<string, unknown>;
  /** Whether images can be deleted; default `true`. */
  deletes?: boolean;
  readOnly?: boolean;
  /** Makes it the cache of another registry, which then cannot be pushed to. */
  proxy?: { url: string; username?: string; password?: string | import('hearth:secret').Secret };
}

export interface RegistryOptions {
  /** Default: the login of this run, or the one that `docker login` keeps; that one is never sent over `http://`. */
  username?: string;
  password?: string | import('hearth:secret').Secret;
  /** Whom to believe, as PEM, in place of the authorities of the machine. */
  ca?: string;
  /** SHA-256 of the registry's certificate, which is then believed whoever issued it. */
  fingerprint?: string;
}

/**
 * One registry. Every call may fail with `docker.registry-login-wanted`, `docker.registry-denied`, `docker.registry-not-found`,
 * `docker.registry-none`, `docker.registry-challenge`, `docker.registry-failed`, `docker.registry-busy`, and as `fetch` does. A registry that answers 429 or 503
 * and says that it can be asked again within a minute is asked again then.
 */
export interface Registry {
  readonly host: string;
  readonly repositories: {
    /** All repositories, sorted. Not every registry tells. @permission docker: read */
    list(): Promise<string[]>;
  };
  repository(name: string): RegistryRepository;
  /** `team/app:1.0`, `team/app@sha256:…`; without a tag `latest`. @throws `docker.registry-image-malformed` at the first call */
  image(name: string): RegistryImage;
}

export interface RegistryRepository {
  readonly name: string;
  readonly tags: {
    /** All tags, sorted. @permission docker: read */
    list(): Promise<string[]>;
    /** What `inspect` tells of the image. @throws `docker.registry-not-found` */
    get(tag: string): Promise<RegistryImageDetails>;
    /** The same; `null` when there is none. */
    find(tag: string): Promise<RegistryImageDetails | null>;
  };
  /** By a tag or a digest. */
  image(tag: string): RegistryImage;
}

export interface RegistryImage {
  readonly name: string;
  /**
   * Its manifest, and for an image of one platform its configuration.
   *
   * @param options.platform which of an index: `'linux/arm64'`
   * @throws `docker.registry-platform-missing`, `docker.registry-platform-malformed`, `docker.registry-unknown-kind`
   * @throws `docker.registry-mismatch` when the registry sent something else than it was asked for
   * @permission docker: read
   */
  inspect(options?: { platform?: string }): Promise<RegistryImageDetails>;
  /**
   * Deletes it. Most registries can only delete an image with all its tags; then one that has tags which were not named is kept,
   * unless `allTags` is given. The space is free after the registry's own garbage collection.
   *
   * @throws `docker.registry-tags-shared`, `docker.registry-delete-off`
   * @permission docker: write
   */
  delete(options?: { allTags?: boolean }): Promise<{ readonly digest: string; readonly tags: string[] }>;
  /**
   * Copies it, of an index all platforms or the one that is named. What the target has is not sent; within a registry nothing is.
   * No engine takes part and nothing is kept on this machine. A layer that breaks off is taken up where it broke; one that is not what
   * its digest says is not finished at the target.
   *
   * @throws `docker.registry-platform-missing`, `docker.registry-unknown-kind`, `docker.registry-mismatch`,
   *   `docker.registry-broke-off`
   * @permission docker: write
   */
  copyTo(target: RegistryImage, options?: { platform?: string }): Promise<RegistryCopy>;
}

export interface RegistryImageDetails {
  readonly digest: string;
  readonly mediaType: string;
  /** `linux/arm/v7`; of an index all of them. */
  readonly platforms: string[];
  /** As the registry has it; Docker's kinds and the OCI's. */
  readonly manifest: Record<string, any>;
  /** Of an image of one platform: its configuration. */
  readonly config?: Record<string, any>;
  /** Of an image of one platform: what a pull brings, compressed. */
  readonly sizeBytes?: number;
}

export interface RegistryCopy {
  /** Of what the target's name means now. */
  readonly digest: string;
  /** Whether it meant something else before. */
  readonly changed: boolean;
  /** Blobs that were sent. */
  readonly copied: number;
  /** Blobs that the registry took from another repository of its own. */
  readonly mounted: number;
  /** Blobs that were there. */
  readonly present: number;
  readonly copiedBytes: number;
}

// ---- Networks and volumes

export interface EngineEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Record<string, string> };
  /** Seconds since 1970. */
  readonly time: number;
  readonly timeNano: number;
  readonly [field: string]: unknown;
}

/** A network, by the keys of the Compose specification. */
export interface NetworkSpec {
  name: string;
  /** Default: `bridge`. */
  driver?: string;
  driver_opts?: Record<string, string>;
  /** Nothing outside is reached from it. */
  internal?: boolean;
  attachable?: boolean;
  enable_ipv6?: boolean;
  ipam?: {
    driver?: string;
    config?: { subnet?: string; ip_range?: string; gateway?: string; aux_addresses?: Record<string, string> }[];
    options?: Record<string, string>;
  };
  labels?: Record<string, string>;
}

export interface NetworkDetails {
  readonly Id: string;
  readonly Name: string;
  readonly Driver: string;
  readonly Internal: boolean;
  readonly Labels: Record<string, string>;
  readonly [field: string]: unknown;
}

export interface Networks {
  /** @permission docker: read */
  list(options?: { filters?: Record<string, string[]> }): Promise<NetworkDetails[]>;
  /** @throws `docker.network-not-found` @permission docker: read */
  get(name: string): Promise<NetworkDetails>;
  /** `null` when there is none. @permission docker: read */
  find(name: string): Promise<NetworkDetails | null>;
  /** @throws `docker.conflict` when there is one of that name @permission docker: write */
  create(spec: NetworkSpec): Promise<NetworkDetails>;
  /**
   * A network that is there as it is declared. What was declared when it was made and is not any more, differs; what was
   * never declared is not compared.
   *
   * @param options.recreate makes one anew that differs, with its containers taken off it meanwhile
   * @throws `docker.network-differs`, with the differences
   * @permission docker: write
   * @example
   * const { changed } = await docker().networks.ensure({ name: 'web', internal: true });
   */
  ensure(
    spec: NetworkSpec,
    options?: { recreate?: boolean },
  ): Promise<{ changed: boolean; before: NetworkDetails | null; after: NetworkDetails }>;
  /** Those that no container is on. @permission docker: write */
  prune(options?: { filters?: Record<string, string[]> }): Promise<Reclaimed>;
}

/** A network; making the handle asks nothing of the engine. */
export interface NetworkHandle {
  readonly name: string;
  /** @throws `docker.network-not-found` @permission docker: read */
  inspect(): Promise<NetworkDetails>;
  /** Puts a container on it. @throws `docker.conflict` when it is there already @permission docker: write */
  connect(
    container: string | ContainerHandle,
    options?: { aliases?: string[]; ipv4_address?: string; ipv6_address?: string; driver_opts?: Record<string, string> },
  ): Promise<void>;
  /** Takes a container off it; `force` also where it is no more. @permission docker: write */
  disconnect(container: string | ContainerHandle, options?: { force?: boolean }): Promise<void>;
  /** @throws `docker.network-not-found`, `docker.conflict` when containers are on it @permission docker: write */
  remove(): Promise<void>;
}

/** A volume, by the keys of the Compose specification. */
export interface VolumeSpec {
  /** Absent: one that the engine makes up. */
  name?: string;
  /** Default: `local`. */
  driver?: string;
  driver_opts?: Record<string, string>;
  labels?: Record<string, string>;
}

export interface VolumeDetails {
  readonly Name: string;
  readonly Driver: string;
  readonly Mountpoint: string;
  readonly Labels: Record<string, string> | null;
  readonly Options: Record<string, string> | null;
  readonly [field: string]: unknown;
}

export interface Volumes {
  /** @permission docker: read */
  list(options?: { filters?: Record<string, string[]> }): Promise<VolumeDetails[]>;
  /** @throws `docker.volume-not-found` @permission docker: read */
  get(name: string): Promise<VolumeDetails>;
  /** `null` when there is none. @permission docker: read */
  find(name: string): Promise<VolumeDetails | null>;
  /** Does nothing when there is one of that name already. @permission docker: write */
  create(spec?: VolumeSpec): Promise<VolumeDetails>;
  /**
   * A volume that is there as it is declared. One that differs is an error, since its content would be lost.
   *
   * @param options.recreate makes one anew that differs; **what is in it is lost**
   * @throws `docker.volume-differs`, with the differences; `docker.conflict` when a container uses it
   * @permission docker: write
   */
  ensure(
    spec: VolumeSpec & { name: string },
    options?: { recreate?: boolean },
  ): Promise<{ changed: boolean; before: VolumeDetails | null; after: VolumeDetails }>;
  /**
   * Throws away volumes without a name that no container uses; with `all` those with a name, too.
   *
   * @throws `docker.api-too-old` without `all` where an engine (before API 1.42) knows no difference
   * @permission docker: write
   */
  prune(options?: { all?: boolean; filters?: Record<string, string[]> }): Promise<Reclaimed>;
}

/** A volume; making the handle asks nothing of the engine. */
export interface VolumeHandle {
  readonly name: string;
  /** @throws `docker.volume-not-found` @permission docker: read */
  inspect(): Promise<VolumeDetails>;
  /** With what is in it. @throws `docker.volume-not-found`, `docker.conflict` when a container uses it @permission docker: write */
  remove(options?: { force?: boolean }): Promise<void>;
}

// ---- Installing

/**
 * Docker on a host of `hearth:ssh`, with what it needs there: the repository, the packages, settings, the service, users. What is
 * right already is left alone, so that run twice, the second time changes nothing. It knows Debian, Ubuntu, Fedora, RHEL and what
 * is built from it (Docker's own packages), and Alpine, Arch and openSUSE (those of the distribution).
 *
 * @param host `ssh('nas')`
 * @throws `docker.install-unknown-system`, `docker.install-conflict`, `docker.install-version-missing`, `docker.install-key-wrong`
 * @throws `docker.install-settings-malformed`, `docker.install-settings-refused`, `docker.install-user-missing`,
 * `docker.install-rootless`, `docker.install-option`, `docker.option`, and what `hearth:ssh` throws
 * @permission ssh: write
 * @example
 * import { installDocker } from 'hearth:docker';
 * import { ssh } from 'hearth:ssh';
 * export const recipe = { permissions: { ssh: 'write' } };
 * export default async ({ log }) => {
 *   const { changes, after } = await installDocker(ssh('nas'), { version: '29', settings: { 'live-restore': true }, sudo: true });
 *   log.info(`Docker ${after.version}; changed: ${changes.join(', ') || 'nothing'}`);
 * };
 */
export function installDocker(host: import('hearth:ssh').Host, options?: InstallOptions): Promise<Installed>;

export interface InstallOptions {
  /** Default: `'docker'` where Docker has packages for the system, else `'distribution'`. */
  source?: 'docker' | 'distribution';
  /** `'29'`, `'29.7'`, `'29.7.2'`: the newest that is offered; one that is of it already stays. Default: what is there, else the newest. */
  version?: string;
  /**
   * For `daemon.json`: objects are merged key by key, lists replaced, `null` takes away. Docker is started anew only for settings
   * that it does not have yet; where it does not start with them, it gets those back that it had.
   */
  settings?: Record<string, unknown>;
  /** Users who come into the group `docker`, which is as good as root. They must be there. */
  users?: string[];
  /** A user who gets an engine of their own without root; the engine of the system is stopped. It takes systemd. */
  rootless?: string;
  /** Whether packages that cannot stay beside it are removed. Default: `false`, then they are an error. */
  replace?: boolean;
  /** Whether root looks and changes, through sudo. Default: `false`. */
  sudo?: boolean;
}

export interface Installed {
  readonly changed: boolean;
  /** In order: `'key'`, `'repository'`, `'removed'`, `'packages'`, `'rootless-packages'`, `'settings'`, `'service'`, `'restarted'`, `'user NAME'` … */
  readonly changes: string[];
  /** `null` where it was not installed. */
  readonly before: InstalledDocker | null;
  readonly after: InstalledDocker;
}

export interface InstalledDocker {
  /** Of the engine's package, in its own words. */
  readonly version: string;
  readonly source: 'docker' | 'distribution';
  /** What stands in `daemon.json`. */
  readonly settings: Record<string, unknown>;
}

/** A model, in the words of the Compose specification: `{ services: { web: { image: 'nginx:1.27' } } }`. */
export type ComposeModel = { services: Record<string, Record<string, unknown>>; [key: string]: unknown };

export interface ComposeOptions {
  /** Its name; else `COMPOSE_PROJECT_NAME`, the model's `name`, or the name of the folder. */
  project?: string;
  /** The folder that paths in the model start from; else that of the first file. */
  folder?: string;
  /** Profiles that are on, beside those of `COMPOSE_PROFILES`. */
  profiles?: string[];
  /** Values of variables that the model names, before those of the environment and of files. */
  env?: Record<string, string>;
  /** Files of variables; else `.env` in the folder, if it is there; `[]` for none. */
  envFiles?: string[];
  /**
   * Docker's own Compose, or a part of it by the Engine API (`docs/adr/0014-compose-without-the-plug-in.md`), in which any other key
   * is an error. Else the plug-in, where it is installed and the recipe has `exec: ['docker']`.
   */
  through?: 'plugin' | 'engine';
}

/**
 * A Compose project; either way sees what the other made. Every call reads the files anew.
 *
 * @permission read for the files; docker: read, and docker: write for what changes; exec of `docker` for the plug-in
 * @throws `docker.compose-file-not-found`, `docker.compose-yaml`, `docker.compose-key`, `docker.compose-value`, `docker.compose-reference`,
 *   `docker.compose-cycle`, `docker.compose-conflict`, `docker.compose-interpolation`, `docker.compose-variable`, `docker.compose-env-file`,
 *   `docker.compose-project-name`, `docker.compose-service`: each with `details.file`, `line` and `column` where it has a place; all
 *   that is wrong is told at once, before anything is changed
 * @throws `docker.compose-unsupported` for what only the plug-in does; `docker.compose-refused`, `docker.compose-failed` and
 *   `docker.compose-plugin` for what it refuses, fails at, or that it is not there
 */
export interface ComposeProject {
  /** The model in canonical form: of several files one, with all variables and defaults. */
  config(): Promise<ComposeModel>;
  /** The containers, those that do not run too; by service and number. */
  ps(options?: { services?: string[] }): Promise<ComposeContainer[]>;
  /**
   * Lines of all containers that there are, as they come: awaited, all of them; in `for await`, one after the other. Options as
   * those of a container's `logs`.
   *
   * @example
   * for await (const { service, line } of stack.logs({ follow: true, tail: 10 })) log.info(`${service}: ${line}`);
   */
  logs(options?: { services?: string[]; follow?: boolean; tail?: number; [option: string]: unknown }): PromiseLike<ComposeLogLine[]> &
    AsyncIterable<ComposeLogLine>;
  /**
   * What `up` with the same options would do, container by container: as definitions, the ids of images and services that live
   * with others have it. Images are not fetched for it. What `up` would refuse is refused.
   */
  plan(options?: {
    services?: string[];
    recreate?: 'changed' | 'always' | 'never';
    scale?: Record<string, number>;
    removeOrphans?: boolean;
  }): Promise<ComposePlan>;
  /**
   * Makes and starts what is not there, and makes anew what is otherwise. Done when all services run and are healthy, or have
   * done their work; run twice, the second changes nothing.
   *
   * @param options.services these and what they need
   * @param options.build also builds images that are there
   * @param options.recreate default `'changed'`
   * @param options.scale how many containers a service is to have: `{ worker: 3 }`
   * @param options.removeOrphans also removes containers of services that the model has no more
   * @param options.wait `false`: does not wait until they are ready
   * @param options.timeout how long to wait for that; default `'5m'`. Without the plug-in it is also how long a service may take to
   *   become what another one waits for; default `'30m'`
   * @param options.grace how long those that are stopped have for it; default each one's own
   * @throws `docker.compose-not-ready`, `docker.compose-foreign`, `docker.compose-changed`, `docker.compose-external`,
   *   `docker.compose-no-image`
   * @permission docker: write
   * @example
   * const { changed, after } = await docker().compose('/srv/media').up({ removeOrphans: true });
   */
  up(options?: {
    services?: string[];
    build?: boolean;
    recreate?: 'changed' | 'always' | 'never';
    scale?: Record<string, number>;
    removeOrphans?: boolean;
    wait?: boolean;
    timeout?: string;
    grace?: string;
  }): Promise<ComposeOutcome>;
  /**
   * Stops and removes containers and networks; volumes and images stay, unless `volumes` and `images` say so.
   *
   * @param options.images `'all'` of its services, or `'local'`: those that have no name in the model
   * @permission docker: write
   */
  down(options?: {
    volumes?: boolean;
    images?: 'all' | 'local';
    removeOrphans?: boolean;
    grace?: string;
  }): Promise<ComposeOutcome>;
  /** Starts what was stopped. @permission docker: write */
  start(options?: { services?: string[] }): Promise<ComposeOutcome>;
  /** Stops, and keeps the containers. @permission docker: write */
  stop(options?: { services?: string[]; grace?: string }): Promise<ComposeOutcome>;
  /** Stops and starts again. @permission docker: write */
  restart(options?: { services?: string[]; grace?: string }): Promise<ComposeOutcome>;
  /** Fetches the images of services that are not built. @permission docker: write */
  pull(options?: { services?: string[] }): Promise<void>;
  /** Builds the images of services that say how. @permission docker: write */
  build(options?: { services?: string[]; noCache?: boolean }): Promise<void>;
}

/** A container of a project. Fields as `docker compose ps` has them. */
export interface ComposeContainer {
  readonly ID: string;
  readonly Name: string;
  readonly Service: string;
  /** Which of its service's containers it is, from 1. */
  readonly Number: number;
  readonly Image: string;
  readonly State: ContainerSummary['State'];
  /** Empty where there is no check. */
  readonly Health: '' | 'starting' | 'healthy' | 'unhealthy';
  readonly ExitCode: number;
  readonly StartedAt: string;
  readonly Publishers: { readonly URL: string; readonly TargetPort: number; readonly PublishedPort: number; readonly Protocol: string }[];
  readonly ConfigHash: string;
  readonly ImageID: string;
}

export interface ComposeLogLine {
  readonly service: string;
  /** The container's name. */
  readonly container: string;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
  readonly [field: string]: unknown;
}

export interface ComposeOutcome {
  readonly project: string;
  readonly through: 'plugin' | 'engine';
  /** Whether something was made, removed, started or stopped. */
  readonly changed: boolean;
  readonly before: ComposeContainer[];
  readonly after: ComposeContainer[];
  /** By name. */
  readonly removed: { readonly containers: string[]; readonly networks: string[]; readonly volumes: string[] };
}

export interface ComposePlan {
  readonly project: string;
  readonly through: 'plugin' | 'engine';
  readonly steps: {
    readonly service: string;
    readonly container: string;
    readonly action: 'create' | 'recreate' | 'start' | 'restart' | 'keep' | 'remove';
    /** For people. */
    readonly because: string;
  }[];
  /** That would be made. */
  readonly networks: string[];
  /** That would be made. */
  readonly volumes: string[];
}
