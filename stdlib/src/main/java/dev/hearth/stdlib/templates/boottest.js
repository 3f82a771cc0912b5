// Whether a template boots: a clone of it is started, asked, and destroyed, before anybody can see the template.
import { errorFrom, log } from 'hearth:binding';
import { now, sleep } from 'hearth:time';
import { testNeedsAgent } from 'hearth:binding/templates/refusals';
import { placeOf } from 'hearth:binding/templates/versions';

const AGAIN = () => undefined;
const LONGEST_LOG = 200;

/** How a distribution is asked for a package. */
const INSTALLED = {
  apt: (name) => ['dpkg-query', '-W', '-f=${Status}', name],
  dnf: (name) => ['rpm', '-q', name],
  zypper: (name) => ['rpm', '-q', name],
  apk: (name) => ['apk', 'info', '-e', name],
  pacman: (name) => ['pacman', '-Q', name],
};

/** The boot test of one connection. */
export function bootTest({ ops, pve }) {
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

  const ask = async (vm, command) => {
    const { exitcode = -1, 'out-data': out = '', 'err-data': err = '' } = await vm.agent.exec(command, { timeout: '1m' });
    return { status: exitcode, out, err };
  };

  const logOf = async (vm) => {
    const { out } = await ask(vm, ['tail', '-n', String(LONGEST_LOG), '/var/log/cloud-init-output.log']);
    return out.split('\n').slice(-LONGEST_LOG);
  };

  const answers = async (vm) => {
    try {
      await vm.agent.ping();
      return true;
    } catch (error) {
      if (error.code === 'proxmox.agent-not-running' || error.code === 'proxmox.vm-not-running') return false;
      throw error;
    }
  };

  /** Asks until there is an answer, or the time is over. */
  const within = async (end, look) => {
    for (;;) {
      const answer = await look();
      if (answer) return answer;
      if (Date.parse(await now()) >= end) return null;
      await sleep('2s');
    }
  };

  /** What cloud-init says once it has finished; null while it has not. */
  const finished = async (vm) => {
    const { status, out } = await ask(vm, ['cloud-init', 'status', '--format=json']);
    let said;
    try {
      said = JSON.parse(out);
    } catch {
      return { status: 'unknown', errors: [`\`cloud-init status\` ended with ${status} and said: ${out.slice(0, 200)}`] };
    }
    return said.status === 'running' || said.status === 'not started' || said.status === 'not run' ? null : said;
  };

  const missing = async (vm, { users, packages }, manager) => {
    const found = [];
    for (const { name } of users.filter((user) => user.name)) {
      if ((await ask(vm, ['id', '-u', name])).status !== 0) found.push(`user ${name}`);
    }
    const query = INSTALLED[manager];
    for (const name of query === undefined ? [] : packages) {
      if ((await ask(vm, query(name))).status !== 0) found.push(`package ${name}`);
    }
    return found;
  };

  const check = async (at, { spec, entry }, limit) => {
    const vm = pve.vm(at);
    const end = Date.parse(await now()) + limit;
    await vm.start();
    if ((await within(end, () => answers(vm))) === null) failed(spec.name, 'its guest agent does not answer', [], []);
    if (entry === null || entry.setup.startsWith('cloud-init')) {
      const said = await within(end, () => finished(vm));
      if (said === null) failed(spec.name, 'cloud-init does not come to an end', [], await logOf(vm));
      if (said.status !== 'done') failed(spec.name, `cloud-init says ${said.status}`, said.errors ?? [], await logOf(vm));
    }
    const lacks = await missing(vm, spec, entry?.packageManager);
    if (lacks.length > 0) failed(spec.name, `it lacks ${lacks.join(', ')}`, lacks, await logOf(vm));
    return true;
  };

  /** Refuses what cannot be tested, before anything is made. */
  const require = ({ spec }) => {
    if (!spec.agent) testNeedsAgent(spec.name);
  };

  const run = async (step, target, plan, template, limit) => {
    const { name, node } = target.spec;
    const build = `${plan.build.id}.test`;
    const vmName = `${name}-boot-test`;
    const made = { name, node, build, vmNames: [vmName], copied: true };
    const { scsi0 = '' } = await pve.vm(template).config();
    const making = {
      node,
      vmName,
      source: template,
      mark: { kind: 'boot-test', name, build },
      options: /base-/.test(scsi0) ? {} : { full: 1 }, // a storage without linked clones
    };
    const clone = placeOf(
      await step('clone it for the boot test', () => ops.makeMarkedVm(making), {
        find: () => ops.findMarkedVm(made),
        undo: () => ops.discardMarkedVm(made),
      }),
    );
    await step('see whether it boots', () => check(clone, target, limit), { find: AGAIN });
    await step('remove the test clone', () => ops.discardMarkedVm(made).then(() => true), { find: AGAIN });
  };

  return { require, run };
}
