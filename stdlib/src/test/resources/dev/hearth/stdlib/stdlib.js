// The operations of a binding without its facade, for tests.
import { open } from 'hearth:binding';
export const opsOf = (name) => open(name);
