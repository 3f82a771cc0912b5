// A node without pods, for work on it, and back afterwards.
import { kubernetes } from 'hearth:kubernetes';

export const recipe = {
  summary: 'Empties a node of a cluster, or puts it back',
  description: `Closes the node for new pods and evicts those that are there, as budgets of disruption allow it. Pods of DaemonSets
stay. When it does not work out in time, the node is opened again and the error says which pod stays, and why. With --back the node
takes pods again.`,
  params: {
    node: { type: 'string', summary: 'name of the node' },
    back: { type: 'boolean', summary: 'puts the node back', default: false },
    force: { type: 'boolean', summary: 'deletes pods, too, that nothing makes anew', default: false },
    deleteEmptyDir: { type: 'boolean', summary: 'deletes pods, too, whose emptyDir goes with them', default: false },
    patience: { type: 'string', pattern: '^[0-9]+(s|m|h)$', summary: 'how long evictions are waited for', default: '10m' },
  },
  permissions: { kubernetes: 'write' },
  onError: 'undo',
};

export default async function ({ params, step, log }) {
  const node = kubernetes().node(params.node);
  if (params.back) {
    const { changed } = await step('open the node', () => node.uncordon());
    log.info(`node ${params.node} ${changed ? 'takes pods again' : 'took pods already'}`);
    return { node: params.node, changed };
  }
  await step('close the node', () => node.cordon(), { undo: async (done) => void (done?.changed && (await node.uncordon())) });
  const { force, deleteEmptyDir, patience } = params;
  const { evicted, skipped } = await step('evict its pods', () => node.drain({ force, deleteEmptyDir, timeout: patience }));
  for (const { namespace, name, reason } of skipped) log.info(`${namespace}/${name} stays: ${reason}`);
  log.info(`node ${params.node} is empty: ${evicted.length} pods went, ${skipped.length} stay`);
  return { node: params.node, evicted, skipped };
}
