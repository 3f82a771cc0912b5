// Installing Docker on a host of hearth:ssh; what it knows of distributions stands in distributions.js.
import { errorFrom } from 'hearth:binding';
import { DISTRIBUTIONS, DOCKERS } from 'hearth:binding/docker/distributions';
import { checked } from 'hearth:binding/docker/kit';

const OPTIONS = ['source', 'version', 'settings', 'users', 'rootless', 'replace', 'sudo'];
const SYSTEM_SETTINGS = '/etc/docker/daemon.json';
const KEYRING = '/etc/apt/keyrings/docker.asc';
const RPM_KEY = '/etc/pki/rpm-gpg/docker.asc';
const APT_SOURCE = '/etc/apt/sources.list.d/docker.sources';
const YUM_SOURCE = '/etc/yum.repos.d/docker-ce.repo';

const fail = (code, message, hint, details) => {
  throw errorFrom({ code: `docker.${code}`, message, hint, details });
};

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same settings, whatever the order of their keys. */
const same = (a, b) => {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
};

/** What is there with what is wanted: objects key by key, lists as a whole; `null` takes away. */
const merged = (there, wanted) => {
  const result = { ...there };
  for (const [key, value] of Object.entries(wanted)) {
    if (value === null) delete result[key];
    else result[key] = isObject(value) ? merged(isObject(there[key]) ? there[key] : {}, value) : value;
  }
  return result;
};

/** Where a text is no JSON, as the message of its error tells; the last line, where it ends too early. */
const lineOf = (text, message) => {
  const at = /at position (\d+)/.exec(message);
  return text.trimEnd().slice(0, at === null ? undefined : Number(at[1])).split('\n').length;
};

/** Whether a package's version is of the one that was asked for: `28`, `28.5`, `28.5.1`, or the package's own words. */
const isOf = (version, wanted) => {
  if (version === wanted) return true;
  const upstream = version.replace(/^\d+:/, '');
  return upstream.startsWith(wanted) && !/^[0-9a-z]/i.test(upstream.slice(wanted.length));
};

/** The work on one host. */
class Installation {
  constructor(host, options) {
    this.host = host;
    this.options = options;
    this.root = { sudo: options.sudo ?? false };
    this.shell = this.root.sudo ? host.sudo : host.run;
    this.changes = [];
  }

  async run() {
    this.facts = await this.host.facts();
    this.source = this.sourceOf();
    this.refuseWhatCannotBe();
    await this.checkUsers();
    this.there = await this.read();
    const wanted = this.wanted();
    const before = await this.state();
    const conflicts = await this.conflicts();
    const refresh = await this.repository();
    const chosen = await this.chosen(refresh);
    if (conflicts.length > 0) this.note('removed', await this.host.pkg.ensure({ names: conflicts, state: 'absent', ...this.root }));
    await this.packages(refresh, chosen);
    const isRootless = this.options.rootless !== undefined;
    if (isRootless) await this.rootless();
    const changed = await this.settings(wanted);
    await this.service(isRootless, changed);
    await this.users();
    const after = await this.state();
    return { changed: this.changes.length > 0, changes: this.changes, before, after };
  }

  /** Docker's own packages where there are some, else the distribution's. */
  sourceOf() {
    const { id, like } = this.facts.os;
    const own = DOCKERS[id] ?? like.map((name) => DOCKERS[name]).find((found) => found !== undefined);
    const theirs = DISTRIBUTIONS[id] ?? DISTRIBUTIONS[this.facts.packageManager];
    const { source } = this.options;
    if (source !== undefined && source !== 'docker' && source !== 'distribution') {
      fail('install-option', '`source` is neither `docker` nor `distribution`.', 'Leave it out to take the usual one.');
    }
    const isOwn = own !== undefined && id !== 'amzn' && own.manager === this.facts.packageManager;
    const found = source === 'distribution' ? theirs : source === 'docker' ? (isOwn ? own : undefined) : isOwn ? own : theirs;
    if (found === undefined || found.manager !== this.facts.packageManager) {
      fail(
        'install-unknown-system',
        `There are no packages of Docker that are known for ${this.facts.os.name ?? 'this system'}.`,
        'Install it as that system does, then use `docker()`; or choose another `source`.',
        { os: this.facts.os, packageManager: this.facts.packageManager },
      );
    }
    return { ...found, isDockers: found === own && source !== 'distribution' };
  }

