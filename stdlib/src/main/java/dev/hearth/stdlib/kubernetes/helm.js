// Helm of hearth:kubernetes: releases of charts, by the `helm` program.

/** The releases of one connection. */
export function helm({ ops }) {
  const change = (verb) => (release, chart, { values, signal, ...how } = {}) =>
    ops.helmDeploy({ ...how, verb, release, chart, values: values ?? {} }, { signal });

  return {
    helm: Object.freeze({
      list: (how = {}) => ops.helmList(how),
      async find(release, { namespace } = {}) {
        return (await ops.helmList({ namespace })).find(({ name }) => name === release) ?? null;
      },
      status: (release, { namespace } = {}) => ops.helmStatus({ release, namespace }),
      values: (release, { namespace, all } = {}) => ops.helmValues({ release, namespace, all }),
      install: change('install'),
      upgrade: change('upgrade'),
      uninstall: (release, { namespace, timeout } = {}) => ops.helmUninstall({ release, namespace, timeout }),
    }),
  };
}
