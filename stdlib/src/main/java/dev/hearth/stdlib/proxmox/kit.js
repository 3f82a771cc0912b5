// What the pieces of hearth:proxmox are made with.
import { connected, items, quoted } from 'hearth:binding';

export { quoted } from 'hearth:binding';

/** The operations of a connection, what makes handles of it, and its tasks. */
export function kitOf(connection, mark) {
  const { ops, handle } = connected('proxmox', connection, mark);

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
