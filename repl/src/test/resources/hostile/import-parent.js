// Tries: to import a file above its folder by `..`
// Expects: module.outside 3
export default async () => (await import('../secret.json', { with: { type: 'json' } })).default;
