// hearth:ssh: hosts, and commands on them as tagged templates; everything else is Java.
import { errorFrom, handles, isSecret, open, quoted, shownAs } from 'hearth:binding';
import { Command, template } from 'hearth:binding/command';
import { Transfer } from 'hearth:binding/command/transfer';

const fail = (code, message, hint) => {
  throw errorFrom({ code, message, hint });
};

/** Variables that are Secrets apart: they do not go into the command, whose words are no secrets. */
const apart = (env) => {
  if (typeof env !== 'object' || env === null) return { env };
  const all = Object.entries(env);
  return {
    env: Object.fromEntries(all.filter(([, value]) => !isSecret(value))),
    secretEnv: Object.fromEntries(all.filter(([, value]) => isSecret(value))),
  };
};

const kind = (ops) => ({
  ops,
  module: 'ssh',
  malformed: 'ssh.command-malformed',
  seenBy: 'the host',
  written: ['`run`', 'host.run`…` or host.run({ … })`…`'],
  options: (given) => ('env' in given ? { ...given, ...apart(given.env) } : given),
  Command,
});

const copy =
  (ops, way) =>
  (from, to, { signal, ...options } = {}) =>
    new Transfer({ ops, way, module: 'ssh', what: 'copy' }, { ...options, from, to }, { signal, trace: new Error() });

/** Content as the record and the bytes beside it. */
const content = (path, data, options) =>
  data instanceof Uint8Array
    ? [{ ...options, path }, { bytes: data, trace: new Error() }]
    : [{ ...options, path, text: data }, { trace: new Error() }];

/** Ports that are forwarded until they are closed, at the latest with the run. */
const tunnel = async (opening) => {
  const stream = await opening;
  const { value } = await stream.next();
  return Object.freeze({ ...value, close: async () => void (await stream.return()) });
};

/** The state of a file; its content goes apart, and so does whether anybody may be told of it. */
const ensureFile = (ops, { content: data, source, ...file } = {}) => {
  const secret = isSecret(data) ? { secret: true } : {};
  const bytes = data instanceof Uint8Array ? data : undefined;
  const text = bytes === undefined && data !== undefined ? { text: data } : {};
  const from = source === undefined ? {} : { source };
  return ops.ensureFile({ ...text, ...from, file: { ...file, ...secret } }, { bytes, trace: new Error() });
};

/** How a host is made again from its name, as after a resume. */
const mark = handles('ssh', { host: ({ host }) => ssh(host) });

/** A host: a stored connection, an alias of ssh_config, or one that is spelled out. */
export function ssh(target) {
  const ops = open('ssh', target);
  const commands = kind(ops);
  const host = {
    run: template(commands, {}),
    sudo: template(commands, { sudo: true }),
    facts: (options) => ops.facts(options),
    hostKey: () => ops.hostKey(),
    upload: copy(ops, 'upload'),
    download: copy(ops, 'download'),
    read: (path) => ops.readText({ path }),
    bytes: (path) => ops.readBytes({ path }),
    write: (path, data, options) => ops.write(...content(path, data, options)),
    list: (path = '.') => ops.list({ path }),
    stat: (path) => ops.stat({ path }),
    mkdir: (path) => ops.makeFolder({ path }),
    remove: (path, options) => ops.remove({ ...options, path }),
    forward: (spec) => tunnel(ops.forward(spec)),
    forwardBack: (spec) => tunnel(ops.forwardBack(spec)),
    pkg: Object.freeze({ ensure: (spec) => ops.ensurePackages(spec) }),
    service: Object.freeze({ ensure: (spec) => ops.ensureService(spec) }),
    file: Object.freeze({ ensure: (spec) => ensureFile(ops, spec) }),
    user: Object.freeze({ ensure: (spec) => ops.ensureUser(spec) }),
  };
  Object.defineProperty(host, 'toJSON', { value: () => ({ host: nameOf(target) }) });
  shownAs(() => `ssh(${quoted(target)})`, host);
  return typeof target === 'string' ? mark('host', { host: target }, host) : host;
}

const nameOf = (target) => (typeof target === 'string' ? target : target?.host);

/** The same work on many hosts, so many at a time; what came of it, by host. */
export function hosts(targets, { limit = 20, failFast = false, ...unknown } = {}) {
  const wrong = Object.keys(unknown)[0];
  if (wrong !== undefined) {
    fail('ssh.option', `\`hosts\` has no option \`${wrong}\`.`, 'It has `limit` and `failFast`.');
  }
  if (!Array.isArray(targets) || !Number.isInteger(limit) || limit < 1) {
    fail(
      'ssh.option',
      Array.isArray(targets) ? '`limit` is no whole number from 1 on.' : '`hosts` takes an array.',
      "Write it like hosts(['web1', 'web2'], { limit: 20 }).",
    );
  }
  const all = targets.map((target) => ({ name: nameOf(target), host: ssh(target) }));
  const twice = all.find(({ name }, i) => all.findIndex((other) => other.name === name) < i);
  if (twice !== undefined) {
    fail('ssh.option', `\`${twice.name}\` is named twice.`, 'Name each host once.');
  }

  const each = async (work) => {
    const results = {};
    for (const { name } of all) results[name] = undefined; // in the order that was asked for
    const stop = new AbortController();
    let next = 0;
    let failure;
    const worker = async () => {
      while (next < all.length && failure === undefined) {
        const { name, host } = all[next++];
        try {
          results[name] = { ok: true, value: await work(host, { name, signal: stop.signal }) };
        } catch (error) {
          results[name] = { ok: false, error };
          if (failFast && failure === undefined) {
            failure = { error };
            stop.abort();
          }
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(limit, all.length) }, worker));
    if (failure !== undefined) throw failure.error;
    return results;
  };

  const everywhere =
    (way, defaults) =>
    (pieces, ...values) =>
      Array.isArray(pieces)
        ? each((host, { signal }) => host[way]({ signal, ...defaults })(pieces, ...values))
        : everywhere(way, { ...defaults, ...pieces });

  return Object.freeze({ each, run: everywhere('run', {}), sudo: everywhere('sudo', {}) });
}
