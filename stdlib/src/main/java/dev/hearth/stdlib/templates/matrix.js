// Several templates at once, within what storages bear.
const HEAVY = new Set(['create the VM', 'clone it for the boot test']);

/** At most so many at once; who comes later waits in line. */
export function turns(most) {
  let free = most;
  const waiting = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

/** Gates by name, each made when it is first asked for. */
const gates = (most) => {
  const made = new Map();
  return (name) => {
    if (!made.has(name)) made.set(name, turns(most));
    return made.get(name);
  };
};

/**
 * The `step` of each wish: named after its template, and where it copies disks or downloads it waits for its turn. A storage
 * has one lock for what is allocated, so more at once only wait in Proxmox, where they time out; a file is downloaded once.
 */
export function stepsOf(atOnce) {
  const disks = gates(atOnce);
  const files = gates(1);
  return ({ name, node, storage, imageStorage = 'local' }, step) =>
    (title, work, options) => {
      const gate = HEAVY.has(title)
        ? disks(`${node} ${storage}`)
        : title === 'download the image'
          ? files(`${node} ${imageStorage}`)
          : null;
      return step(`${name}: ${title}`, gate === null ? work : () => gate(work), options);
    };
}
