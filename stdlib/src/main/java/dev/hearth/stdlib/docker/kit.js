// What the pieces of hearth:docker are made with.
import { connected, errorFrom } from 'hearth:binding';

export { batched, gathered, items, listing, orNull, quoted, shownAs } from 'hearth:binding';

/** Fails for an option that there is not, and says which there are. */
export const checked = (what, given, known) => {
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) {
      throw errorFrom({
        code: 'docker.option',
        message: `\`${what}\` has no option \`${key}\`.`,
        hint: known.length === 0 ? 'It has none.' : `It has ${known.map((name) => `\`${name}\``).join(', ')}.`,
      });
    }
  }
  return given;
};

/** The operations of a connection and what makes handles of it. */
export const kitOf = (connection, mark) => connected('docker', connection, mark);
