import { test, eq, ok, throws } from './harness.js';

for (const value of [undefined, null, true, 0, -0, NaN, Infinity, 12n, '', 'text', 'half \ud800']) {
  test('structuredClone', `the primitive ${typeof value} ${String(value).slice(0, 4)} ${Object.is(value, -0) ? '-0' : ''}`, () =>
    ok(Object.is(structuredClone(value), value)));
}
for (const [name, value] of [['Number', new Number(7)], ['String', new String('x')], ['Boolean', new Boolean(false)], ['BigInt', Object(7n)]]) {
  test('structuredClone', `a boxed ${name}`, () => {
    const copy = structuredClone(value);
    ok(copy !== value && copy.constructor === value.constructor && copy.valueOf() === value.valueOf());
  });
}
test('structuredClone', 'a date', () => {
  const copy = structuredClone(new Date(12));
  ok(copy instanceof Date && copy.getTime() === 12);
});
test('structuredClone', 'an invalid date', () => ok(Number.isNaN(structuredClone(new Date(NaN)).getTime())));
test('structuredClone', 'a regular expression, without lastIndex', () => {
  const regex = /a+/giu;
  regex.lastIndex = 3;
  const copy = structuredClone(regex);
  eq([copy.source, copy.flags, copy.lastIndex], ['a+', 'giu', 0]);
});
test('structuredClone', 'objects and arrays in each other', () => eq(structuredClone({ a: [1, { b: 'c' }], d: null }), { a: [1, { b: 'c' }], d: null }));
test('structuredClone', 'what is twice the same stays so', () => {
  const inner = {};
  const copy = structuredClone({ a: inner, b: inner });
  ok(copy.a === copy.b && copy.a !== inner);
});
test('structuredClone', 'a cycle', () => {
  const value = { list: [] };
  value.self = value;
  value.list.push(value);
  const copy = structuredClone(value);
  ok(copy.self === copy && copy.list[0] === copy);
});
test('structuredClone', 'a sparse array keeps its holes and its extra members', () => {
  const list = [1, , 3];
  list.extra = 'x';
  const copy = structuredClone(list);
  eq([copy.length, 1 in copy, copy.extra], [3, false, 'x']);
});
test('structuredClone', 'a Map, with its order and with itself', () => {
  const map = new Map([['a', 1], [{}, 2]]);
  map.set('me', map);
  const copy = structuredClone(map);
  eq([...copy.keys()][0], 'a');
  ok(copy instanceof Map && copy.get('me') === copy && copy.size === 3);
});
test('structuredClone', 'a Set', () => {
  const copy = structuredClone(new Set([1, 'x']));
  ok(copy instanceof Set && copy.has('x') && copy.size === 2);
});
test('structuredClone', 'an instance becomes plain', () => {
  class Mine {
    a = 1;
    get b() {
      return 2;
    }
  }
  const copy = structuredClone(new Mine());
  eq([Object.getPrototypeOf(copy) === Object.prototype, copy.a, 'b' in copy], [true, 1, false]);
});
test('structuredClone', 'getters are read, symbols and hidden members left', () => {
  const value = { get a() { return 5; }, [Symbol('x')]: 1 };
  Object.defineProperty(value, 'hidden', { value: 1 });
  const copy = structuredClone(value);
  eq([Object.getOwnPropertyDescriptor(copy, 'a').value, Reflect.ownKeys(copy).length], [5, 1]);
});
test('structuredClone', 'an own member __proto__ is one', () => {
  const copy = structuredClone(JSON.parse('{"__proto__": 1}'));
  ok(Object.hasOwn(copy, '__proto__'));
});
for (const Kind of [Error, TypeError, RangeError, SyntaxError]) {
  test('structuredClone', `a ${Kind.name} stays one`, () => {
    const copy = structuredClone(new Kind('why'));
    eq([copy.constructor === Kind, copy.message, copy.name], [true, 'why', Kind.name]);
  });
}
test('structuredClone', 'an error of a class of one is an Error', () => {
  class Mine extends Error {
    name = 'Mine';
    extra = 1;
  }
  const copy = structuredClone(new Mine('x'));
  eq([copy.constructor === Error, copy.extra], [true, undefined]);
});
test('structuredClone', 'the cause of an error comes with it', () => eq(structuredClone(new Error('x', { cause: 'y' })).cause, 'y'));
test('structuredClone', 'a buffer is copied', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const copy = structuredClone(bytes.buffer);
  ok(copy !== bytes.buffer);
  eq(new Uint8Array(copy), bytes);
});
for (const Kind of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint32Array, Float32Array, Float64Array, BigInt64Array]) {
  test('structuredClone', `a ${Kind.name}`, () => {
    const view = Kind === BigInt64Array ? Kind.of(1n, 2n) : Kind.of(1, 2);
    const copy = structuredClone(view);
    ok(copy instanceof Kind && copy.buffer !== view.buffer);
    eq(copy, view);
  });
}
test('structuredClone', 'two views on one buffer share the copy', () => {
  const buffer = new ArrayBuffer(8);
  const [a, b] = structuredClone([new Uint8Array(buffer), new DataView(buffer, 4)]);
  ok(a.buffer === b.buffer && b.byteOffset === 4 && b.byteLength === 4);
});
test('structuredClone', 'a buffer that is transferred is gone here', () => {
  const bytes = new Uint8Array([1, 2]);
  const copy = structuredClone(bytes, { transfer: [bytes.buffer] });
  eq([bytes.length, copy.length, copy[1]], [0, 2, 2]);
});
test('structuredClone', 'a failed clone transfers nothing', () => {
  const buffer = new ArrayBuffer(2);
  throws(() => structuredClone([buffer, () => {}], { transfer: [buffer] }), 'DataCloneError');
  eq(buffer.byteLength, 2);
});
test('structuredClone', 'a Blob', async () => {
  const copy = structuredClone(new Blob(['abc'], { type: 'text/x' }));
  eq([copy instanceof Blob, copy.type, await copy.text()], [true, 'text/x', 'abc']);
});
for (const [name, make] of [
  ['a function', () => () => {}], ['a symbol', () => Symbol('x')], ['a promise', () => Promise.resolve()], ['a WeakMap', () => new WeakMap()],
  ['a WeakSet', () => new WeakSet()], ['a WeakRef', () => new WeakRef({})], ['a function inside', () => ({ a: [() => {}] })],
  ['an EventTarget', () => new EventTarget()], ['Headers', () => new Headers()], ['an AbortSignal', () => AbortSignal.abort()], ['a Response', () => new Response()],
  ['an Event', () => new Event('x')], ['URLSearchParams', () => new URLSearchParams()],
]) {
  test('structuredClone', `refuses ${name}`, () => throws(() => structuredClone(make()), 'DataCloneError'));
}
test('structuredClone', 'refuses to transfer what cannot be', () => throws(() => structuredClone(1, { transfer: [{}] }), 'DataCloneError'));
test('structuredClone', 'refuses to transfer twice', () => {
  const buffer = new ArrayBuffer(1);
  throws(() => structuredClone(buffer, { transfer: [buffer, buffer] }), 'DataCloneError');
});
test('structuredClone', 'needs an argument', () => throws(() => structuredClone(), TypeError));
test('structuredClone', 'what a getter throws comes out', () => {
  const error = new Error('mine');
  throws(() => structuredClone({ get a() { throw error; } }), error);
});

