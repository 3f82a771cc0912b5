// Tries: to import a hidden file of its own folder
// Expects: module.hidden 3
export default async () => (await import('./.env.json', { with: { type: 'json' } })).default;
