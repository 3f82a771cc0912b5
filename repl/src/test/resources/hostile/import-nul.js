// Tries: to cut a path short by a NUL
// Expects: recipe.error 1
export default async () => (await import('./ok.json\0.js')).default;
