// A template that a machine installs itself into: from a vendor's disc, by answers that are made of the specification.
import { errorFrom, log, pure } from 'hearth:binding';
import { now, sleep } from 'hearth:time';
import { yaml } from 'hearth:yaml';
import { installed, storageOf } from 'hearth:binding/templates/machine';
import { masked } from 'hearth:binding/templates/spec';
import { AGAIN } from 'hearth:binding/templates/steps';

const ops = pure('templates');

/** Names of keys as QEMU has them, where they are not the letter itself. */
const KEYS = { ' ': 'spc', '/': 'slash', '-': 'minus', '=': 'equal', '.': 'dot', '\n': 'ret' };

/** What is installed by which answers: `label`, `files` and what is to be `typed` at the boot menu. */
export function answersOf(spec) {
  const { label, files, userData, typed } = ops.answers({ spec: masked(spec) });
  const document = userData === null ? {} : { 'user-data': `#cloud-config\n${yaml.stringify(userData)}` };
  return { label, files: { ...files, ...document }, typed };
}

/** The volume of the answers of one build. */
export const answersVolume = (spec, build) => `${spec.imageStorage}:iso/hearth-${spec.name}-${build.slice(0, 8)}.iso`;

const timedOut = (name, { vmid }, minutes) => {
  throw errorFrom({
    code: 'templates.install-timeout',
    kind: 'timeout',
    message: `The installer of \`${name}\` (VM ${vmid}) has not come to its end in ${minutes} minutes.`,
    hint: 'Run it again and look at the console of the VM meanwhile: it says what it waits for. Where it is slow, give more time: `{ install: { timeout: \'3h\' } }`.',
  });
};

/** Whether an option is as wanted: gone, or a disk that is there, or of that value. */
function isSo(is, wanted) {
  if (wanted === null) return is === undefined;
  if (wanted.endsWith(':cloudinit')) return is?.includes('cloudinit') === true;
  return /^[^:]+:\d+(?:,|$)/.test(wanted) ? is !== undefined : String(is) === wanted;
}

/** The steps of installing, of one connection. */
export function installer({ ops: proxmox, pve }) {
  const remove = ({ volid }, { node }) =>
    proxmox.deleteVolume({ storage: storageOf(volid), node, volid, force: true });

  const upload = async (spec, { volid }) => {
    const { label, files } = answersOf(spec);
    const [storage, filename] = volid.split(':iso/');
    const bytes = ops.disc({ label, files });
    await pve.storage(storage, { node: spec.node }).upload({ bytes, filename, content: 'iso', replace: true });
    return true;
  };

  /** The disc with the answers, which the VM is made with. */
  const prepare = (step, spec, { install }) =>
    step('write the answers for the installer', () => upload(spec, install), {
      find: AGAIN,
      undo: () => remove(install, spec),
    });

  const type = async (vm, typed) => {
    for (const { text, pause } of typed) {
      for (const letter of text) await vm.sendKey(KEYS[letter] ?? letter);
      if (pause !== '0s') await sleep(pause);
    }
  };

  /** From the beginning, also when it was cut off: what it had written to the disk is written over. */
  const start = async (spec, at) => {
    const vm = pve.vm(at);
    const { typed } = answersOf(spec);
    await vm.stop();
    await vm.start();
    if (typed.length > 0) {
      await sleep('10s'); // the firmware, until the boot menu waits
      await type(vm, typed);
    }
    return true;
  };

  /** It powers the machine off when it is done. */
  const end = async (spec, at, limit) => {
    const begin = Date.parse(await now());
    for (let pause = 1000; (await pve.vm(at).status()).status !== 'stopped'; pause = Math.min(pause * 1.5, 15000)) {
      if (Date.parse(await now()) - begin >= limit) timedOut(spec.name, at, Math.round(limit / 60000));
      await sleep(`${Math.round(pause)}ms`);
    }
    return true;
  };

  /** What was done before it was cut off is not done again: Proxmox would make its disks twice. */
  const takeOut = async (spec, at, { install, snippet }) => {
    const vm = pve.vm(at);
    const config = await vm.config();
    const left = Object.entries(installed(spec, snippet?.volid)).filter(([key, value]) => !isSo(config[key], value));
    if (left.length > 0) await vm.update(Object.fromEntries(left));
    await remove(install, spec);
    return true;
  };

  /** Of a VM with both discs in it, a machine as an image would have made it. */
  const run = async (step, spec, build, at, limit) => {
    log.info(`${spec.name} installs itself as VM ${at.vmid}; that takes some minutes`);
    await step('start the installer', () => start(spec, at), { find: AGAIN });
    await step('wait until it has installed itself', () => end(spec, at, limit), { find: AGAIN });
    await step('take the discs out', () => takeOut(spec, at, build), { find: AGAIN });
  };

  return { prepare, run };
}
