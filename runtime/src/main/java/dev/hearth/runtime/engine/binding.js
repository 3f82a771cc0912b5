// The module `hearth:binding`, for facades only. KEY is replaced when the module is loaded; without
// the key, which no recipe can know, there is nothing to be had from this function.
const { open, pure, withDefaults, fetchOver, errorFrom, blaming, handles, listen, log, inspect, isSecret } = globalThis.__hearthBinding('KEY');
export { open, pure, withDefaults, fetchOver, errorFrom, blaming, handles, listen, log, inspect, isSecret };

const { asyncIterator } = Symbol;
const { freeze, defineProperty } = Object;
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const NONE = [];

/** How the rest of a stream of `batched` is had, without a turn for each item. */
const rests = new WeakMap();

/**
 * What an operation streams, one by one for `for await`; it begins with the first `next()`. By hand, since a generator takes
 * three times as long for each item.
 *
 * @param start begins the operation and gives its stream, which sends items in batches: arrays
 */
export function batched(start) {
  let opening;
  let batch = NONE;
  let at = 0;
  let ended = false;
  let busy; // the last of those that wait for a batch, each for the one before it

  const take = async (before) => {
    await before;
    while (at === batch.length && !ended) {
      try {
        const { done, value } = await (await (opening ??= start())).next();
        ended ||= done;
        batch = ended ? NONE : value;
      } catch (error) {
        ended = true;
        batch = NONE;
        throw error;
      } finally {
        at = 0;
      }
    }
    return at < batch.length ? { done: false, value: batch[at++] } : { done: true, value: undefined };
  };

  const rest = async () => {
    const all = [];
    for (;;) {
      while (at < batch.length) all.push(batch[at++]);
      const { done, value } = await take(busy);
      if (done) return all;
      all.push(value);
    }
  };

  const stream = freeze({
    async next() {
      if (busy === undefined && at < batch.length) return { done: false, value: batch[at++] };
      const mine = take(busy);
      const settled = mine.then(() => {}, () => {});
      busy = settled;
      try {
        return await mine;
      } finally {
        if (busy === settled) busy = undefined;
      }
    },
    async return(value) {
      ended = true;
      batch = NONE;
      at = 0;
      if (opening !== undefined) await (await opening).return();
      return { done: true, value };
    },
    [asyncIterator]() {
      return this;
    },
  });
  rests.set(stream, rest);
  return stream;
}

/** The same for a stream that sends its items one by one. */
export const items = (start) =>
  batched(async () => {
    const stream = await start();
    return {
      next: async () => {
        const { done, value } = await stream.next();
        return { done, value: [value] };
      },
      return: () => stream.return(),
    };
  });

/** What is awaited as a whole, by `all()`, or read one by one in `for await`, from `each()`. */
export const listing = (all, each, more) =>
  freeze({
    ...more,
    then: (resolved, rejected) => all().then(resolved, rejected),
    catch: (rejected) => all().catch(rejected),
    finally: (settled) => all().finally(settled),
    [asyncIterator]: each,
  });

/** All that a loop gives. */
export const gathered = async (each) => {
  const rest = rests.get(each);
  if (rest !== undefined) return rest();
  const all = [];
  for await (const item of each) all.push(item);
  return all;
};

/** What `find` gives: `null` for what is not there, as the error with this code says. */
export const orNull = async (code, reading) => {
  try {
    return await reading();
  } catch (error) {
    if (error?.code === code) return null;
    throw error;
  }
};

/**
 * The check of options of a module: `checked(what, given, known)` gives them back, and fails for one that there is not, saying which
 * there are.
 */
export const optionsOf = (module) => (what, given, known) => {
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) {
      throw errorFrom({
        code: `${module}.option`,
        message: `\`${what}\` has no option \`${key}\`.`,
        hint: known.length === 0 ? 'It has none.' : `It has ${known.map((name) => `\`${name}\``).join(', ')}.`,
      });
    }
  }
  return given;
};

/** A name as it stands in a handle's text. */
export const quoted = (name) => (typeof name === 'string' ? `'${name}'` : inspect(name));

/** What people see as `text()` where it is shown. */
export const shownAs = (text, members) => freeze(defineProperty(members, INSPECT, { value: text }));

/** The operations of a connection and what makes handles of it. `mark` gives a handle its name in the journal. */
export const connected = (module, connection, mark) => ({
  ops: open(module, connection),
  connection,
  /** A handle; people see it as `text()`, such as `vm(100)`. */
  handle: (kind, name, text, members) => {
    const made = shownAs(text, members);
    // A connection that is spelled out has no name, and may hold a secret: its handles come back as data.
    return connection === undefined || typeof connection === 'string' ? mark(kind, { connection, ...name }, made) : made;
  },
});
