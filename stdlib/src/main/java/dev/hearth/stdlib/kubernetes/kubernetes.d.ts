import type { Secret } from 'hearth:secret';

/** A number with its unit: `'500ms'`, `'30s'`, `'5m'`, `'2h'`. Bare numbers are refused. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/**
 * A Kubernetes cluster. Making the handle asks nothing of it.
 *
 * Without a name it is your stored default connection, else what kubectl would use: the current context of `KUBECONFIG` or
 * `~/.kube/config`, else, in a pod, its service account. A name is a stored connection or a context of your kubeconfig.
 *
 * Every method can fail with `kubernetes.unauthorized`, `kubernetes.forbidden` (names verb, resource and namespace),
 * `kubernetes.kind-unknown`, `kubernetes.kind-ambiguous`, `kubernetes.name-wrong`, `kubernetes.not-kubernetes`,
 * `kubernetes.too-many-requests`, `kubernetes.server-timeout`, `kubernetes.refused` (in the server's own words), and with the
 * codes of `net`, `tls` and `http` when the server cannot be reached. `details` has the status, reason and message of its
 * `Status` object. Names that the manifest does not say are those of the connection: `namespace` of the context, else `default`.
 *
 * @permission kubernetes: read
 * @example
 * import { kubernetes } from 'hearth:kubernetes';
 * export const recipe = { summary: 'Lists pods', permissions: { kubernetes: 'read' } };
 * export default async ({ log }) => {
 *   for await (const pod of kubernetes().pods.list({ allNamespaces: true, select: ['metadata.name', 'status.phase'] })) {
 *     log.info(`${pod.metadata.name}: ${pod.status.phase}`);
 *   }
 * };
 */
export function kubernetes(connection?: string | ClusterSpec): Cluster;

/** A cluster that the recipe spells out. It needs `net` for the server, `read` for files and `exec` for a plug-in. */
export interface ClusterSpec {
  /** `https://HOST:6443`. */
  readonly server?: string;
  /** Authority of the server's certificate: PEM, or a file. Default: those of the system. */
  readonly ca?: string;
  /** SHA-256 of the server's certificate; pins it, whoever issued it. */
  readonly fingerprint?: string;
  /** The name in the certificate, where it is not the server's host. */
  readonly tlsServerName?: string;
  readonly token?: string | Secret;
  /** A file that has the token; read again when it may have changed. */
  readonly tokenFile?: string;
  /** PEM, or a file. */
  readonly clientCertificate?: string;
  /** PEM. */
  readonly clientKey?: string | Secret;
  /** A file in the form of `~/.kube/config`; `context` chooses in it. */
  readonly kubeconfig?: string;
  /** The text of such a file, as a tool printed it that made the cluster; it may name no proxy. */
  readonly config?: string | Secret;
  readonly context?: string;
  /** Where objects are that name none; default `default`. */
  readonly namespace?: string;
}

/** An object as the server has it, without `managedFields`; the values of a Secret's `data` read `***`. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
    readonly [field: string]: any;
  };
  readonly spec?: any;
  readonly status?: any;
  readonly [field: string]: any;
}

/** An object as it is wanted. In `stringData` of a Secret, values may be Secrets of `hearth:secret`. */
export interface Manifest {
  apiVersion?: string;
  kind?: string;
  metadata: { name?: string; generateName?: string; namespace?: string; [field: string]: any };
  [field: string]: any;
}

