// Tries: to leave its folder by dots that are percent-encoded in a URL
// Expects: module.outside 3
export default async () => (await import('file://RECIPE_FOLDER/%2e%2e/secret.json', { with: { type: 'json' } })).default;
