// What the scripts of this folder use of the language, taken before a recipe could replace it: at the first use of a
// global, and before a recipe runs whose text gives reason to (RecipeExecution).
(function () {
  'use strict';

  const { create } = Object;
  const { apply } = Reflect;

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

  return { methods, statics: taken.statics };
});
