// The wish that a template's notes keep, so that it can be refreshed from anywhere. Whoever may look at a VM reads its notes.
import { isSecret } from 'hearth:binding';

/** What may have secrets in it that nobody can tell from other text. */
const UNTOLD = ['files', 'commands', 'everyBoot'];

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

/** What of a wish goes into the notes: the whole of it, or null and what it is withheld for. */
export function keptWish(wish) {
  const withheld = [...UNTOLD.filter((field) => wish[field]?.length > 0), ...hidden(wish).filter((name) => !UNTOLD.some((field) => name.startsWith(field)))];
  if (withheld.length > 0) return { wish: null, withheld };
  const text = JSON.stringify(wish);
  return text.length > LONGEST ? { wish: null, withheld: ['its length'] } : { wish: JSON.parse(text) };
}
