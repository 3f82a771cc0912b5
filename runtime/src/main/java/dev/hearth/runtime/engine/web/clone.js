// structuredClone.
(function (web) {
  'use strict';

  const { need, dictionary, isPlatformObject } = web.use('idl');
  const bytes = web.use('bytes');
  const { DOMException } = web.use('dom-exception');
  const { MapOf, SetOf, DateOf } = web.statics;
  const { get, set, has, forEach: eachEntry } = web.methods('map');
  const { add, forEach: eachItem } = web.methods('set');
  const { getTime } = web.methods('date');
  const { transfer: transferBuffer, slice: sliceBuffer } = web.methods('buffer');
  const { toString, hasOwnProperty } = web.methods('object');
  const { defineProperty, keys, getOwnPropertyDescriptor } = Object;
  const { apply } = Reflect;
  const { isArray } = Array;
  const { slice: sliceText } = web.methods('string');

  const getter = (holder, name) => {
    const { get } = getOwnPropertyDescriptor(holder, name);
    return (value) => apply(get, value, []);
  };
  const sourceOf = getter(RegExp.prototype, 'source');
  const flagsOf = getter(RegExp.prototype, 'flags');
  const unboxed = { Number: Number.prototype.valueOf, String: String.prototype.valueOf, Boolean: Boolean.prototype.valueOf, BigInt: BigInt.prototype.valueOf };
  const lengthOf = (view) => (bytes.kindOf(view) === undefined ? view.byteLength : view.length);

  const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const VIEWS = {
    __proto__: null, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float32Array, Float64Array, BigInt64Array, BigUint64Array, Float16Array, DataView,
  };

  const refuse = (what) => {
    throw new DOMException(`${what} cannot be cloned.`, 'DataCloneError');
  };

  const put = (target, key, value) =>
    defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });

  /** What the language says of it, if it is so: a name that anybody can wear is no proof. */
  const isReally = (test, value) => {
    try {
      test(value);
      return true;
    } catch {
      return false;
    }
  };

  const cloneError = (error, memory) => {
    const Kind = ERRORS[`${error.name}`] ?? Error;
    const message = getOwnPropertyDescriptor(error, 'message');
    const copy = new Kind();
    set(memory, error, copy);
    const keep = (name, value) => defineProperty(copy, name, { value, writable: true, configurable: true });
    if (message !== undefined && 'value' in message) keep('message', `${message.value}`);
    if (typeof error.stack === 'string') keep('stack', error.stack);
    if (hasOwnProperty(error, 'cause')) keep('cause', clone(error.cause, memory));
    return copy;
  };

  const cloneView = (view, memory) => {
    const kind = bytes.kindOf(view) ?? 'DataView';
    const buffer = clone(view.buffer, memory);
    return new VIEWS[kind](buffer, view.byteOffset, lengthOf(view));
  };

  const cloneProperties = (value, copy, memory) => {
    set(memory, value, copy);
    const names = keys(value);
    for (let i = 0; i < names.length; i++) {
      if (hasOwnProperty(value, names[i])) put(copy, names[i], clone(value[names[i]], memory));
    }
    return copy;
  };

  /** By what they are named; each checks that the name is true, and has nothing to say if not. */
  const KINDS = {
    __proto__: null,
    Date: (value) => isReally(getTime, value) && new DateOf(getTime(value)),
    RegExp: (value) => isReally(sourceOf, value) && new RegExp(sourceOf(value), flagsOf(value)),
    ArrayBuffer: (value) => bytes.isBuffer(value) && sliceBuffer(value, 0),
    Error: (value, memory) => cloneError(value, memory),
    Map: (value, memory) => {
      if (!isReally((map) => has(map, 0), value)) return false;
      const copy = new MapOf();
      set(memory, value, copy);
      const flat = [];
      eachEntry(value, (item, key) => {
        flat[flat.length] = key;
        flat[flat.length] = item;
      });
      for (let i = 0; i < flat.length; i += 2) set(copy, clone(flat[i], memory), clone(flat[i + 1], memory));
      return copy;
    },
    Set: (value, memory) => {
      if (!isReally((items) => eachItem(items, () => {}), value)) return false;
      const copy = new SetOf();
      set(memory, value, copy);
      const flat = [];
      eachItem(value, (item) => (flat[flat.length] = item));
      for (let i = 0; i < flat.length; i++) add(copy, clone(flat[i], memory));
      return copy;
    },
    Promise: () => refuse('A promise'),
    WeakMap: () => refuse('A WeakMap'),
    WeakSet: () => refuse('A WeakSet'),
    WeakRef: () => refuse('A WeakRef'),
    Generator: () => refuse('A generator'),
    AsyncGenerator: () => refuse('A generator'),
    Symbol: () => refuse('A symbol'),
  };
  for (const kind in unboxed) {
    KINDS[kind] = (value) =>
      isReally((boxed) => apply(unboxed[kind], boxed, []), value) && Object(apply(unboxed[kind], value, []));
  }

  const clonePlatformObject = (value) => {
    const { isBlob, copyBlob } = web.use('blob');
    if (isBlob(value)) return copyBlob(value);
    if (value instanceof DOMException) return new DOMException(value.message, value.name);
    return refuse('This object of the platform');
  };

  const cloneObject = (value, memory) => {
    if (bytes.isSource(value) && ArrayBuffer.isView(value)) return cloneView(value, memory);
    if (isPlatformObject(value)) return clonePlatformObject(value);
    if (isArray(value)) return cloneProperties(value, new Array(value.length), memory);
    const tag = toString(value);
    const kind = KINDS[sliceText(tag, 8, -1)];
    const known = kind === undefined ? false : kind(value, memory);
    return known === false ? cloneProperties(value, {}, memory) : known;
  };

  const clone = (value, memory) => {
    if (typeof value === 'symbol') return refuse('A symbol');
    if (typeof value === 'function') return refuse('A function');
    if (typeof value !== 'object' || value === null) return value;
    if (has(memory, value)) return get(memory, value);
    const copy = cloneObject(value, memory);
    set(memory, value, copy);
    return copy;
  };

  return {
    structuredClone(value, options = undefined) {
      need(arguments.length, 1, 'structuredClone');
      const memory = new MapOf();
      const { transfer } = dictionary(options, 'structuredClone');
      const buffers = transfer === undefined ? [] : [...transfer];
      for (let i = 0; i < buffers.length; i++) {
        if (typeof buffers[i] !== 'object' || buffers[i] === null || !bytes.isBuffer(buffers[i])) {
          refuse('What is no ArrayBuffer cannot be transferred, and');
        }
        if (buffers[i].detached) refuse('A buffer that was transferred already');
        if (has(memory, buffers[i])) refuse('What is transferred twice');
        set(memory, buffers[i], sliceBuffer(buffers[i], 0));
      }
      const copy = clone(value, memory); // what cannot be cloned leaves the buffers where they are
      for (let i = 0; i < buffers.length; i++) transferBuffer(buffers[i]);
      return copy;
    },
  };
});
