// hearth:json: pointers, patches and differences of JSON; nothing here changes what it is given.
import { pure, errorFrom } from 'hearth:binding';

const ops = pure('json');
const { parse, stringify } = JSON;
const { freeze, hasOwn, is, keys, defineProperty } = Object;
const { isArray } = Array;

const fail = (code, message, hint, details = {}) => {
  throw errorFrom({ code: `json.${code}`, message, hint, details });
};

const isObject = (value) => typeof value === 'object' && value !== null && !isArray(value);

/** Defines, so that no key is special and no setter runs. */
const put = (object, key, value) =>
  defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });

// ---- Reading and writing ---------------------------------------------------------------------

const named = (options) => ({ name: options?.name });

const checked = (options, allowed) => {
  for (const key of keys(options ?? {})) {
    if (!allowed.includes(key)) {
      fail('option', `There is no option \`${key}\`.`, `Use one of: ${allowed.join(', ')}.`);
    }
  }
  return options ?? {};
};

const read = (text, options) => {
  const { comments } = checked(options, ['name', 'comments']);
  if (comments) return ops.withoutComments(text, named(options));
  try {
    if (typeof text === 'string') return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return ops.parse(text, named(options));
};

const sorted = (value, above = []) => {
  if (typeof value?.toJSON === 'function') return sorted(value.toJSON(), above);
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) throw new TypeError('A value that contains itself has no JSON.');
  const inner = [...above, value];
  if (isArray(value)) return value.map((item) => sorted(item, inner));
  const copy = {};
  for (const key of keys(value).sort()) put(copy, key, sorted(value[key], inner));
  return copy;
};

const write = (value, options) => {
  const { indent = 0, sortKeys = false } = checked(options, ['indent', 'sortKeys']);
  return stringify(sortKeys ? sorted(value) : value, undefined, indent);
};

const parseLines = (text, options) => {
  const name = checked(options, ['name']).name ?? 'The text';
  if (typeof text !== 'string') return ops.parse(text, {});
  const values = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() !== '') values.push(read(line, { name: `${name}, line ${index + 1},` }));
  });
  return values;
};

const stringifyLines = (values) => values.map((value) => `${stringify(value) ?? 'null'}\n`).join('');

// ---- Pointers (RFC 6901) ---------------------------------------------------------------------

const path = (pointer) => {
  if (isArray(pointer)) return pointer.map(String);
  if (pointer === '') return [];
  if (typeof pointer !== 'string' || pointer[0] !== '/' || /~(?![01])/.test(pointer)) {
    fail(
      'pointer',
      `\`${pointer}\` is no JSON pointer.`,
      "Write `'/services/web'`, with `~1` for a slash and `~0` for `~` in a name, or a list of names.",
    );
  }
  return pointer.slice(1).split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
};

const pointerOf = (names) =>
  names.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const INDEX = /^(0|[1-9][0-9]*)$/;

/** Whether a value has something of its own by that name. */
const holds = (value, name) =>
  isArray(value) ? INDEX.test(name) && Number(name) < value.length : isObject(value) && hasOwn(value, name);

const missing = (names, length) =>
  fail('not-found', `There is nothing at \`${pointerOf(names)}\`.`, 'Ask with `json.has` before, or give a default.', {
    missing: pointerOf(names.slice(0, length)),
  });

const has = (value, pointer) => {
  let at = value;
  for (const name of path(pointer)) {
    if (!holds(at, name)) return false;
    at = at[name];
  }
  return true;
};

const get = (value, pointer, ...otherwise) => {
  const names = path(pointer);
  let at = value;
  for (const [index, name] of names.entries()) {
    if (!holds(at, name)) return otherwise.length > 0 ? otherwise[0] : missing(names, index + 1);
    at = at[name];
  }
  return at;
};

/** A copy of `value` in which what stands at `names` was changed by `change(parent copy, name)`. */
const changed = (value, names, change, make, depth = 0) => {
  const name = names[depth];
  if (!isArray(value) && !isObject(value)) return missing(names, depth + 1);
  const copy = isArray(value) ? [...value] : { ...value };
  if (depth === names.length - 1) {
    change(copy, name);
  } else {
    if (!holds(value, name) && !(make && isObject(value))) return missing(names, depth + 1);
    const below = holds(value, name) ? value[name] : {};
    put(copy, name, changed(below, names, change, make, depth + 1));
  }
  return copy;
};

const indexIn = (array, name, names, most) => {
  const index = name === '-' ? array.length : INDEX.test(name) ? Number(name) : NaN;
  if (!(index <= most)) missing(names, names.length);
  return index;
};

const set = (value, pointer, item) => {
  const names = path(pointer);
  if (names.length === 0) return item;
  return changed(
    value,
    names,
    (copy, name) => put(copy, isArray(copy) ? indexIn(copy, name, names, copy.length) : name, item),
    true,
  );
};

const remove = (value, pointer) => {
  const names = path(pointer);
  if (names.length === 0) return null;
  return changed(value, names, (copy, name) => {
    if (!holds(copy, name)) missing(names, names.length);
    if (isArray(copy)) copy.splice(Number(name), 1);
    else delete copy[name];
  });
};

// ---- Equality and differences ----------------------------------------------------------------

