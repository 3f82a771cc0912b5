const targets = {
  'Array.prototype.map': [Array.prototype, 'map'],
  'Promise.prototype.then': [Promise.prototype, 'then'],
  'JSON.stringify': [JSON, 'stringify'],
  'Function.prototype.call': [Function.prototype, 'call'],
  'RegExp.prototype.exec': [RegExp.prototype, 'exec'],
  'Object.prototype.toString': [Object.prototype, 'toString'],
  'Error.prototype.message': [Error.prototype, 'message'],
  'String.prototype.replace': [String.prototype, 'replace'],
  'Map.prototype.get': [Map.prototype, 'get'],
  'Promise species': [Promise, Symbol.species],
  'Symbol.iterator': [Array.prototype, Symbol.iterator],
  'generator next': [Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())), 'next'],
  'array iterator next': [Object.getPrototypeOf([].values()), 'next'],
  'async function': [Object.getPrototypeOf(async () => {}), 'constructor'],
  'map call': [Array.prototype.map, 'call'],
  prepareStackTrace: [Error, 'prepareStackTrace'],
  setTimeout: [globalThis, 'setTimeout'],
  AbortController: [globalThis, 'AbortController'],
  'AbortController.prototype.abort': [AbortController.prototype, 'abort'],
  console: [globalThis, 'console'],
  'console.log': [console, 'log'],
  undefinedGlobal: [globalThis, 'proxmox'],
};
export const replaced = Object.entries(targets)
  .filter(([, [holder, key]]) => {
    const before = holder[key];
    const evil = () => 'evil';
    try {
      holder[key] = evil;
    } catch {}
    try {
      Object.defineProperty(holder, key, { value: evil });
    } catch {}
    return holder[key] !== before;
  })
  .map(([name]) => name);
