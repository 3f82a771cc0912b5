// Compose projects of hearth:docker.
import { checked, gathered, listing, quoted } from 'hearth:binding/docker/kit';

const STACK = ['project', 'folder', 'profiles', 'env', 'envFiles', 'through'];

/** What a recipe says of a model: a file, files of which the later ones override, a folder, or the model itself. */
const stackOf = (source, { through, ...options }) => {
  const isModel = typeof source === 'object' && source !== null && !Array.isArray(source);
  if (isModel) return { stack: { model: source, ...options }, through };
  return { stack: { files: source === undefined ? [] : [source].flat(), ...options }, through };
};

/** Lines of several logs in one, as they come: of each one line at most is read ahead. */
async function* merged(logs) {
  const arrived = [];
  let wake = () => {};
  const read = (log) => {
    const tell = (what) => {
      arrived.push({ log, ...what });
      wake();
    };
    log.lines.next().then((step) => tell({ step }), (error) => tell({ error }));
  };
  logs.forEach(read);
  try {
    for (let open = logs.length; open > 0; ) {
      if (arrived.length === 0) await new Promise((resolve) => (wake = resolve));
      const { log, step, error } = arrived.shift();
      if (error !== undefined) throw error;
      if (step.done) {
        open--;
      } else {
        yield { service: log.Service, container: log.Name, ...step.value };
        read(log);
      }
    }
  } finally {
    for (const { lines } of logs) lines.return?.();
  }
}

/** The projects of one engine. */
export function compose({ ops, handle }, container) {
  return {
    compose(source, options = {}) {
      const asked = stackOf(source, checked('compose', options, STACK));
      const call = (name, given, known, more = {}) => {
        const { wait, ...rest } = checked(name, given, known);
        return { ...asked, ...rest, ...(wait === false ? { detached: true } : {}), ...more };
      };
      const shown = asked.stack.model ? '{ … }' : asked.stack.files.map(quoted).join(', ');
      return handle('compose', { source, options }, () => `compose(${shown})`, {
        config: async () => (await ops.composeConfig(asked)).model,
        ps: (given = {}) => ops.composePs(call('ps', given, ['services'])),
        logs: ({ services, ...given } = {}) => {
          const lines = async function* () {
            const all = await ops.composePs(call('logs', { services }, ['services']));
            const logs = all.map(({ ID, Name, Service }) => ({
              Name,
              Service,
              lines: container(ID).logs({ ...given, details: true })[Symbol.asyncIterator](),
            }));
            yield* merged(logs);
          };
          return listing(() => gathered(lines()), lines);
        },
        plan: (given = {}) => ops.composePlan(call('plan', given, ['services', 'recreate', 'scale', 'removeOrphans'])),
        up: (given = {}) =>
          ops.composeUp(
            call('up', given, ['services', 'build', 'recreate', 'scale', 'removeOrphans', 'wait', 'timeout', 'grace']),
          ),
        down: (given = {}) => ops.composeDown(call('down', given, ['volumes', 'images', 'removeOrphans', 'grace'])),
        start: (given = {}) => ops.composeStart(call('start', given, ['services'])),
        stop: (given = {}) => ops.composeStop(call('stop', given, ['services', 'grace'])),
        restart: (given = {}) => ops.composeRestart(call('restart', given, ['services', 'grace'])),
        pull: (given = {}) => ops.composePull(call('pull', given, ['services'])),
        build: (given = {}) => ops.composeBuild(call('build', given, ['services', 'noCache'])),
        toJSON: () => ({ compose: asked.stack.model ? asked.stack.project ?? '' : asked.stack.files }),
      });
    },
  };
}
