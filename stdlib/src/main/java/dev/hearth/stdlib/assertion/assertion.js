// hearth:assert: a recipe's own assumptions, checked. A failed one is a HearthError with a code.
import { errorFrom, inspect } from 'hearth:binding';

const HINT = 'The recipe assumes this; see its line for why.';

const fail = (code, message, details) => {
  throw errorFrom({ code, message, hint: HINT, details });
};

const sentence = (message, standard) => (message === undefined ? standard : String(message));

/** Same values all the way down; order of keys does not count, `NaN` equals itself. */
const same = (a, b, seen = []) => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (seen.some(([x, y]) => x === a && y === b)) return true;
  const inner = [...seen, [a, b]];
  if (a instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Set) return a.size === b.size && [...a].every((x) => b.has(x));
  if (a instanceof Map) {
    return a.size === b.size && [...a].every(([k, v]) => b.has(k) && same(v, b.get(k), inner));
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((k) => Object.hasOwn(b, k) && same(a[k], b[k], inner))
  );
};

const matches = (error, expected) => {
  if (expected === undefined) return true;
  if (typeof expected === 'string') return error?.code === expected;
  if (expected instanceof RegExp) return expected.test(String(error?.message ?? error));
  return error instanceof expected;
};

const checkError = (error, expected, message) => {
  if (!matches(error, expected)) {
    fail('assert.other-error', sentence(message, 'It failed in another way than expected.'), {
      error: inspect(error),
      expected: inspect(expected),
    });
  }
  return error;
};

export function assert(condition, message) {
  if (!condition) fail('assert.failed', sentence(message, 'An assumption does not hold.'), {});
}

assert.equal = (actual, expected, message) => {
  if (!same(actual, expected)) {
    const standard = `${inspect(actual)} is not ${inspect(expected)}.`;
    fail('assert.not-equal', sentence(message, standard), {
      actual: inspect(actual),
      expected: inspect(expected),
    });
  }
};

assert.throws = (work, expected, message) => {
  try {
    work();
  } catch (error) {
    return checkError(error, expected, message);
  }
  return fail('assert.no-error', sentence(message, 'It did not fail.'), {});
};

assert.rejects = async (work, expected, message) => {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return checkError(error, expected, message);
  }
  return fail('assert.no-error', sentence(message, 'It did not fail.'), {});
};

Object.freeze(assert);
