// hearth:test: tests of recipes, as jest, vitest and node:test write them. `hearth test` runs them.
import { errorFrom, inspect, open } from 'hearth:binding';
import { milliseconds } from 'hearth:time';

const ops = open('test');
const { setTimeout } = globalThis;

/** A value in a message: a text in quotes, an error without its stack. */
const show = (value) => {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (value instanceof Error) return `${value.name}: ${value.message}${typeof value.code === 'string' ? ` (${value.code})` : ''}`;
  if (typeof value === 'object' && value?.[ASYMMETRIC] !== undefined) return String(value);
  return inspect(value);
};
const ASYMMETRIC = Symbol('asymmetric');

const fail = (code, message, hint, details = {}, trace = undefined) => {
  throw errorFrom({ code, message, hint, details }, trace);
};
const misuse = (message, hint) => fail('test.misuse', message, hint);

// ---- What is tested -------------------------------------------------------------------------

const newSuite = (name, parent, mode) => ({
  name, parent, mode, beforeAll: [], afterAll: [], beforeEach: [], afterEach: [], started: undefined, left: 0,
});
const root = newSuite('', undefined, undefined);
const tests = [];
let current = root;
let collecting = true;

const register = (name, body, options, mode) => {
  if (!collecting) misuse('A test is defined while tests run.', 'Define tests at the top of the file or in `describe`.');
  if (typeof body !== 'function' && mode !== 'todo') {
    misuse(`The test ${show(name)} has no function.`, "Write `it('does this', () => { … })`, or `it.todo('does this')`.");
  }
  if (tests.length === 0) void ops.collecting(); // in an ordinary run this fails, and the run with it
  const given = typeof options === 'number' ? { timeout: `${options}ms` } : options;
  for (const key of Object.keys(given)) {
    if (key !== 'timeout') misuse(`A test has no option \`${key}\`.`, 'Use `timeout`.');
  }
  const timeout = given.timeout === undefined ? undefined : milliseconds(given.timeout);
  tests.push({ name: String(name), suite: current, body, timeout, mode, where: new Error('defined here') });
};

/** `it('x', () => …, { timeout })` as in jest, or with the options in the middle as in node and vitest. */
const testFunction = (mode) => (name, first, second = {}) =>
  typeof first === 'object' && first !== null ? register(name, second, first, mode) : register(name, first, second, mode);

const suiteFunction = (mode) => (name, body) => {
  const outer = current;
  current = newSuite(String(name), outer, mode);
  try {
    const answer = body();
    if (typeof answer?.then === 'function') {
      misuse(`The function of \`describe(${show(name)})\` is async.`, 'Put what waits into `beforeAll`.');
    }
  } finally {
    current = outer;
  }
};

