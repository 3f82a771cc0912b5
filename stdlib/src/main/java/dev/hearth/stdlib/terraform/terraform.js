// hearth:terraform: the shape that recipes use; everything else is Java.
import { connected, optionsOf, quoted, shownAs } from 'hearth:binding';

export { call, configuration, expression, interpolate } from 'hearth:binding/terraform/configuration';

const OF_MODULE = ['dir', 'workspace', 'connection'];
const ENDING = ['signal', 'timeout'];
const LIMITS = ['parallelism', 'lockTimeout', ...ENDING];
const INIT = ['upgrade', 'reconfigure', 'migrateState', 'backendConfig', ...ENDING];
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
    const { signal, ...wish } = checked('plan', given, PLAN);
    const data = await ops.plan({ ...module, ...wish }, { signal });
    const { id, ...shown } = data;
    return shownAs(`plan of ${dir}`, {
      ...shown,
      apply: async (more) => {
        const { signal, ...limits } = checked('apply', more, LIMITS);
        return ops.apply({ ...module, plan: id, ...limits }, { signal });
      },
      toJSON: () => shown,
    });
  };

  return shownAs(`terraform({ dir: ${quoted(dir)} })`, {
    version: () => ops.version(),
    module: () => ops.module({ dir }),
    init: async (given) => {
      const { signal, ...rest } = checked('init', given, INIT);
      return ops.init({ ...module, ...rest }, { signal });
    },
    validate: () => ops.validate(module),
    plan,
    destroy: async (given) => {
      const { variables, targets, ...limits } = checked('destroy', given, ['variables', 'targets', ...LIMITS]);
      const planned = await plan({ destroy: true, variables, targets, ...limits });
      return planned.apply(limits);
    },
    output: async () =>
      Object.fromEntries((await ops.output(module)).map(({ name, value, secret }) => [name, secret ?? value])),
    state: Object.freeze({ list: () => ops.stateList(module) }),
    toJSON: () => ({ terraform: dir }),
  });
}
