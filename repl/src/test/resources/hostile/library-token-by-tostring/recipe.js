// Tries: a library, to read a token in the text of a function of the recipe
// Expects: done 0 false
// Flags: --simulate
import { run } from './lib/evil/index.js';
import { sleep } from 'hearth:time';
export const recipe = { permissions: { proxmox: 'write' } };
const mine = async () => { await sleep('1ms'); return import('hearth:time'); };
export default async () => { await mine(); return run(mine); };
