// What `ensure` has in common in hearth:proxmox: what is declared is compared by what it means.
import { errorFrom } from 'hearth:binding';

export { orNull } from 'hearth:binding';

/** A list in any of the forms in which it can be written, in one order. */
const sorted = (value) =>
  [...new Set((Array.isArray(value) ? value : String(value).split(/[,; ]+/)).map(String).filter((one) => one !== ''))]
    .sort()
    .join(',');

const plain = (value) => (value === true ? '1' : value === false ? '0' : String(value));

/** Options such as `keep-last=3,keep-daily=7`, or an object of them, in one order. */
const options = (value) =>
  sorted(typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).map(([k, v]) => `${k}=${plain(v)}`) : value);

const isNothing = (value) => value === undefined || value === null || value === '';

/** Parameters as they are sent: lists and options as one text, nothing for what is not given. */
export function sent(spec) {
  const params = {};
  for (const [key, value] of Object.entries(spec)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) params[key] = value.join(',');
    else if (isOptions(value)) params[key] = options(value);
    else params[key] = value;
  }
  return params;
}

/** An object of options, which a secret is not. */
const isOptions = (value) =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The same for a change: what is `null` is deleted. */
export function changes(spec) {
  const gone = Object.keys(spec).filter((key) => spec[key] === null);
  const params = sent(withoutNull(spec));
  if (gone.length > 0) params.delete = gone.join(',');
  return params;
}

/** What is not `null`: of a thing that is to be made there is nothing to delete yet. */
export const withoutNull = (spec) => Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== null));

/** Fails unless a specification has what names the thing. */
export function need(what, spec, ...keys) {
  for (const key of keys) {
    if (typeof spec?.[key] === 'string' && spec[key] !== '') continue;
    throw errorFrom({
      code: 'proxmox.spec',
      message: `The specification of a ${what} lacks \`${key}\`.`,
      hint: `Give it as a text: \`{ ${key}: '…' }\`.`,
    });
  }
}

/** Fails where a thing that is there would have to become another: these keys are chosen when it is made. */
export function requireSame(what, name, there, wanted) {
  for (const [key, value] of Object.entries(wanted)) {
    if (there === null || value === undefined || value === null || String(there[key]) === String(value)) continue;
    throw errorFrom({
      code: 'proxmox.fixed',
      message: `The ${key} of ${what} \`${name}\` is ${there[key]} and cannot become ${value}.`,
      hint: `Want \`${key}: '${there[key]}'\`, or delete it first so that it is made anew.`,
    });
  }
  return there;
}

const picked = (from, keys) => Object.fromEntries(keys.filter((key) => !isNothing(from[key])).map((key) => [key, from[key]]));

/**
 * Makes a thing what it is wanted to be: makes it, or changes just what differs. Only keys that the
 * specification has count; `once` are those that matter only when it is made and are never read back.
 */
export async function ensured({ spec, lists = [], defaults = {}, once = [], dryRun, find, create, update }) {
  const keys = Object.keys(spec).filter((key) => spec[key] !== undefined && !once.includes(key));
  const meaning = (key, value) => {
    const given = isNothing(value) ? (defaults[key] ?? '') : value;
    if (lists.includes(key)) return sorted(given);
    return typeof given === 'object' || /^[a-z-]+=/.test(given) ? options(given) : plain(given);
  };
  const there = await find();
  const differing = there === null ? keys : keys.filter((key) => meaning(key, spec[key]) !== meaning(key, there[key]));
  const before = there === null ? null : picked(there, keys);
  if (there !== null && differing.length === 0) return { changed: false, before, after: before };
  const wanted = picked(spec, keys);
  if (dryRun === true) return { changed: true, before, after: there === null ? wanted : { ...before, ...wanted } };
  const made =
    there === null ? await create() : await update(Object.fromEntries(differing.map((key) => [key, spec[key]])), there);
  const after = picked((await find()) ?? {}, keys);
  return { changed: true, before, after, ...made };
}
