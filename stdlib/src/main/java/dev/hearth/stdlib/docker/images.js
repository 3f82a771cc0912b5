// Images of hearth:docker, and the registries that they come from.
import { checked, orNull, quoted } from 'hearth:binding/docker/kit';
import { Transfer } from 'hearth:binding/command/transfer';

const BUILD = [
  'context',
  'dockerfile',
  'dockerfileInline',
  'tags',
  'buildArgs',
  'labels',
  'target',
  'platform',
  'noCache',
  'pull',
  'network',
  'extraHosts',
  'shmSizeBytes',
  'builder',
  'secrets',
  'ssh',
  'cacheFrom',
  'cacheTo',
];

const work = (ops, way, what, request, options) => {
  const { signal, ...rest } = options;
  return new Transfer({ ops, way, module: 'docker', what }, { ...request, ...rest }, { signal, trace: new Error() });
};

/** The images of one engine. */
export function images({ ops, handle }) {
  const image = (name) =>
    handle('image', { name }, () => `image(${quoted(name)})`, {
      name,
      inspect: () => ops.inspectImage({ name }),
      history: () => ops.imageHistory({ name }),
      tag: async (target) => {
        await ops.tagImage({ name, target });
        return image(target);
      },
      push: (options = {}) => work(ops, 'pushImage', 'push', { name }, checked('image.push', options, ['signal'])),
      save: (path) => ops.saveImages({ names: [name], path }),
      remove: (options = {}) => ops.removeImage({ ...checked('image.remove', options, ['force', 'noprune']), name }),
      toJSON: () => ({ image: name }),
    });

  return {
    image,
    images: Object.freeze({
      list: (options = {}) => ops.listImages(checked('images.list', options, ['all', 'digests', 'filters', 'select'])),
      get: (name) => ops.inspectImage({ name }),
      find: (name) => orNull('docker.image-not-found', () => ops.inspectImage({ name })),
      pull: (name, options = {}) =>
        work(ops, 'pullImage', 'pull', { name }, checked('images.pull', options, ['platform', 'signal'])),
      build: (spec = {}) => work(ops, 'buildImage', 'build', {}, checked('images.build', spec, [...BUILD, 'signal'])),
      ensure: ({ build, ...spec } = {}) =>
        ops.ensureImage({
          ...checked('images.ensure', spec, ['name', 'platform', 'pull']),
          ...(build && { build: checked('images.ensure', build, BUILD) }),
        }),
      save: (names, path) => ops.saveImages({ names, path }),
      load: (path) => ops.loadImages({ path }),
      import: (path, options = {}) =>
        ops.importImage({ ...checked('images.import', options, ['name', 'changes', 'message', 'platform']), path }),
      prune: (options = {}) => ops.pruneImages(checked('images.prune', options, ['all', 'filters'])),
      search: (term, options = {}) => ops.searchImages({ ...checked('images.search', options, ['limit']), term }),
    }),
    login: (options) => ops.login(checked('login', options, ['registry', 'username', 'password'])),
  };
}
