// Tries: a library, to read by Object.prototype.then what the recipe's promises resolve with
// Expects: done 0 "TypeError"
// Flags: --simulate
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
