// hearth:http: a client that tries again, downloads, and a small server for webhooks.
import { open, pure, fetchOver, isSecret, log } from 'hearth:binding';

const ops = open('http');
const checks = pure('http');
const send = fetchOver('http');
const { AbortSignal, AbortController, Headers, Request, Response, URL, Math, Date, JSON, Promise, Object, setTimeout, clearTimeout,
  TextDecoder, performance } = globalThis;

const LIVE = ['headers', 'query', 'json', 'body', 'signal', 'trace'];
/** What passes, and may not the next time. */
const PASSING = /^(net\.(refused|unreachable|connect-timeout|resolve-timeout|name-not-resolved|connection-lost)|http\.(connection-lost|timeout|body-broke-off|body-stalled|time-over))$/;
const EXCERPT = 8192;
/** Why an attempt was given up. */
const LATE = Object.freeze({ late: true });

// ---- Options ---------------------------------------------------------------------------------------

/** A number is a limit, false is none. */
const retryOf = (given) => (given === false ? { limit: 0 } : typeof given === 'number' ? { limit: given } : given);

const settle = (options) => {
  const data = {};
  for (const name of Object.keys(options)) {
    if (options[name] === undefined) continue;
    if (name === 'retry') data.retry = retryOf(options.retry);
    else if (!LIVE.includes(name)) data[name] = options[name]; // what is none of ours is refused by its name
  }
  return checks.settle(data);
};

const headersOf = (...layers) => {
  const all = new Headers();
  for (const layer of layers) {
    if (layer !== undefined) new Headers(layer).forEach((value, name) => all.set(name, value));
  }
  return all;
};

const urlOf = (url, { baseUrl, query }) => {
  if (baseUrl !== undefined && !URL.canParse(baseUrl)) checks.wrong({ option: 'baseUrl', what: 'is no web address' });
  const base = baseUrl === undefined || baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  const text = String(url);
  const whole = URL.canParse(text) || base === undefined ? text : text.replace(/^\/+/, '');
  if (!URL.canParse(whole, base)) checks.wrong({ option: 'url', what: `(${text}) is no web address; give it whole, or a \`baseUrl\`` });
  const made = new URL(whole, base);
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) made.searchParams.append(name, String(revealed(each)));
    }
  }
  return made;
};

/** A Secret's value, for the server alone. */
const revealed = (value) => (isSecret(value) ? value.reveal() : value);

function revealedInJson(key, text) {
  return isSecret(this[key]) ? this[key].reveal() : text;
}

const merged = (defaults, options) => ({ ...defaults, ...options, headers: headersOf(defaults.headers, options?.headers) });

// ---- One request -------------------------------------------------------------------------------------

/** Without what may be secret. */
const shown = (url) => `${url.origin}${url.pathname}`;

const isBlank = (value) => value === undefined || value === null;

const requestOf = (method, url, options) => {
  const headers = headersOf(options.headers);
  let { body } = options;
  if (options.json !== undefined) {
    if (!isBlank(body)) checks.wrong({ option: 'json', what: 'and `body` cannot both be given' });
    body = JSON.stringify(options.json, revealedInJson);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  }
  if (!headers.has('accept')) headers.set('accept', 'application/json, text/plain;q=0.9, */*;q=0.8');
  return { method, headers, body, duplex: 'half', redirect: options.redirect };
};

/** Sleeps, unless the signal ends it. */
const pause = (millis, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(), millis);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** Half to all of what doubles each time: many who failed together do not come back together. */
const backoff = (settled, attempt) => {
  const most = Math.min(settled.maxBackoff, settled.backoff * 2 ** attempt);
  return most / 2 + (Math.random() * most) / 2;
};

/** What the server asks for, in milliseconds; `undefined` when it asks for nothing. */
const retryAfter = (response) => {
  const said = response?.headers?.get('retry-after');
  if (isBlank(said)) return undefined;
  const millis = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return millis >= 0 ? millis : undefined;
};

