const proto = 'proto' + 'type';
const targets = {
  push: [Array[proto], 'push'],
  escaped: [Array.\u0070rototype, 'map'],
  get: [Map[proto], 'get'],
  then: [Promise[proto], 'then'],
  set: [Headers[proto], 'set'],
  stringify: [JSON, 'string' + 'ify'],
  reflected: [Reflect.ownKeys(Set).map((key) => Set[key]).find((each) => typeof each === 'object'), 'has'],
};
export const replaced = Object.entries(targets)
  .filter(([, [holder, key]]) => {
    const before = holder[key];
    try {
      holder[key] = () => 'evil';
    } catch {}
    return holder[key] !== before;
  })
  .map(([name]) => name);
