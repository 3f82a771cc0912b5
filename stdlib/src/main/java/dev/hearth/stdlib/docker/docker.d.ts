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
