// Tries: to have the text of a foreign file shown by a syntax error
// Expects: module.outside 3
export default async () => (await import('../wallet.js')).default;
