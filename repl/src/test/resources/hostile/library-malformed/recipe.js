// Tries: a library, to be none by a manifest that is broken
// Expects: module.library-malformed 1
// Flags: --simulate
import { list } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => list();
