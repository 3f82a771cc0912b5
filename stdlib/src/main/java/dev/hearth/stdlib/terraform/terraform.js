// hearth:terraform: the shape that recipes use; everything else is Java.
import { connected, errorFrom, isSecret, optionsOf, quoted, shownAs } from 'hearth:binding';

export { call, configuration, expression, interpolate } from 'hearth:binding/terraform/configuration';

const OF_MODULE = ['dir', 'workspace', 'connection', 'env', 'backend'];
const ENDING = ['signal', 'timeout'];
const CHANGE = ['lockTimeout', ...ENDING];
const LIMITS = ['parallelism', 'lockTimeout', ...ENDING];
const INIT = ['upgrade', 'reconfigure', 'migrateState', 'backendConfig', ...ENDING];
const PLAN = ['variables', 'destroy', 'refreshOnly', 'refresh', 'targets', 'replace', ...LIMITS];

/** Fails for an option that there is not, and says which there are. */
const known = optionsOf('terraform');
const checked = (what, given, names) => known(what, given ?? {}, names);

/** `init` keeps in clear what it is told. */
const refuseSecrets = (config = {}) => {
  const name = Object.keys(config).find((key) => isSecret(config[key]));
  if (name !== undefined) {
    throw errorFrom({
      code: 'terraform.option-value',
      message: `The Secret \`${name}\` of \`backendConfig\` cannot be used: Terraform would keep it in a file in clear.`,
      hint: `Give it to the handle: \`terraform({ dir, backend: { ${name}: … } })\`.`,
    });
  }
};

/** Terraform at work in the folder of a root module. */
export function terraform(options) {
  const named = typeof options === 'string' ? { connection: options } : options;
  const { connection, dir = '.', workspace, env, backend = {} } = checked('terraform', named, OF_MODULE);
  const { ops } = connected('terraform', connection);
  const ofBackend = Object.entries(backend);
  const root = {
    dir,
    workspace,
    env,
    backend: {
      settings: Object.fromEntries(ofBackend.filter(([, value]) => !isSecret(value))),
      secrets: Object.fromEntries(ofBackend.filter(([, value]) => isSecret(value))),
    },
  };

  /** A verb with options, of which `signal` stays in JavaScript. */
  const verb = (op, what, names, first = {}) => async (given) => {
    const { signal, ...rest } = checked(what, given, names);
    return ops[op]({ root, ...first, ...rest }, { signal });
  };

  const plan = async (given) => {
    const { id, ...shown } = await verb('plan', 'plan', PLAN)(given);
    return shownAs(`plan of ${dir}`, {
      ...shown,
      apply: verb('apply', 'apply', LIMITS, { plan: id }),
      toJSON: () => shown,
    });
  };

  const planned = (what, fixed) => async (given) => {
    const { variables, targets, ...limits } = checked(what, given, ['variables', 'targets', ...LIMITS]);
    const made = await plan({ ...fixed, variables, targets, ...limits });
    return { made, applied: await made.apply(limits) };
  };

  return shownAs(`terraform({ dir: ${quoted(dir)} })`, {
    version: () => ops.version(),
    install: async (given) => {
      const { signal, ...which } = checked('install', given, ['version', 'opentofu', 'signal']);
      return ops.installProgram(which, { signal });
    },
    installed: () => ops.listPrograms(),
    uninstall: async (version, given) => (await ops.removeProgram({ version, ...checked('uninstall', given, ['opentofu']) })).removed,
    module: () => ops.module({ dir }),
    collect: async (given = {}) => {
      const answers = await ops.collect({ dir, variables: given });
      return { ...given, ...Object.fromEntries(answers.map(({ name, value, secret }) => [name, secret ?? value])) };
    },
    init: async (given) => {
      refuseSecrets(given?.backendConfig);
      return verb('init', 'init', INIT)(given);
    },
    validate: () => ops.validate({ root }),
    plan,
    destroy: async (given) => (await planned('destroy', { destroy: true })(given)).applied,
    refresh: async (given) => {
      const { drift, outputs } = (await planned('refresh', { refreshOnly: true })(given)).made;
      return { changed: drift.length + outputs.length > 0, drift, outputs };
    },
    import: (address, id, given) => verb('importResource', 'import', ['variables', ...LIMITS], { address, id })(given),
    output: async () =>
      Object.fromEntries((await ops.output({ root })).map(({ name, value, secret }) => [name, secret ?? value])),
    show: () => ops.showState({ root }),
    test: verb('test', 'test', ['files', 'variables', ...ENDING]),
    graph: () => ops.graph({ root }),
    providers: () => ops.providers({ root }),
    unlock: (id, given) => verb('unlock', 'unlock', ENDING, { id })(given),
    state: Object.freeze({
      list: () => ops.stateList({ root }),
      show: (address) => ops.showResource({ root, address }),
      mv: (from, to, given) => verb('moveInState', 'mv', CHANGE, { from, to })(given),
      rm: (addresses, given) => verb('removeFromState', 'rm', CHANGE, { addresses: [addresses].flat() })(given),
      pull: () => ops.pullState({ root }),
      push: (state, given) => verb('pushState', 'push', ['force', ...CHANGE], { state })(given),
    }),
    workspaces: Object.freeze({
      list: verb('listWorkspaces', 'list', ENDING),
      create: (name, given) => verb('createWorkspace', 'create', ENDING, { name })(given),
      select: (name, given) => verb('selectWorkspace', 'select', ['create', ...ENDING], { name })(given),
      delete: (name, given) => verb('deleteWorkspace', 'delete', ['force', ...ENDING], { name })(given),
    }),
    toJSON: () => ({ terraform: dir }),
  });
}

/** The modules in a folder and below it. */
export const modules = async (options) => {
  const named = typeof options === 'string' ? { dir: options } : options;
  const { dir = '.', connection } = checked('modules', named, ['dir', 'connection']);
  return connected('terraform', connection).ops.modules({ dir });
};

/** Modules that stand elsewhere, fetched by Terraform itself. */
export const fetchModules = async (source, options) => {
  const { connection, signal, ...given } = checked('fetchModules', options, ['version', 'connection', ...ENDING]);
  return connected('terraform', connection).ops.fetchModules({ source, ...given }, { signal });
};
