// Images of hearth:docker, and the registries that they come from.
import { errorFrom } from 'hearth:binding';
import { checked, orNull, quoted } from 'hearth:binding/docker/kit';
import { reachOf } from 'hearth:binding/docker/registry';
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

const built = (ops, { platforms, push, ...spec }) => {
  if (platforms === undefined && push === undefined) return work(ops, 'buildImage', 'build', {}, spec);
  const registry = reachOf(push);
  if (platforms === undefined || (push !== true && registry === undefined)) {
    throw errorFrom({
      code: 'docker.build-option',
      message: '`platforms` and `push` of a build go together.',
      hint: 'Give `push: true`, or the registry as `push: docker().registry(…)`; an image of one platform is pushed with `image(name).push()`.',
    });
  }
  const { signal, ...build } = spec;
  return work(ops, 'buildForPlatforms', 'build', { build, platforms, registry }, { signal });
};

/** How the images of another engine get to the one of a handle. */
const engines = new WeakMap();

/** Makes the handle of an engine one that images can be copied to. */
export const receiving = (engine, { ops }) => {
  engines.set(engine, ops);
  return engine;
};

const copied = async (ops, names, target, options) => {
  const { signal } = checked('image.copyTo', options, ['signal']);
  const other = engines.get(target);
  if (other === undefined) throw new TypeError("`copyTo` takes an engine: `copyTo(docker('nas'))`.");
  return other.takeImages(await ops.offerImages({ names }), { signal });
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
      copyTo: (target, options = {}) => copied(ops, [name], target, options),
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
      build: (spec = {}) => built(ops, checked('images.build', spec, [...BUILD, 'platforms', 'push', 'signal'])),
      ensure: ({ build, ...spec } = {}) =>
        ops.ensureImage({
          ...checked('images.ensure', spec, ['name', 'platform', 'pull']),
          ...(build && { build: checked('images.ensure', build, BUILD) }),
        }),
      save: (names, path) => ops.saveImages({ names, path }),
      copyTo: (names, target, options = {}) => copied(ops, names, target, options),
      load: (path) => ops.loadImages({ path }),
      import: (path, options = {}) =>
        ops.importImage({ ...checked('images.import', options, ['name', 'changes', 'message', 'platform']), path }),
      prune: (options = {}) => ops.pruneImages(checked('images.prune', options, ['all', 'filters'])),
      search: (term, options = {}) => ops.searchImages({ ...checked('images.search', options, ['limit']), term }),
    }),
    login: (options) => ops.login(checked('login', options, ['registry', 'username', 'password'])),
  };
}