// ---- crypto ---------------------------------------------------------------------------------------

const hex = (buffer) => [...new Uint8Array(buffer)].map((o) => o.toString(16).padStart(2, '0')).join('');
const utf8 = (text) => new TextEncoder().encode(text);

test('crypto', 'randomUUID is of version 4', () => ok(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())));
test('crypto', 'randomUUID differs', () => ok(crypto.randomUUID() !== crypto.randomUUID()));
test('crypto', 'getRandomValues fills and returns the array', () => {
  const array = new Uint8Array(64);
  ok(crypto.getRandomValues(array) === array && array.some((o) => o !== 0));
});
test('crypto', 'getRandomValues fills a part only', () => {
  const whole = new Uint8Array(80);
  crypto.getRandomValues(whole.subarray(8, 72));
  ok(whole.slice(0, 8).every((o) => o === 0) && whole.slice(72).every((o) => o === 0) && whole.some((o) => o !== 0));
});
test('crypto', 'getRandomValues takes whole numbers only', () => throws(() => crypto.getRandomValues(new Float32Array(2)), 'TypeMismatchError'));
test('crypto', 'getRandomValues has a quota', () => throws(() => crypto.getRandomValues(new Uint8Array(65537)), 'QuotaExceededError'));
test('crypto', 'getRandomValues takes 65536 bytes', () => eq(crypto.getRandomValues(new Uint16Array(32768)).length, 32768));
for (const [name, digest] of [
  ['SHA-1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['sha-256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['SHA-512', 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f'],
]) {
  test('crypto', `digest ${name}`, async () => eq(hex(await crypto.subtle.digest(name, utf8('abc'))), digest));
}
test('crypto', 'digest takes an object with a name', async () =>
  eq((await crypto.subtle.digest({ name: 'SHA-384' }, new ArrayBuffer(0))).byteLength, 48));
test('crypto', 'digest gives an ArrayBuffer', async () => ok((await crypto.subtle.digest('SHA-1', utf8(''))) instanceof ArrayBuffer));
test('crypto', 'digest knows no MD5', async () => {
  let name;
  await crypto.subtle.digest('MD5', utf8('')).catch((error) => (name = error.name));
  eq(name, 'NotSupportedError');
});
test('crypto', 'HMAC signs and verifies', async () => {
  const key = await crypto.subtle.importKey('raw', utf8('key'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const data = utf8('The quick brown fox jumps over the lazy dog');
  const signature = await crypto.subtle.sign('HMAC', key, data);
  eq(hex(signature), 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8');
  ok(await crypto.subtle.verify('HMAC', key, signature, data));
  ok(!(await crypto.subtle.verify('HMAC', key, signature, utf8('x'))));
  ok(!(await crypto.subtle.verify('HMAC', key, new Uint8Array(3), data)));
});
test('crypto', 'a key may only what it may', async () => {
  const key = await crypto.subtle.importKey('raw', utf8('k'), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  let name;
  await crypto.subtle.sign('HMAC', key, utf8('')).catch((error) => (name = error.name));
  eq(name, 'InvalidAccessError');
  name = undefined;
  await crypto.subtle.exportKey('raw', key).catch((error) => (name = error.name));
  eq(name, 'InvalidAccessError');
});
test('crypto', 'HMAC keys are made and exported', async () => {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-512' }, true, ['sign']);
  eq([key.type, key.extractable, key.algorithm.name, key.usages], ['secret', true, 'HMAC', ['sign']]);
  eq((await crypto.subtle.exportKey('raw', key)).byteLength, 128);
});
test('crypto', 'class strings', () => eq([String(crypto), String(crypto.subtle)], ['[object Crypto]', '[object SubtleCrypto]']));
test('crypto', 'the classes are not made with new', () => {
  throws(() => new Crypto(), TypeError);
  throws(() => new SubtleCrypto(), TypeError);
  throws(() => new CryptoKey(), TypeError);
});