/** What the server knows of a kind. */
export interface Kind {
  /** Empty for the core. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: string[];
  readonly namespaced: boolean;
  readonly verbs: string[];
  readonly subresources: string[];
}

/** `'app=web,tier!=cache'`, or an object: equal, one of a list, `null` for a label that must not be there. */
export type Labels = string | Record<string, string | number | boolean | string[] | null>;

export interface Selection {
  /** Default: that of the connection. */
  namespace?: string;
  allNamespaces?: boolean;
  labels?: Labels;
  /** `'status.phase=Running'`, or an object of what has to be equal. */
  fields?: string | Record<string, string>;
  /**
   * The only fields that are wanted, as paths: `['metadata.name', 'spec.containers.image']` goes through lists. They are picked
   * while the answer arrives, so the others cost neither memory nor time. A dot within a name is written `\\.`.
   */
  select?: string[];
  signal?: AbortSignal;
}

export interface ListOptions extends Selection {
  /** The most objects altogether; default all. */
  limit?: number;
  /** How many are asked for at once; default 500. */
  pageSize?: number;
}

/** Awaited, an array of all; in `for await`, one after the other, with one page in memory at a time. */
export interface Listing extends PromiseLike<KubernetesObject[]>, AsyncIterable<KubernetesObject> {
  catch<T>(rejected: (reason: any) => T): Promise<KubernetesObject[] | T>;
  finally(settled: () => void): Promise<KubernetesObject[]>;
}

export interface WatchOptions extends Selection {
  /** Whether what is there is told first, as `ADDED`; default `true`. */
  existing?: boolean;
  /** Where to begin, such as the `resourceVersion` of an object; nothing that is there is told then. */
  resourceVersion?: string;
  /**
   * What becomes of it where the cluster has forgotten what happened meanwhile: `'relist'` tells what the list has become by then, as
   * `ADDED`, `MODIFIED` and `DELETED`, without what was in between; `'fail'` fails with `kubernetes.watch-expired`. Default:
   * `'relist'`; with a `resourceVersion` `'fail'`, since nobody knows then what has been deleted.
   */
  onGap?: 'relist' | 'fail';
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Of one that went while the watch was broken, only what names it. */
  readonly object: KubernetesObject;
}

export interface ApplyOptions {
  namespace?: string;
  /** Takes fields over that others manage; default `false`. */
  force?: boolean;
  /** The server says what would become of it and changes nothing; default `false`. */
  dryRun?: boolean;
}

/** One difference. Values of Secrets read `***`. */
export interface Change {
  /** Such as `spec.template.spec.containers[name=web].image`. */
  readonly path: string;
  /** `null` where there was nothing. */
  readonly before: any;
  /** `null` where there is nothing any more. */
  readonly after: any;
}

export interface Ensured {
  readonly changed: boolean;
  /** `null` where there was none. */
  readonly before: KubernetesObject | null;
  readonly after: KubernetesObject;
  readonly changes: Change[];
}

export interface Difference {
  readonly action: 'create' | 'update' | 'none';
  readonly subject: string;
  readonly changes: Change[];
}

export interface DeleteOptions {
  /** What becomes of what belongs to it; default what the kind does, mostly `background`. */
  propagation?: 'background' | 'foreground' | 'orphan';
  /** How long a pod may take to end; default what it says itself. */
  graceSeconds?: number;
  /** Whether it is waited for until the object is gone; default `true`. */
  wait?: boolean;
  /** How long; default `'5m'`. */
  timeout?: Duration;
  dryRun?: boolean;
  signal?: AbortSignal;
}

/**
 * Many manifests: a list, YAML or JSON with several documents, a file, a folder (its `.yaml`, `.yml` and `.json` by name), or a Kustomize
 * folder, built by `kustomize` or `kubectl kustomize`. Files need `read`, Kustomize needs `exec` of one of its programs. YAML is read as
 * kubectl reads it: `0644` is octal.
 */
export type Manifests =
  | string
  | Manifest[]
  | { text: string }
  | { file: string }
  | { folder: string; recursive?: boolean }
  | { kustomize: string };

export interface ApplyManyOptions extends ApplyOptions {
  /**
   * Deletes what has these labels, was applied by Hearth and by nobody else, belongs to nothing else and is not in the set. Every manifest
   * of the set needs the labels. Looked at are ConfigMaps, Secrets, Services, ServiceAccounts, workloads, Ingresses, NetworkPolicies, Roles and RoleBindings in the
   * namespaces of the set (those that it has itself, and those of its objects), unless `kinds` says which.
   */
  prune?: { labels: Record<string, string>; kinds?: string[] };
  /** Only tells what would become of everything, also of what does not exist yet; default `false`. */
  preview?: boolean;
}

export interface Applied {
  readonly changed: boolean;
  /** In the order in which they were applied: namespaces and definitions first, then what others need, then what runs. */
  readonly objects: {
    readonly action: 'create' | 'update' | 'none' | 'prune' | 'delete';
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    /** Empty for a kind that has none. */
    readonly namespace: string;
    readonly changes: Change[];
  }[];
}

/** Objects of one kind. */
export interface Collection<H extends Handle = Handle> {
  readonly kind: string;
  /** A handle; an object that was read is named by it. Costs nothing. */
  named(name: string | KubernetesObject, options?: { namespace?: string }): H;
  /**
   * @throws `kubernetes.selector-wrong`
   * @throws `kubernetes.list-expired` in `for await`, when the list changed too much while it was read
   */
  list(options?: ListOptions): Listing;
  /** `null` where there is none. */
  find(name: string, options?: { namespace?: string; select?: string[] }): Promise<KubernetesObject | null>;
  /** @throws `kubernetes.not-found` */
  get(name: string, options?: { namespace?: string; select?: string[] }): Promise<KubernetesObject>;
  /**
   * What happens, without a gap, until the loop is left; a cluster that is away is waited for, ten minutes at most.
   *
   * @throws `kubernetes.watch-broken`, `kubernetes.watch-expired`
   */
  watch(options?: WatchOptions): AsyncIterable<WatchEvent>;
  /**
   * @permission kubernetes: write
   * @throws `kubernetes.already-exists`, `kubernetes.invalid` (names each field), `kubernetes.manifest-wrong`
   */
  create(manifest: Manifest, options?: { namespace?: string; dryRun?: boolean }): Promise<KubernetesObject>;
  /** The whole object anew. @permission kubernetes: write @throws `kubernetes.conflict`, `kubernetes.secret-masked` */
  replace(manifest: Manifest, options?: { namespace?: string; dryRun?: boolean }): Promise<KubernetesObject>;
  /** As {@link Cluster.apply}, with the kind filled in. */
  apply(manifest: Manifest, options?: ApplyOptions): Promise<KubernetesObject>;
  ensure(manifest: Manifest, options?: ApplyOptions): Promise<Ensured>;
  diff(manifest: Manifest, options?: ApplyOptions): Promise<Difference>;
  /** Deletes what is selected, in one namespace. @permission kubernetes: write @throws `kubernetes.selector-missing` */
  deleteAll(options: {
    namespace?: string;
    labels?: Labels;
    fields?: string | Record<string, string>;
    /** Has to be `true` where nothing selects. */
    all?: boolean;
    propagation?: DeleteOptions['propagation'];
    graceSeconds?: number;
    dryRun?: boolean;
  }): Promise<void>;
}

/** One object by its name; it need not exist. */
export interface Handle {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** @throws `kubernetes.not-found` */
  get(options?: { select?: string[] }): Promise<KubernetesObject>;
  /** `null` where there is none. */
  find(options?: { select?: string[] }): Promise<KubernetesObject | null>;
  watch(options?: {
    existing?: boolean;
    resourceVersion?: string;
    onGap?: 'relist' | 'fail';
    select?: string[];
    signal?: AbortSignal;
  }): AsyncIterable<WatchEvent>;
  /**
   * A merge patch; a list is a JSON patch; `type` says otherwise.
   *
   * @permission kubernetes: write
   * @throws `kubernetes.not-found`, `kubernetes.invalid`, `kubernetes.secret-masked`
   */
  patch(
    patch: object | object[],
    options?: { type?: 'json' | 'merge' | 'strategic' | 'apply'; subresource?: string; force?: boolean; dryRun?: boolean },
  ): Promise<KubernetesObject>;
  /** The fields that are given; name and kind are filled in. */
  apply(fields: object, options?: ApplyOptions): Promise<KubernetesObject>;
  ensure(fields: object, options?: ApplyOptions): Promise<Ensured>;
  diff(fields: object, options?: ApplyOptions): Promise<Difference>;
  /** `null` removes a label. */
  label(labels: Record<string, string | null>): Promise<KubernetesObject>;
  annotate(annotations: Record<string, string | null>): Promise<KubernetesObject>;
  /**
   * Waits until it is so, also for what is not there yet. `ready` means: a Deployment, StatefulSet or DaemonSet is rolled out, a Job
   * has completed, a Pod is ready or has succeeded, a definition is established, a claim is bound; another kind's condition `Ready`
   * or `Available` is true. Else a condition: `'Established'`, `'Available=False'`.
   *
   * When it is not so in time the message says what keeps it: an image that cannot be pulled, a pod that finds no node, a
   * container that crashes (its last lines are in `details.log`), a probe that fails, a quota; `details.events` has warnings. A
   * cluster that answered before and is away, as while it is upgraded, is waited for in that time.
   *
   * @param options.timeout default `'5m'`
   * @returns The object as it is then; nothing after `'deleted'`.
   * @throws `kubernetes.not-ready` when it cannot become so by itself
   * @throws `kubernetes.wait-timeout`
   */
  waitFor(
    what?: 'ready' | 'deleted' | (string & {}),
    options?: { timeout?: Duration; signal?: AbortSignal },
  ): Promise<KubernetesObject | undefined>;
  /**
   * Deletes it and waits until it is gone. What is not there is gone already.
   *
   * @returns Whether there was one.
   * @permission kubernetes: write
   * @throws `kubernetes.wait-timeout`, which names the finalizers that hold it
   */
  delete(options?: DeleteOptions): Promise<boolean>;
  /** What the cluster noted of it, the latest last; most clusters forget that after an hour. */
  events(): Promise<NotedEvent[]>;
}

// ---- Pods, workloads and nodes ---------------------------------------------------------------------------------------------

/** A line of a log. */
export interface LogLine {
  readonly pod: string;
  readonly container: string;
  /** When it was written, as the node knows it; `null` for what the node itself says, such as why it has no log. */
  readonly time: string | null;
  readonly text: string;
}

export interface LogOptions {
  /** Default: all of them, without those that only prepare the pod. */
  container?: string;
  /**
   * Goes on until nothing more can be written, when the connection breaks, when the cluster is away (ten minutes at most) and when a
   * container is started again; default `false`. Of a selection, pods that come later join; a workload is followed for as long as it
   * is to have pods, labels until the last pod that has them is done, the first one being waited for. A slow loop slows the reading, and loses nothing.
   */
  follow?: boolean;
  since?: Duration;
  /** ISO 8601. */
  sinceTime?: string;
  /** How many of the last lines of each container. */
  tail?: number;
  /** Of the container before it was started again; default `false`. */
  previous?: boolean;
  signal?: AbortSignal;
}

/** Awaited, all lines; in `for await`, one after the other, as they come. */
export interface Log extends PromiseLike<LogLine[]>, AsyncIterable<LogLine> {
  catch<T>(rejected: (reason: any) => T): Promise<LogLine[] | T>;
  finally(settled: () => void): Promise<LogLine[]>;
  /** What was written, without who wrote it and when. */
  text(): Promise<string>;
}

export interface ExecOptions {
  /** Default: the only one, or the one that the pod names by `kubectl.kubernetes.io/default-container`. */
  container?: string;
  /** What it reads: a text, bytes, or pieces of either as they come. Default: nothing. */
  stdin?: string | Uint8Array | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
  /**
   * After it the command is left to itself, and may run on in the container. It begins before the cluster is asked. Default: no
   * limit.
   */
  timeout?: Duration;
  /** Makes a status other than 0 a result; default `false`. */
  nothrow?: boolean;
  signal?: AbortSignal;
}

/** How a command ended. */
export interface ExecOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly ok: boolean;
  /** In milliseconds. */
  readonly duration: number;
  text(): string;
  lines(): string[];
  /** @throws `kubernetes.not-json` */
  json(): any;
}

