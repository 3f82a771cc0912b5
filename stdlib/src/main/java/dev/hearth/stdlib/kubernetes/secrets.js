// Secrets of hearth:kubernetes: their values, which are shown nowhere else.

/** What the handle of a Secret can do besides. */
export const secrets = ({ ops }) => ({
  Secret: ({ name, namespace }) => ({
    value: (key) => ops.secretValue({ name, namespace, key }),
    async values() {
      const { data = {} } = await ops.get({ kind: 'v1/Secret', name, namespace, select: ['data'] });
      const keys = Object.keys(data);
      const values = await Promise.all(keys.map((key) => ops.secretValue({ name, namespace, key })));
      return Object.fromEntries(keys.map((key, n) => [key, values[n]]));
    },
  }),
});
