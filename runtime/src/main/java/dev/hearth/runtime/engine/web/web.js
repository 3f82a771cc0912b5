// The web's globals: which there are and which script of this folder makes each. Evaluated once per
// context, before any other code; the scripts are evaluated when one of their names is first touched.
(function () {
  'use strict';

  const { create, defineProperty, freeze } = Object;
  const { apply } = Reflect;

  /** By family, so that what belongs together is one script. */
  const FAMILIES = {
    'dom-exception': ['DOMException'],
    events: ['Event', 'EventTarget', 'CustomEvent'],
    abort: ['AbortController', 'AbortSignal'],
    url: ['URL'],
    'search-params': ['URLSearchParams'],
    encoding: ['TextEncoder', 'TextDecoder'],
    base64: ['atob', 'btoa'],
    clone: ['structuredClone'],
    performance: ['performance', 'Performance'],
    crypto: ['crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto'],
    streams: [
      'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
      'ReadableStreamDefaultController', 'ReadableByteStreamController', 'WritableStream', 'WritableStreamDefaultWriter',
      'WritableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController',
      'ByteLengthQueuingStrategy', 'CountQueuingStrategy',
    ],
    'text-streams': ['TextEncoderStream', 'TextDecoderStream'],
    blob: ['Blob', 'File'],
    'form-data': ['FormData'],
    headers: ['Headers'],
    request: ['Request'],
    response: ['Response'],
    fetch: ['fetch'],
    navigator: ['navigator', 'Navigator'],
    console: ['console'],
  };

  // ---- What later code could replace -----------------------------------------------------------

  const taken = create(null);
  const take = (name, holder, names) => {
    const methods = create(null);
    for (let i = 0; i < names.length; i++) methods[names[i]] = holder[names[i]];
    taken[name] = methods;
  };
  take('array', Array.prototype, ['push', 'slice', 'splice', 'indexOf', 'join', 'sort']);
  take('string', String.prototype, [
    'charCodeAt', 'codePointAt', 'indexOf', 'lastIndexOf', 'slice', 'split', 'toLowerCase', 'toUpperCase', 'startsWith', 'endsWith',
    'toWellFormed', 'replace', 'replaceAll', 'trim', 'includes', 'repeat', 'padEnd',
  ]);
  take('regexp', RegExp.prototype, ['exec', 'test']);
  take('map', Map.prototype, ['get', 'set', 'has', 'delete', 'forEach']);
  take('set', Set.prototype, ['add', 'has', 'delete', 'forEach', 'clear']);
  take('weakMap', WeakMap.prototype, ['get', 'set', 'has']);
  take('promise', Promise.prototype, ['then']);
  take('bytes', Object.getPrototypeOf(Uint8Array.prototype), ['set', 'subarray', 'slice', 'fill']);
  take('buffer', ArrayBuffer.prototype, ['slice', 'transfer']);
  take('date', Date.prototype, ['getTime']);
  take('object', Object.prototype, ['toString', 'hasOwnProperty']);
  take('function', Function.prototype, ['toString']);
  taken.statics = {
    isView: ArrayBuffer.isView,
    fromCharCode: String.fromCharCode,
    parse: JSON.parse,
    stringify: JSON.stringify,
    PromiseOf: Promise,
    MapOf: Map,
    SetOf: Set,
    WeakMapOf: WeakMap,
    Bytes: Uint8Array,
    Buffer: ArrayBuffer,
    DateOf: Date,
    TypeErrorOf: TypeError,
    RangeErrorOf: RangeError,
    iteratorPrototype: Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())),
  };

  // ---- Loading -----------------------------------------------------------------------------------

  const { bind, call } = Function.prototype;
  const uncurried = create(null);
  /** Methods as functions that take `this` first, whatever became of their prototypes. */
  const methods = (name) => {
    if (uncurried[name] !== undefined) return uncurried[name];
    const made = create(null);
    for (const key in taken[name]) made[key] = apply(bind, call, [taken[name][key]]);
    uncurried[name] = made;
    return made;
  };

  let host;
  const made = create(null);
  /** What a script of this folder exports; evaluated at the first use. */
  const use = (family) => {
    made[family] ??= host.webScript(family)(web);
    return made[family];
  };
  let functions;
  let bridge;
  const web = freeze({
    use,
    /** Whether anything of a family can exist yet. */
    isLoaded: (family) => made[family] !== undefined,
    /** Whether a global is still to be made; asking for it does nothing that anyone could see. */
    isLazy: (getter) => apply(hasGetter, getters, [getter]),
    methods,
    statics: taken.statics,
    /** The way to operations, which bootstrap.js builds. */
    get bridge() {
      return bridge;
    },
    set bridge(built) {
      bridge ??= built;
    },
    get host() {
      return host;
    },
    /** What is Java. */
    get java() {
      return (functions ??= host.webFunctions());
    },
  });

  const getters = new WeakSet();
  const { add: addGetter, has: hasGetter } = WeakSet.prototype;
  const setGlobal = (name, value) => defineProperty(globalThis, name, { value, writable: true, configurable: true });
  const make = (name, family) => {
    const value = use(family)[name];
    setGlobal(name, value);
    return value;
  };
  for (const family in FAMILIES) {
    const names = FAMILIES[family];
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      const get = () => make(name, family);
      apply(addGetter, getters, [get]);
      defineProperty(globalThis, name, {
        configurable: true,
        get,
        set: (value) => setGlobal(name, value),
      });
    }
  }
  setGlobal('self', globalThis);
  setGlobal('reportError', function reportError(error) {
    if (arguments.length === 0) throw new TypeError('reportError takes what is to be reported.');
    taken.statics.PromiseOf.reject(error); // nobody handles it, so it fails the run as on the web it fails the page
  });

  return (connected) => {
    host = connected;
    return web;
  };
})();
