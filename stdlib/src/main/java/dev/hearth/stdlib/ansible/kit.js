// What the pieces of hearth:ansible are made with.
import { connected, optionsOf } from 'hearth:binding';

export { quoted } from 'hearth:binding';

/** Fails for an option that there is not, and says which there are. */
export const checked = optionsOf('ansible');

/** The operations of a connection and what makes handles of it. */
export const kitOf = (connection, mark) => connected('ansible', connection, mark);
