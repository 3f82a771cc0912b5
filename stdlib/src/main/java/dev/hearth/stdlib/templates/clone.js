// Machines of a template: cloned, given their own values, and taken back when something fails.
import { checkOptions } from 'hearth:binding/templates/refusals';
import { AGAIN } from 'hearth:binding/templates/steps';
import { placeOf } from 'hearth:binding/templates/versions';

const OPTIONS = ['name', 'vmid', 'full', 'storage', 'pool', 'target', 'tags', 'notes', 'disk', 'start', 'config'];

/** Clones of one connection. */
export function cloner({ ops, pve }) {
  /**
   * One machine of a version. Its tags are its own: a template's say that it is one.
   *
   * @param version of the template, with its mark
   */
  return async (version, given, step) => {
    const { name, vmid, full, storage, pool, target, tags = [], notes, disk, start = false, config = {} } = checkOptions(
      'template.clone',
      given,
      OPTIONS,
    );
    const build = crypto.randomUUID();
    const plan = await step(`plan ${name}`, () => ({ build, source: placeOf(version) }), { readOnly: true });
    const node = target ?? plan.source.node;
    const made = { name: version.mark.name, node, build: plan.build, vmNames: [name], copied: true };
    const asked = { pool, target, storage: full ? storage : undefined, full: full === undefined ? undefined : full ? 1 : 0 };
    const making = {
      node,
      vmid,
      vmName: name,
      notes,
      source: plan.source,
      mark: { kind: 'clone', name: version.mark.name, build: plan.build, of: { vmid: version.vmid, build: version.mark.build } },
      options: Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
    };
    const at = placeOf(
      await step(`clone ${name}`, () => ops.makeMarkedVm(making), {
        find: () => ops.findMarkedVm(made),
        undo: () => ops.discardMarkedVm(made),
      }),
    );
    const vm = pve.vm(at);
    await step(`set up ${name}`, async () => {
      await vm.update({ tags: [...tags].sort().join(';'), ...config });
      if (disk !== undefined) await vm.resize('scsi0', disk);
      return true;
    }, { find: AGAIN });
    if (start) await step(`start ${name}`, () => vm.start().then(() => true), { find: AGAIN });
    return vm;
  };
}
