// What the pieces of hearth:kubernetes are made with.
import { connected, errorFrom } from 'hearth:binding';

export { batched, gathered, items, listing, quoted } from 'hearth:binding';

/** An error of the facade itself. */
export const refuse = (code, message, hint) => {
  throw errorFrom({ code: `kubernetes.${code}`, message, hint });
};

/** The operations of a connection and what makes handles of it. */
export const kitOf = (connection, mark) => connected('kubernetes', connection, mark);
