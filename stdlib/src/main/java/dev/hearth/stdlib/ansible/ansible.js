// hearth:ansible: the shape that recipes use; everything else is Java.
import { handles, isSecret } from 'hearth:binding';
import { checked, kitOf, quoted } from 'hearth:binding/ansible/kit';
import { Transfer } from 'hearth:binding/command/transfer';

export { inventoryFrom } from 'hearth:binding/ansible/inventory';

const COMMON = ['inventory', 'limit', 'extraVars', 'become', 'becomeUser', 'check', 'diff', 'vault', 'forks', 'user', 'timeout', 'signal'];
const RUN = [...COMMON, 'tags', 'skipTags', 'startAt'];

const mark = handles('ansible', {
  connection: ({ connection }) => ansible(connection),
  playbook: ({ connection, file }) => ansible(connection).playbook(file),
});

const listOf = (one) => (one === undefined ? undefined : [one].flat());

/** An inventory is paths, or an object that spells it out. */
const inventoryOf = (source) =>
  typeof source === 'object' && source !== null && !Array.isArray(source) ? { hosts: source } : { inventory: listOf(source) };

/** A vault is opened by a password, or by what is spelled out. */
const keysOf = (vault) =>
  listOf(vault)?.map((key) =>
    typeof key === 'string' || isSecret(key) ? { password: key } : checked('vault', key ?? {}, ['id', 'password', 'file']),
  );

const optionsOf = ({ inventory, tags, skipTags, vault, ...rest }) => ({
  ...rest,
  ...inventoryOf(inventory),
  tags: listOf(tags),
  skipTags: listOf(skipTags),
  vault: keysOf(vault),
});

/** The playbooks of a folder, by the `ansible-playbook` of the user. */
export function ansible(connection) {
  const { ops, handle } = kitOf(connection, mark);
  const named = connection?.repository === undefined ? 'dir' : 'repository';
  const shown = typeof connection === 'object' ? `{ ${named}: ${quoted(connection?.[named])} }` : quoted(connection);

  const run = (file, what, given) => {
    const { signal, ...options } = optionsOf(checked(what, given, RUN));
    const kind = { ops, way: 'runPlaybook', module: 'ansible', what: 'playbook' };
    return new Transfer(kind, { playbook: file, options }, { signal, trace: new Error() });
  };

  return handle('connection', {}, () => `ansible(${connection === undefined ? '' : shown})`, {
    version: () => ops.version(),
    playbook: (file) =>
      handle('playbook', { file }, () => `playbook(${quoted(file)})`, {
        run: (options = {}) => run(file, 'run', options),
        check: (options = {}) => run(file, 'check', { diff: true, ...options, check: true }),
        toJSON: () => ({ playbook: file }),
      }),
    async module(name, args, given = {}) {
      const { hosts: pattern, ...rest } = checked('module', given, ['hosts', ...COMMON]);
      const { signal, ...options } = optionsOf(rest);
      const { changed, hosts, results } = await ops.runModule({ module: name, arguments: args, pattern, options }, { signal });
      return { changed, hosts, results };
    },
    inventory: (source) =>
      Object.freeze({
        list: (given = {}) => {
          const { vault, ...options } = checked('list', given, ['limit', 'vault']);
          return ops.listInventory({ ...options, ...inventoryOf(source), vault: keysOf(vault) });
        },
      }),
    commit: () => ops.commit(),
    playbooks: (paths) => ops.playbooks({ paths: listOf(paths) }),
    roles: () => ops.roles(),
    collections: () => ops.collections(),
    requirements: (file) =>
      Object.freeze({
        list: () => ops.listRequirements({ file }),
        install: (given = {}) => {
          const { signal, ...options } = checked('install', given, ['path', 'offline', 'force', 'locked', 'timeout', 'signal']);
          return ops.installRequirements({ file, ...options }, { signal });
        },
      }),
    install(given = {}) {
      const { with: more, signal, ...options } = checked('install', given, ['version', 'with', 'locked', 'index', 'sources', 'timeout', 'signal']);
      return ops.installAnsible({ ...options, with: listOf(more) }, { signal });
    },
    installed: () => ops.installedAnsibles(),
    uninstall: (version) => ops.removeAnsible({ version }),
    vault: Object.freeze({
      encrypt: (text, password) => ops.encryptVault({ text, password }),
      decrypt: (vault, password) => ops.decryptVault({ vault, password }),
      rekey: (file, { from, to } = {}) => ops.rekeyVault({ file, from, to }),
    }),
    toJSON: () => ({ ansible: typeof connection === 'object' ? (connection?.[named] ?? '') : (connection ?? '') }),
  });
}
