const evil = () => 'evil';
const attempt = (work) => {
  try {
    work();
  } catch {}
};
/** What is another thing after everything was tried. */
const changed = (name, holder, key) => {
  const before = holder[key];
  attempt(() => (holder[key] = evil));
  attempt(() => Object.defineProperty(holder, key, { value: evil }));
  attempt(() => Object.defineProperty(holder, key, { get: evil }));
  attempt(() => delete holder[key]);
  const now = holder[key];
  return now === before || (now !== now && before !== before) ? [] : [name];
};
const isHolder = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

const all = (name, holder, seen, found) => {
  if (!isHolder(holder) || seen.has(holder) || holder === globalThis || ArrayBuffer.isView(holder)) return;
  seen.add(holder);
  attempt(() => (holder.planted = evil));
  if (Object.hasOwn(holder, 'planted')) found.push(`${name}.planted`);
  attempt(() => Object.setPrototypeOf(holder, { evil }));
  if (holder.evil === evil) found.push(`${name}.__proto__`);
  for (const key of Reflect.ownKeys(holder)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key);
    if (get === undefined) found.push(...changed(`${name}.${String(key)}`, holder, key));
    for (const more of [value, get, set]) all(`${name}.${String(key)}`, more, seen, found);
    const own = Object.getOwnPropertyDescriptor(holder, key);
    if (own?.get !== get || own?.set !== set) found.push(`${name}.${String(key)}`);
  }
  all(`${name}.__proto__`, Object.getPrototypeOf(holder), seen, found);
};

/** What no global leads to. */
const hidden = async () => ({
  'Headers iterator': Object.getPrototypeOf(new Headers().entries()),
  'URLSearchParams iterator': Object.getPrototypeOf(new URLSearchParams().keys()),
  'FormData iterator': Object.getPrototypeOf(new FormData().values()),
  'ReadableStream iterator': Object.getPrototypeOf(new ReadableStream().values()),
  'crypto.subtle': crypto.subtle,
  'count size': new CountQueuingStrategy({ highWaterMark: 1 }).size,
  'byte size': new ByteLengthQueuingStrategy({ highWaterMark: 1 }).size,
  'failed fetch': Object.getPrototypeOf(await fetch('http://127.0.0.1:9/').catch((error) => error)),
  'response of fetch': Object.getPrototypeOf(await fetch('data:,x')),
});

export const attack = async () => {
  const found = [];
  const seen = new Set([Object.prototype, Function.prototype]);
  const behind = Object.getPrototypeOf(globalThis);
  attempt(() => Object.setPrototypeOf(globalThis, { evil }));
  attempt(() => Object.setPrototypeOf(behind, { evil }));
  attempt(() => Object.defineProperty(behind, 'evil', { value: evil }));
  attempt(() => (behind.evil = evil));
  attempt(() => Object.freeze(behind));
  attempt(() => Object.preventExtensions(behind));
  if (globalThis.evil !== undefined) found.push('evil');
  for (const name of Reflect.ownKeys(behind)) {
    found.push(...changed(name, globalThis, name), ...changed(`behind ${name}`, behind, name));
    all(name, globalThis[name], seen, found);
  }
  for (const [name, holder] of Object.entries(await hidden())) all(name, holder, seen, found);
  return found;
};
