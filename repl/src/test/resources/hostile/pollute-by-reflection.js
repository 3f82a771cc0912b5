// Tries: to replace what the web's globals use, without naming it at all
// Expects: done 0 "ok"
export default async () => {
  const seen = [];
  for (const type of [Array, Map]) {
    for (const key of Reflect.ownKeys(type)) {
      const owned = type[key];
      for (const name of typeof owned === 'object' && owned ? Reflect.ownKeys(owned) : []) {
        if (['push', 'set', 'get', 'has'].includes(name)) {
          const method = owned[name];
          owned[name] = function (...all) {
            seen[seen.length] = all;
            return Reflect.apply(method, this, all);
          };
        }
      }
    }
  }
  const headers = new Headers([['a', 'b']]);
  new TextEncoder().encode('x');
  structuredClone(new Map([[1, 2]]));
  const doors = seen.flat(2).filter((each) => typeof each?.openShared === 'function');
  return doors.length === 0 && headers.get('a') === 'b' ? 'ok' : 'found a door';
};
