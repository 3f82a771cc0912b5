// Objects of hearth:kubernetes: collections by kind, and handles. Pieces add members to handles of their kinds.
import { batched, gathered, listing, quoted, refuse } from 'hearth:binding/kubernetes/kit';

const { freeze } = Object;

/** The kinds that have words of their own: the word for one, for all, and the kind. */
const USUAL = [
  ['pod', 'pods', 'Pod'],
  ['deployment', 'deployments', 'Deployment'],
  ['statefulSet', 'statefulSets', 'StatefulSet'],
  ['daemonSet', 'daemonSets', 'DaemonSet'],
  ['replicaSet', 'replicaSets', 'ReplicaSet'],
  ['job', 'jobs', 'Job'],
  ['cronJob', 'cronJobs', 'CronJob'],
  ['service', 'services', 'v1/Service'],
  ['ingress', 'ingresses', 'Ingress'],
  ['networkPolicy', 'networkPolicies', 'NetworkPolicy'],
  ['configMap', 'configMaps', 'ConfigMap'],
  ['secret', 'secrets', 'v1/Secret'],
  ['namespace', 'namespaces', 'v1/Namespace'],
  ['node', 'nodes', 'v1/Node'],
  ['serviceAccount', 'serviceAccounts', 'ServiceAccount'],
  ['persistentVolume', 'persistentVolumes', 'PersistentVolume'],
  ['persistentVolumeClaim', 'persistentVolumeClaims', 'PersistentVolumeClaim'],
  ['storageClass', 'storageClasses', 'StorageClass'],
  ['role', 'roles', 'Role'],
  ['roleBinding', 'roleBindings', 'RoleBinding'],
  ['clusterRole', 'clusterRoles', 'ClusterRole'],
  ['clusterRoleBinding', 'clusterRoleBindings', 'ClusterRoleBinding'],
  ['customResourceDefinition', 'customResourceDefinitions', 'CustomResourceDefinition'],
];

/** How often a list is begun anew that changed too much while its pages were read. */
const RESTARTS = 3;

/** A list on its way: awaited, an array of all; in `for await`, one object after the other, a page in memory at a time. */
const listed = (page, limit) => {
  async function* pages() {
    let left = limit ?? Infinity;
    let continueToken;
    while (left > 0) {
      const { items, continue: next } = await page({ continueToken, limit: left === Infinity ? undefined : left });
      yield items.length > left ? items.slice(0, left) : items;
      left -= items.length;
      if (next === undefined) return;
      continueToken = next;
    }
  }
  const all = async () => {
    for (let restarts = 0; ; restarts++) {
      try {
        return (await gathered(pages())).flat();
      } catch (error) {
        if (error?.code !== 'kubernetes.list-expired' || restarts === RESTARTS) throw error;
      }
    }
  };
  return listing(all, () => batched(pages));
};

/** A name and a namespace, also of an object that was read. */
const placed = (name, options = {}) => {
  if (typeof name === 'object' && name !== null) {
    const { metadata } = name;
    return { name: metadata?.name, namespace: options.namespace ?? metadata?.namespace };
  }
  return { name, namespace: options.namespace };
};

/**
 * Collections and handles of one connection.
 *
 * @param pieces of other areas: given where a handle leads, each returns what it adds to it, by kind:
 *   `{ Pod: (at) => ({ logs: … }) }`, or `any` for every kind, where `at` is `{ kind, name, namespace }`
 */
export function objects(kit, pieces = []) {
  const { ops, handle } = kit;

  const named = (kind, word) => (name, options) => {
    const at = { kind, ...placed(name, options) };
    if (typeof at.name !== 'string' || at.name === '') {
      refuse('name-wrong', `\`${quoted(name)}\` cannot be the name of something in Kubernetes.`, "Give its name, such as `k8s.pod('web')`.");
    }
    const text = () => `${word}(${quoted(at.name)}${at.namespace === undefined ? '' : `, { namespace: ${quoted(at.namespace)} }`})`;
    const short = kind.slice(kind.lastIndexOf('/') + 1);
    return handle('object', at, text, {
      ...at,
      get: (how = {}) => ops.get({ ...how, ...at }),
      find: async (how = {}) => (await ops.find({ ...how, ...at })) ?? null,
      watch: (how = {}) => watching(kind, { ...how, namespace: at.namespace, fields: { 'metadata.name': at.name } }),
      patch: (patch, how = {}) => ops.patch({ ...how, ...at, patch }),
      apply: (fields, how = {}) => ops.apply({ ...how, ...whole(at, fields) }),
      ensure: (fields, how = {}) => ops.ensure({ ...how, ...whole(at, fields) }),
      diff: (fields, how = {}) => ops.diff({ ...how, ...whole(at, fields) }),
      label: (labels, how = {}) => ops.patch({ ...how, ...at, patch: { metadata: { labels } } }),
      annotate: (annotations, how = {}) => ops.patch({ ...how, ...at, patch: { metadata: { annotations } } }),
      waitFor: (what = 'ready', { timeout, signal, ...how } = {}) => ops.waitFor({ ...how, ...at, what, timeout }, { signal }),
      async delete({ wait = true, timeout, signal, ...how } = {}) {
        const gone = await ops.delete({ ...how, ...at });
        if (gone === undefined) return false;
        if (wait && how.dryRun !== true) await ops.waitGone({ ...at, uid: gone.uid, timeout }, { signal });
        return true;
      },
      ...Object.assign({}, ...pieces.map((piece) => ({ ...piece.any?.(at), ...piece[short]?.(at) }))),
      toJSON: () => ({ ...at }),
    });
  };

  /** What a handle is told of its object, with what names the object. */
  const whole = (at, fields = {}) => ({
    kind: at.kind,
    namespace: at.namespace,
    manifest: { ...fields, metadata: { ...fields.metadata, name: at.name } },
  });

  const watching = (kind, { signal, ...how }) => batched(() => ops.watch({ ...how, kind }, { signal }));

  const collection = (kind, word) =>
    freeze({
      kind,
      named: named(kind, word),
      list: ({ limit, signal, ...how } = {}) => {
        const trace = new Error();
        return listed((page) => ops.listPage({ ...how, ...page, kind }, { signal, trace }), limit);
      },
      find: async (name, how = {}) => (await ops.find({ ...how, name, kind })) ?? null,
      get: (name, how = {}) => ops.get({ ...how, name, kind }),
      watch: (how = {}) => watching(kind, how),
      create: (manifest, how = {}) => ops.create({ ...how, manifest, kind }),
      replace: (manifest, how = {}) => ops.replace({ ...how, manifest, kind }),
      apply: (manifest, how = {}) => ops.apply({ ...how, manifest, kind }),
      ensure: (manifest, how = {}) => ops.ensure({ ...how, manifest, kind }),
      diff: (manifest, how = {}) => ops.diff({ ...how, manifest, kind }),
      deleteAll: (how = {}) => ops.deleteAll({ ...how, kind }),
    });

  const words = {};
  for (const [one, all, kind] of USUAL) {
    words[one] = named(kind, one);
    Object.defineProperty(words, all, { value: collection(kind, one), enumerable: true });
  }

  return {
    kinds: () => ops.kinds(),
    kind: (name) => collection(String(name), `kind(${quoted(name)}).named`),
    ...words,
  };
}
