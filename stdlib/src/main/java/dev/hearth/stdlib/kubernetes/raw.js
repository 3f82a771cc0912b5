// The raw door of hearth:kubernetes: any path of the API.

const READS = new Set(['GET', 'HEAD']);

/** The raw door of one connection, and what the server says of itself. */
export function rawDoor({ ops }) {
  return {
    version: () => ops.version(),
    place: () => ops.place(),
    request(method, path, { params, body, type, signal } = {}) {
      const verb = String(method).toUpperCase();
      return READS.has(verb)
        ? ops.read({ method: verb, path, params }, { signal })
        : ops.change({ method: verb, path, params, body, type }, { signal });
    },
  };
}
