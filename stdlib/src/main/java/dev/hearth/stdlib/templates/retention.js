// Which retired versions of a template go, and which must stay.
import { log } from 'hearth:binding';
import { isOfBuild, placeOf, sorted, vmsWith } from 'hearth:binding/templates/versions';

const DISK = /^(?:scsi|virtio|sata|ide|efidisk|tpmstate)\d+$/;

/** Storages that do not tell of which base a volume is a clone. */
const UNTOLD = new Set(['lvmthin']);

/** The disks of a version, by storage. */
const disksOf = ({ config }) =>
  Object.entries(config)
    .filter(([key, value]) => DISK.test(key) && /^[^:,]+:[^,]*base-/.test(value))
    .map(([, value]) => value.replace(/,.*$/s, ''));

/** What has nothing to do with a template any more goes with it. */
export function retention({ ops, pve, snippets }) {
  /** On some storages a linked clone cannot be told from a full one: there every clone counts, which its notes tell. */
  const copiesOf = ({ mark }) => vmsWith(pve, ({ template }) => !template, (config) => isOfBuild(config, mark.build));

  /** The VMs that are linked clones of a version, or may be. */
  const clonesOf = async (version) => {
    const found = new Set();
    for (const disk of disksOf(version)) {
      const [storage, volume] = disk.split(/:(.*)/s);
      const { type } = await pve.request('GET', `/storage/${storage}`);
      if (UNTOLD.has(type)) {
        (await copiesOf(version)).forEach((vmid) => found.add(vmid));
        continue;
      }
      const content = await pve.storage(storage, { node: version.node }).content.list({ content: 'images' });
      for (const { volid, parent, vmid } of content) {
        const linked = volid !== disk && (parent === volume || parent === disk || volid.startsWith(`${storage}:${volume}/`));
        if (linked) found.add(vmid);
      }
    }
    return [...found].sort((a, b) => a - b);
  };

  /** Deletes a version and its snippet: that first, since without the version nobody would know of it any more. */
  const discard = async (name, version) => {
    await snippets.removeOf(version);
    await ops.removeMarkedVm({ name, vm: placeOf(version) });
  };

  /** Deletes a version unless something stands on it; the VMs that still stand on it, when there are some. */
  const remove = async (name, version) => {
    const clones = await clonesOf(version);
    if (clones.length > 0) return clones;
    try {
      await discard(name, version);
    } catch (error) {
      if (error.code !== 'proxmox.template-in-use') throw error;
      return ['some'];
    }
    return [];
  };

  /**
   * Removes retired versions but the `keep` latest, and none that linked clones stand on.
   *
   * @returns `removed`, and `inUse` with the clones of each that has to stay
   */
  const tidy = async (name, keep) => {
    const { retired } = sorted(name, await ops.templateVersions({ name }));
    const removed = [];
    const inUse = [];
    for (const version of retired.slice(keep)) {
      const clones = await remove(name, version);
      if (clones.length === 0) removed.push(placeOf(version));
      else inUse.push({ ...placeOf(version), clones });
    }
    if (inUse.length > 0) {
      log.info(`retired versions of ${name} stay, as linked clones stand on them: ${inUse.map(({ vmid }) => vmid).join(', ')}`);
    }
    return { removed, inUse };
  };

  return { clonesOf, discard, tidy };
}