/** A command that runs at the end of this turn: awaited, how it ended; in `for await`, the lines of its stdout as they come. */
export interface Execution extends PromiseLike<ExecOutput>, AsyncIterable<string> {
  catch<T>(rejected: (reason: any) => T): Promise<ExecOutput | T>;
  finally(settled: () => void): Promise<ExecOutput>;
  text(): Promise<string>;
  /** @throws `kubernetes.not-json` */
  json(): Promise<any>;
  nothrow(): Execution;
  timeout(limit: Duration): Execution;
}

/** A command on a terminal. What it shows comes in `for await`, in pieces; leaving the loop ends it. */
export interface Terminal extends AsyncIterable<string> {
  /** Keys; `'\r'` is Return. `false` when nobody reads them any more. */
  write(data: string | Uint8Array): Promise<boolean>;
  /** @throws `kubernetes.terminal-size` */
  resize(size: { rows: number; columns: number }): Promise<void>;
  /** How it ended; `undefined` while it runs. */
  readonly exitCode: number | undefined;
  close(): Promise<void>;
}

/** What was copied. */
export interface Copied {
  readonly files: number;
  readonly folders: number;
  readonly links: number;
  readonly sizeBytes: number;
  /** Devices, pipes and sockets of this machine, which are not copied. */
  readonly leftOut: string[];
}

