// Tries: a library, to import the recipe's helper by a computed path
// Expects: permission.denied 3
// Flags: --simulate
import { run } from './lib/evil/index.js';
import './helper.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
