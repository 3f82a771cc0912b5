// The raw door of hearth:kubernetes: any path of the API.

const READS = new Set(['GET', 'HEAD']);

/** What leads on from the API server to somebody who may take a GET for anything. */
const LEADS_ON = /\/(pods|services|nodes)\/[^/]+\/(proxy|exec|attach|portforward)(\/|$)/;

/** The raw door of one connection, and what the server says of itself. */
export function rawDoor({ ops }) {
  return {
    version: () => ops.version(),
    place: () => ops.place(),
    request(method, path, { params, body, type, signal } = {}) {
      const verb = String(method).toUpperCase();
      return READS.has(verb) && !LEADS_ON.test(String(path))
        ? ops.read({ method: verb, path, params }, { signal })
        : ops.change({ method: verb, path, params, body, type }, { signal });
    },
  };
}
