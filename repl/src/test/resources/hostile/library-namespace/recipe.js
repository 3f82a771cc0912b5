// Tries: a library, to tamper with a module that it shares
// Expects: done 0 "TypeError"
// Flags: --simulate
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
