// How a guest is asked: by its agent, or over SSH where it has none.
import { open } from 'hearth:binding';
import { ssh } from 'hearth:ssh';
import * as refusals from 'hearth:binding/templates/refusals';

const TEST_OPTIONS = ['timeout', 'over', 'address', 'gateway', 'port'];
const LOG = '/var/log/cloud-init-output.log';
const LINES = '200';

/** What is said over the network of a machine that is not there yet, or that is just starting something anew. */
const AWAY = new Set([
  'net.refused', 'net.unreachable', 'net.connect-timeout', 'ssh.not-ssh', 'ssh.handshake-timeout', 'ssh.lost', 'ssh.channel-refused',
]);

/** cloud-init brings the user, and often the host's keys, a while after SSH answers. */
const BEFORE_SETUP = new Set([...AWAY, 'ssh.authentication-failed', 'ssh.host-key-changed']);

const ofCard = ({ ip, ip6 }) => [ip, ip6].find((address) => address?.includes('/'));

/**
 * The way to a template's clone: `{ over: 'agent' }`, or by SSH with host, port and user, and with the address that the clone is
 * given for the test. What leads nowhere is refused, before anything is made.
 */
export function wayTo({ spec, entry }, test) {
  const given = refusals.checkOptions('test', test === true ? {} : test, TEST_OPTIONS);
  const { over = spec.agent ? 'agent' : 'ssh', address, gateway, port } = given;
  if (over === 'agent') return spec.agent ? { over } : refusals.testNeedsAgent(spec.name);
  if (over !== 'ssh') refusals.testOver(over);
  const user = spec.users[0]?.name;
  if (entry !== null && !entry.setup.startsWith('cloud-init')) refusals.testTakesNoKey(spec.name);
  if (!user) refusals.testNeedsUser(spec.name);
  const known = address ?? spec.networks.map(ofCard).find(Boolean);
  if (known === undefined) refusals.testNeedsAddress(spec.name);
  const host = known.replace(/\/.*$/s, '');
  return { over, host, port, user, ...(address?.includes('/') && { given: ipconfig(address, gateway) }) };
}

const ipconfig = (address, gateway) => {
  const six = address.includes(':') ? '6' : '';
  return `ip${six}=${address}${gateway === undefined ? '' : `,gw${six}=${gateway}`}`;
};

/** Whether nobody has the address of the test yet: two machines of one address would disturb each other. */
export async function requireFree(name, { host, port }) {
  try {
    await ssh({ host, port }).hostKey();
  } catch (error) {
    if (AWAY.has(error.code)) return true;
    throw error;
  }
  return refusals.addressTaken(name, host);
}

/** A machine that is asked by its agent, as root. */
function byAgent(vm) {
  const ask = async (command) => {
    const { exitcode = -1, 'out-data': out = '', 'err-data': err = '' } = await vm.agent.exec(command, { timeout: '1m' });
    return { status: exitcode, out, err };
  };
  return {
    ask,
    silence: () => 'its guest agent does not answer',
    isAway: ({ code }) => code === 'proxmox.agent-not-running' || code === 'proxmox.vm-not-running',
    answers: () => vm.agent.ping(),
    log: async () => (await ask(['tail', '-n', LINES, LOG])).out,
  };
}

/**
 * A machine that is asked over SSH. It lets a key in that is made here, beside those of the template, and that nobody has kept
 * when the test is over; which key the machine itself shows at first is the one that it has to go on showing.
 */
async function overSsh(vm, { host, port, user, given }) {
  const local = open('templates');
  const privateKey = await local.testKey();
  const { sshkeys = '' } = await vm.config();
  const keys = [decodeURIComponent(sshkeys).trim(), await local.publicHalf({ secret: privateKey })].filter(Boolean);
  if ((await vm.status()).status === 'running') await vm.stop(); // by a test that was cut off, with a key that is lost
  await vm.update({ sshkeys: encodeURIComponent(keys.join('\n')), ...(given && { ipconfig0: given }) });
  let guest = null;
  let last = null;
  const ask = async (command) => {
    const { exitCode, stdout, stderr } = await guest.run({ nothrow: true, timeout: '1m' })`${command}`;
    return { status: exitCode, out: stdout, err: stderr };
  };
  const whole = ['sh', '-c', `sudo -n tail -n ${LINES} ${LOG} 2>/dev/null || tail -n ${LINES} ${LOG}`];
  return {
    ask,
    silence: () => `nobody comes in over SSH as ${user}@${host}${last === null ? '' : ` (${last.message.replace(/\.$/, '')})`}`,
    isAway: (error) => BEFORE_SETUP.has(error.code) && Boolean((last = error)),
    async answers() {
      const hostKey = await ssh({ host, port }).hostKey();
      guest = ssh({ host, port, user, hostKey, privateKey });
      await guest.run`true`;
    },
    log: async () => (await ask(whole)).out,
  };
}

/** The guest of a machine that has not been started: `ask` a command of it, its `log`, whether it `answers`. */
export const guestOf = async (vm, way) => (way.over === 'ssh' ? overSsh(vm, way) : byAgent(vm));
