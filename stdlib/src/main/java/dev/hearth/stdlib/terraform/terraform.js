// hearth:terraform: the shape that recipes use; everything else is Java.
import { connected, optionsOf, quoted, shownAs } from 'hearth:binding';

const OF_MODULE = ['dir', 'workspace', 'connection'];
const LIMITS = ['parallelism', 'lockTimeout'];
const PLAN = ['variables', 'destroy', 'refreshOnly', 'refresh', 'targets', 'replace', ...LIMITS];

/** Fails for an option that there is not, and says which there are. */
const known = optionsOf('terraform');
const checked = (what, given, names) => known(what, given ?? {}, names);

/** Terraform at work in the folder of a root module. */
export function terraform(options) {
  const named = typeof options === 'string' ? { connection: options } : options;
  const { connection, dir = '.', workspace } = checked('terraform', named, OF_MODULE);
  const { ops } = connected('terraform', connection);
  const module = { dir, workspace };

  const plan = async (given) => {
    const { variables, ...rest } = checked('plan', given, PLAN);
    const data = await ops.plan({ ...module, variables, ...rest });
    const { id, ...shown } = data;
    return shownAs(`plan of ${dir}`, {
      ...shown,
      apply: (more) => ops.apply({ ...module, plan: id, ...checked('apply', more, LIMITS) }),
      toJSON: () => shown,
    });
  };

  return shownAs(`terraform({ dir: ${quoted(dir)} })`, {
    version: () => ops.version(),
    module: () => ops.module({ dir }),
    init: (given) =>
      ops.init({
        ...module,
        ...checked('init', given, ['upgrade', 'reconfigure', 'migrateState', 'backendConfig']),
      }),
    validate: () => ops.validate(module),
    plan,
    destroy: async (given) => {
      const { parallelism, lockTimeout, variables, targets } = checked('destroy', given, ['variables', 'targets', ...LIMITS]);
      const planned = await plan({ destroy: true, variables, targets, parallelism, lockTimeout });
      return planned.apply({ parallelism, lockTimeout });
    },
    output: async () =>
      Object.fromEntries((await ops.output(module)).map(({ name, value, secret }) => [name, secret ?? value])),
    state: Object.freeze({ list: () => ops.stateList(module) }),
    toJSON: () => ({ terraform: dir }),
  });
}
