// Pods of hearth:kubernetes: commands, logs, files, ports. What streams goes from Java to Java where it can.
import { batched, gathered, listing, refuse } from 'hearth:binding/kubernetes/kit';
import { Command, wordOf } from 'hearth:binding/command';

const isStream = (value) =>
  typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || (Symbol.iterator in value && !(value instanceof Uint8Array)));

/** Gives a command what a source yields, piece by piece, and the end of it. */
const feed = async (ops, inlet, source) => {
  for await (const piece of source) {
    const [text, bytes] = piece instanceof Uint8Array ? [undefined, piece] : [String(piece), undefined];
    if (!(await ops.input({ inlet, text }, { bytes }))) return; // it reads no more
  }
  await ops.endInput({ inlet });
};

/** A source that fails leaves the command without the end of its input: the command is ended, its failure is the one to tell. */
const fed = async (ops, request, source, given) => {
  const inlet = await ops.inlet();
  const stop = new AbortController();
  const signal = given.signal === undefined ? stop.signal : AbortSignal.any([given.signal, stop.signal]);
  const running = ops.exec({ ...request, inlet }, { ...given, signal });
  feed(ops, inlet, source).catch((error) => stop.abort(error));
  return running;
};

/** The same, read line by line. */
const fedLines = async (ops, request, source, given) => {
  const inlet = await ops.inlet();
  const batches = await ops.execLines({ ...request, inlet }, given);
  let broken;
  feed(ops, inlet, source).catch((error) => {
    broken = { error };
    return batches.return();
  });
  return {
    async next() {
      try {
        const step = await batches.next();
        if (!step.done || broken === undefined) return step;
      } catch (error) {
        if (broken === undefined) throw error;
      }
      throw broken.error; // whatever became of the command, that is why
    },
    return: () => batches.return(),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

/** The words of a command, which stand in the address that the API server is asked for. */
const wordsOf = (command) => {
  if (!Array.isArray(command)) {
    refuse('no-command', 'A command in a container is an array of words.', "Write it as `pod.exec(['ls', '-l'])`, with `['sh', '-c', '…']` for a script.");
  }
  return command.map((word, i) => wordOf({ module: 'kubernetes', seenBy: "the cluster's audit log" }, word, i + 1));
};

/** The operations of commands as hearth:binding/command wants them; it gives the source of a stream beside the options. */
const commands = (ops, at) => {
  const run =
    (plain, withSource) =>
    ({ values: [command], options: { source, ...options } }, given) => {
      const request = { ...options, ...at, command };
      return source === undefined ? ops[plain](request, given) : withSource(ops, request, source, given);
    };
  return { ops: { run: run('exec', fed), lines: run('execLines', fedLines) }, module: 'kubernetes' };
};

/** A command on a terminal: its text in `for await`, keys with `write`. */
const terminalOf = async (ops, request, { signal } = {}) => {
  const inlet = await ops.inlet();
  const pieces = await ops.execPieces({ ...request, inlet }, { signal });
  let exitCode;
  const texts = async function* () {
    for await (const { text, exitCode: status } of pieces) {
      if (text === undefined || text === null) exitCode = status;
      else yield text;
    }
  };
  return Object.freeze({
    write: (data) =>
      data instanceof Uint8Array ? ops.input({ inlet }, { bytes: data }) : ops.input({ inlet, text: String(data) }),
    resize: ({ rows, columns } = {}) => ops.resize({ inlet, rows, columns }),
    [Symbol.asyncIterator]: texts,
    get exitCode() {
      return exitCode;
    },
    close: async () => void (await pieces.return()),
  });
};

/** `logs` of what `at` names. */
export const logsOf =
  ({ ops }, at) =>
  ({ signal, ...options } = {}) => {
    const given = { signal, trace: new Error() };
    const lines = () => batched(() => ops.logs({ ...options, ...at }, given));
    const all = () => gathered(lines());
    return listing(all, lines, {
      /** What was written, without who wrote it and when. */
      text: async () => (await all()).map(({ text }) => `${text}\n`).join(''),
    });
  };

/** A port that is forwarded until it is closed, at the latest with the run. */
const forwarding = async (opening) => {
  const stream = await opening;
  const { value } = await stream.next();
  return Object.freeze({ ...value, close: async () => void (await stream.return()) });
};

/** What pods, and what makes pods, have beside what all objects have. */
export const pods = (kit) => ({
  ...Object.fromEntries(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'].map((kind) => [kind, (at) => ({ logs: logsOf(kit, at) })]),
  ),
  Pod: ({ name, namespace }) => {
    const { ops } = kit;
    const at = { name, namespace };
    return {
      exec: (command, { stdin, ...options } = {}) => {
        const words = wordsOf(command);
        const given = isStream(stdin) ? { source: stdin } : { stdin };
        return new Command(commands(ops, at), [], [words], { ...options, ...given });
      },
      terminal: (command = ['sh'], { rows = 24, columns = 80, signal, ...options } = {}) =>
        terminalOf(ops, { ...options, ...at, command: wordsOf(command), terminal: { rows, columns } }, { signal }),
      upload: (from, to, { signal, ...options } = {}) => ops.upload({ ...options, ...at, from, to }, { signal }),
      download: (from, to, { signal, ...options } = {}) => ops.download({ ...options, ...at, from, to }, { signal }),
      logs: logsOf(kit, { ...at, kind: 'Pod' }),
      forward: ({ signal, ...spec } = {}) => forwarding(ops.forward({ ...spec, ...at }, { signal })),
    };
  },
});

/** What the cluster noted, of any object. */
export const events = ({ ops }) => ({ any: (at) => ({ events: () => ops.events(at) }) });
