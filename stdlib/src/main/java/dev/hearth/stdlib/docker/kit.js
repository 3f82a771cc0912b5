// What the pieces of hearth:docker are made with.
import { errorFrom, inspect, open } from 'hearth:binding';

export { batched, items } from 'hearth:binding';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A name as it stands in a handle's text. */
export const quoted = (name) => (typeof name === 'string' ? `'${name}'` : inspect(name));

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

/** What people see as `text()` where it is shown. */
export const shownAs = (text, members) => Object.freeze(Object.defineProperty(members, INSPECT, { value: text }));

/** The operations of a connection and what makes handles of it. `mark` gives a handle its name in the journal. */
export function kitOf(connection, mark) {
  const ops = open('docker', connection);

  /** A handle; people see it as `text()`, `container('web')`. */
  const handle = (kind, name, text, members) => {
    const made = shownAs(text, members);
    // A connection that is spelled out has no name: its handles come back as data.
    return connection === undefined || typeof connection === 'string' ? mark(kind, { connection, ...name }, made) : made;
  };

  return { ops, handle };
}

/** What `find` gives: `null` for what is not there. */
export const orNull = async (code, work) => {
  try {
    return await work();
  } catch (error) {
    if (error?.code === code) return null;
    throw error;
  }
};
