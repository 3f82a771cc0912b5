// Tries: a library, to reach its caller by arguments and caller
// Expects: done 0 []
// Flags: --simulate
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default function secret() { return run(); }
