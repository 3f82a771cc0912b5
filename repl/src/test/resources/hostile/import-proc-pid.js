// Tries: to reach the process under /proc/1 and its root
// Expects: module.outside 3
export default async () => (await import('/proc/1/root/etc/passwd')).default;
