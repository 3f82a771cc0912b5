// What the pieces of hearth:kubernetes are made with.
import { errorFrom, inspect, open } from 'hearth:binding';

export { batched, items } from 'hearth:binding';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A name as it stands in a handle's text. */
export const quoted = (name) => (typeof name === 'string' ? `'${name}'` : inspect(name));

/** An error of the facade itself. */
export const refuse = (code, message, hint) => {
  throw errorFrom({ code: `kubernetes.${code}`, message, hint });
};

/** The operations of a connection and what makes handles of it. `mark` gives a handle its name in the journal. */
export function kitOf(connection, mark) {
  const ops = open('kubernetes', connection);

  /** A handle; people see it as `text()`, `pod('web')`. */
  const handle = (kind, name, text, members) => {
    const made = Object.freeze(Object.defineProperty(members, INSPECT, { value: text }));
    // A connection that is spelled out has no name, and may hold a secret: its handles come back as data.
    return connection === undefined || typeof connection === 'string' ? mark(kind, { connection, ...name }, made) : made;
  };

  return { ops, connection, handle };
}
