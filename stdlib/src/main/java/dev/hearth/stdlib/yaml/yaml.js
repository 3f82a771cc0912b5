// hearth:yaml: the shape that recipes use; reading and writing is Java.
import { errorFrom, pure } from 'hearth:binding';

const ops = pure('yaml');
const { stringify } = JSON;
const { Array, Object, String } = globalThis;

/** The names that a JSON pointer, or a list of them, has. */
const namesOf = (pointer) => {
  if (Array.isArray(pointer)) return pointer.map(String);
  if (pointer === '') return [];
  if (typeof pointer !== 'string' || pointer[0] !== '/' || /~(?![01])/.test(pointer)) {
    throw errorFrom({ code: 'yaml.pointer', message: `\`${pointer}\` is no JSON pointer.`, hint: "Begin each name with a slash: `'/services/web'`, or give a list of names." });
  }
  return pointer.slice(1).split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
};

/** What stands at a path; `undefined` when nothing does. */
const at = (value, names) =>
  names.reduce((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? inner[name] : undefined), value);

const edit = (given, options = {}) => {
  let text = String(given);
  const value = () => ops.parse(text, options);
  value(); // what is no YAML is said now
  const change = (pointer, json) => {
    text = ops.change(text, { ...options, path: namesOf(pointer), json });
    return editor;
  };
  const editor = Object.freeze({
    get: (pointer) => at(value(), namesOf(pointer)),
    set: (pointer, replacement) => change(pointer, stringify(replacement) ?? 'null'),
    remove: (pointer) => change(pointer, null),
    toString: () => text,
  });
  return editor;
};

export const yaml = Object.freeze({
  parse: (text, options = {}) => ops.parse(text, options),
  parseAll: (text, options = {}) => ops.parseAll(text, options),
  edit,
  stringify: (value, options) =>
    ops.stringify(stringify(value) ?? 'null', { indent: 2, sortKeys: false, ...options }),
});