  /** What is known to be wrong before anything is done. */
  refuseWhatCannotBe() {
    const { version, rootless } = this.options;
    if (version !== undefined && (typeof version !== 'string' || !/^[0-9A-Za-z.:~+-]+$/.test(version))) {
      fail('install-option', '`version` is not a version.', "Write it as a text such as `'28'`, `'28.5.1'`.");
    }
    if (rootless === undefined) return;
    if (this.source.rootless === null) {
      fail('install-rootless', 'The packages of this system have no rootless engine.', "Use `{ source: 'docker' }` where Docker has packages for it.");
    }
    if (this.facts.init !== 'systemd') {
      fail('install-rootless', 'A rootless engine is set up where systemd runs.', 'Leave `rootless` out.', { init: this.facts.init });
    }
  }

  /** The version of the engine's package, and the settings. */
  async state() {
    const [name] = this.source.packages;
    const { [name]: version } = await this.versions([name]);
    return version === null ? null : { version, source: this.source.isDockers ? 'docker' : 'distribution', settings: await this.read() };
  }

  /** Versions of packages, without changing anything. */
  async versions(names) {
    const found = await this.host.run({ nothrow: true })`sh -c ${QUERIES[this.source.manager]} query ${names}`;
    const known = new Map(found.lines().map((line) => line.split('\t')));
    return Object.fromEntries(names.map((name) => [name, known.get(name) ?? null]));
  }

  async checkUsers() {
    const { users = [], rootless } = this.options;
    for (const user of [...users, ...(rootless === undefined ? [] : [rootless])]) {
      if ((await this.host.run({ nothrow: true })`id -u -- ${user}`).exitCode !== 0) {
        fail('install-user-missing', `There is no user \`${user}\` on the host.`, 'Make it first, with `host.user.ensure`.');
      }
    }
  }

