// Tries: to import through a linked folder
// Expects: module.outside 3
export default async () => (await import('./linked/secret.json', { with: { type: 'json' } })).default;
