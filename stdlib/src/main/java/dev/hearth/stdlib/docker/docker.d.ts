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
}

export interface RegistryOptions {
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
