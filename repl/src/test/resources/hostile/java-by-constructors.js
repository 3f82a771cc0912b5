// Tries: to climb from a host function to its class
// Expects: done 0 []
const seen = new Set();
const found = [];
const walk = (value, path) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
  seen.add(value);
  if (path.length > 8) return;
  for (const name of ['class', 'getClass', 'java', 'getClassLoader', 'forName']) {
    if (name in value) found.push([...path, name].join('.'));
  }
  for (const key of Reflect.ownKeys(value)) {
    let next;
    try {
      next = value[key];
    } catch {
      continue;
    }
    if (next instanceof Promise) next.catch(() => {}); // what a getter of the web's says to who is none of its kind
    walk(next, [...path, String(key)]);
  }
  walk(Object.getPrototypeOf(value), [...path, '__proto__']);
};
export default (context) => {
  walk(globalThis, ['globalThis']);
  walk(context, ['context']);
  walk(setTimeout(() => {}, 0), ['timer']);
  return found;
};
