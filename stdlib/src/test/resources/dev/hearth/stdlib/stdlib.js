// The operations of a binding without its facade, for tests.
import { open, pure } from 'hearth:binding';
export const opsOf = (name) => open(name);
export const pureOpsOf = (name) => pure(name);
