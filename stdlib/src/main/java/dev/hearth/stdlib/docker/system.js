// The engine itself, and the raw door of hearth:docker.
import { checked, items } from 'hearth:binding/docker/kit';

const time = (value) => (value instanceof Date ? value.toISOString() : value);

/** What is asked of the engine and no one thing of it. */
export function system({ ops }) {
  const request = (method, path, { params, body } = {}) => {
    const isRead = ['GET', 'HEAD'].includes(String(method).toUpperCase());
    return isRead ? ops.read({ path, params }) : ops.change({ method, path, params, body });
  };
  const events = ({ since, until, ...options } = {}) =>
    items(() =>
      ops.events({ ...checked('events', options, ['filters', 'reconnect']), since: time(since), until: time(until) }),
    );
  return {
    version: () => ops.version(),
    info: () => ops.info(),
    ping: () => ops.ping(),
    diskUsage: () => ops.diskUsage(),
    events,
    request,
  };
}
