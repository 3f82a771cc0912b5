// Workloads of hearth:kubernetes: rolled out anew, back to what they were, in more or fewer pods.

/** What a change returns: the object when it is ready, or at once. */
const settled = (ops, at) => async (changing, { wait = true, timeout, signal }) => {
  const changed = await changing();
  if (wait) await ops.waitFor({ ...at, what: 'ready', timeout }, { signal });
  return changed;
};

const restartedAt = () => ({
  spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() } } } },
});

/** What workloads have beside what all objects have. */
export const rollouts = ({ ops }) => {
  const rolling = (at) => {
    const settle = settled(ops, at);
    return {
      restart: async ({ wait, timeout, signal } = {}) =>
        void (await settle(() => ops.patch({ ...at, patch: restartedAt() }), { wait, timeout, signal })),
      history: () => ops.history(at),
      undo: ({ revision, wait, timeout, signal } = {}) =>
        settle(() => ops.undo({ ...at, revision }), { wait, timeout, signal }),
    };
  };
  const scaling = (at) => ({
    scale: async (replicas, { wait, timeout, signal } = {}) =>
      void (await settled(ops, at)(
        () => ops.patch({ ...at, patch: { spec: { replicas } }, subresource: 'scale' }),
        { wait, timeout, signal },
      )),
  });
  const both = (at) => ({ ...rolling(at), ...scaling(at) });
  return { Deployment: both, StatefulSet: both, DaemonSet: rolling, ReplicaSet: scaling };
};
