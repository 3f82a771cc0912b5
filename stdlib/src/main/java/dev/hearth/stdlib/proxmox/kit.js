// What the pieces of hearth:proxmox are made with.
import { inspect, items, open } from 'hearth:binding';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A name as it stands in a handle's text. */
export const quoted = (name) => (typeof name === 'string' ? `'${name}'` : inspect(name));

/** The operations of a connection and what makes handles of it. `mark` gives a handle its name in the journal. */
export function kitOf(connection, mark) {
  const ops = open('proxmox', connection);

  /** A handle; people see it as `text()`, `vm(100)`. */
  const handle = (kind, name, text, members) => {
    const made = Object.freeze(Object.defineProperty(members, INSPECT, { value: text }));
    // A connection that is spelled out has no name, and may hold a secret: its handles come back as data.
    return connection === undefined || typeof connection === 'string' ? mark(kind, { connection, ...name }, made) : made;
  };

  const task = (upid) => {
    const name = typeof upid === 'object' ? upid?.upid : upid;
    return handle('task', { upid: name }, () => `task(${quoted(name)})`, {
      upid: name,
      status: () => ops.taskStatus({ upid: name }),
      wait: ({ timeout, ...options } = {}) => ops.waitForTask({ upid: name, timeout }, options),
      log: (options) => items(() => ops.taskLog({ upid: name, ...options })),
      stop: () => ops.stopTask({ upid: name }),
      toJSON: () => ({ upid: name }),
    });
  };

  /** What was answered, or the task when nobody waits for it. */
  const outcome = (wait, value) => (wait === false && value !== null ? task(value) : value);

  /** Reads a path of the API, given in parts. */
  const read = (segments, params) => ops.read({ segments, params });

  /** Changes something by its path, and waits for the task that this may begin unless `wait` is false. */
  const change = async (method, segments, { wait, ...params } = {}) =>
    outcome(wait, await ops.work({ method, segments, params, awaited: wait }));

  return { ops, handle, task, outcome, read, change };
}
