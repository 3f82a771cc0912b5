// Containers of hearth:docker.
import { checked, orNull, quoted } from 'hearth:binding/docker/kit';

/** The containers of one engine. */
export function containers({ ops, handle }) {
  const container = (name) =>
    handle('container', { name }, () => `container(${quoted(name)})`, {
      name,
      inspect: () => ops.inspectContainer({ name }),
      start: () => ops.startContainer({ name }),
      toJSON: () => ({ container: name }),
    });

  return {
    container,
    containers: Object.freeze({
      list: (options = {}) => ops.listContainers(checked('containers.list', options, ['all', 'limit', 'size', 'filters'])),
      get: (name) => ops.inspectContainer({ name }),
      find: (name) => orNull('docker.container-not-found', () => ops.inspectContainer({ name })),
    }),
  };
}