export interface CopyOptions {
  /** Default as in {@link ExecOptions}. */
  container?: string;
  signal?: AbortSignal;
}

/** Something that the cluster noted of an object. */
export interface NotedEvent {
  readonly type: 'Normal' | 'Warning' | (string & {});
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  /** Who noted it, such as `kubelet`. */
  readonly source: string;
}

/** A pod. */
export interface PodHandle extends Handle {
  /**
   * Runs a command; its words are given as they are, no shell reads them.
   *
   * @permission kubernetes: write
   * @throws `kubernetes.exit-status`, unless `nothrow`
   * @throws `kubernetes.command-not-found`, `kubernetes.command-not-started`, `kubernetes.no-command`
   * @throws `kubernetes.several-containers`, `kubernetes.container-unknown`, `kubernetes.container-not-running`
   * @throws `kubernetes.command-timeout`, `kubernetes.command-lost`
   * @throws `kubernetes.output-too-large` beyond 16 MiB, `kubernetes.line-too-long` beyond 1 MiB in `for await`
   */
  exec(command: string[], options?: ExecOptions): Execution;
  /**
   * Runs a command on a terminal; default `['sh']`, 24 rows and 80 columns.
   *
   * @permission kubernetes: write
   * @throws As {@link exec}; `kubernetes.terminal-size`
   */
  terminal(command?: string[], options?: { rows?: number; columns?: number; container?: string; signal?: AbortSignal }): Promise<Terminal>;
  /** @throws `kubernetes.container-unknown`, `kubernetes.line-too-long` */
  logs(options?: LogOptions): Log;
  /**
   * Copies a file or folder of this machine into a container, by the container's `tar`. `to` is what it becomes; with a slash at
   * its end, the folder that it goes into. Folders around must exist. It needs `read` for `from`.
   *
   * @permission kubernetes: write
   * @throws `kubernetes.copy-failed`, `kubernetes.copy-path`, `kubernetes.no-tar`, and as {@link exec}
   */
  upload(from: string, to: string, options?: CopyOptions): Promise<Copied>;
  /**
   * Copies a file or folder of a container to this machine, in the same way. All of it arrives or nothing; nothing comes outside
   * of `to`, whatever the container says. It needs `write` for `to`.
   *
   * @param options.links Whether symbolic links are kept; one that leads out of the folder is refused. Default `true`.
   * @permission kubernetes: write
   * @throws `kubernetes.copy-failed`, `kubernetes.copy-path`, `kubernetes.no-tar`, and as {@link exec}
   * @throws `archive.leads-outside`, `archive.link-outside` and others of `hearth:archive`
   */
  download(from: string, to: string, options?: CopyOptions & { links?: boolean }): Promise<Copied>;
  /**
   * A port of this machine that leads to one of the pod, until it is closed, at the latest with the run. It needs `listen`.
   *
   * @param spec.to The port of the pod.
   * @param spec.host Where to listen; default `'127.0.0.1'`.
   * @param spec.port Default: any free one.
   * @permission kubernetes: write
   * @throws `kubernetes.port-wrong`, `kubernetes.pod-not-running`. Where nothing answers at the port, the stream ends and the log
   *   says why (`kubernetes.port-unreachable`).
   */
  forward(spec: { to: number; host?: string; port?: number; signal?: AbortSignal }): Promise<{
    readonly host: string;
    readonly port: number;
    close(): Promise<void>;
  }>;
}

