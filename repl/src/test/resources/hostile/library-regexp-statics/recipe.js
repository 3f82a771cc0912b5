// Tries: a library, to read what the recipe matched last
// Expects: done 0 [null,null]
// Flags: --simulate
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => { /token=(\w+)/.exec('token=hidden'); return run(); };
