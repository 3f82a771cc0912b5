// Tries: a library, to get everything by declaring everything
// Expects: permission.denied 3
// Flags: --allow-env=LANG
import { list } from './lib/evil/index.js';
export const recipe = { permissions: { env: ['LANG'] } };
export default () => list();