/** A revision of a workload that the cluster keeps. */
export interface Revision {
  readonly revision: number;
  /** Whether it is so now. */
  readonly current: boolean;
  /** The annotation `kubernetes.io/change-cause`. */
  readonly cause: string | null;
  readonly images: string[];
  readonly created: string;
}

export interface RolloutOptions {
  /** Whether it is waited for until all pods are ready; default `true`. */
  wait?: boolean;
  /** Default `'5m'`. */
  timeout?: Duration;
  signal?: AbortSignal;
}

/** What makes pods. */
export interface WorkloadHandle extends Handle {
  /** Of all its pods. */
  logs(options?: LogOptions): Log;
}

/** A Deployment, StatefulSet or DaemonSet; `waitFor('ready')` waits for its rollout. */
export interface RolloutHandle extends WorkloadHandle {
  /** All pods anew, a few at a time. @permission kubernetes: write @throws `kubernetes.not-ready`, `kubernetes.wait-timeout` */
  restart(options?: RolloutOptions): Promise<void>;
  /** What it was, the latest last. */
  history(): Promise<Revision[]>;
  /**
   * Back to a revision; default the one before. Back to the current one changes nothing.
   *
   * @returns The revision that it is again; it takes the next number.
   * @permission kubernetes: write
   * @throws `kubernetes.revision-unknown`, `kubernetes.not-ready`, `kubernetes.wait-timeout`
   */
  undo(options?: RolloutOptions & { revision?: number }): Promise<Revision>;
}

