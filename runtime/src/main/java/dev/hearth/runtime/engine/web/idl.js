// What Web IDL says about interfaces and their arguments, as far as the scripts beside this need it.
(function (web) {
  'use strict';

  const { defineProperty, getOwnPropertyNames, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { toWellFormed, charCodeAt } = web.methods('string');

  /** Members are enumerable, and the class has its name for `Object.prototype.toString`. */
  const interfaces = new web.statics.SetOf();
  const { add, has } = web.methods('set');
  const expose = (Class, constants) => {
    add(interfaces, Class.prototype);
    enumerable(Class.prototype, 'constructor');
    enumerable(Class, 'prototype');
    defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
    for (const name in constants) {
      const constant = { value: constants[name], enumerable: true };
      defineProperty(Class, name, constant);
      defineProperty(Class.prototype, name, constant);
    }
    return Class;
  };
  /** Whether it is an object of the platform's, or of a class that builds on one. */
  const isPlatformObject = (value) => {
    for (let at = getPrototypeOf(value); at !== null; at = getPrototypeOf(at)) if (has(interfaces, at)) return true;
    return false;
  };
  const enumerable = (holder, except) => {
    const names = getOwnPropertyNames(holder);
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      const own = getOwnPropertyDescriptor(holder, name);
      if (name === except || name === 'name' || name === 'length' || !own.configurable) continue;
      if (typeof own.value === 'function' || own.get !== undefined) {
        own.enumerable = true;
        defineProperty(holder, name, own);
      }
    }
  };

  const need = (given, count, what) => {
    if (given < count) {
      throw new TypeError(`${what} takes ${count} argument${count === 1 ? '' : 's'}, but only ${given} came.`);
    }
  };

  /** A text without halves of surrogate pairs. */
  const usv = (value) => toWellFormed(`${value}`);

  /** A text that goes out as a value: of a Secret its own, where every other text has its mask. */
  const outgoing = (value) => usv(web.bridge.revealed(value));

  /** A text whose characters are bytes. */
  const byteString = (value, what) => {
    const text = `${value}`;
    for (let i = 0; i < text.length; i++) {
      if (charCodeAt(text, i) > 255) throw new TypeError(`${what} can only hold characters up to U+00FF.`);
    }
    return text;
  };

  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

  /** An options object; nothing is an empty one. */
  const dictionary = (value, what) => {
    if (value === undefined || value === null) return {};
    if (!isObject(value)) throw new TypeError(`${what} takes an object as options.`);
    return value;
  };

  const oneOf = (value, allowed, what) => {
    const text = `${value}`;
    for (let i = 0; i < allowed.length; i++) if (allowed[i] === text) return text;
    throw new TypeError(`${what} cannot be '${text}'.`);
  };

  /** The iterator of a kind of list whose items `at(index)` gives; `undefined` ends it. */
  const iterators = (name) => {
    const prototype = {
      __proto__: web.statics.iteratorPrototype,
      next() {
        return state(this).next();
      },
    };
    defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
    web.shared(prototype);
    const { get, set } = web.methods('weakMap');
    const states = new web.statics.WeakMapOf();
    const state = (iterator) => {
      const found = typeof iterator === 'object' && iterator !== null ? get(states, iterator) : undefined;
      if (found === undefined) throw new TypeError(`This is no ${name}.`);
      return found;
    };
    return (at) => {
      let index = 0;
      const iterator = { __proto__: prototype };
      set(states, iterator, {
        next: () => {
          const value = at(index++);
          return value === undefined ? { value: undefined, done: true } : { value, done: false };
        },
      });
      return iterator;
    };
  };

  return { expose, isPlatformObject, need, usv, outgoing, byteString, isObject, dictionary, oneOf, iterators };
});
