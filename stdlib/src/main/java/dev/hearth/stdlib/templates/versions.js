// Which versions of a template there are, and which of them is meant.
import { STATES } from 'hearth:binding/templates/machine';

const has = (version, tag) => (version.config.tags ?? '').split(/[;, ]+/).includes(tag);

const isCurrent = (version) => version.template && has(version, STATES.current);
const isRetired = (version) => has(version, STATES.retired);

/** `current`, `retired`, or `building` while nobody is to see it. */
export const stateOf = (version) =>
  [STATES.retired, STATES.building].find((state) => has(version, state)) ?? STATES.current;

/** Later versions win, whatever happens between two changes of a swap. */
const later = (a, b) => (b.mark.version ?? 0) - (a.mark.version ?? 0) || b.vmid - a.vmid;

/** `current`, or null; `others` stand beside it and are not retired; `retired`; `building`; `foreign` only has its name. */
export function sorted(name, versions) {
  const ours = versions.filter(({ mark }) => mark?.name === name && mark.kind === 'template');
  const whole = ours.filter((version) => version.template).sort(later);
  const lasting = whole.filter((version) => !isRetired(version));
  const published = whole.filter(isCurrent);
  const ready = lasting.filter((version) => !has(version, STATES.building));
  const current = published[0] ?? ready[0] ?? null;
  return {
    current,
    others: ready.filter((version) => version !== current),
    retired: whole.filter((version) => version !== current && isRetired(version)),
    building: ours.filter((version) => version !== current && (!version.template || has(version, STATES.building))),
    foreign: versions.filter((version) => version.vmName === name && !ours.includes(version)),
  };
}

export const placeOf = ({ vmid, node }) => ({ vmid, node });

/** Whether the notes of a machine tell that it comes of a build. */
export const isOfBuild = ({ description }, build) => description?.includes(`"build":"${build}"`) ?? false;

/** The ids of those VMs that are meant, and whose configuration holds. */
export async function vmsWith(pve, isMeant, holds) {
  const vms = (await pve.vms.list()).filter(isMeant);
  const configs = await Promise.all(vms.map((vm) => pve.vm(placeOf(vm)).config()));
  return vms.filter((_, index) => holds(configs[index])).map(({ vmid }) => vmid);
}
