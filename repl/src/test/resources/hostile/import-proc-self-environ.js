// Tries: to read the environment of the process as a module
// Expects: module.protected 3
export default async () => (await import('/proc/self/environ')).default;
