// What the pieces of hearth:docker are made with.
import { connected, optionsOf } from 'hearth:binding';

export { batched, gathered, items, listing, orNull, quoted, shownAs } from 'hearth:binding';

/** Fails for an option that there is not, and says which there are. */
export const checked = optionsOf('docker');

/** The operations of a connection and what makes handles of it. */
export const kitOf = (connection, mark) => connected('docker', connection, mark);
