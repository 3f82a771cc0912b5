// Tries: a library, to import by the path that the engine has for the recipe's module
// Expects: module.scheme 1
// Flags: --simulate
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
