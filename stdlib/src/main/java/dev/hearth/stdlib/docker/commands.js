// Commands in containers of hearth:docker: run to their end, line by line, or with somebody in front of them.
import { errorFrom } from 'hearth:binding';
import { Command, template, wordOf } from 'hearth:binding/command';
import { checked } from 'hearth:binding/docker/kit';

const HOW = ['cwd', 'env', 'user', 'stdin', 'timeout', 'shell', 'nothrow', 'privileged', 'tty', 'rows', 'columns', 'signal'];
const IN_SESSION = ['cwd', 'env', 'user', 'privileged', 'tty', 'rows', 'columns'];

/** The words of an array, which are seen by whoever may look at the engine. */
const wordsOf = (words) => words.map((word, i) => wordOf({ module: 'docker', seenBy: 'the engine' }, word, i + 1));

/** `exec` of a container: of an array of words, which no shell reads, or a template that one does. */
export const commandIn = (ops, name) => {
  const kind = (more) => ({
    ops: {
      run: ({ text, values, options }, given) => ops.exec({ name, options, ...(more ?? { text, values }) }, given),
      lines: ({ text, values, options }, given) => ops.execLines({ name, options, ...(more ?? { text, values }) }, given),
    },
    module: 'docker',
    malformed: 'docker.command-malformed',
    seenBy: 'the engine',
    written: ['`exec`', "container.exec(['ls', '-l']), container.exec`ls -l` or container.exec({ … })`ls -l`"],
    options: (given) => checked('container.exec', given, HOW),
    Command,
  });
  const written = template(kind(), {});
  return Object.freeze((first, ...rest) => {
    const isWords = Array.isArray(first) && first.raw === undefined;
    return isWords
      ? new Command(kind({ words: wordsOf(first) }), [], [], checked('container.exec', rest[0] ?? {}, HOW))
      : written(first, ...rest);
  });
};

/** What is written as it comes, and what is typed. Without words it is with what runs there already. */
export const sessionIn = async (ops, name, words, options) => {
  if (words !== undefined && !Array.isArray(words)) {
    throw errorFrom({
      code: 'docker.command-malformed',
      message: 'The command cannot be read: it is no array of words.',
      hint: "Write it like container.session(['sh'], { tty: true }).",
    });
  }
  const pieces =
    words === undefined
      ? await ops.attach({ ...options, name })
      : await ops.openExec({ name, words: wordsOf(words), options: checked('container.session', options, IN_SESSION) });
  const decoder = new TextDecoder();
  const first = await pieces.next(); // by which its typing finds it
  const at = { name, id: decoder.decode(first.value.subarray(1)) };

  async function* output() {
    const texts = { stdout: new TextDecoder(), stderr: new TextDecoder() };
    for await (const piece of pieces) {
      const stream = piece[0] === 2 ? 'stderr' : 'stdout';
      const bytes = piece.subarray(1);
      yield { stream, bytes, text: texts[stream].decode(bytes, { stream: true }) };
    }
  }
  return Object.freeze({
    [Symbol.asyncIterator]: output,
    write: (data) =>
      data instanceof Uint8Array ? ops.type(at, { bytes: data, trace: new Error() }) : ops.type({ ...at, text: String(data) }),
    end: () => ops.endInput(at),
    resize: ({ rows, columns }) => ops.resize({ ...at, rows, columns }),
    exitCode: () => ops.exitOfSession(at),
    close: async () => void (await pieces.return()),
  });
};
