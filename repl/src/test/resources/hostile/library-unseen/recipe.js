// Tries: to have a library seen only when it is imported, and so act as the recipe
// Expects: module.library-unseen 3
// Flags: --simulate
export const recipe = { permissions: { proxmox: 'write' } };
export default async () => (await import('./lib/' + 'evil/index.js')).list();
