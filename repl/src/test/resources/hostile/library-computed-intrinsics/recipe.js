// Tries: a library, to replace what the recipe calls, by names that its text does not have
// Expects: done 0 []
// Flags: --simulate
import { replaced } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => replaced;
