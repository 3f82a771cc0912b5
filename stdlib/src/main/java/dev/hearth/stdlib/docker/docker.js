// hearth:docker: the shape that recipes use, in pieces by what they are about; everything else is Java.
import { handles } from 'hearth:binding';
import { compose } from 'hearth:binding/docker/compose';
import { containers } from 'hearth:binding/docker/containers';
import { images, receiving } from 'hearth:binding/docker/images';
import { kitOf, quoted } from 'hearth:binding/docker/kit';
import { networks, volumes } from 'hearth:binding/docker/networks';
import { registries } from 'hearth:binding/docker/registry';
import { system } from 'hearth:binding/docker/system';

export { installDocker } from 'hearth:binding/docker/install';

/** How handles are made again from their names, as after a resume. */
const mark = handles('docker', {
  connection: ({ connection }) => docker(connection),
  compose: ({ connection, source, options }) => docker(connection).compose(source, options),
  container: ({ connection, name }) => docker(connection).container(name),
  image: ({ connection, name }) => docker(connection).image(name),
  network: ({ connection, name }) => docker(connection).network(name),
  volume: ({ connection, name }) => docker(connection).volume(name),
});

/** A Docker engine: the one that `docker` speaks to, a named connection or context, or one that is spelled out. */
export function docker(connection) {
  const kit = kitOf(connection, mark);
  const shown = typeof connection === 'object' ? `{ host: ${quoted(connection?.host)} }` : quoted(connection);
  const engine = kit.handle('connection', {}, () => `docker(${connection === undefined ? '' : shown})`, {
    ...compose(kit, (name) => containers(kit).container(name)),
    ...containers(kit),
    ...images(kit),
    ...networks(kit),
    ...volumes(kit),
    ...registries(kit),
    ...system(kit),
    toJSON: () => ({ docker: typeof connection === 'object' ? connection?.host : (connection ?? '') }),
  });
  return receiving(engine, kit);
}