const equal = (a, b) => {
  if (is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isArray(a) !== isArray(b)) return false;
  if (isArray(a)) return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  const names = keys(a);
  return (
    names.length === keys(b).length && names.every((name) => hasOwn(b, name) && equal(a[name], b[name]))
  );
};

/** What a text of JSON would hold: no `undefined`, no functions, `toJSON` called. */
const plain = (value) => {
  const text = stringify(value);
  return text === undefined ? null : parse(text);
};

const arrayDiff = (before, after, at, out) => {
  let begin = 0;
  while (begin < before.length && begin < after.length && equal(before[begin], after[begin])) begin++;
  let same = 0;
  const most = Math.min(before.length, after.length) - begin;
  while (same < most && equal(before.at(-1 - same), after.at(-1 - same))) same++;
  const oldEnd = before.length - same;
  const newEnd = after.length - same;
  const both = Math.min(oldEnd, newEnd);
  for (let n = begin; n < both; n++) diffInto(before[n], after[n], [...at, n], out);
  for (let n = oldEnd - 1; n >= both; n--) out.push({ op: 'remove', path: pointerOf([...at, n]) });
  for (let n = both; n < newEnd; n++) {
    out.push({ op: 'add', path: pointerOf([...at, n]), value: after[n] });
  }
};

const objectDiff = (before, after, at, out) => {
  for (const name of keys(before)) {
    if (!hasOwn(after, name)) out.push({ op: 'remove', path: pointerOf([...at, name]) });
    else diffInto(before[name], after[name], [...at, name], out);
  }
  for (const name of keys(after)) {
    if (!hasOwn(before, name)) {
      out.push({ op: 'add', path: pointerOf([...at, name]), value: after[name] });
    }
  }
};

const diffInto = (before, after, at, out) => {
  if (equal(before, after)) return;
  if (isArray(before) && isArray(after)) arrayDiff(before, after, at, out);
  else if (isObject(before) && isObject(after)) objectDiff(before, after, at, out);
  else out.push({ op: 'replace', path: pointerOf(at), value: after });
};

const diff = (before, after) => {
  const out = [];
  diffInto(plain(before), plain(after), [], out);
  return out;
};

// ---- Patches (RFC 6902) and merge patches (RFC 7396) -----------------------------------------

const add = (value, pointer, item) => {
  const names = path(pointer);
  if (names.length === 0) return item;
  return changed(value, names, (copy, name) => {
    if (isArray(copy)) copy.splice(indexIn(copy, name, names, copy.length), 0, item);
    else put(copy, name, item);
  });
};

const replace = (value, pointer, item) => {
  get(value, pointer);
  const names = path(pointer);
  return names.length === 0 ? item : changed(value, names, (copy, name) => put(copy, name, item));
};

const move = (value, from, to) => {
  if (to.startsWith(`${from}/`)) {
    fail('patch', `\`${from}\` cannot move into itself.`, 'Move it to a place outside.');
  }
  const item = get(value, from);
  return from === to ? value : add(remove(value, from), to, item);
};

const test = (value, pointer, item) => {
  if (!equal(get(value, pointer), item)) {
    fail('test-failed', `What stands at \`${pointer}\` is not what the patch expects.`, 'Read the value again and make the patch anew.', {
      actual: get(value, pointer),
      expected: item,
    });
  }
  return value;
};

const apply = {
  __proto__: null,
  add: (value, { path, value: item }) => add(value, path, item),
  remove: (value, { path }) => remove(value, path),
  replace: (value, { path, value: item }) => replace(value, path, item),
  move: (value, { from, path }) => move(value, from, path),
  copy: (value, { from, path }) => add(value, path, get(value, from)),
  test: (value, { path, value: item }) => test(value, path, item),
};

const NEEDS = {
  __proto__: null,
  add: ['path', 'value'],
  remove: ['path'],
  replace: ['path', 'value'],
  move: ['from', 'path'],
  copy: ['from', 'path'],
  test: ['path', 'value'],
};

const patch = (value, operations) => {
  if (!isArray(operations)) fail('patch', 'A patch is a list of operations.', "Write `[{ op: 'add', path: '/a', value: 1 }]`.");
  return operations.reduce((current, operation, index) => {
    const needs = NEEDS[operation?.op];
    if (needs === undefined) {
      fail('patch', `Operation ${index} of the patch has no known \`op\`.`, `Use one of: ${keys(NEEDS).join(', ')}.`, { operation });
    }
    for (const name of needs) {
      if (!hasOwn(operation, name)) {
        fail('patch', `Operation ${index} of the patch has no \`${name}\`.`, `Give \`${name}\`.`, { operation });
      }
    }
    return apply[operation.op](current, operation);
  }, value);
};

const mergePatch = (value, change) => {
  if (!isObject(change)) return change;
  const merged = isObject(value) ? { ...value } : {};
  for (const name of keys(change)) {
    if (change[name] === null) delete merged[name];
    else put(merged, name, mergePatch(hasOwn(merged, name) ? merged[name] : undefined, change[name]));
  }
  return merged;
};

export const json = freeze({
  parse: read,
  stringify: write,
  parseLines,
  stringifyLines,
  has,
  get,
  set,
  remove,
  equal,
  diff,
  patch,
  mergePatch,
});