/** `%s`, `%i`, `%d`, `%o`, `%j` and `%#` as in jest, `$name` for what is a field of the case. */
const titled = (name, values, index) => {
  let next = 0;
  const filled = String(name).replace(/%([sidoj#%])/g, (_, kind) => {
    if (kind === '%') return '%';
    if (kind === '#') return String(index);
    const value = values[next++];
    return typeof value === 'string' && kind === 's' ? value : kind === 'j' ? JSON.stringify(value) : show(value);
  });
  const fields = values[0];
  return typeof fields !== 'object' || fields === null
    ? filled
    : filled.replace(/\$(\w+)/g, (whole, key) => (Object.hasOwn(fields, key) ? String(fields[key]) : whole));
};

const withEach = (define) => (table) => (name, body, options) =>
  [...table].forEach((row, index) => {
    const values = Array.isArray(row) ? row : [row];
    define(titled(name, values, index), () => body(...values), options);
  });

const family = (make) => {
  const plain = make(undefined);
  for (const mode of ['skip', 'only']) plain[mode] = Object.assign(make(mode), { each: withEach(make(mode)) });
  plain.each = withEach(plain);
  return plain;
};

export const it = family(testFunction);
it.todo = (name) => register(name, undefined, {}, 'todo');
export const test = it;
export const describe = family(suiteFunction);

const hook = (kind) => (body) => {
  if (typeof body !== 'function') misuse(`\`${kind}\` takes a function.`, `Write \`${kind}(async () => { … })\`.`);
  current[kind].push(body);
};
export const beforeAll = hook('beforeAll');
export const afterAll = hook('afterAll');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');

// ---- Running: what `hearth test` calls ------------------------------------------------------

/** The suites around a test, outermost first. */
const around = (suite) => (suite === undefined ? [] : [...around(suite.parent), suite]);
const modes = ({ suite, mode }) => [...around(suite).map((each) => each.mode), mode];

const begin = (suite) =>
  (suite.started ??= (async () => {
    for (const body of suite.beforeAll) await body();
  })());

export const harness = Object.freeze({
  /** All tests in order, each with what becomes of it. */
  plan: (filter) => {
    collecting = false;
    const only = tests.some((each) => modes(each).includes('only'));
    const planned = tests.map((each, id) => {
      const path = [...around(each.suite).slice(1).map((suite) => suite.name), each.name];
      const own = modes(each);
      const wanted = filter === null || path.join(' ').toLowerCase().includes(filter.toLowerCase());
      const skipped = own.includes('skip') || (only && !own.includes('only'));
      const fate = !wanted ? 'filtered' : each.mode === 'todo' ? 'todo' : skipped ? 'skip' : 'run';
      if (fate === 'run') for (const suite of around(each.suite)) suite.left++;
      return { id, path, fate, timeout: each.timeout ?? null };
    });
    return planned.filter((each) => each.fate !== 'filtered');
  },

  run: async (id) => {
    const { suite, body } = tests[id];
    const suites = around(suite);
    for (const each of suites) await begin(each);
    const errors = [];
    const attempt = async (work) => {
      try {
        await work();
      } catch (error) {
        errors.push(error);
      }
    };
    await attempt(async () => {
      for (const each of suites) for (const before of each.beforeEach) await before();
      await body();
    });
    for (const each of suites.toReversed()) for (const after of each.afterEach) await attempt(after);
    if (errors.length > 0) throw errors[0];
  },

  /** Called after each test that ran, whatever came of it. */
  leave: async (id) => {
    for (const suite of around(tests[id].suite).toReversed()) {
      suite.left--;
      if (suite.left === 0 && suite.started !== undefined) for (const after of suite.afterAll) await after();
    }
  },

  /** An error that stands where the test is defined. */
  where: (id) => {
    throw tests[id].where;
  },
});

// ---- The world of a test --------------------------------------------------------------------

/** Lets all timers ring whose time has come; what they set is known to the clock when the answer is there. */
const settle = async () => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await ops.settle();
};

export const clock = Object.freeze({
  advance: async (duration) => {
    await settle();
    let more = await ops.advance({ by: duration });
    while (more) {
      await settle();
      more = await ops.onward();
    }
    await settle();
  },
});

const RUN_OPTIONS = ['params', 'simulate', 'onError', 'answers'];
export const runRecipe = async (recipe, options = {}) => {
  const unknown = Object.keys(options).find((key) => !RUN_OPTIONS.includes(key));
  if (unknown !== undefined) {
    misuse(`\`runRecipe\` has no option \`${unknown}\`.`, `Use one of: ${RUN_OPTIONS.join(', ')}.`);
  }
  return ops.run({ recipe, ...options });
};

// ---- Sameness -------------------------------------------------------------------------------

const asymmetric = (text, matches) => ({ [ASYMMETRIC]: matches, toString: () => text });
const isObject = (value) => typeof value === 'object' && value !== null;

/**
 * Same values all the way down, whatever the order of keys.
 *
 * @param how `{ strict }` also tells classes, holes and keys without a value apart; `{ part }` lets more keys be there
 */