/** What runs in a number of pods. */
export interface Scalable {
  /** @permission kubernetes: write @throws `kubernetes.not-ready`, `kubernetes.wait-timeout` */
  scale(replicas: number, options?: RolloutOptions): Promise<void>;
}

export interface DrainOptions {
  /** The only pods that are to go; default all. */
  labels?: Labels;
  /** Whether pods may go whose `emptyDir` goes with them; default `false`. */
  deleteEmptyDir?: boolean;
  /** Whether pods may go that nothing makes anew; default `false`. */
  force?: boolean;
  /** How long pods may take to end; default what each says itself. */
  graceSeconds?: number;
  /** How long budgets of disruption and ends are waited for; default `'5m'`. */
  timeout?: Duration;
  signal?: AbortSignal;
}

/** What draining did. */
export interface Drained {
  /** Whether the node took pods before. */
  readonly cordoned: boolean;
  readonly evicted: { readonly namespace: string; readonly name: string }[];
  /** Pods of DaemonSets and of the node itself. */
  readonly skipped: { readonly namespace: string; readonly name: string; readonly reason: string }[];
}

/** A node. */
export interface NodeHandle extends Handle {
  /** It takes no new pods. @permission kubernetes: write */
  cordon(): Promise<{ readonly changed: boolean }>;
  /** It takes pods again. @permission kubernetes: write */
  uncordon(): Promise<{ readonly changed: boolean }>;
  /**
   * Empties it, as `kubectl drain`: it takes no new pods, and those that are there are evicted and gone when this returns. Pods of
   * DaemonSets stay.
   *
   * @permission kubernetes: write
   * @throws `kubernetes.drain-refused` names pods that options would let go; nothing was changed then
   * @throws `kubernetes.drain-timeout` says which pod stays and why; the node takes no pods until {@link uncordon}
   */
  drain(options?: DrainOptions): Promise<Drained>;
}

/** What something used a moment ago. */
export interface Usage {
  readonly namespace: string | null;
  readonly name: string;
  /** Thousandths of a core. */
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly time: string;
  /** Of pods. */
  readonly containers: { readonly name: string; readonly cpuMillis: number; readonly memoryBytes: number }[] | null;
}

/** A Secret of the cluster. What its `data` has reads `***` in every object; the values come as Secrets, which do not show. */
export interface SecretHandle extends Handle {
  /** One value as a text. @throws `kubernetes.secret-key`, `kubernetes.secret-binary` */
  value(key: string): Promise<Secret>;
  /** All values by their keys. */
  values(): Promise<Record<string, Secret>>;
}

/** A release, without its manifests and values. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** Counted from 1. */
  readonly revision: number;
  /** Such as `deployed`. */
  readonly status: string;
  readonly chart: string;
  readonly chartVersion: string;
  readonly appVersion: string;
  readonly notes: string;
}

export interface DeployOptions {
  namespace?: string;
  createNamespace?: boolean;
  /** Go to Helm by its standard input; Secrets may be among them. */
  values?: Record<string, unknown>;
  /** Of the chart; default the newest. */
  version?: string;
  /** Address of the chart's repository, where the chart is a name in it. */
  repo?: string;
  /** Whether what fails is taken back; default `true`. It is waited for in both cases. */
  atomic?: boolean;
  dryRun?: boolean;
  /** Default `'5m'`. */
  timeout?: Duration;
  signal?: AbortSignal;
}

