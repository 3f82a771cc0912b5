// What the pieces of hearth:ansible are made with.
import { connected, errorFrom } from 'hearth:binding';

export { quoted } from 'hearth:binding';

/** Fails for an option that there is not, and says which there are. */
export const checked = (what, given, known) => {
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) {
      throw errorFrom({
        code: 'ansible.option',
        message: `\`${what}\` has no option \`${key}\`.`,
        hint: `It has ${known.map((name) => `\`${name}\``).join(', ')}.`,
      });
    }
  }
  return given;
};

/** The operations of a connection and what makes handles of it. */
export const kitOf = (connection, mark) => connected('ansible', connection, mark);
