// Tries: a library, to reach by the global fetch what only the recipe was granted
// Expects: permission.denied 3
// Flags: --allow-net=127.0.0.1:9
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { net: ['127.0.0.1:9'] } };
export default () => run();