/**
 * Releases of charts, by the `helm` program, which needs `exec: ['helm']` and a context of your kubeconfig. Everything can fail with
 * `kubernetes.program-missing`, `kubernetes.program-failed`, `kubernetes.program-answer`, `kubernetes.helm-context` and
 * `kubernetes.helm-argument`.
 */
export interface Helm {
  /** As `helm list` tells them. */
  list(options?: { namespace?: string; allNamespaces?: boolean }): Promise<Record<string, string>[]>;
  /** `null` where there is none. */
  find(release: string, options?: { namespace?: string }): Promise<Record<string, string> | null>;
  status(release: string, options?: { namespace?: string }): Promise<Release>;
  /** What was given; with `all` also what the chart has itself. They may be secret, and are shown as they are. */
  values(release: string, options?: { namespace?: string; all?: boolean }): Promise<any>;
  /** @permission kubernetes: write */
  install(release: string, chart: string, options?: DeployOptions): Promise<Release>;
  /** Installs what is not there. @permission kubernetes: write */
  upgrade(release: string, chart: string, options?: DeployOptions): Promise<Release>;
  /** Whether there was one. @permission kubernetes: write */
  uninstall(release: string, options?: { namespace?: string; timeout?: Duration }): Promise<boolean>;
}

/** A cluster. */
export interface Cluster {
  /** All kinds that the server has now. */
  kinds(): Promise<Kind[]>;
  /** By kind, plural, short name, `deployments.apps`, `apps/Deployment` or `apps/v1/Deployment`; built in or custom. */
  kind(name: string): Collection;

  readonly pods: Collection<PodHandle>;
  readonly deployments: Collection<RolloutHandle & Scalable>;
  readonly statefulSets: Collection<RolloutHandle & Scalable>;
  readonly daemonSets: Collection<RolloutHandle>;
  readonly replicaSets: Collection<WorkloadHandle & Scalable>;
  readonly jobs: Collection<WorkloadHandle>;
  readonly cronJobs: Collection;
  readonly services: Collection;
  readonly ingresses: Collection;
  readonly networkPolicies: Collection;
  readonly configMaps: Collection;
  readonly secrets: Collection<SecretHandle>;
  readonly namespaces: Collection;
  readonly nodes: Collection<NodeHandle>;
  readonly serviceAccounts: Collection;
  readonly persistentVolumes: Collection;
  readonly persistentVolumeClaims: Collection;
  readonly storageClasses: Collection;
  readonly roles: Collection;
  readonly roleBindings: Collection;
  readonly clusterRoles: Collection;
  readonly clusterRoleBindings: Collection;
  readonly customResourceDefinitions: Collection;

