// Tries: to read the environment by another name of the process
// Expects: module.protected 3
export default async () => (await import('/proc/thread-self/environ')).default;
