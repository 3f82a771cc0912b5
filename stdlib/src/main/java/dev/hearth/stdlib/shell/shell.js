// hearth:shell: programs as a tagged template. Every value is one word, or several if it is an array.
import { errorFrom, isSecret, open } from 'hearth:binding';

const ops = open('shell');

const fail = (code, message, hint) => {
  throw errorFrom({ code, message, hint });
};

/** How a command ended. What it holds is data; the rest are ways to read it. */
class Output {
  constructor(said) {
    Object.assign(this, said, { ok: said.exitCode === 0 });
    Object.freeze(this);
  }
  text() {
    return this.stdout;
  }
  lines() {
    const all = this.stdout.split(/\r?\n/);
    if (all.at(-1) === '') all.pop();
    return all;
  }
  json() {
    try {
      return JSON.parse(this.stdout);
    } catch (error) {
      return fail(
        'shell.not-json',
        'What the command wrote is no JSON.',
        `Look at its \`stdout\`: ${error.message}.`,
      );
    }
  }
  toString() {
    return this.stdout.replace(/\r?\n$/, '');
  }
}

const isWord = (value) =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  typeof value === 'boolean';

/** A word of a value; what nobody can have meant as one is refused. */
const wordOf = (value, place) => {
  if (isWord(value)) return String(value);
  if (isSecret(value)) {
    return fail(
      'shell.secret-as-word',
      `Value ${place} of the command is a Secret, and every user of this machine can read a command's words.`,
      'Give it with `stdin`, or as a variable: `env: { TOKEN: secret }`.',
    );
  }
  const isText =
    typeof value === 'object' && value !== null && value.toString !== Object.prototype.toString;
  if (isText && !Array.isArray(value)) return String(value);
  return fail(
    'shell.value',
    `Value ${place} of the command is ${value === null ? 'null' : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`}, which is no word.`,
    'Give a string, a number, or an array of them; an empty array is no word at all.',
  );
};

const wordsOf = (value, place) =>
  Array.isArray(value) ? value.map((one) => wordOf(one, place)) : [wordOf(value, place)];

/**
 * A command. It runs at the end of this turn, unless something said by then how it is read: that
 * what it writes goes to another command, or is wanted as bytes or line by line.
 */
class Command {
  #text;
  #values;
  #options;
  #signal;
  #bytes;
  #from;
  #trace;
  #output; // a promise, when it runs to its end
  #isRead = false; // what it writes is read elsewhere

  constructor(text, values, { signal, stdin, ...options }, trace) {
    this.#text = text;
    this.#values = values;
    this.#signal = signal;
    this.#options = options;
    this.#trace = trace;
    if (stdin !== undefined) this.stdin(stdin);
    queueMicrotask(() => {
      if (!this.#isRead) this.#run();
    });
  }

  #notYet(what) {
    if (this.#isRead || this.#output !== undefined) {
      fail(
        'shell.already-running',
        `\`${what}\` comes too late: the command runs already.`,
        'Call it right behind the command, before any `await`.',
      );
    }
    return this;
  }

  #invocation() {
    return {
      text: this.#text,
      values: this.#values,
      options: this.#options,
      from: this.#from?.#invocation(),
    };
  }

  #call(op) {
    let first = this;
    while (first.#from !== undefined) first = first.#from;
    const options = { signal: this.#signal, bytes: first.#bytes, trace: this.#trace };
    return ops[op](this.#invocation(), options);
  }

  #run() {
    if (this.#output === undefined) {
      this.#notYet('await');
      this.#output = this.#call('run').then((said) => new Output(said));
    }
    return this.#output;
  }

  then(resolved, rejected) {
    return this.#run().then(resolved, rejected);
  }
  catch(rejected) {
    return this.#run().catch(rejected);
  }
  finally(settled) {
    return this.#run().finally(settled);
  }

  #set(what, option, value) {
    this.#notYet(what);
    this.#options = { ...this.#options, [option]: value };
    return this;
  }
  quiet() {
    return this.#set('quiet', 'verbose', false);
  }
  verbose() {
    return this.#set('verbose', 'verbose', true);
  }
  nothrow() {
    return this.#set('nothrow', 'nothrow', true);
  }
  timeout(duration) {
    return this.#set('timeout', 'timeout', duration);
  }

  stdin(input) {
    this.#notYet('stdin');
    if (input instanceof Command) {
      input.#notYet('pipe').#isRead = true;
      this.#from = input;
    } else if (input instanceof Uint8Array) {
      this.#bytes = input;
    } else {
      this.#options = { ...this.#options, stdin: input };
    }
    return this;
  }
  pipe(next) {
    if (!(next instanceof Command)) {
      fail('shell.pipe', '`pipe` takes a command.', 'Write `.pipe($`…`)`.');
    }
    return next.stdin(this);
  }

  text() {
    return this.#run().then((output) => output.text());
  }
  json() {
    return this.#run().then((output) => output.json());
  }
  bytes() {
    this.#notYet('bytes').#isRead = true;
    return this.#call('bytes');
  }

  /** As a promise an array; in `for await` one line after the other, as they come. */
  lines() {
    return Object.freeze({
      then: (resolved, rejected) =>
        this.#run()
          .then((output) => output.lines())
          .then(resolved, rejected),
      [Symbol.asyncIterator]: () => this[Symbol.asyncIterator](),
    });
  }
  [Symbol.asyncIterator]() {
    if (this.#output !== undefined) return this.#readLines();
    this.#notYet('lines').#isRead = true;
    return this.#lines(this.#call('lines'));
  }
  async *#readLines() {
    yield* (await this.#output).lines();
  }
  async *#lines(opened) {
    const signal = this.#signal;
    const batches = await opened;
    const end = () => void batches.return();
    signal?.addEventListener('abort', end, { once: true });
    try {
      for await (const lines of batches) yield* lines;
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
    if (signal?.aborted) throw signal.reason;
  }
}

const shell = (defaults) =>
  Object.freeze((pieces, ...values) => {
    if (Array.isArray(pieces)) {
      if (pieces.includes(undefined)) {
        fail(
          'shell.malformed',
          'The command has a backslash that JavaScript cannot read.',
          'Write two backslashes for one.',
        );
      }
      const words = values.map((value, i) => wordsOf(value, i + 1));
      return new Command([...pieces], words, defaults, new Error());
    }
    if (typeof pieces !== 'object' || pieces === null) {
      fail('shell.malformed', '`$` takes a template or options.', 'Write $`…` or $({ … })`…`.');
    }
    const { quiet, ...options } = pieces;
    return shell({ ...defaults, ...options, ...(quiet ? { verbose: false } : {}) });
  });

export const $ = shell({});
