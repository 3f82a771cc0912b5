// Nodes of hearth:kubernetes: taken out of use and put back; what they and their pods use.

/** What nodes have beside what all objects have. */
export const nodes = ({ ops }) => ({
  Node: ({ name }) => ({
    cordon: () => ops.cordon({ name, takes: false }),
    uncordon: () => ops.cordon({ name, takes: true }),
    drain: ({ signal, ...options } = {}) => ops.drain({ ...options, name }, { signal }),
  }),
});

/** What is used, as the metrics API measured it. */
export const top = ({ ops }) =>
  Object.freeze({
    nodes: ({ labels } = {}) => ops.topNodes({ labels }),
    pods: (options = {}) => ops.topPods(options),
  });
