// Tries: a library without grants, to borrow those of another one that it imports
// Expects: permission.denied 3
// Flags: --simulate
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
