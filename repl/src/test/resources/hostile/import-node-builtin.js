// Tries: to import a module of Node.js
// Expects: module.scheme 1
export default async () => (await import('node:fs')).default;
