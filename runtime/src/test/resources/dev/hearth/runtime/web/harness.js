// The smallest harness that can say how many cases hold; the same under Hearth and under Node.js.
const cases = [];

/** A case of a family; it holds when it neither throws nor rejects. */
export const test = (family, name, body) => cases.push({ family, name, body });

const show = (value) => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  try {
    return JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}n` : v)) ?? String(value);
  } catch {
    return String(value);
  }
};

const same = (a, b) => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && a.constructor !== b.constructor) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
};

export const eq = (actual, expected, what = '') => {
  if (!same(actual, expected)) throw new Error(`${what} is ${show(actual)}, not ${show(expected)}`.trim());
};

export const ok = (value, what = 'It') => {
  if (!value) throw new Error(`${what} does not hold`);
};

const judge = (error, expected) => {
  if (expected === undefined) return;
  if (typeof expected === 'string') eq(error?.name, expected, 'The name of what was thrown');
  else if (typeof expected === 'function') ok(error instanceof expected, `${show(error)} being a ${expected.name}`);
  else eq(error, expected, 'What was thrown');
};

/** `expected`: a class, the name of an error, or the very value. */
export const throws = (body, expected) => {
  let thrown;
  let value;
  try {
    value = body();
  } catch (error) {
    thrown = { error };
  }
  if (thrown === undefined) throw new Error(`It threw nothing, and returned ${show(value)}`);
  judge(thrown.error, expected);
};

export const rejects = async (promise, expected) => {
  let thrown;
  let value;
  try {
    value = await promise;
  } catch (error) {
    thrown = { error };
  }
  if (thrown === undefined) throw new Error(`It did not reject, and gave ${show(value)}`);
  judge(thrown.error, expected);
};

export const bytesOf = (...octets) => new Uint8Array(octets);
export const textOf = (bytes) => new TextDecoder().decode(bytes);
export const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

const within = (promise, millis) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${millis} ms`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** Runs all cases one after the other; what failed is told with why. */
export const runAll = async (origin) => {
  const results = [];
  const seen = new Set();
  for (const { family, name, body } of cases) {
    const id = `${family}: ${name}`;
    let why = seen.has(id) ? 'There are two cases of this name' : null;
    seen.add(id);
    try {
      await within((async () => body(origin))(), 10_000);
    } catch (error) {
      why = error instanceof Error ? `${error.name}: ${error.message}` : show(error);
    }
    results.push({ family, name, why });
  }
  return results;
};