const same = (a, b, how = {}, seen = []) => {
  if (isObject(b) && typeof b[ASYMMETRIC] === 'function') return b[ASYMMETRIC](a);
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (seen.some(([x, y]) => x === a && y === b)) return true;
  const inner = [...seen, [a, b]];
  const tag = Object.prototype.toString.call(a);
  if (tag !== Object.prototype.toString.call(b)) return false;
  if (how.strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error) return a.message === b.message && a.code === b.code;
  if (a instanceof Set) return a.size === b.size && [...a].every((x) => [...b].some((y) => same(x, y, how, inner)));
  if (a instanceof Map) {
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key), how, inner));
  }
  if ((Array.isArray(a) || ArrayBuffer.isView(a)) && a.length !== b.length) return false;
  const keysOf = (o) => Object.keys(o).filter((key) => how.strict || o[key] !== undefined);
  const keys = keysOf(b);
  if (!(how.part && !Array.isArray(a)) && keysOf(a).length !== keys.length) return false;
  return keys.every((key) => Object.hasOwn(a, key) && same(a[key], b[key], how, inner));
};

// ---- Differences ----------------------------------------------------------------------------

/** A value as lines: keys in order, one to a line, so that two values can be compared line by line. */
const lines = (value, indent = '', seen = []) => {
  if (!isObject(value) || value[ASYMMETRIC] !== undefined) return [indent + show(value)];
  const isList = Array.isArray(value);
  const isPlain = isList || [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain || seen.includes(value)) return show(value).split('\n').map((line) => indent + line);
  const keys = isList ? [...value.keys()] : Object.keys(value).sort();
  const [first, last] = isList ? '[]' : '{}';
  if (keys.length === 0) return [indent + first + last];
  const inner = keys.flatMap((key) => {
    const item = lines(value[key], `${indent}  `, [...seen, value]);
    if (!isList) item[0] = `${indent}  ${/^[\w$]+$/.test(key) ? key : show(key)}: ${item[0].trimStart()}`;
    item.push(`${item.pop()},`);
    return item;
  });
  return [indent + first, ...inner, indent + last];
};

/** What has to go (`-`) and what has to come (`+`) to make `after` of `before`, by the longest common lines. */
const difference = (expected, received) => {
  const before = lines(expected);
  const after = lines(received);
  if (before.length * after.length > 250_000) return undefined;
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i][j] = before[i] === after[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const out = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      out.push(`  ${before[i++]}`);
      j++;
    } else if (i < before.length && (j === after.length || common[i + 1][j] >= common[i][j + 1])) out.push(`- ${before[i++]}`);
    else out.push(`+ ${after[j++]}`);
  }
  return out.join('\n');
};

/** What of `actual` stands in `part` too, so that a difference tells of nothing else. */
const shared = (actual, part) => {
  if (Array.isArray(actual) && Array.isArray(part)) return actual.map((each, index) => shared(each, part[index]));
  if (!isObject(actual) || !isObject(part) || part[ASYMMETRIC] !== undefined) return actual;
  return Object.fromEntries(Object.keys(part).filter((key) => key in actual).map((key) => [key, shared(actual[key], part[key])]));
};

// ---- Expectations ---------------------------------------------------------------------------

/** A value inside a sentence; what is too large for one stands in the difference and in the details. */
const brief = (value, otherwise) => {
  const text = show(value);
  return text.length > 100 || text.includes('\n') ? otherwise : text;
};

const lengthOf = (value) => value?.length ?? value?.size;
const pathOf = (path) => (Array.isArray(path) ? path : String(path).replace(/\[(\w+)\]/g, '.$1').split('.'));
const NOTHING = Symbol('nothing');
const at = (value, path) =>
  pathOf(path).reduce((v, key) => (v !== undefined && v !== null && v !== NOTHING && key in Object(v) ? v[key] : NOTHING), value);
const numbers = (name, compare) => (actual, limit) => {
  const fits = [actual, limit].every((n) => ['number', 'bigint'].includes(typeof n));
  return { pass: fits && compare(actual, limit), says: `to be ${name} ${show(limit)}` };
};
const is = (words, test) => (actual) => ({ pass: test(actual), says: `to be ${words}` });

