// Tries: to import code from a data: URL
// Expects: recipe.error 1
export default async () => (await import('data:text/javascript,export default 1')).default;
