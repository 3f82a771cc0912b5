// Applies the manifests of a folder, and waits until what runs is ready.
import { kubernetes } from 'hearth:kubernetes';

export const recipe = {
  summary: 'Applies the manifests of a folder and waits until they run',
  description: `Namespaces and definitions of kinds come first. A second time it changes nothing. With a label, what an earlier version of the
folder had and this one has no more is deleted; every manifest needs the label then. The folder has to be allowed: --allow-read=FOLDER. A Kustomize
folder is built by kustomize or kubectl, one of which has to be allowed in its place: --allow-exec=kubectl.`,
  params: {
    folder: { type: 'string', summary: 'the folder with the manifests', required: true },
    kustomize: { type: 'boolean', summary: 'build it with Kustomize', default: false },
    recursive: { type: 'boolean', summary: 'with the folders below it', default: false },
    namespace: { type: 'string', summary: 'where objects are that name none; else that of your context' },
    prune: { type: 'string', pattern: '^[^=]+=[^=]+$', summary: 'delete what has this label and is not in the folder, as set=web' },
    force: { type: 'boolean', summary: 'take fields over that others manage', default: false },
    preview: { type: 'boolean', summary: 'only tell what would change', default: false },
    wait: { type: 'boolean', summary: 'wait until workloads are ready', default: true },
    patience: { type: 'string', format: 'duration', summary: 'how long for each of them', default: '5m' },
  },
  permissions: { kubernetes: 'write' },
};

const RUNS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

export default async function ({ params, step, log, signal }) {
  const { folder, kustomize, recursive, namespace, force, preview, patience } = params;
  const k8s = kubernetes();
  const prune = params.prune === undefined ? undefined : { labels: Object.fromEntries([params.prune.split('=', 2)]) };
  const source = kustomize ? { kustomize: folder } : { folder, recursive };

  const { changed, objects } = await step(preview ? 'look' : 'apply', () =>
    k8s.apply(source, { namespace, force, prune, preview }),
  );
  for (const { action, kind, name, changes } of objects) {
    if (action === 'none') continue;
    log.info(`${action} ${kind} ${name}`, action === 'update' ? { fields: changes.map(({ path }) => path) } : undefined);
  }
  if (preview || !params.wait) return { changed, objects: objects.length };

  for (const { apiVersion, kind, name, namespace: place, action } of objects) {
    if (!RUNS.has(kind) || action === 'prune') continue;
    await step(`${kind} ${place}/${name} is ready`, () =>
      k8s.kind(`${apiVersion}/${kind}`).named(name, { namespace: place }).waitFor('ready', { timeout: patience, signal }).then(() => null),
    );
  }
  return { changed, objects: objects.length };
}
