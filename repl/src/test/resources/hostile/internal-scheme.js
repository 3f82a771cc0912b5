// Tries: to import by the internal scheme
// Expects: module.unknown 1
export default async () => (await import('hearth-internal:00000000000000000000000000000000/binding')).default;
