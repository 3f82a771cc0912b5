// Tries: to replace what the web's globals use, by a name that its text does not have
// Expects: done 0 "ok"
const type = 'type';
export default async () => {
  const seen = [];
  for (const of of [Array, Map, String, Promise]) {
    const methods = of[`proto${type}`];
    for (const name of ['push', 'set', 'get', 'slice', 'then']) {
      const original = methods[name];
      if (original) {
        methods[name] = function (...all) {
          seen[seen.length] = [this, all];
          return Reflect.apply(original, this, all);
        };
      }
    }
  }
  const headers = new Headers({ a: 'b' });
  const url = new URL('http://example.org/?a=b');
  headers.append('c', url.searchParams.get('a'));
  const doors = seen.flat(2).filter((each) => typeof each?.revealSecret === 'function' || typeof each?.openShared === 'function');
  return doors.length === 0 ? 'ok' : 'found a door';
};
