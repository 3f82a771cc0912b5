// Tries: to import the stored secrets of Hearth with every permission granted
// Expects: module.protected 3
// Flags: --allow-all
export default async () => (await import('HEARTH_HOME/config/canary.json', { with: { type: 'json' } })).default;