const errorMatches = (error, expected) => {
  if (expected === undefined) return true;
  const message = String(error?.message ?? error);
  if (typeof expected === 'string') return message.includes(expected) || error?.code === expected;
  if (expected instanceof RegExp) return expected.test(message);
  if (typeof expected === 'function') return error instanceof expected;
  if (expected instanceof Error) return message === expected.message;
  return Object.keys(expected).every((key) => same(error?.[key], expected[key]));
};

const thrownBy = (work) => {
  if (typeof work !== 'function') misuse('`toThrow` is asked of no function.', 'Write `expect(() => …).toThrow()`, or `await expect(promise).rejects.toThrow()`.');
  try {
    work();
  } catch (error) {
    return { error };
  }
  return undefined;
};

/** Each returns `{ pass, says, compare }`: what was expected in words, and two values whose difference helps. */
const matchers = {
  toBe: (actual, expected) => ({ pass: Object.is(actual, expected), says: `to be ${show(expected)}`, compare: [expected, actual] }),
  toEqual: (actual, expected) => ({ pass: same(actual, expected), says: `to equal ${brief(expected, 'what was expected')}`, compare: [expected, actual] }),
  toStrictEqual: (actual, expected) => ({
    pass: same(actual, expected, { strict: true }), says: `to strictly equal ${brief(expected, 'what was expected')}`, compare: [expected, actual],
  }),
  toMatchObject: (actual, expected) => ({
    pass: isObject(actual) && same(actual, expected, { part: true }),
    says: `to have what is in ${brief(expected, 'what was expected')}`,
    compare: [expected, shared(actual, expected)],
  }),
  toContain: (actual, item) => ({
    pass: typeof actual === 'string' ? actual.includes(item) : [...(actual ?? [])].includes(item), says: `to contain ${show(item)}`,
  }),
  toContainEqual: (actual, item) => ({ pass: [...(actual ?? [])].some((each) => same(each, item)), says: `to contain something equal to ${show(item)}` }),
  toHaveLength: (actual, length) => ({ pass: lengthOf(actual) === length, says: `to have the length ${length} and not ${show(lengthOf(actual))}` }),
  toHaveProperty: (actual, path, ...value) => {
    const found = at(actual, path);
    const pass = found !== NOTHING && (value.length === 0 || same(found, value[0]));
    return { pass, says: `to have the property \`${pathOf(path).join('.')}\`${value.length > 0 ? ` with ${show(value[0])}` : ''}` };
  },
  toMatch: (actual, pattern) => ({
    pass: typeof actual === 'string' && (pattern instanceof RegExp ? pattern.test(actual) : actual.includes(pattern)), says: `to match ${show(pattern)}`,
  }),
  toBeCloseTo: (actual, expected, digits = 2) => ({
    pass: Object.is(actual, expected) || Math.abs(actual - expected) < 10 ** -digits / 2, says: `to be close to ${show(expected)} (${digits} digits)`,
  }),
  toBeGreaterThan: numbers('greater than', (a, b) => a > b),
  toBeGreaterThanOrEqual: numbers('at least', (a, b) => a >= b),
  toBeLessThan: numbers('less than', (a, b) => a < b),
  toBeLessThanOrEqual: numbers('at most', (a, b) => a <= b),
  toBeNull: is('null', (v) => v === null),
  toBeDefined: is('defined', (v) => v !== undefined),
  toBeUndefined: is('undefined', (v) => v === undefined),
  toBeTruthy: is('truthy', Boolean),
  toBeFalsy: is('falsy', (v) => !v),
  toBeNaN: is('NaN', Number.isNaN),
  toBeInstanceOf: (actual, type) => ({ pass: actual instanceof type, says: `to be an instance of ${type.name}` }),
  toThrow: (actual, expected) => {
    const thrown = isRejection(actual) ? { error: actual.error } : thrownBy(actual);
    return {
      pass: thrown !== undefined && errorMatches(thrown.error, expected),
      says: expected === undefined ? 'to throw' : `to throw ${show(expected)}`,
      instead: thrown === undefined ? 'nothing was thrown' : `${show(thrown.error)} was thrown`,
    };
  },
};
const REJECTED = Symbol('rejected');
const isRejection = (value) => isObject(value) && value[REJECTED] === true;

