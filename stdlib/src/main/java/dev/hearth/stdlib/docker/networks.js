// Networks and volumes of hearth:docker.
import { checked, orNull, quoted } from 'hearth:binding/docker/kit';

const NETWORK = ['name', 'driver', 'driver_opts', 'internal', 'attachable', 'enable_ipv6', 'ipam', 'labels'];
const VOLUME = ['name', 'driver', 'driver_opts', 'labels'];

/** A container by its name or its handle. */
const nameOf = (container) => (typeof container === 'object' && container !== null ? container.name : container);

/** The networks of one engine. */
export function networks({ ops, handle }) {
  const network = (name) =>
    handle('network', { name }, () => `network(${quoted(name)})`, {
      name,
      inspect: () => ops.inspectNetwork({ name }),
      connect: (container, options = {}) =>
        ops.connectNetwork({
          ...checked('network.connect', options, ['aliases', 'ipv4_address', 'ipv6_address', 'driver_opts']),
          name,
          container: nameOf(container),
        }),
      disconnect: (container, options = {}) =>
        ops.disconnectNetwork({ ...checked('network.disconnect', options, ['force']), name, container: nameOf(container) }),
      remove: () => ops.removeNetwork({ name }),
      toJSON: () => ({ network: name }),
    });

  return {
    network,
    networks: Object.freeze({
      list: (options = {}) => ops.listNetworks(checked('networks.list', options, ['filters'])),
      get: (name) => ops.inspectNetwork({ name }),
      find: (name) => orNull('docker.network-not-found', () => ops.inspectNetwork({ name })),
      create: (spec = {}) => ops.createNetwork(checked('networks.create', spec, NETWORK)),
      ensure: (spec = {}, options = {}) =>
        ops.ensureNetwork({
          network: checked('networks.ensure', spec, NETWORK),
          ...checked('networks.ensure', options, ['recreate']),
        }),
      prune: (options = {}) => ops.pruneNetworks(checked('networks.prune', options, ['filters'])),
    }),
  };
}

/** The volumes of one engine. */
export function volumes({ ops, handle }) {
  const volume = (name) =>
    handle('volume', { name }, () => `volume(${quoted(name)})`, {
      name,
      inspect: () => ops.inspectVolume({ name }),
      remove: (options = {}) => ops.removeVolume({ ...checked('volume.remove', options, ['force']), name }),
      toJSON: () => ({ volume: name }),
    });

  return {
    volume,
    volumes: Object.freeze({
      list: (options = {}) => ops.listVolumes(checked('volumes.list', options, ['filters'])),
      get: (name) => ops.inspectVolume({ name }),
      find: (name) => orNull('docker.volume-not-found', () => ops.inspectVolume({ name })),
      create: (spec = {}) => ops.createVolume(checked('volumes.create', spec, VOLUME)),
      ensure: (spec = {}, options = {}) =>
        ops.ensureVolume({
          volume: checked('volumes.ensure', spec, VOLUME),
          ...checked('volumes.ensure', options, ['recreate']),
        }),
      prune: (options = {}) => ops.pruneVolumes(checked('volumes.prune', options, ['all', 'filters'])),
    }),
  };
}
