// Tries: to read standard input as a module
// Expects: module.outside 3
export default async () => (await import('/dev/fd/0')).default;
