// Tries: to import through a symbolic link beside it that leads outside
// Expects: module.outside 3
export default async () => (await import('./link.json', { with: { type: 'json' } })).default;