  pod(name: string | KubernetesObject, options?: { namespace?: string }): PodHandle;
  deployment(name: string | KubernetesObject, options?: { namespace?: string }): RolloutHandle & Scalable;
  statefulSet(name: string | KubernetesObject, options?: { namespace?: string }): RolloutHandle & Scalable;
  daemonSet(name: string | KubernetesObject, options?: { namespace?: string }): RolloutHandle;
  replicaSet(name: string | KubernetesObject, options?: { namespace?: string }): WorkloadHandle & Scalable;
  job(name: string | KubernetesObject, options?: { namespace?: string }): WorkloadHandle;
  cronJob(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  service(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  ingress(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  networkPolicy(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  configMap(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  secret(name: string | KubernetesObject, options?: { namespace?: string }): SecretHandle;
  namespace(name: string | KubernetesObject): Handle;
  node(name: string | KubernetesObject): NodeHandle;
  serviceAccount(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  persistentVolume(name: string | KubernetesObject): Handle;
  persistentVolumeClaim(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  storageClass(name: string | KubernetesObject): Handle;
  role(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  roleBinding(name: string | KubernetesObject, options?: { namespace?: string }): Handle;
  clusterRole(name: string | KubernetesObject): Handle;
  clusterRoleBinding(name: string | KubernetesObject): Handle;
  customResourceDefinition(name: string | KubernetesObject): Handle;

  /**
   * Server-side apply as the field manager `hearth`: the fields that are given become so, others stay.
   *
   * @permission kubernetes: write
   * @throws `kubernetes.apply-conflict`, which lists who manages which field; `{ force: true }` takes them over
   * @throws `kubernetes.manifest-wrong`, `kubernetes.invalid`
   */
  apply(manifest: Manifest, options?: ApplyOptions): Promise<KubernetesObject>;
  /**
   * Many, in an order that works; a definition is waited for until its kind is there. All are looked at before the first is applied, and
   * what is wrong with any of them is told at once. What fails half-way says in `details.done` what was done.
   *
   * @throws `kubernetes.prune-labels`, `kubernetes.kustomization`, `kubernetes.program-missing`, `kubernetes.program-failed`, codes of `yaml`
   * @example
   * import { kubernetes } from 'hearth:kubernetes';
   * export const recipe = { summary: 'Applies two objects', permissions: { kubernetes: 'write' } };
   * export default async ({ log }) => {
   *   const manifests = `
   * apiVersion: v1
   * kind: ConfigMap
   * metadata: { name: example-one, labels: { set: example } }
   * ---
   * apiVersion: v1
   * kind: ConfigMap
   * metadata: { name: example-two, labels: { set: example } }
   * `;
   *   const { objects } = await kubernetes().apply(manifests, { prune: { labels: { set: 'example' } }, preview: true });
   *   for (const { action, kind, name } of objects) log.info(`${action} ${kind} ${name}`);
   * };
   */
  apply(manifests: Manifests, options?: ApplyManyOptions): Promise<Applied>;
  /** The same, and what that changed; a second time it changes nothing. */
  ensure(manifest: Manifest, options?: ApplyOptions): Promise<Ensured>;
  ensure(manifests: Manifests, options?: ApplyManyOptions): Promise<Applied>;
  /**
   * What applying would change, by a dry run against what is there: no status, no defaults, nothing that the server notes itself.
   * The API asks for the rights to apply, so Hearth's read intent is enough and the cluster's is not.
   */
  diff(manifest: Manifest, options?: ApplyOptions): Promise<Difference>;
  diff(manifests: Manifests, options?: ApplyManyOptions): Promise<Applied>;
  /**
   * Deletes what manifests name, what was made last first, and waits until it is gone. What is not there is passed over, and so is what is
   * of a kind that is gone.
   *
   * @permission kubernetes: write
   * @throws `kubernetes.manifest-wrong`, `kubernetes.wait-timeout`, which names the finalizers that hold something
   */
  delete(what: Manifest | Manifests, options?: DeleteOptions & { namespace?: string }): Promise<Applied>;

  readonly helm: Helm;

  /**
   * The logs of all pods that labels select, in one namespace.
   *
   * @throws `kubernetes.nothing-selected`, `kubernetes.line-too-long`
   * @example
   * import { kubernetes } from 'hearth:kubernetes';
   * export const recipe = { summary: 'Reads logs', permissions: { kubernetes: 'read' } };
   * export default async ({ log }) => {
   *   for await (const { pod, text } of kubernetes().logs({ labels: { app: 'web' }, tail: 10 })) log.info(`${pod}: ${text}`);
   * };
   */
  logs(options: LogOptions & { labels: Labels; namespace?: string }): Log;

  /** What is used. @throws `kubernetes.no-metrics` where no metrics API is installed */
  readonly top: {
    nodes(options?: { labels?: Labels }): Promise<Usage[]>;
    pods(options?: { namespace?: string; allNamespaces?: boolean; labels?: Labels }): Promise<Usage[]>;
  };

  /**
   * The raw door: any path of the API. Values of Secrets read `***` here, too.
   *
   * @throws `kubernetes.path-wrong`
   * @permission kubernetes: read for GET, else write
   */
  request(
    method: string,
    path: string,
    options?: { params?: Record<string, string | number | boolean | string[]>; body?: unknown; type?: string; signal?: AbortSignal },
  ): Promise<any>;
  /** What the server says of itself, such as `gitVersion`. */
  version(): Promise<{ readonly major: string; readonly minor: string; readonly gitVersion: string; readonly [field: string]: any }>;
  /** Where the connection leads. */
  place(): Promise<{ readonly server: string; readonly namespace: string }>;
}
