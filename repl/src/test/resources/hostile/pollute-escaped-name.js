// Tries: to replace what the web's globals use, by a name written with escapes
// Expects: done 0 "ok"
export default async () => {
  const seen = [];
  const { push } = Array.\u0070rototype;
  Array.\u0070rototype.push = function (...all) {
    seen[seen.length] = all;
    return Reflect.apply(push, this, all);
  };
  const headers = new Headers([['a', 'b']]);
  headers.append('c', 'd');
  const doors = seen.flat(2).filter((each) => typeof each?.openShared === 'function');
  return doors.length === 0 && [...headers].length === 2 ? 'ok' : 'found a door';
};
