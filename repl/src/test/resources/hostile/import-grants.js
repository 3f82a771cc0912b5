// Tries: to import what other recipes are allowed
// Expects: module.protected 3
// Flags: --allow-all
export default async () => (await import('HEARTH_HOME/config/grants.json', { with: { type: 'json' } })).default;
