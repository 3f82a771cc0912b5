// Whether a template boots: a clone of it is started, asked, and destroyed, before anybody can see the template.
import { errorFrom, log } from 'hearth:binding';
import { milliseconds, now, sleep } from 'hearth:time';
import { guestOf, requireFree, wayTo } from 'hearth:binding/templates/guest';
import { AGAIN } from 'hearth:binding/templates/steps';
import { isOfBuild, placeOf } from 'hearth:binding/templates/versions';

const USUAL_LIMIT = '15m';

/** How a distribution is asked for a package. */
const INSTALLED = {
  apt: (name) => ['dpkg-query', '-W', '-f=${Status}', name],
  dnf: (name) => ['rpm', '-q', name],
  zypper: (name) => ['rpm', '-q', name],
  apk: (name) => ['apk', 'info', '-e', name],
  pacman: (name) => ['pacman', '-Q', name],
};

const failed = (name, why, found, lines) => {
  log.error(`the boot test of ${name} failed: ${why}`, { found, log: lines });
  throw errorFrom({
    code: 'templates.boot-test',
    kind: 'system',
    message: `The new \`${name}\` does not pass its boot test: ${why}.`,
    hint: 'Read `details.log`, which `hearth runs logs` has as well; what was there before is as it was.',
    details: { found, log: lines },
  });
};

/** Its last lines; what went wrong first is what is told, so this one never fails. */
const logOf = async (guest) => {
  try {
    return (await guest.log()).trimEnd().split('\n');
  } catch (error) {
    return [`The log cannot be read: ${error.message}`];
  }
};

/** Asks until there is an answer, or the time is over; null then. A machine that is away for a moment is asked again. */
const within = async (end, guest, look) => {
  for (;;) {
    try {
      const answer = await look();
      if (answer !== null) return answer;
    } catch (error) {
      if (!guest.isAway(error)) throw error;
    }
    if (Date.parse(await now()) >= end) return null;
    await sleep('2s');
  }
};

/** What cloud-init says once it has finished; null while it has not. */
const finished = async (guest) => {
  const { status, out } = await guest.ask(['cloud-init', 'status', '--format=json']);
  let said;
  try {
    said = JSON.parse(out);
  } catch {
    return { status: 'unknown', errors: [`\`cloud-init status\` ended with ${status} and said: ${out.slice(0, 200)}`] };
  }
  return said.status === 'running' || said.status === 'not started' || said.status === 'not run' ? null : said;
};

const missing = async (guest, { users, packages }, manager) => {
  const found = [];
  for (const { name } of users.filter((user) => user.name)) {
    if ((await guest.ask(['id', '-u', name])).status !== 0) found.push(`user ${name}`);
  }
  const query = INSTALLED[manager];
  for (const name of query === undefined ? [] : packages) {
    if ((await guest.ask(query(name))).status !== 0) found.push(`package ${name}`);
  }
  return found;
};

/** The boot test of one connection. */
export function bootTest({ ops, pve }) {
  const check = async (vm, { spec, entry }, way, limit) => {
    const end = Date.parse(await now()) + limit;
    const guest = await guestOf(vm, way);
    await vm.start();
    const answered = await within(end, guest, () => guest.answers().then(() => true));
    if (answered === null) failed(spec.name, guest.silence(), [], []);
    if (entry === null || entry.setup.startsWith('cloud-init')) {
      const said = await within(end, guest, () => finished(guest));
      if (said === null) failed(spec.name, 'cloud-init does not come to an end', [], await logOf(guest));
      if (said.status !== 'done') failed(spec.name, `cloud-init says ${said.status}`, said.errors ?? [], await logOf(guest));
    }
    const lacks = await missing(guest, spec, entry?.packageManager);
    if (lacks.length > 0) failed(spec.name, `it lacks ${lacks.join(', ')}`, lacks, await logOf(guest));
  };

  const discard = async (made) => {
    try {
      await ops.discardMarkedVm(made);
    } catch (left) {
      log.error(`the clone of the boot test is left: ${left.message} ${left.hint ?? ''}`, { code: left.code });
    }
  };

  /** Whether a clone of ours is there still: one whose test failed is not, when the run goes on. */
  const isThere = async (vm, build) => {
    try {
      return isOfBuild(await vm.config(), build);
    } catch (error) {
      if (error.code === 'proxmox.vm-not-found') return false;
      throw error;
    }
  };

  /** Refuses what cannot be tested, before anything is made. */
  const require = (target, test) => void wayTo(target, test);

  /** The same of what only a look at the network tells. */
  const prepare = async (step, target, test) => {
    const way = wayTo(target, test);
    if (way.over !== 'ssh') return;
    await step('see that the address for the boot test is free', () => requireFree(target.spec.name, way), { readOnly: true });
  };

  const run = async (step, target, test, plan, template) => {
    const { name, node } = target.spec;
    const way = wayTo(target, test);
    const limit = milliseconds(test.timeout ?? USUAL_LIMIT);
    const build = `${plan.build.id}.test`;
    const vmName = `${name}-boot-test`;
    const made = { name, node, build, vmNames: [vmName], copied: true };
    const { scsi0 = '' } = await pve.vm(template).config();
    const making = {
      node,
      vmName,
      source: template,
      mark: { kind: 'boot-test', name, build, run: plan.build.mark.run, builtAt: await now() },
      options: /base-/.test(scsi0) ? {} : { full: 1 }, // a storage without linked clones
    };
    const cloned = placeOf(
      await step('clone it for the boot test', () => ops.makeMarkedVm(making), {
        find: () => ops.findMarkedVm(made),
        undo: () => ops.discardMarkedVm(made),
      }),
    );
    const look = async () => {
      const at = (await isThere(pve.vm(cloned), build)) ? cloned : placeOf(await ops.makeMarkedVm(making));
      try {
        await check(pve.vm(at), target, way, limit);
      } catch (error) {
        await discard(made);
        throw error;
      }
      return true;
    };
    await step('see whether it boots', look, { find: AGAIN });
    await step('remove the test clone', () => ops.discardMarkedVm(made).then(() => true), { find: AGAIN });
  };

  return { require, prepare, run };
}
