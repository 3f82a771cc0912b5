// Tries: nothing: a library does what it declares and its importer may
// Expects: done 0 true
// Flags: --simulate
import { list } from './lib/good/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default async () => (await list()) >= 0;
