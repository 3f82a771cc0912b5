// Registries, as hearth:docker speaks to them without an engine.
import { checked, orNull, quoted, shownAs } from 'hearth:binding/docker/kit';

/** What makes another copy of an image know where it goes. */
const places = new WeakMap();

/** How a registry is reached. */
const reached = new WeakMap();

/** The same for who has the handle; `undefined` for what is none. */
export const reachOf = (registry) => reached.get(registry);

const missing = 'docker.registry-not-found';

const SERVER = ['image', 'port', 'address', 'users', 'tls', 'storage', 'deletes', 'readOnly', 'proxy', 'pull'];
const USUAL_IMAGE = 'registry:3';

/** A registry in a container of the engine. */
const serverOf = (ops, name) => {
  const described = ({ pull, ...given }) => ({ ...checked('registryServer.ensure', given, SERVER), name, image: given.image ?? USUAL_IMAGE });
  return shownAs(() => `registryServer(${quoted(name)})`, {
    name,
    ensure: async (spec = {}) => {
      const server = described(spec);
      if (spec.pull === 'always' || (await orNull('docker.image-not-found', () => ops.inspectImage({ name: server.image }))) === null) {
        if (spec.pull !== 'never') await ops.pullImage({ name: server.image });
      }
      return ops.ensureRegistryServer(server);
    },
    collectGarbage: (options = {}) => ops.collectRegistryGarbage({ ...checked('registryServer.collectGarbage', options, ['untagged']), name }),
    toJSON: () => ({ registryServer: name }),
  });
};

export function registries({ ops }) {
  const imageOf = (registry, image) => {
    const made = shownAs(() => `registry(${quoted(registry.host)}).image(${quoted(image)})`, {
      name: image,
      inspect: (options = {}) => ops.inspectRegistryImage({ registry, image, ...checked('image.inspect', options, ['platform']) }),
      delete: (options = {}) => ops.deleteRegistryImage({ registry, image, ...checked('image.delete', options, ['allTags']) }),
      copyTo: (target, options = {}) => {
        const place = places.get(target);
        if (place === undefined) throw new TypeError('`copyTo` takes an image of a registry: `copyTo(registry.image(…))`.');
        return ops.copyRegistryImage({ registry, image, ...place, ...checked('image.copyTo', options, ['platform']) });
      },
      toJSON: () => ({ registry: registry.host, image }),
    });
    places.set(made, { targetRegistry: registry, targetImage: image });
    return made;
  };

  const repositoryOf = (registry, repository) => {
    const at = (tag) => imageOf(registry, `${repository}${String(tag).includes(':') ? '@' : ':'}${tag}`);
    return shownAs(() => `registry(${quoted(registry.host)}).repository(${quoted(repository)})`, {
      name: repository,
      image: at,
      tags: Object.freeze({
        list: () => ops.registryTags({ registry, repository }),
        get: (tag) => at(tag).inspect(),
        find: (tag) => orNull(missing, () => at(tag).inspect()),
      }),
      toJSON: () => ({ registry: registry.host, repository }),
    });
  };

  return {
    registryServer: (name = 'registry') => serverOf(ops, name),
    registry: (host, options = {}) => {
      const registry = { host, ...checked('registry', options, ['username', 'password', 'ca', 'fingerprint']) };
      const made = shownAs(() => `registry(${quoted(host)})`, {
        host,
        repositories: Object.freeze({
          list: () => ops.registryRepositories({ registry }),
        }),
        repository: (name) => repositoryOf(registry, name),
        image: (name) => imageOf(registry, name),
        toJSON: () => ({ registry: host }),
      });
      reached.set(made, registry);
      return made;
    },
  };
}
