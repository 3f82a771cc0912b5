// Tries: a library, to import a file of the recipe that does the work for it
// Expects: permission.denied 3
// Flags: --simulate
import { run } from './lib/evil/index.js';
import './helper.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
