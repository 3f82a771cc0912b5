// What runs have left that are gone: half-built templates, clones of boot tests, and the images and vendor data of these.
import { log } from 'hearth:binding';
import { milliseconds, now } from 'hearth:time';
import { storageOf } from 'hearth:binding/templates/machine';
import { checkOptions, tooYoung } from 'hearth:binding/templates/refusals';
import { placeOf } from 'hearth:binding/templates/versions';

const USUAL = '1d';

/** A run that lives does something with its machine more often than this. */
const LEAST = '1h';

/** An image that a node brought; whoever may change a VM's notes could name any other volume there. */
const IMAGE = /^[A-Za-z][A-Za-z0-9_.-]*:import\/[A-Za-z0-9_.-]+$/;

/** Clones before the template that they stand on. */
const byWeight = (a, b) => (a.mark.kind === 'boot-test' ? 0 : 1) - (b.mark.kind === 'boot-test' ? 0 : 1) || a.vmid - b.vmid;

/** The leftovers of one connection. */
export function leftovers({ ops, pve, retention }) {
  /** When something was last done with a machine; Infinity while something is. */
  const lastActive = async ({ vmid, node, mark, config }) => {
    if (config.lock !== undefined) return Infinity;
    const made = [Date.parse(mark.builtAt ?? ''), Number(/(?:^|,)ctime=(\d+)/.exec(config.meta ?? '')?.[1]) * 1000];
    const tasks = await pve.request('GET', `/nodes/${node}/tasks`, { params: { vmid, source: 'all', limit: 10 } });
    const done = tasks.map(({ endtime }) => (endtime === undefined ? Infinity : endtime * 1000));
    return Math.max(...made.concat(done).filter((time) => !Number.isNaN(time)));
  };

  /** The unfinished machines of old runs, and of the images in the marks of these those that nobody else's mark names. */
  const found = async (olderThan) => {
    if (milliseconds(olderThan) < milliseconds(LEAST)) tooYoung(olderThan, LEAST);
    const [all, lasting] = await Promise.all([ops.unfinishedVms(), ops.allTemplates()]);
    const before = Date.parse(await now()) - milliseconds(olderThan);
    const times = await Promise.all(all.map(lastActive));
    const vms = all.map((version, index) => ({ ...version, since: times[index] })).filter(({ since }) => since <= before).sort(byWeight);
    const old = new Set(vms.map(({ vmid }) => vmid));
    const used = new Set([...all, ...lasting].filter(({ vmid }) => !old.has(vmid)).map(({ mark }) => mark.image?.volume));
    const images = new Map();
    for (const { node, mark, since } of vms) {
      const { volume, fresh } = mark.image ?? {};
      if (fresh && IMAGE.test(volume) && !used.has(volume)) images.set(volume, { node, volid: volume, since });
    }
    const there = await Promise.all([...images.values()].map(isThere));
    return { vms, images: [...images.values()].filter((_, index) => there[index]) };
  };

  const isThere = ({ node, volid }) => ops.hasVolume({ node, volid, storage: storageOf(volid) });

  const told = ({ vms, images }) => [
    ...vms.map((version) => ({
      what: version.mark.kind === 'boot-test' ? 'boot-test' : 'template',
      name: version.mark.name,
      ...placeOf(version),
      lastActive: new Date(version.since).toISOString(),
      run: version.mark.run ?? null,
    })),
    ...images.map(({ node, volid, since }) => ({ what: 'image', name: volid, node, lastActive: new Date(since).toISOString() })),
  ];

  const list = async (options = {}) => {
    const { olderThan = USUAL } = checkOptions('templates().leftovers', options, ['olderThan']);
    return told(await found(olderThan));
  };

  /** Removes them, each once more only if it is unfinished still; what cannot be removed is told, and the others go. */
  const remove = async (options = {}) => {
    const { olderThan = USUAL } = checkOptions('templates().removeLeftovers', options, ['olderThan']);
    const { vms, images } = await found(olderThan);
    const removed = { vms: [], images: [] };
    const failures = [];
    const attempt = async (into, one, work) => {
      try {
        await work();
        into.push(one);
      } catch (error) {
        log.error(`not removed: ${error.message} ${error.hint ?? ''}`, { code: error.code });
        failures.push(error);
      }
    };
    for (const version of vms) {
      const still = (await ops.unfinishedVms()).some(({ vmid, mark }) => vmid === version.vmid && mark.build === version.mark.build);
      if (still) await attempt(removed.vms, version, () => retention.discard(version.mark.name, version));
    }
    for (const image of images) {
      const { node, volid } = image;
      if (failures.length === 0) await attempt(removed.images, image, () => ops.deleteVolume({ node, volid, storage: storageOf(volid) }));
    }
    if (failures.length > 0) throw failures[0];
    return told(removed);
  };

  return { list, remove };
}
