// The packages of many hosts, brought up to date a few hosts at a time.
import { ssh } from 'hearth:ssh';
import { until } from 'hearth:time';

export const recipe = {
  summary: 'Updates the packages of hosts, a few hosts at a time',
  description: `Updates with the package manager of each host (apt, dnf, zypper, apk or pacman) and tells which packages changed. With \`--preview\` it only
asks what there is. A host that needs a restart is told, or with \`--reboot\` restarted and waited for. When a host fails, the next ones
are not begun; \`hearth resume\` goes on behind those that are done.`,
  params: {
    hosts: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true, summary: 'hosts, as you give them to ssh' },
    atOnce: { type: 'integer', minimum: 1, maximum: 50, summary: 'how many are updated at once', default: 1 },
    preview: { type: 'boolean', summary: 'only tell what would be updated', default: false },
    reboot: { type: 'boolean', summary: 'restart hosts that need it', default: false },
    patience: { type: 'string', pattern: '^[0-9]+[smh]$', summary: 'how long a host may take to come back', default: '10m' },
  },
  permissions: { ssh: 'write' },
};

/**
 * What each package manager is asked. `installed` prints a name and a version in each line; of `preview` the lines count that `shows`
 * matches, and `more` is a status that says that there are some.
 */
const MANAGERS = {
  apt: {
    refresh: 'apt-get -q update',
    preview: 'apt-get -q -s upgrade',
    shows: /^Inst (\S+ .*)$/,
    upgrade: 'DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Options::=--force-confold upgrade',
    installed: `dpkg-query -W -f '\${Package} \${Version}\\n'`,
  },
  dnf: {
    refresh: 'dnf -q makecache',
    preview: 'dnf -q check-update',
    more: 100,
    shows: /^(\S+\s+\S+)\s+\S+$/,
    upgrade: 'dnf -q -y upgrade',
    installed: `rpm -qa --qf '%{NAME} %{VERSION}-%{RELEASE}\\n'`,
  },
  zypper: {
    refresh: 'zypper --non-interactive -q refresh',
    preview: 'zypper --non-interactive -q list-updates',
    shows: /^v\s*\|(.*)$/,
    upgrade: 'zypper --non-interactive -q update',
    installed: `rpm -qa --qf '%{NAME} %{VERSION}-%{RELEASE}\\n'`,
  },
  apk: {
    refresh: 'apk -q update',
    preview: "apk version -l '<'",
    shows: /^(\S+ *< *\S+)/,
    upgrade: 'apk -q upgrade',
    installed: `apk info -v | sed 's/-\\([0-9][^-]*-r[0-9]*\\)$/ \\1/'`,
  },
  pacman: {
    refresh: 'pacman -Sy',
    preview: 'pacman -Qu',
    more: 1, // there are none
    shows: /^(\S+ \S+ -> \S+)/,
    upgrade: 'pacman -Su --noconfirm',
    installed: 'pacman -Q',
  },
};

/** Distributions that tell it make this file; of others, the modules of the running kernel are gone when there is a newer one. */
const NEEDS_RESTART = `
  [ -e /run/reboot-required ] && exit 0
  [ -n "$(ls /lib/modules 2>/dev/null)" ] && [ ! -d "/lib/modules/$(uname -r)" ]`;

export default async function ({ params, step, log }) {
  const { hosts, atOnce, preview } = params;
  const done = [];
  for (let first = 0; first < hosts.length; first += atOnce) {
    const group = hosts.slice(first, first + atOnce);
    const settled = await Promise.allSettled(
      group.map((name) => step(`${preview ? 'look at' : 'update'} ${name}`, () => (preview ? look(name, log) : update(name, params, log)), { readOnly: preview })),
    );
    done.push(...settled.filter(({ status }) => status === 'fulfilled').map(({ value }) => value));
    const failures = settled.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} of ${group.length} hosts failed: ${failures.map(({ message }) => message).join(' ')}`);
  }
  return done;
}

/** How a host is asked: as root, by sudo where somebody else logs in. */
async function reach(name) {
  const host = ssh(name);
  const { packageManager } = await host.facts();
  const manager = MANAGERS[packageManager];
  if (manager === undefined) throw new Error(`${name} has none of the package managers ${Object.keys(MANAGERS).join(', ')}.`);
  const root = (await host.run`id -u`.text()).trim() === '0' ? host.run : host.sudo;
  const sh = (script, options = {}) => root(options)`sh -c ${`export LC_ALL=C; ${script}`}`;
  return { host, manager, sh };
}

async function look(name, log) {
  const { manager, sh } = await reach(name);
  await sh(manager.refresh);
  const { ok, status, stdout, stderr } = await sh(manager.preview, { nothrow: true });
  if (!ok && status !== manager.more) throw new Error(`${name} cannot say what there is: ${stderr.trim()}`);
  const updates = stdout.split('\n').flatMap((line) => manager.shows.exec(line)?.[1].trim() ?? []);
  log.info(updates.length === 0 ? `${name} is up to date` : `${name}: ${updates.length} updates`);
  for (const update of updates) log.info(`  ${update}`);
  return { name, updates };
}

async function update(name, { reboot, patience }, log) {
  const { host, manager, sh } = await reach(name);
  const before = await installed(sh, manager);
  await sh(manager.refresh);
  await sh(manager.upgrade);
  const after = await installed(sh, manager);

  const packages = [...new Set([...before.keys(), ...after.keys()])]
    .filter((each) => before.get(each) !== after.get(each))
    .sort()
    .map((each) => ({ name: each, from: before.get(each) ?? null, to: after.get(each) ?? null }));
  log.info(packages.length === 0 ? `${name} is up to date` : `${name}: ${packages.length} packages changed`);
  for (const { name: each, from, to } of packages) log.info(`  ${each} ${from ?? 'new'} -> ${to ?? 'removed'}`);

  const { ok: needsRestart } = await sh(NEEDS_RESTART, { nothrow: true });
  if (needsRestart && reboot) await restart(name, host, sh, patience, log);
  else if (needsRestart) log.warn(`${name} needs a restart`);
  return { name, packages, restarted: needsRestart && reboot, needsRestart: needsRestart && !reboot };
}

async function installed(sh, { installed: list }) {
  const lines = (await sh(list)).stdout.split('\n').filter((line) => line.includes(' '));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}

/** Each start of a machine has an id of its own. */
const start = async (host) => (await host.run`cat /proc/sys/kernel/random/boot_id`.text()).trim();

async function restart(name, host, sh, patience, log) {
  const before = await start(host);
  log.info(`${name} restarts`);
  let last = 'it did not go down';
  const gone = (error) => {
    last = error.message; // a host that restarts cannot answer; what it was is told if it stays away
    return false;
  };
  await sh('systemctl reboot || reboot', { nothrow: true }).then(() => true, gone);
  const isBack = () => start(ssh(name)).then((now) => now !== before, gone);
  await until(isBack, { every: '5s', timeout: patience }).catch((error) => {
    throw new Error(`${name} was restarted and is not back after ${patience}: ${last}`, { cause: error });
  });
  log.info(`${name} is back`);
}
