// Tries: a library, to have a token shown by an error on the line of an import
// Expects: recipe.syntax 1
// Flags: --simulate
import { run } from './lib/evil/index.js'; import { x } from './lib/evil/broken.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run(x);
