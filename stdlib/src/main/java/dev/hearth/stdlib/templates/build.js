// The steps to a template. Each can be undone, and tells after a crash what became of it.
import { installer } from 'hearth:binding/templates/installer';
import { sizeOf } from 'hearth:binding/templates/machine';
import * as refusals from 'hearth:binding/templates/refusals';
import { AGAIN } from 'hearth:binding/templates/steps';
import { placeOf, sorted } from 'hearth:binding/templates/versions';

/** It is a Secret, and stands in no plan. */
const passwordOf = ({ options: { cipassword } }) => (cipassword === undefined ? {} : { cipassword });

/** The steps of one connection. */
export function builder({ ops, pve, snippets }) {
  const install = installer({ ops, pve });

  /** Before the VM, which names it; Proxmox notices a missing one only when a clone starts. */
  const vendor = (step, { documents }, { build: { snippet } }) =>
    snippet === null
      ? undefined
      : step('write the vendor data', () => snippets.write(snippet, documents.vendorData), {
          find: AGAIN,
          undo: () => snippets.remove(snippet),
        });

  const download = (step, { build }) =>
    build.image === null
      ? undefined
      : step('download the image', () => ops.bringImage(build.image), {
          find: () => ops.findImage(build.image),
          undo: (stored) => (stored?.changed === false ? undefined : ops.discardImage(build.image)),
        });

  const create = (step, { spec, documents }, { name, build }) => {
    const made = { name, node: spec.node, build: build.id, vmNames: [name, `${name}-next`] };
    const making = {
      node: spec.node,
      vmid: build.vmid,
      vmName: build.vmName,
      mark: build.mark,
      notes: spec.notes,
      options: { ...build.options, ...passwordOf(documents) },
    };
    return step('create the VM', () => ops.makeMarkedVm(making), {
      find: () => ops.findMarkedVm(made),
      undo: () => ops.discardMarkedVm(made),
    });
  };

  const resize = async (spec, at) => {
    const vm = pve.vm(at);
    const config = await vm.config();
    const [{ sizeMiB }] = spec.disks;
    const has = sizeOf(config.scsi0);
    if (!sizeMiB || sizeMiB === has) return false;
    if (sizeMiB < has) refusals.diskTooSmall(sizeMiB, has);
    await vm.resize('scsi0', `${sizeMiB}MiB`);
    return true;
  };

  /** Of two runs that build the same, the one whose VM has the lower id goes on; both look after they made theirs, which is returned. */
  const alone = async (spec, plan, at) => {
    const { name, current, build } = plan;
    const rivals = sorted(name, await ops.templateVersions({ name, node: spec.node }));
    const known = [current?.vmid, at.vmid, ...build.old.map(({ vmid }) => vmid)];
    const other =
      [rivals.current, ...rivals.others].find((version) => version && !known.includes(version.vmid)) ??
      rivals.building.find(({ vmid }) => vmid < at.vmid);
    if (other) refusals.builtElsewhere(name, other.vmid);
    return [rivals.current, ...rivals.others, ...rivals.building].find((version) => version?.vmid === at.vmid);
  };

  const convert = async (spec, plan, at) => {
    const made = await alone(spec, plan, at);
    if (!made?.template) await pve.vm(at).template();
    return true;
  };

  const publish = (step, spec, plan, at) => {
    const swap = { name: plan.name, fresh: at, old: plan.build.old };
    const work = async () => {
      await alone(spec, plan, at);
      await ops.swapTemplates(swap);
    };
    return step(plan.build.old.length === 0 ? 'publish the template' : 'put it in the place of the old one', work, {
      find: AGAIN,
      undo: () => ops.swapTemplatesBack(swap),
    });
  };

  /** Changes a template that is there. */
  const change = (step, { change: wanted, before, current, name }) =>
    step('change the template', () => ops.changeMarkedVm(wanted).then(() => true), {
      find: AGAIN,
      undo: () => ops.restoreMarkedVm({ vm: current, name, before }),
    });

  /** Retires what stands beside the current one, as two runs can leave it that knew nothing of each other. */
  const tidy = (step, { name, current, others }) => {
    const swap = { name, fresh: current, old: others };
    return step('retire the other versions', () => ops.swapTemplates(swap), { find: AGAIN });
  };

  /** From nothing to a template; `test` is called before anybody can see it. An installer gets `limit` milliseconds. */
  const build = async (step, target, plan, { test, limit }) => {
    const { spec } = target;
    await download(step, plan);
    await vendor(step, target, plan);
    if (plan.build.install) await install.prepare(step, spec, plan.build);
    const vm = placeOf(await create(step, target, plan));
    if (plan.build.install) await install.run(step, spec, plan.build, vm, limit);
    await step('resize the disk', () => resize(spec, vm), { find: AGAIN });
    await step('convert to a template', () => convert(spec, plan, vm), { find: AGAIN });
    await test(vm);
    await publish(step, spec, plan, vm);
    return vm;
  };

  return { build, change, tidy };
}