const verdict = (name, actual, args, negated) => {
  const { pass, says, compare, instead } = matchers[name](actual, ...args);
  if (pass !== negated) return undefined;
  const shown = isRejection(actual) ? actual.error : actual;
  const subject = instead === undefined ? brief(shown, 'the value') : isRejection(actual) ? 'the promise' : 'the function';
  const suffix = instead === undefined ? '.' : `; ${instead}.`;
  const diff = !negated && compare !== undefined && compare.some((v) => isObject(v) || /\n/.test(v)) ? difference(...compare) : undefined;
  const values = compare === undefined ? {} : { expected: show(compare[0]), received: show(shown) };
  const details = { matcher: name, ...values, ...(diff === undefined ? {} : { difference: diff }) };
  return { message: `Expected ${subject} ${negated ? 'not ' : ''}${says}${suffix}`, details };
};

const failing = (told, trace) => {
  if (told !== undefined) fail('test.expectation', told.message, null, told.details, trace);
};

const settled = async (promise, wanted) => {
  const work = typeof promise === 'function' ? promise() : promise;
  if (typeof work?.then !== 'function') misuse(`\`${wanted}\` is asked of no promise.`, `Write \`await expect(promise).${wanted}.…\`.`);
  try {
    return { resolved: true, value: await work };
  } catch (error) {
    return { resolved: false, value: error };
  }
};

/** A matcher that waits for a promise first; what fails then has its place where it was asked. */
const waiting = (name, promise, negated, wanted) => async (...args) => {
  const trace = new Error();
  const { resolved, value } = await settled(promise, wanted);
  if (resolved !== (wanted === 'resolves')) {
    const other = resolved ? 'a rejection, but the promise resolved with' : 'no rejection, but the promise rejected with';
    fail('test.expectation', `Expected ${other} ${show(value)}.`, null, {}, trace);
  }
  failing(verdict(name, name === 'toThrow' ? { [REJECTED]: true, error: value } : value, args, negated), trace);
};

/** Every matcher, as functions that fail. */
const checks = (actual, negated, wanted) =>
  Object.fromEntries(
    Object.keys(matchers).map((name) => [
      name,
      wanted === undefined ? (...args) => failing(verdict(name, actual, args, negated)) : waiting(name, actual, negated, wanted),
    ]),
  );

const expectation = (actual, wanted) => ({ ...checks(actual, false, wanted), not: checks(actual, true, wanted) });

export const expect = (actual) => ({
  ...expectation(actual),
  resolves: expectation(actual, 'resolves'),
  rejects: expectation(actual, 'rejects'),
});
const isA = (type) => (value) => value instanceof type || Object(value) instanceof type;
Object.assign(expect, {
  anything: () => asymmetric('anything', (value) => value !== undefined && value !== null),
  any: (type) => asymmetric(`any ${type.name}`, isA(type)),
  objectContaining: (part) => asymmetric(`an object with ${show(part)}`, (value) => isObject(value) && same(value, part, { part: true })),
  arrayContaining: (items) => asymmetric(`a list with ${show(items)}`, (value) => Array.isArray(value) && items.every((item) => value.some((each) => same(each, item)))),
  stringContaining: (text) => asymmetric(`a text with ${show(text)}`, (value) => typeof value === 'string' && value.includes(text)),
  stringMatching: (pattern) => asymmetric(`a text like ${pattern}`, (value) => typeof value === 'string' && new RegExp(pattern).test(value)),
  fail: (message = 'This line should not be reached.') => fail('test.expectation', String(message), null),
});
Object.freeze(expect);
