// hearth:events: what happens in a run, told to who listens.
import { errorFrom, listen } from 'hearth:binding';
import { milliseconds } from 'hearth:time';

const { AbortSignal, JSON, Number, Object, Promise, Set, String, Symbol } = globalThis;

const fail = (code, message, hint, kind = 'recipe') => {
  throw errorFrom({ code, kind, message, hint });
};

const checkedOptions = (call, options, known) => {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      fail('events.option', `\`${call}\` has no option \`${name}\`.`, `Use one of: ${known.join(', ')}.`);
    }
  }
  return options;
};

const checkedFunction = (call, name, given) =>
  typeof given === 'function'
    ? given
    : fail('events.option', `\`${name}\` of \`${call}\` is no function.`, 'Write `(data, event) => …`.');

const NAME = /^[^\s.*]+(\.[^\s.*]+)*$/;
const LONGEST = 200;

const checkedName = (name) => {
  const text = String(name);
  return NAME.test(text) && text.length <= LONGEST
    ? text
    : fail('events.name', 'An event has no such name.', 'Use words with dots between them, such as `deploy.done`.');
};

/** What a name is compared with: all, all below a name, or one. */
const patternOf = (given) => {
  const text = String(given);
  if (text === '*') return () => true;
  if (!text.endsWith('.*')) {
    const name = checkedName(text);
    return (one) => one === name;
  }
  const above = `${checkedName(text.slice(0, -2))}.`;
  return (one) => one.startsWith(above);
};

// ---- Who listens -----------------------------------------------------------------------------

/** In the order in which they came. */
const listeners = new Set();
let hears = false;

/** An error of a listener is nobody's to catch, so it fails the run, as one from a timer does. */
const tell = (listener, event) => {
  try {
    listener(event.data, event); // so does the promise of an async one that is rejected
  } catch (error) {
    void Promise.reject(error);
  }
};

const deliver = (event) => {
  let count = 0;
  for (const entry of [...listeners]) {
    // One that was taken off meanwhile, by another, is not told.
    if (!listeners.has(entry) || !entry.fits(event.name)) continue;
    count++;
    if (entry.once) listeners.delete(entry);
    tell(entry.listener, event);
  }
  return count;
};

const frozen = (value) => {
  if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) frozen(each);
    Object.freeze(value);
  }
  return value;
};

const add = (pattern, listener, once) => {
  const fits = patternOf(pattern);
  if (!hears) {
    hears = true;
    listen((event) => void deliver(frozen(event)));
  }
  const entry = { pattern: String(pattern), fits, listener, once };
  listeners.add(entry);
  return () => void listeners.delete(entry);
};

const onWith = (call, once) => (pattern, listener, options = {}) => {
  const { signal } = checkedOptions(call, options, ['signal']);
  const off = add(pattern, checkedFunction(call, 'listener', listener), once);
  if (signal?.aborted) off();
  else signal?.addEventListener('abort', off, { once: true });
  return off;
};

/** As data: what a listener gets is nobody's to change, and holds on to nothing. */
const copied = (name, data) => {
  let json;
  try {
    json = JSON.stringify(data ?? null);
  } catch (error) {
    fail('events.not-data', `The event \`${name}\` has no data: ${error.message}`, 'Give what can be written as JSON.');
  }
  if (json === undefined) fail('events.not-data', `The event \`${name}\` has no data but a function or a symbol.`, 'Give what can be written as JSON.');
  return JSON.parse(json);
};

// ---- Waiting ---------------------------------------------------------------------------------

const waitFor = (pattern, options = {}) => {
  const { timeout, where = () => true, signal } = checkedOptions('waitFor', options, ['timeout', 'where', 'signal']);
  checkedFunction('waitFor', 'where', where);
  // A quiet timer: a run that is done does not wait for it.
  const limit = timeout === undefined ? undefined : AbortSignal.timeout(milliseconds(timeout));
  const said = String(pattern);
  return new Promise((resolve, reject) => {
    let off;
    const leave = (settle, value) => {
      off?.();
      limit?.removeEventListener('abort', late);
      signal?.removeEventListener('abort', aborted);
      settle(value);
    };
    const late = () =>
      leave(reject, errorFrom({
        code: 'events.timeout', kind: 'timeout',
        message: `No event \`${said}\` came within ${timeout}.`,
        hint: 'Give it more time, or find out why it does not come.',
      }));
    const aborted = () => leave(reject, signal.reason);
    if (signal?.aborted) return aborted();
    off = add(pattern, (_, event) => {
      try {
        if (where(event)) leave(resolve, event);
      } catch (error) {
        leave(reject, error);
      }
    }, false);
    limit?.addEventListener('abort', late, { once: true });
    signal?.addEventListener('abort', aborted, { once: true });
    return undefined;
  });
};

const USUAL_BUFFER = 1000;

/** Listens from now on; who reads too slowly is told so, and loses nothing unawares. */
const stream = (pattern, options = {}) => {
  const { buffer = USUAL_BUFFER, signal } = checkedOptions('stream', options, ['buffer', 'signal']);
  if (!Number.isSafeInteger(buffer) || buffer < 1) {
    fail('events.option', '`buffer` of `stream` is no whole number from 1.', 'Give one.');
  }
  const waiting = [];
  let reader;
  let failure;
  let ended = false;
  const end = () => {
    ended = true;
    off();
    signal?.removeEventListener('abort', aborted);
    reader?.resolve({ done: true, value: undefined });
    reader = undefined;
  };
  const failWith = (error) => {
    failure = error;
    off();
    if (reader !== undefined) {
      reader.reject(takeFailure());
      reader = undefined;
    }
  };
  const takeFailure = () => {
    const error = failure;
    failure = undefined;
    ended = true;
    return error;
  };
  const aborted = () => failWith(signal.reason);
  const off = add(pattern, (_, event) => {
    if (reader !== undefined) {
      const { resolve } = reader;
      reader = undefined;
      resolve({ done: false, value: event });
    } else if (waiting.length < buffer) {
      waiting.push(event);
    } else {
      failWith(errorFrom({
        code: 'events.too-many', kind: 'recipe',
        message: `More than ${buffer} events \`${String(pattern)}\` came before they were read.`,
        hint: 'Read faster, listen to fewer, or give `stream` a larger `buffer`.',
      }));
    }
  }, false);
  if (signal?.aborted) aborted();
  else signal?.addEventListener('abort', aborted, { once: true });
  return Object.freeze({
    next: () => {
      if (waiting.length > 0) return Promise.resolve({ done: false, value: waiting.shift() });
      if (failure !== undefined) return Promise.reject(takeFailure());
      if (ended) return Promise.resolve({ done: true, value: undefined });
      if (reader !== undefined) fail('events.option', 'The stream is read already.', 'Await one `next()` before the other.');
      return new Promise((resolve, reject) => {
        reader = { resolve, reject };
      });
    },
    return: (value) => {
      waiting.length = 0;
      end();
      return Promise.resolve({ done: true, value });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  });
};

export const events = Object.freeze({
  on: onWith('on', false),
  once: onWith('once', true),
  off: (pattern, listener) => {
    let count = 0;
    for (const entry of [...listeners]) {
      if (entry.pattern === String(pattern) && (listener === undefined || entry.listener === listener)) {
        listeners.delete(entry);
        count++;
      }
    }
    return count;
  },
  emit: (name, data) => {
    const text = checkedName(name);
    return deliver(frozen({ name: text, source: 'recipe', data: copied(text, data) }));
  },
  waitFor,
  stream,
});
