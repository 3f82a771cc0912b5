// Tries: a library, to use what only its importer was granted
// Expects: permission.denied 3
// Flags: --simulate
import { list } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => list();
