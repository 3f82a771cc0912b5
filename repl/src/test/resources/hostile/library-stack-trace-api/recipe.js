// Tries: a library, to walk from a stack trace to the functions of its caller
// Expects: done 0 "TypeError"
// Flags: --simulate
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
