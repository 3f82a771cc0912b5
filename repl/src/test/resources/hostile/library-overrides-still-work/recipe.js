// Tries: nothing: ordinary code still assigns names and methods
// Expects: done 0 "TokenError [object Own]"
// Flags: --simulate
import { run } from './lib/good/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
