// Tries: to import a file by its absolute path
// Expects: module.outside 3
export default async () => (await import('CANARY_FILE', { with: { type: 'json' } })).default;
