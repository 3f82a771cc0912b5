// Containers of hearth:docker.
import { Command } from 'hearth:binding/command';
import { commandIn, sessionIn } from 'hearth:binding/docker/commands';
import { batched, checked, gathered, items, listing, orNull, quoted } from 'hearth:binding/docker/kit';

const MAKING = ['pull'];
const LOG = ['follow', 'tail', 'since', 'until', 'timestamps', 'stdout', 'stderr', 'details'];

/** A time as text: Dates in ISO 8601, numbers as seconds of Unix. */
const time = (value) => (value === undefined ? undefined : value instanceof Date ? value.toISOString() : String(value));

/** Lines of a log: awaited, all of them; in `for await`, one after the other as they come. */
const log = (ops, name, options) => {
  const { since, until, ...rest } = checked('container.logs', options, LOG);
  const open = () => ops.logOfContainer({ ...rest, name, since: time(since), until: time(until) });
  const lines = () => batched(open);
  return listing(() => gathered(lines()), lines);
};

/** What is used: awaited, once; in `for await`, about every second. */
const stats = (ops, name) =>
  listing(
    () => ops.statsOfContainer({ name }),
    () => items(() => ops.statsOfContainerSteps({ name })),
  );

/** The specification with how its image is got, which may be said beside it. */
const specOf = (spec, { pull }) => (pull === undefined ? spec : { ...spec, pull_policy: pull });

/** The containers of one engine. */
export function containers({ ops, handle }) {
  const container = (name) => {
    const at = (what, options, known) => ({ ...checked(`container.${what}`, options, known), name });
    return handle('container', { name }, () => `container(${quoted(name)})`, {
      name,
      inspect: () => ops.inspectContainer({ name }),
      start: () => ops.startContainer({ name }),
      stop: (options = {}) => ops.stopContainer(at('stop', options, ['grace', 'signal'])),
      restart: (options = {}) => ops.restartContainer(at('restart', options, ['grace', 'signal'])),
      kill: (options = {}) => ops.killContainer(at('kill', options, ['signal'])),
      pause: () => ops.pauseContainer({ name }),
      unpause: () => ops.unpauseContainer({ name }),
      rename: async (to) => {
        await ops.renameContainer({ name, to });
        return container(to);
      },
      update: (spec) => ops.updateContainer({ name, spec }),
      remove: (options = {}) => ops.removeContainer(at('remove', options, ['force', 'volumes'])),
      wait: (options = {}) => ops.waitForContainer(at('wait', options, ['condition', 'timeout'])),
      top: (options = {}) => ops.processesOfContainer(at('top', options, ['args'])),
      stats: () => stats(ops, name),
      changes: () => ops.changesOfContainer({ name }),
      commit: (options = {}) =>
        ops.commitContainer(at('commit', options, ['image', 'message', 'author', 'pause', 'changes'])),
      export: (to) => ops.exportContainer({ name, to }),
      logs: (options = {}) => log(ops, name, options),
      upload: (from, to) => ops.uploadToContainer({ name, from, to }),
      download: (from, to) => ops.downloadFromContainer({ name, from, to }),
      stat: (path) => ops.statInContainer({ name, path }),
      read: (path) => ops.readTextInContainer({ name, path }),
      bytes: (path) => ops.readBytesInContainer({ name, path }),
      write: (path, data, options = {}) => {
        const how = at('write', options, ['mode']);
        return data instanceof Uint8Array
          ? ops.writeInContainer({ ...how, path }, { bytes: data, trace: new Error() })
          : ops.writeInContainer({ ...how, path, text: data });
      },
      exec: commandIn(ops, name),
      session: (words, options = {}) => sessionIn(ops, name, words, options),
      attach: (options = {}) =>
        sessionIn(ops, name, undefined, checked('container.attach', options, ['stdin', 'logs'])),
      toJSON: () => ({ container: name }),
    });
  };
  const made = ({ Name }) => container(Name.replace(/^\//, ''));

  /** In the background a handle; else what came of it, as of a command. */
  const run = (spec, options = {}) => {
    const { detach = true, remove, nothrow, timeout, ...rest } = checked('containers.run', options, [
      ...MAKING,
      'detach',
      'remove',
      'nothrow',
      'timeout',
    ]);
    if (detach) {
      checked('containers.run', { ...(remove === undefined ? {} : { remove }) }, []);
      return ops.runContainer({ spec: specOf(spec, rest) }).then(made);
    }
    const request = { spec: specOf(spec, rest), remove, nothrow, timeout };
    const kind = {
      ops: { run: (_, given) => ops.runContainerToEnd(request, given), lines: (_, given) => ops.runContainerLines(request, given) },
      module: 'docker',
      Command,
    };
    return new Command(kind, [], [], {});
  };

  return {
    container,
    containers: Object.freeze({
      list: (options = {}) => ops.listContainers(checked('containers.list', options, ['all', 'limit', 'size', 'filters', 'select'])),
      get: (name) => ops.inspectContainer({ name }),
      find: (name) => orNull('docker.container-not-found', () => ops.inspectContainer({ name })),
      create: (spec, options = {}) =>
        ops.createContainer({ spec: specOf(spec, checked('containers.create', options, MAKING)) }).then(made),
      run,
      ensure: (spec, options = {}) => {
        const { start, ...rest } = checked('containers.ensure', options, [...MAKING, 'start']);
        return ops.ensureContainer({ spec: specOf(spec, rest), start });
      },
      prune: (options = {}) => ops.pruneContainers(checked('containers.prune', options, ['filters'])),
    }),
  };
}