  /** What must go first; nothing does unless that was said. */
  async conflicts() {
    const there = Object.entries(await this.versions(this.source.conflicts)).filter(([, version]) => version !== null);
    const names = there.map(([name]) => name);
    if (names.length > 0 && this.options.replace !== true) {
      fail(
        'install-conflict',
        `${names.map((name) => `\`${name}\``).join(', ')} cannot stay beside \`${this.source.packages[0]}\`.`,
        'Pass `{ replace: true }` to remove it, which stops what runs in it, or choose the other `source`.',
        { installed: Object.fromEntries(there) },
      );
    }
    return names;
  }

  note(what, { changed }) {
    if (changed) this.changes.push(what);
    return changed;
  }

  /** Whether lists of packages must be fetched before anything else. */
  async repository() {
    if (this.source.manager === 'apk') return this.community();
    if (!this.source.isDockers) return false;
    return this.source.manager === 'apt' ? this.aptSource() : this.yumSource();
  }

  /** The files of a package manager that name Docker's repository already, without the one that is written here. */
  async named(places, own) {
    const found = await this.shell({ nothrow: true })`grep -rlE ${'^[^#]*download[.]docker[.]com'} ${places}`;
    return found.lines().filter((file) => file !== own);
  }

  async aptSource() {
    const { repository, key } = this.source;
    // Apt takes no repository from two files with different keys: one that somebody set up stays the only one.
    if ((await this.named(['/etc/apt/sources.list', '/etc/apt/sources.list.d'], APT_SOURCE)).length > 0) return false;
    await this.host.pkg.ensure({ names: ['ca-certificates', 'curl'], ...this.root });
    await this.host.file.ensure({ path: '/etc/apt/keyrings', state: 'folder', mode: '0755', ...this.root });
    await this.key(KEYRING, key);
    const release = await this.host.read('/etc/os-release');
    const codename = /^UBUNTU_CODENAME="?([a-z]+)"?$/m.exec(release)?.[1] ?? /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(release)?.[1];
    if (codename === undefined) {
      fail('install-unknown-system', 'The host does not say which release it is.', "Use `{ source: 'distribution' }`.", { os: this.facts.os });
    }
    const content = `Types: deb\nURIs: ${repository}\nSuites: ${codename}\nComponents: stable\nSigned-By: ${KEYRING}\n`;
    return this.note('repository', await this.host.file.ensure({ path: APT_SOURCE, content, mode: '0644', ...this.root }));
  }

  /** The repository's key in a file of the host, by which its packages are believed. */
  async key(path, fingerprint) {
    if ((await this.host.stat(path)) !== null && (await this.isKey(path, fingerprint))) return;
    const fetched = `${path}.new`;
    await this.shell`curl -fsSL -o ${fetched} ${`${this.source.repository}/gpg`}`;
    if (!(await this.isKey(fetched, fingerprint))) {
      await this.shell`rm -f ${fetched}`;
      fail('install-key-wrong', 'The key of the repository is not that of Docker.', 'Find out who answers for `download.docker.com` there.', { expected: fingerprint });
    }
    await this.shell`chmod 0644 ${fetched}`;
    await this.shell`mv ${fetched} ${path}`;
    this.changes.push('key');
  }

  /** Whether a key is Docker's and the only one in its file, as far as the host has a program that can tell. */
  async isKey(file, fingerprint) {
    const shown = await this.shell({ nothrow: true })`gpg --show-keys --with-colons ${file}`;
    if (shown.exitCode === 127) return true;
    const primary = [...shown.stdout.matchAll(/^pub:.*\n(?:(?!pub:).*\n)*?fpr:+([0-9A-F]+):/gm)].map(([, found]) => found);
    return primary.length === 1 && primary[0] === fingerprint;
  }

  async yumSource() {
    // The file that Docker offers has more in it than is needed here, and users switch parts of it on.
    if ((await this.named(['/etc/yum.repos.d'], '')).length > 0) return false;
    await this.host.file.ensure({ path: RPM_KEY.replace(/\/[^/]*$/, ''), state: 'folder', ...this.root });
    await this.key(RPM_KEY, this.source.key);
    const content = `[docker-ce-stable]
name=Docker CE Stable
baseurl=${this.source.repository}/$releasever/$basearch/stable
enabled=1
gpgcheck=1
gpgkey=file://${RPM_KEY}
`;
    return this.note('repository', await this.host.file.ensure({ path: YUM_SOURCE, content, mode: '0644', ...this.root }));
  }

  /** Alpine has Docker in its second repository, which a new system may not read. */
  async community() {
    const path = '/etc/apk/repositories';
    const there = await this.host.read(path);
    if (/^[^#\n]*\/community\s*$/m.test(there)) return false;
    const main = /^([^#\n]*)\/main\s*$/m.exec(there)?.[1];
    if (main === undefined) {
      fail('install-unknown-system', `\`${path}\` names no repository \`main\` beside which \`community\` could be.`, 'Add it there.');
    }
    const content = `${there.replace(/\n*$/, '\n')}${main}/community\n`;
    return this.note('repository', await this.host.file.ensure({ path, content, ...this.root }));
  }

  async packages(refresh, chosen) {
    const { version, rootless } = this.options;
    const [engine, ...others] = this.source.packages;
    if (version === undefined) {
      await this.present(this.source.packages, refresh);
    } else {
      const names = this.source.isDockers ? [engine, 'docker-ce-cli'] : [engine];
      // Pacman has the one that it offers, and cannot be told a version.
      const exact = this.source.manager === 'pacman' ? {} : { version: chosen };
      if (chosen !== null) this.note('packages', await this.host.pkg.ensure({ names, ...exact, ...this.root }));
      const rest = others.filter((name) => !names.includes(name));
      if (rest.length > 0) this.note('packages', await this.host.pkg.ensure({ names: rest, ...this.root }));
    }
    if (rootless !== undefined) {
      this.note('rootless-packages', await this.host.pkg.ensure({ names: this.source.rootless, ...this.root }));
    }
  }

  /** Lists may be as old as the host, or lack a repository whose first use was broken off: then they are fetched, once. */
  async present(names, refresh) {
    try {
      this.note('packages', await this.host.pkg.ensure({ names, refresh, ...this.root }));
    } catch (error) {
      if (refresh || error?.code !== 'ssh.ensure-failed') throw error;
      this.note('packages', await this.host.pkg.ensure({ names, refresh: true, ...this.root }));
    }
  }

  /** The newest that is offered of the wanted version; `null` when what is there is of it already. */
  async chosen(refresh) {
    const { version: wanted } = this.options;
    if (wanted === undefined) return null;
    const [engine] = this.source.packages;
    const { [engine]: there } = await this.versions([engine]);
    if (there !== null && isOf(there, wanted)) return null;
    const found = refresh ? undefined : (await this.offered(engine)).find((version) => isOf(version, wanted));
    if (found !== undefined) return found;
    await this.shell`sh -c ${REFRESH[this.source.manager]}`;
    const offered = await this.offered(engine);
    return (
      offered.find((version) => isOf(version, wanted)) ??
      fail(
        'install-version-missing',
        `\`${engine}\` is not offered in version ${wanted}.`,
        'Choose one of `details.offered`, or leave `version` out.',
        { offered: offered.slice(0, 20) },
      )
    );
  }

  async offered(engine) {
    return (await this.host.run({ nothrow: true })`sh -c ${QUERIES[this.source.manager]} offered ${engine}`).lines();
  }

  async home() {
    const { rootless } = this.options;
    return rootless === undefined ? null : (await this.host.run`getent passwd ${rootless}`.text()).split(':')[5];
  }

  async settingsPath() {
    const home = await this.home();
    return home === null ? SYSTEM_SETTINGS : `${home}/.config/docker/daemon.json`;
  }

  async read() {
    const path = await this.settingsPath();
    this.text = null;
    if ((await this.shell({ nothrow: true })`test -e ${path}`).exitCode !== 0) return {};
    this.text = (await this.shell`cat ${path}`).stdout;
    if (this.text.trim() === '') return {};
    let said = 'It is something else.';
    let line = 1;
    try {
      const found = JSON.parse(this.text);
      if (isObject(found)) return found;
    } catch ({ message }) {
      said = message.split('\n')[0];
      line = lineOf(this.text, message);
    }
    return fail(
      'install-settings-malformed',
      `\`${path}\` on the host is not a JSON object: see its line ${line}.`,
      'Correct it there, or remove it; Docker does not start with it.',
      { path, line, said },
    );
  }

  /** The settings that there should be. */
  wanted() {
    const { settings = {} } = this.options;
    if (!isObject(settings)) fail('install-option', '`settings` is not an object.', 'Give what stands in daemon.json.');
    if (settings.hosts !== undefined && this.facts.init === 'systemd') {
      fail('install-option', '`settings.hosts` keeps Docker from starting where systemd gives it its socket.', 'Reach it by `ssh://`, or change the unit.');
    }
    return merged(this.there, settings);
  }

  /** Whether the engine must be started anew for its settings. */
  async settings(wanted) {
    const { rootless } = this.options;
    if (same(this.there, wanted)) return false;
    const path = await this.settingsPath();
    const content = `${JSON.stringify(wanted, null, 2)}\n`;
    await this.validate(content);
    const owner = rootless === undefined ? {} : { owner: rootless };
    const mode = this.text === null ? { mode: '0644' } : {}; // else the one that it has: settings may hold a password
    await this.host.file.ensure({ path: path.replace(/\/[^/]*$/, ''), state: 'folder', ...owner, ...this.root });
    return this.note('settings', await this.host.file.ensure({ path, content, ...mode, ...owner, ...this.root }));
  }

  /** By the engine itself, which says so since version 23. */
  async validate(content) {
    const checkedByIt = await this.host.run({ nothrow: true, stdin: content })`sh -c ${VALIDATE}`;
    if (checkedByIt.exitCode === 3) {
      fail('install-settings-refused', 'Docker does not take these settings.', 'Correct what `details.said` names.', { said: checkedByIt.stdout.trim() });
    }
  }

  async service(isRootless, isSettings) {
    if (isRootless) {
      this.note('service', await this.host.service.ensure({ name: 'docker', state: 'stopped', enabled: false, ...this.root }));
      await this.host.service.ensure({ name: 'docker.socket', state: 'stopped', enabled: false, ...this.root });
      if (isSettings) await this.asUser`systemctl --user restart docker`;
      return;
    }
    const started = this.note('service', await this.host.service.ensure({ name: 'docker', state: 'started', enabled: true, ...this.root }));
    if (started || !(isSettings || (await this.isBehind()))) return;
    if (!isSettings) this.changes.push('restarted');
    await this.restart();
  }

  /** Whether the engine runs since before its settings were written, as after a run that ended in between. */
  async isBehind() {
    if (this.options.settings === undefined) return false;
    return (await this.shell({ nothrow: true })`sh -c ${'test /etc/docker/daemon.json -nt /run/docker.pid && test -e /run/docker.pid'}`).exitCode === 0;
  }

  /** An engine that does not start with its settings gets those back that it had. */
  async restart() {
    const again = () => (this.facts.init === 'openrc' ? this.shell({ nothrow: true })`rc-service docker restart` : this.shell({ nothrow: true })`systemctl restart docker`);
    const outcome = await again();
    if (outcome.exitCode === 0) return;
    const log = this.facts.init === 'systemd' ? (await this.shell({ nothrow: true })`journalctl -u docker -n 20 --no-pager -o cat`).stdout.trim() : '';
    const isNew = this.changes.includes('settings');
    if (isNew && this.text !== null) await this.host.file.ensure({ path: SYSTEM_SETTINGS, content: this.text, ...this.root });
    if (isNew && this.text === null) await this.host.file.ensure({ path: SYSTEM_SETTINGS, state: 'absent', ...this.root });
    const isBack = isNew && (await again()).exitCode === 0;
    fail(
      'install-settings-refused',
      isBack ? 'Docker does not start with these settings; it runs with those that it had.' : 'Docker does not start with these settings.',
      'Correct what `details.said` names.',
      { said: log || outcome.stderr.trim() || outcome.stdout.trim() },
    );
  }

  /** A command as the user of the rootless engine, who has a session of systemd. */
  get asUser() {
    const { rootless } = this.options;
    const as = (shell, [text]) =>
      shell`su -s /bin/sh -c ${`export XDG_RUNTIME_DIR=/run/user/$(id -u) PATH="$PATH:/usr/bin:/sbin:/usr/sbin"; ${text}`} ${rootless}`;
    return (given, ...rest) => (Array.isArray(given) ? as(this.shell, given, ...rest) : (texts) => as(this.shell(given), texts));
  }

  /** An engine of the user's own, that starts with the host. */
  async rootless() {
    const { rootless } = this.options;
    for (const [file, option] of [['/etc/subuid', '--add-subuids'], ['/etc/subgid', '--add-subgids']]) {
      if ((await this.host.run({ nothrow: true })`grep -q ${`^${rootless}:`} ${file}`).exitCode !== 0) {
        const used = (await this.host.run({ nothrow: true })`cat ${file}`).lines().map((line) => line.split(':'));
        const first = used.reduce((next, [, start, count]) => Math.max(next, Number(start) + Number(count) || 0), 100000);
        await this.shell`usermod ${option} ${`${first}-${first + 65535}`} ${rootless}`;
        this.changes.push(file);
      }
    }
    await this.shell`loginctl enable-linger ${rootless}`;
    // Which begins the session of the user some time later.
    await this.shell`systemctl start user@${(await this.host.run`id -u -- ${rootless}`).stdout.trim()}`;
    if ((await this.shell({ nothrow: true })`su -s /bin/sh -c ${'test -e ~/.config/systemd/user/docker.service'} ${rootless}`).exitCode !== 0) {
      await this.asUser`dockerd-rootless-setuptool.sh install`;
      this.changes.push('rootless');
    } else if ((await this.asUser({ nothrow: true })`systemctl --user is-active docker`).exitCode !== 0) {
      await this.asUser`systemctl --user enable --now docker`;
      this.changes.push('rootless');
    }
  }

  /** Who is in the group may do what root may. */
  async users() {
    for (const name of this.options.users ?? []) {
      this.note(`user ${name}`, await this.host.user.ensure({ name, groups: ['docker'], ...this.root }));
    }
  }
}

/** A shell's answer to `query NAME…` (lines of name and version, of what is installed) and `offered NAME` (versions, newest first). */
const QUERIES = Object.freeze({
  apt: `[ "$0" = offered ] || { dpkg-query -W -f '\${Package}\\t\${Version}\\t\${db:Status-Abbrev}\\n' "$@" 2>/dev/null | sed -n 's/\\tii *$//p'; exit 0; }
    apt-cache madison "$1" | cut -d '|' -f 2 | tr -d ' '`,
  dnf: `[ "$0" = offered ] || { rpm -q --qf '%{NAME}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n' "$@" | grep "$(printf '\\t')"; exit 0; }
    dnf -q list --showduplicates "$1" | awk '$2 ~ /^[0-9]/ {print $2}' | sort -Vru`,
  zypper: `[ "$0" = offered ] || { rpm -q --qf '%{NAME}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n' "$@" | grep "$(printf '\\t')"; exit 0; }
    zypper -q --non-interactive search -s --match-exact "$1" | awk -F '|' '{gsub(/ /, "", $4); if ($4 ~ /^[0-9]/) print $4}' | sort -Vru`,
  pacman: `[ "$0" = offered ] || { pacman -Q "$@" 2>/dev/null | sed 's/ /\\t/'; exit 0; }
    pacman -Si "$1" | sed -n 's/^Version *: //p'`,
  apk: `[ "$0" = offered ] || { for p; do v=$(apk info -e -v "$p" 2>/dev/null) && printf '%s\\t%s\\n' "$p" "\${v#$p-}"; done; exit 0; }
    apk policy "$1" | sed -n 's/^  \\([0-9].*\\):$/\\1/p' | sort -Vru`,
});

const REFRESH = Object.freeze({
  apt: 'apt-get -q update',
  dnf: 'dnf -q makecache',
  zypper: 'zypper --non-interactive refresh',
  pacman: 'pacman -Sy --noconfirm',
  apk: 'apk -q update',
});

/** 3 and what is wrong, where the engine can tell. */
const VALIDATE = `dockerd --help 2>/dev/null | grep -q -- --validate || exit 0
f=$(mktemp) && cat >"$f" || exit 1
if said=$(dockerd --validate --config-file="$f" 2>&1); then rm -f "$f"; exit 0; fi
rm -f "$f"; printf '%s\\n' "$said"; exit 3`;

/** Docker on a host; run twice, the second changes nothing. */
export async function installDocker(host, options = {}) {
  if (typeof host?.facts !== 'function' || typeof host?.pkg?.ensure !== 'function') {
    fail('install-option', '`installDocker` takes a host of `hearth:ssh`.', "Write `installDocker(ssh('nas'))`.");
  }
  return new Installation(host, checked('installDocker', options, OPTIONS)).run();
}
