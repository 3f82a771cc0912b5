// Tries: to read standard input as a module
// Expects: module.outside|module.protected 3
// (what standard input is decides which: a file has a path, a pipe is one of this process)
export default async () => (await import('/dev/fd/0')).default;
