// The wish that a template's notes keep, so that it can be refreshed from anywhere. Whoever may look at a VM reads its notes, and
// whoever may change a VM's options writes them, which is less than what a build takes: what they say is believed no further.
import { isSecret } from 'hearth:binding';

/** What runs in machines, from wherever: it may hold secrets that nobody can tell, and notes are no place to take it from. */
const UNTOLD = ['files', 'commands', 'everyBoot', 'repositories'];

/** Proxmox takes 8192 characters of notes, and other things stand there as well. */
const LONGEST = 3000;

const isHidden = (key, value) =>
  isSecret(value) || key === 'passwordHash' || (typeof value === 'string' && /:\/\/[^/?#\s]*@/.test(value));

/** The fields of a value, by their names from the top, that are secret. */
const hidden = (value, at = '') => {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = Array.isArray(value) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
    if (inner === undefined || inner === null) return [];
    return isHidden(key, inner) ? [name] : hidden(inner, name);
  });
};

/** What takes something from where a refresh runs, or from somebody's address. */
const isFetched = (value) => ['file', 'url', 'agent'].some((key) => Object.hasOwn(value, key));

const fetched = (wish) => [
  ...(typeof wish.image === 'string' ? [] : ['image']),
  ...(wish.users?.length > 1 ? ['users'] : []), // only the first is an option that can be held against the template
  ...[wish, wish.users?.[0]].flatMap((one) => one?.sshKeys ?? []).filter((key) => typeof key === 'object' && isFetched(key)).map(() => 'sshKeys'),
];

/** The fields for which a wish is neither put into notes nor taken from there; none when it may be. */
export const withheldOf = (wish) => [
  ...new Set([
    ...UNTOLD.filter((field) => wish[field]?.length > 0),
    ...hidden(wish).filter((name) => !UNTOLD.some((field) => name.startsWith(field))),
    ...fetched(wish),
  ]),
];

/** What of a wish goes into the notes: the whole of it, or null and what it is withheld for. */
export function keptWish(wish) {
  const withheld = withheldOf(wish);
  if (withheld.length > 0) return { wish: null, withheld };
  const text = JSON.stringify(wish);
  return text.length > LONGEST ? { wish: null, withheld: ['its length'] } : { wish: JSON.parse(text) };
}