/** Runs `once(signal)` until it succeeds or there is no use in more. */
const tryAgain = async (method, url, options, settled, once) => {
  const started = performance.now();
  const left = () => settled.totalTimeout - (performance.now() - started);
  const total = AbortSignal.timeout(settled.totalTimeout);
  const whole = options.signal === undefined ? total : AbortSignal.any([options.signal, total]);
  const late = (limit) => ops.late({ method, url: shown(url), limit }, { trace: options.trace });
  for (let attempt = 0; ; attempt++) {
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(LATE), settled.timeout);
    let response;
    let error;
    try {
      response = await once(AbortSignal.any([whole, clock.signal]));
    } catch (failure) {
      error = failure;
      if (options.signal?.aborted) throw options.signal.reason;
      if (total.aborted) await late(settled.totalTimeout);
      if (failure === LATE) {
        try {
          await late(settled.timeout);
        } catch (explained) {
          error = explained;
        }
      }
    } finally {
      clearTimeout(timer); // what is left of the body has the time of the whole
    }
    const status = error === undefined ? response.status : error.code === 'http.status' ? error.details.status : 0;
    const passes = settled.statuses.includes(status) || PASSING.test(error?.code ?? '');
    const may = attempt < settled.limit && settled.methods.includes(method) && typeof options.body?.getReader !== 'function';
    const wait = retryAfter(response) ?? backoff(settled, attempt);
    if (!passes || !may || wait > settled.maxBackoff || wait >= left()) {
      if (error !== undefined) throw error;
      return response;
    }
    await response?.body?.cancel();
    log.debug(`${method} ${shown(url)} is tried again`, { attempt: attempt + 1, waitMillis: Math.round(wait), why: error?.code ?? response.status });
    try {
      await pause(wait, whole);
    } catch (reason) {
      if (options.signal?.aborted) throw reason;
      await late(settled.totalTimeout);
    }
  }
};

const excerpt = async (response) => {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= EXCERPT) break;
  }
  return text.slice(0, EXCERPT);
};

const request = async (method, url, options) => {
  const settled = settle(options);
  const made = requestOf(method, url, options);
  const response = await tryAgain(method, url, options, settled, (signal) => send(url, { ...made, signal }));
  if (response.ok || options.anyStatus || (response.status < 400 && options.redirect === 'manual')) return response;
  const refused = {
    method,
    url: shown(url),
    status: response.status,
    reason: response.statusText,
    body: await excerpt(response),
    type: response.headers.get('content-type'),
  };
  return ops.refuse(refused, { trace: options.trace });
};

/** A promise of the answer that can be asked for its content at once: `await http.get(url).json()`. */
const reading = (promise) => {
  for (const form of ['json', 'text', 'bytes', 'blob', 'arrayBuffer']) {
    Object.defineProperty(promise, form, { value: async () => (await promise)[form]() });
  }
  return promise;
};

// ---- Downloads -------------------------------------------------------------------------------------

