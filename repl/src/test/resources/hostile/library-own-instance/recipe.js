// Tries: a library, to find the objects of the recipe in a module that both import
// Expects: done 0 true
// Flags: --simulate
import { mine } from './lib/evil/index.js';
import { proxmox } from 'hearth:proxmox';
export const recipe = { permissions: { proxmox: 'write' } };
export default () => mine !== proxmox;
