// The raw door of hearth:proxmox: any method of the API, by its path.
import { errorFrom, inspect } from 'hearth:binding';

const HINT = "Write names and plain values, then a verb: `pve.api.nodes('pve').qemu(100).config.get()`.";

const VERBS = { get: 'GET', create: 'POST', post: 'POST', set: 'PUT', put: 'PUT', delete: 'DELETE' };

/** How a session asks what can be typed behind an object. */
const COMPLETE = Symbol.for('hearth.complete');

/** What asks an object for its text, and what asks whether it is a promise or a class's, asks for no path. */
const TEXTS = new Set([Symbol.toPrimitive, Symbol.for('nodejs.util.inspect.custom'), 'toString', 'toJSON', 'inspect']);
const NO_PATHS = new Set(['then', 'constructor', 'valueOf']);

const refuse = (message) => {
  throw errorFrom({ code: 'proxmox.path-segment', message, hint: HINT });
};

/** What a call may add to a path; the text itself is looked at where it is sent. */
const segment = (value) => {
  const isPlain = typeof value === 'string' || typeof value === 'bigint' || (Number.isSafeInteger(value) && value >= 0);
  return isPlain ? String(value) : refuse(`\`${inspect(value)}\` cannot be a part of a path of the API.`);
};

/** The raw door of one connection. */
export function rawDoor({ ops }) {
  const send = (method, where, params) =>
    method === 'GET' ? ops.read({ ...where, params }) : ops.change({ method, ...where, params });

  /** What can follow some steps of a path that is being typed: names, and calls such as `('pve')`. */
  const following = (segments) => async (steps) => {
    const typed = steps.flatMap((step) =>
      step.startsWith('(') ? [...step.matchAll(/'([^']*)'|"([^"]*)"|(\d+)/g)].map(([, one, two, three]) => one ?? two ?? three) : step,
    );
    const { names, verbs } = await ops.apiBelow({ segments: [...segments, ...typed] });
    return [...names, ...Object.keys(VERBS).filter((verb) => verbs.includes(VERBS[verb]))];
  };

  const path = (segments) => Object.defineProperty(() => {}, COMPLETE, { value: following(segments) });

  /** `api.nodes('pve').qemu(100).config.get()`: names and calls add to the path, a verb sends it. */
  const api = (segments) =>
    new Proxy(path(segments), {
      get: (_, key) => {
        if (TEXTS.has(key)) return () => `ProxmoxApi /${segments.join('/')}`;
        if (typeof key === 'symbol' || NO_PATHS.has(key)) return undefined;
        if (!Object.hasOwn(VERBS, key)) return api([...segments, key]);
        return segments.length > 0
          ? (params) => send(VERBS[key], { segments }, params)
          : () => refuse(`\`api.${key}()\` has no path before its verb.`);
      },
      set: (_, key) => refuse(`\`/${[...segments, String(key)].join('/')}\` is a path of the API, which cannot be assigned to.`),
      apply: (_, self, values) =>
        values.length > 0
          ? api([...segments, ...values.map(segment)])
          : refuse(`\`/${segments.join('/')}\` is called without a value.`),
    });

  return {
    request: (method, path, { params } = {}) =>
      send(typeof method === 'string' ? method.toUpperCase() : method, { path }, params),
    api: api([]),
    rights: (calls) => ops.rightsFor({ calls }),
  };
}