const download = async (url, path, options) => {
  const { checksum, ...others } = options;
  const settled = settle(others);
  const headers = Object.fromEntries(headersOf(options.headers));
  const args = { url: url.href.replace(/#.*/, ''), host: url.hostname, headers, path: String(path), checksum };
  const unhurried = { ...settled, timeout: settled.totalTimeout }; // a large file takes as long as it takes
  return tryAgain('GET', url, others, unhurried, (signal) => ops.download(args, { signal, trace: options.trace }));
};

// ---- The client ------------------------------------------------------------------------------------

const client = (defaults) => {
  const ask = (method) => (url, options = {}) => {
    const trace = new Error(); // where the recipe asks; what fails later says so
    return reading((async () => {
      const all = { ...merged(defaults, options), trace };
      return request(method, urlOf(url, all), all);
    })());
  };
  const extend = (more = {}) => {
    settle(more);
    return client(merged(defaults, more));
  };
  const made = (more) => extend(more);
  const methods = {
    get: ask('GET'),
    head: ask('HEAD'),
    post: ask('POST'),
    put: ask('PUT'),
    patch: ask('PATCH'),
    delete: ask('DELETE'),
    request: (method, url, options) => ask(String(method).toUpperCase())(url, options),
    download: async (url, path, options = {}) => {
      const trace = new Error();
      const all = { ...merged(defaults, options), trace };
      return download(urlOf(url, all), path, { totalTimeout: '1h', ...all });
    },
    extend,
    create: extend,
  };
  for (const name of Object.keys(methods)) Object.defineProperty(made, name, { value: methods[name], enumerable: true });
  return Object.freeze(made);
};

export const http = client({});

// ---- The server ------------------------------------------------------------------------------------

const responseOf = (given) => {
  if (given instanceof Response) return given;
  if (given === undefined || given === null) return new Response(null, { status: 204 });
  if (typeof given === 'number') return new Response(null, { status: given });
  return typeof given === 'string' ? new Response(given) : Response.json(given);
};

const incoming = async (at, { request: id, method, target, headers, hasBody }) => {
  const body = hasBody ? await ops.body({ server: at.server, request: id }) : undefined;
  const url = new URL(target.startsWith('/') ? target.replace(/^\/+/, '/') : '/', `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${at.port}`);
  const isBodiless = method === 'GET' || method === 'HEAD';
  const made = new Request(url, { method, headers, ...(isBodiless || body === undefined ? {} : { body }) });
  const respond = async (given) => {
    const response = responseOf(given);
    const fields = [...response.headers];
    await ops.answer({ server: at.server, request: id, status: response.status, headers: fields }, { bytes: new Uint8Array(await response.arrayBuffer()) });
  };
  Object.defineProperty(made, 'respond', { value: respond });
  return made;
};

/** Requests that no `Request` can be are answered here. */
const accept = async (at, item) => {
  try {
    return await incoming(at, item);
  } catch (error) {
    if (!(error instanceof TypeError)) return undefined; // its client has left
    await ops.answer({ server: at.server, request: item.request, status: 501, headers: [] }, { bytes: new Uint8Array(0) }).catch(() => {});
    return undefined;
  }
};

const answerWith = async (handler, received) => {
  try {
    await received.respond(await handler(received));
  } catch (error) {
    if (error?.code === 'http.answered-twice' || error?.code === 'http.not-serving') return;
    log.error(`${received.method} ${new URL(received.url).pathname} failed`, { error: String(error?.message ?? error), code: error?.code });
    await received.respond(new Response(null, { status: 500 })).catch(() => {});
  }
};

export function serve(options = {}, handler = undefined) {
  const { signal, ...serving } = options;
  const opening = (async () => ops.serve({ port: 0, ...serving }))();
  const ready = (async () => {
    const { server, host, port } = send.headOf(await opening);
    return { server, host, port, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}` };
  })();
  const close = async () => ops.closeServer({ server: (await ready).server });
  signal?.addEventListener('abort', () => void close().catch(() => {}), { once: true });
  const requests = async function* () {
    const at = await ready;
    for await (const item of await opening) {
      const received = await accept(at, item);
      if (received !== undefined) yield received;
    }
  };
  if (handler !== undefined) {
    const pending = new Set();
    const finished = (async () => {
      for await (const received of requests()) {
        const answering = answerWith(handler, received).finally(() => pending.delete(answering));
        pending.add(answering);
      }
      await Promise.all(pending);
    })();
    return Object.freeze({ ready: ready.then(({ host, port, url }) => ({ host, port, url })), close, finished });
  }
  ready.catch(() => {}); // whoever reads the requests hears of it
  return Object.freeze({
    ready: ready.then(({ host, port, url }) => ({ host, port, url })),
    close,
    [Symbol.asyncIterator]: requests,
  });
}
