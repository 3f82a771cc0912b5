// Namespaces for teams: with quotas, who may work in them, and no traffic from others.
import { kubernetes } from 'hearth:kubernetes';

export const recipe = {
  summary: 'Namespaces with quotas, editors and isolation, as they should be',
  description: `Makes the namespaces that are named, or changes just what differs; run twice, the second changes nothing. What an earlier run
made and this one leaves out, such as a quota, is removed from them; the namespaces themselves are never deleted.`,
  params: {
    namespaces: { type: 'array', items: { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' }, summary: 'their names', required: true },
    labels: { type: 'array', items: { type: 'string', pattern: '^[^=]+=[^=]*$' }, summary: 'labels, as team=web', default: [] },
    cpu: { type: 'string', summary: 'how much CPU all pods may ask for, such as 4 or 500m' },
    memory: { type: 'string', summary: 'how much memory all pods may ask for, such as 8Gi' },
    pods: { type: 'integer', minimum: 0, summary: 'how many pods there may be' },
    editors: { type: 'array', items: { type: 'string' }, summary: 'groups that may change what is in them', default: [] },
    isolate: { type: 'boolean', summary: 'pods hear nothing from other namespaces', default: false },
    preview: { type: 'boolean', summary: 'only tell what would change', default: false },
  },
  permissions: { kubernetes: 'write' },
};

/** What this recipe made, to find it again. */
const MARK = { 'hearth.dev/recipe': 'namespaces' };

export default async function ({ params, log }) {
  const labels = Object.fromEntries(params.labels.map((label) => label.split('=', 2)));
  const manifests = params.namespaces.flatMap((namespace) => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { ...labels, ...MARK } } },
    ...quota(namespace, params),
    ...params.editors.map((group, n) => editor(namespace, group, n)),
    ...(params.isolate ? [isolation(namespace)] : []),
  ]);
  const { changed, objects } = await kubernetes().apply(manifests, {
    preview: params.preview,
    prune: { labels: MARK, kinds: ['v1/ResourceQuota', 'RoleBinding', 'NetworkPolicy'] },
  });
  for (const { action, kind, name, namespace } of objects) {
    if (action !== 'none') log.info(`${action} ${kind} ${namespace === '' ? name : `${namespace}/${name}`}`);
  }
  return { changed, namespaces: params.namespaces };
}

function quota(namespace, { cpu, memory, pods }) {
  const limits = { 'requests.cpu': cpu, 'requests.memory': memory, pods: pods === undefined ? undefined : String(pods) };
  const hard = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  return Object.keys(hard).length === 0
    ? []
    : [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota', namespace, labels: MARK }, spec: { hard } }];
}

const editor = (namespace, group, n) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: `editors-${n + 1}`, namespace, labels: MARK },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
});

const isolation = (namespace) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'only-from-here', namespace, labels: MARK },
  spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] },
});
