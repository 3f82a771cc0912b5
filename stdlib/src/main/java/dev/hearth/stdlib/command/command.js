// hearth:binding/command: commands as tagged templates, for the facades that have some. A *kind* of them is
//   ops        runs them: `run` and `lines`
//   module     whose errors they have, such as `shell`
//   malformed  the code of a template that cannot be read
//   seenBy     who can read the words of a command
//   written    how the template and its options are written, for hints
//   options    makes of options that a recipe gives those that `ops` takes
//   Command    the class of its commands
import { batched, errorFrom, isSecret, listing } from 'hearth:binding';

const fail = (code, message, hint) => {
  throw errorFrom({ code, message, hint });
};

/** How a command ended. What it holds is data; the rest are ways to read it. */
class Output {
  #module;
  constructor(module, said) {
    this.#module = module;
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
        `${this.#module}.not-json`,
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

const named = (value) =>
  value === null ? 'null' : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`;

/** A word of a value; what nobody can have meant as one is refused. */
/** A value as a word; a Secret is none, and neither is what has no text. */
export const wordOf = ({ module, seenBy }, value, place) => {
  if (isWord(value)) return String(value);
  if (isSecret(value)) {
    return fail(
      `${module}.secret-as-word`,
      `Value ${place} of the command is a Secret, and every user of ${seenBy} can read a command's words.`,
      'Give it with `stdin`, or as a variable: `env: { TOKEN: secret }`.',
    );
  }
  const isText =
    typeof value === 'object' && value !== null && value.toString !== Object.prototype.toString;
  if (isText && !Array.isArray(value)) return String(value);
  return fail(
    `${module}.value`,
    `Value ${place} of the command is ${named(value)}, which is no word.`,
    'Give a string, a number, or an array of them; an empty array is no word at all.',
  );
};

const wordsOf = (kind, value, place) =>
  Array.isArray(value)
    ? value.map((one) => wordOf(kind, one, place))
    : [wordOf(kind, value, place)];

// How facades change and read the commands that they add something to.
/** Sets an option, unless the command runs already; `what` the recipe called. */
export let set;
/** Has `op` do what it does with the command, in place of `run`. */
export let read;
/** Lets a command read what `input` writes. */
export let feed;

/**
 * A command. It runs at the end of this turn, unless something said by then how it is read: line by
 * line, or in another way that its facade has.
 */
export class Command {
  #kind;
  #invocation;
  #given; // what goes beside the invocation
  #output; // a promise, when it runs to its end
  #isRead = false; // what it writes is read elsewhere

  constructor(kind, text, values, { signal, stdin, ...options }) {
    this.#kind = kind;
    this.#invocation = { text, values, options };
    this.#given = { signal, trace: new Error() };
    if (stdin !== undefined) this.stdin(stdin);
    queueMicrotask(() => {
      if (!this.#isRead) this.#run();
    });
  }

  #notYet(what) {
    if (this.#isRead || this.#output !== undefined) {
      fail(
        `${this.#kind.module}.already-running`,
        `\`${what}\` comes too late: the command runs already.`,
        'Call it right behind the command, before any `await`.',
      );
    }
  }

  #run() {
    if (this.#output === undefined) {
      this.#notYet('await');
      const { ops, module } = this.#kind;
      this.#output = ops
        .run(this.#invocation, this.#given)
        .then((said) => new Output(module, said));
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
    const { options, ...invocation } = this.#invocation;
    this.#invocation = { ...invocation, options: { ...options, [option]: value } };
    return this;
  }
  nothrow() {
    return this.#set('nothrow', 'nothrow', true);
  }
  timeout(duration) {
    return this.#set('timeout', 'timeout', duration);
  }
  stdin(input) {
    if (!(input instanceof Uint8Array)) return this.#set('stdin', 'stdin', input);
    this.#notYet('stdin');
    this.#given = { ...this.#given, bytes: input };
    return this;
  }

  text() {
    return this.#run().then((output) => output.text());
  }
  json() {
    return this.#run().then((output) => output.json());
  }

  /** As a promise an array; in `for await` one line after the other, as they come. */
  lines() {
    return listing(
      () => this.#run().then((output) => output.lines()),
      () => this[Symbol.asyncIterator](),
    );
  }
  [Symbol.asyncIterator]() {
    return this.#output === undefined ? this.#lines(read(this, 'lines', 'lines')) : this.#saidLines();
  }
  async *#saidLines() {
    yield* (await this.#output).lines();
  }
  #lines(opened) {
    const { signal } = this.#given;
    return batched(async () => {
      const batches = await opened;
      const end = () => void batches.return();
      signal?.addEventListener('abort', end, { once: true });
      const next = async () => {
        const batch = await batches.next().catch((error) => {
          throw signal?.aborted ? signal.reason : error;
        });
        if (batch.done && signal?.aborted) throw signal.reason;
        return batch;
      };
      return { next, return: () => batches.return() };
    });
  }

  static {
    set = (command, what, option, value) => command.#set(what, option, value);
    read = (command, what, op) => {
      command.#notYet(what);
      command.#isRead = true;
      return command.#kind.ops[op](command.#invocation, command.#given);
    };
    feed = (command, input) => {
      command.#notYet('stdin');
      input.#notYet('pipe');
      input.#isRead = true;
      command.#invocation = { ...command.#invocation, from: input.#invocation };
      command.#given = { ...command.#given, bytes: input.#given.bytes };
      return command;
    };
  }
}

/** A template whose values are words, or several if they are arrays; called with options, one that has them. */
export const template = (kind, defaults) =>
  Object.freeze((pieces, ...values) => {
    if (Array.isArray(pieces)) {
      if (pieces.includes(undefined)) {
        fail(
          kind.malformed,
          'The command has a backslash that JavaScript cannot read.',
          'Write two backslashes for one.',
        );
      }
      const words = values.map((value, i) => wordsOf(kind, value, i + 1));
      return new kind.Command(kind, [...pieces], words, defaults);
    }
    if (typeof pieces !== 'object' || pieces === null) {
      fail(kind.malformed, `${kind.written[0]} takes a template or options.`, `Write ${kind.written[1]}.`);
    }
    return template(kind, { ...defaults, ...kind.options(pieces) });
  });
