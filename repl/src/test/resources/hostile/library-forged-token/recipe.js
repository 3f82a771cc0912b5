// Tries: a library, to forge the token of its importer
// Expects: module.scheme 1
// Flags: --simulate
import { run } from './lib/evil/index.js';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => run();
