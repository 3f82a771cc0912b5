// Tries: to import a file by a file: URL
// Expects: module.outside 3
export default async () => (await import('file://CANARY_FILE', { with: { type: 'json' } })).default;
