import type { Secret } from 'hearth:secret';

/**
 * HTTP with what `fetch` leaves to you: retries with back-off, time limits, base addresses, JSON, errors for
 * statuses, downloads to files, and a small server for webhooks.
 *
 * @permission net for each host and port that is contacted, also by redirects
 * @permission write for the path of a download
 * @permission listen for the address of a server
 * @example
 * import { http } from 'hearth:http';
 * export const recipe = { permissions: { net: ['cloud.debian.org:443'] } };
 * export default async () => {
 *   const debian = http({ baseUrl: 'https://cloud.debian.org/images/cloud/' });
 *   return (await debian.get('trixie/latest/SHA512SUMS').text()).length;
 * };
 */
export const http: HttpClient;

/** A time with its unit: `'300ms'`, `'30s'`, `'5m'`. Bare numbers are refused. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

export interface HttpClient {
  /** A client with these defaults on top of this one's; the same as `extend`. */
  (defaults: ClientOptions): HttpClient;
  extend(defaults: ClientOptions): HttpClient;
  create(defaults: ClientOptions): HttpClient;
  /**
   * The answer, when its status is 200 to 299.
   *
   * @param url Whole, or relative to `baseUrl`.
   * @throws `http.status` for any other status; `details` has `status`, `reason` and the begin of the `body`
   * @throws `http.time-over` beyond `timeout` or `totalTimeout`
   * @throws `http.option-wrong` for an option that makes no sense
   * @throws what `fetch` throws when the peer cannot be reached: `net.refused`, `permission.denied` …
   */
  get(url: string | URL, options?: RequestOptions): Answer;
  head(url: string | URL, options?: RequestOptions): Answer;
  post(url: string | URL, options?: RequestOptions): Answer;
  put(url: string | URL, options?: RequestOptions): Answer;
  patch(url: string | URL, options?: RequestOptions): Answer;
  delete(url: string | URL, options?: RequestOptions): Answer;
  request(method: string, url: string | URL, options?: RequestOptions): Answer;
  /**
   * Reads into a file, which is there whole and right or not at all; the bytes never enter JavaScript.
   *
   * @param options.checksum `'sha256:HEX'`, or with `sha1`, `sha384`, `sha512`
   * @param options.totalTimeout default `'1h'`; `timeout` plays no part
   * @throws `http.checksum-wrong` and those of `get`
   */
  download(url: string | URL, path: string, options?: DownloadOptions): Promise<Downloaded>;
}

/** A promise of the answer that can be asked for its content at once: `await http.get(url).json()`. */
export interface Answer extends Promise<Response> {
  json(): Promise<any>;
  text(): Promise<string>;
  bytes(): Promise<Uint8Array>;
  blob(): Promise<Blob>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface ClientOptions {
  /** What relative addresses are relative to; a `/` at its end is not needed. */
  baseUrl?: string;
  /** A Secret as a value is sent as what it holds; so it is in `query`, `json` and `body`. */
  headers?: HeadersInit | Record<string, string | Secret>;
  /** For one attempt, until the head of the answer is there; default `'30s'`. */
  timeout?: Duration;
  /** For all attempts and the waits between them; default `'2m'`. */
  totalTimeout?: Duration;
  /** How often it is tried again, or how; `false` for never. */
  retry?: number | false | Retry;
  /** Returns an answer of any status instead of failing; default `false`. */
  anyStatus?: boolean;
  redirect?: 'follow' | 'error' | 'manual';
}

export interface Retry {
  /** Default 2. */
  limit?: number;
  /** Default GET, HEAD, OPTIONS, PUT and DELETE, which do no more when they are done twice. */
  methods?: string[];
  /** Default 408, 429, 500, 502, 503, 504. */
  statuses?: number[];
  /** Before the second attempt; doubles each time, with up to half of it left to chance. Default `'300ms'`. */
  backoff?: Duration;
  /** The longest wait, also of what `Retry-After` asks for: beyond it, it is not tried again. Default `'30s'`. */
  maxBackoff?: Duration;
}

export type QueryValue = string | number | boolean | Secret;

export interface RequestOptions extends ClientOptions {
  /** Added to the address; a list gives its name several times. */
  query?: Record<string, QueryValue | null | undefined | QueryValue[]>;
  /** Sent as JSON, with its content type. */
  json?: unknown;
  /** Anything that `fetch` takes; a stream is sent once and never again. */
  body?: BodyInit | Secret;
  signal?: AbortSignal;
}

export interface DownloadOptions extends ClientOptions {
  checksum?: string;
  query?: RequestOptions['query'];
  signal?: AbortSignal;
}

export interface Downloaded {
  readonly path: string;
  readonly sizeBytes: number;
  /** `sha256:HEX`, or with the algorithm that was asked for. */
  readonly checksum: string;
  readonly status: number;
  /** Where it came from in the end. */
  readonly url: string;
}

export interface ServeOptions {
  /** Default `'127.0.0.1'`, which only this machine reaches. */
  host?: string;
  /** Default 0: any free port, for which the permission is `listen: ['127.0.0.1:0']`. */
  port?: number;
  /** The largest body; default 1 MiB. Larger ones are answered with 413. */
  maxBodyBytes?: number;
  /** How many requests may wait for their answer; default 64. More are answered with 503. */
  concurrency?: number;
  /** How long the recipe may take for one; default `'30s'`, then 504. */
  answerWithin?: Duration;
  /** Closes the server when it is aborted. */
  signal?: AbortSignal;
}

/** A request of a client; the web's, with the way to answer it. */
export interface ReceivedRequest extends Request {
  /**
   * Answers it: a Response, a text, a status, `undefined` for 204, or anything else as JSON. Bodies are sent whole.
   *
   * @throws `http.answered-twice` also when the client has left meanwhile
   */
  respond(answer?: Response | string | number | object | null): Promise<void>;
}

export interface Server extends AsyncIterable<ReceivedRequest> {
  /** Where it listens. */
  readonly ready: Promise<{ host: string; port: number; url: string }>;
  /** Takes no more requests, waits up to 10 s for the answers that are due, and closes. */
  close(): Promise<void>;
}

export interface HandledServer {
  readonly ready: Promise<{ host: string; port: number; url: string }>;
  close(): Promise<void>;
  /** When it is closed and all is answered. */
  readonly finished: Promise<void>;
}

/**
 * Listens for requests until it is closed, the loop is left, or the run ends.
 *
 * @permission listen
 * @example
 * import { http, serve } from 'hearth:http';
 * export const recipe = { permissions: { listen: ['127.0.0.1:0'], net: ['127.0.0.1:*'] } };
 * export default async () => {
 *   const server = serve({ port: 0 }, async (request) => ({ hello: (await request.json()).name }));
 *   const { url } = await server.ready;
 *   const answer = await http.post(`${url}/hook`, { json: { name: 'you' } }).json();
 *   await server.close();
 *   return answer.hello;
 * };
 */
export function serve(options?: ServeOptions): Server;
export function serve(options: ServeOptions, handler: (request: ReceivedRequest) => unknown): HandledServer;
