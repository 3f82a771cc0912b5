// Tries: a library, to import a hearth: module by a computed specifier
// Expects: permission.denied 3
// Flags: --simulate
import { run } from './lib/evil/index.js';
import { proxmox } from 'hearth:proxmox';
export const recipe = { permissions: { proxmox: 'write' } };
export default async () => { await proxmox().vms.list(); return run(); };
