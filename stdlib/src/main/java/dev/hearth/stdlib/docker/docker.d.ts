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
  readonly images: Images;
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
  }): Promise<ContainerSummary[]>;
  /** What `inspect` tells. @throws `docker.container-not-found` */
  get(name: string): Promise<ContainerDetails>;
  /** The same; `null` when there is none. */
  find(name: string): Promise<ContainerDetails | null>;
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

/** A container; making the handle asks nothing of the engine. */
export interface ContainerHandle {
  readonly name: string;
  /** @throws `docker.container-not-found` @permission docker: read */
  inspect(): Promise<ContainerDetails>;
  /** Starts it; nothing happens when it runs. @throws `docker.container-not-found` @permission docker: write */
  start(): Promise<ContainerDetails>;
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
  /** What the Docker Hub finds for a word. @permission docker: read */
  search(term: string, options?: { limit?: number }): Promise<Record<string, unknown>[]>;
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
  /**
   * Takes this name away, and the image with its last name.
   *
   * @param options.force also where stopped containers are of it
   * @param options.noprune keeps what it stands on
   * @throws `docker.image-not-found`, `docker.conflict` when a container is of it
   * @permission docker: write
   */
  remove(options?: { force?: boolean; noprune?: boolean }): Promise<{ Untagged?: string; Deleted?: string }[]>;

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
   * @throws `docker.registry-server-failed` when it does not start; its log is in the details
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
   * Stops it, deletes what no image needs any more, and starts it again.
   *
   * @param options.untagged whether images that no tag leads to go, too
   * @throws `docker.container-not-found`, `docker.registry-server-other`, `docker.registry-server-failed`
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
  /** A volume, or a driver as Distribution's configuration has it: `{ s3: { region: 'eu-central-1', bucket: 'images' } }`. Default: a volume of the registry's name. */
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
 * `docker.registry-none`, `docker.registry-challenge`, `docker.registry-failed`, and as `fetch` does.
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
   * No engine takes part and nothing is kept on this machine.
   *
   * @throws `docker.registry-platform-missing`, `docker.registry-unknown-kind`, `docker.registry-mismatch`
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
  /** For `daemon.json`: objects are merged key by key, lists replaced, `null` takes away. Docker is started anew only for changes. */
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
  /** In order: `'removed'`, `'key'`, `'repository'`, `'packages'`, `'rootless-packages'`, `'settings'`, `'service'`, `'user NAME'` … */
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
