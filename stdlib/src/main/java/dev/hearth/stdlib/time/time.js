// hearth:time: waiting, trying again, the time of the run's clock, and reckoning with instants.
import { errorFrom, open, pure } from 'hearth:binding';

const ops = open('time');
const pureOps = pure('time');

export const sleep = (duration, options) => ops.sleep({ duration }, options);
export const now = () => ops.now();
export const milliseconds = (duration) => pureOps.milliseconds({ duration });
export const format = (value) => pureOps.format({ value });

/** A `Date` is as good as its text. */
const text = (instant) =>
  instant instanceof Date && !Number.isNaN(instant.getTime()) ? instant.toISOString() : String(instant);

export const parse = (instant) => pureOps.instant({ instant: text(instant) });
export const add = (instant, duration) => pureOps.add({ instant: text(instant), duration });
export const subtract = (instant, duration) => pureOps.subtract({ instant: text(instant), duration });
export const between = (from, to) => pureOps.between({ from: text(from), to: text(to) });
export const startOfDay = (instant, zone = 'UTC') => pureOps.startOfDay({ instant: text(instant), zone });
export const inZone = (instant, zone) => pureOps.inZone({ instant: text(instant), zone });

const fail = (code, kind, message, hint) => {
  throw errorFrom({ code, kind, message, hint });
};

/** What is no option of `call` is told by its name. */
const checked = (call, options, known) => {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      fail(
        'time.option',
        'recipe',
        `\`${call}\` has no option \`${name}\`.`,
        `Use one of: ${known.join(', ')}.`,
      );
    }
  }
  return options;
};

const checkedFunction = (call, work) =>
  typeof work === 'function' ? work : fail('time.option', 'recipe', `\`${call}\` takes a function.`, 'Write `() => …`.');

const checkedCount = (call, name, value) =>
  Number.isSafeInteger(value) && value > 0
    ? value
    : fail('time.option', 'recipe', `\`${name}\` of \`${call}\` is no whole number from 1.`, 'Give one.');

const clockMilliseconds = async () => Date.parse(await now());

const timedOut = (limit) =>
  fail('time.timed-out', 'timeout', `It took longer than ${limit}.`, 'Give it more time, or find out what it waits for.');

export const retry = async (work, options = {}) => {
  const known = ['attempts', 'delay', 'backoff', 'longest', 'jitter', 'when', 'signal'];
  checkedFunction('retry', work);
  const given = checked('retry', options, known);
  const { attempts = 3, delay = '1s', backoff = 2, longest = '1m', jitter = 0.2 } = given;
  const { when = () => true, signal } = given;
  checkedCount('retry', 'attempts', attempts);
  const ceiling = milliseconds(longest);
  let pause = milliseconds(delay);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt === attempts || signal?.aborted || !(await when(error, attempt))) throw error;
    }
    const spread = 1 + jitter * (2 * Math.random() - 1);
    await sleep(`${Math.round(Math.min(pause, ceiling) * spread)}ms`, { signal });
    pause *= backoff;
  }
};

export const until = async (work, options = {}) => {
  checkedFunction('until', work);
  const { every = '1s', timeout, signal } = checked('until', options, ['every', 'timeout', 'signal']);
  const limit = timeout === undefined ? Infinity : milliseconds(timeout);
  const end = (await clockMilliseconds()) + limit;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await work();
    if (answer) return answer;
    if ((await clockMilliseconds()) >= end) timedOut(timeout);
    await sleep(every, { signal });
  }
};

export const timeout = async (work, duration) => {
  const over = new AbortController();
  const done = new AbortController();
  const started = typeof work === 'function' ? work(over.signal) : work;
  const clock = sleep(duration, { signal: done.signal }).then(() => timedOut(duration));
  try {
    return await Promise.race([started, clock]);
  } catch (error) {
    over.abort(error);
    throw error;
  } finally {
    clock.catch(() => {}); // it is told that nobody waits for it any more
    done.abort();
  }
};

export const rateLimit = (count, per) => {
  checkedCount('rateLimit', 'count', count);
  const started = [];
  let turn = Promise.resolve();
  const admit = async () => {
    const window = milliseconds(per);
    if (started.length === count) {
      const wait = started.shift() + window - (await clockMilliseconds());
      if (wait > 0) await sleep(`${wait}ms`);
    }
    started.push(await clockMilliseconds());
  };
  return async (work) => {
    const mine = turn.then(admit);
    turn = mine.catch(() => {}); // who waited in vain is told, the next one comes
    await mine;
    return work();
  };
};
