// What all modules of a realm share, made unchangeable, so that principals who share it can neither observe nor
// disturb each other by it. Evaluated only in runs that load a library with grants of its own. Takes what cannot be
// frozen and refuses changes by itself; returns a function that does the same to what is made later.
(function (locked) {
  'use strict';

  const { defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, prototype } = Object;
  const { ownKeys } = Reflect;
  const done = new WeakSet();
  const has = WeakSet.prototype.has.bind(done);
  const add = WeakSet.prototype.add.bind(done);
  add(locked);
  const hidden = []; // behind accessors, where no walk finds it

  /**
   * Assigning `error.name` or `object.toString` makes an own property everywhere, but fails where the prototype's
   * property is frozen data. An accessor that defines the own property keeps such code working.
   */
  const keepAssignable = (holder, key) => {
    const own = getOwnPropertyDescriptor(holder, key);
    if (own === undefined || own.get !== undefined || !own.configurable) return;
    const { value } = own;
    defineProperty(holder, key, {
      configurable: false,
      enumerable: own.enumerable,
      get: () => value,
      set(better) {
        if (this === holder) throw new TypeError(`\`${key}\` is shared and cannot be replaced.`);
        defineProperty(this, key, { value: better, writable: true, enumerable: true, configurable: true });
      },
    });
    hidden[hidden.length] = value;
  };

  const freezeAll = (...roots) => {
    const queue = [];
    const enqueue = (value) => {
      if (((typeof value === 'object' && value !== null) || typeof value === 'function') && !has(value)) {
        add(value);
        queue[queue.length] = value;
      }
    };
    for (let i = 0; i < roots.length; i++) enqueue(roots[i]);
    while (queue.length > 0) {
      const at = queue[queue.length - 1];
      queue.length--;
      freeze(at); // first, so that nothing that is looked at below can change it
      enqueue(getPrototypeOf(at));
      const keys = ownKeys(at);
      for (let i = 0; i < keys.length; i++) {
        const own = getOwnPropertyDescriptor(at, keys[i]);
        enqueue(own.get);
        enqueue(own.set);
        enqueue(own.value);
      }
    }
    return roots[0];
  };

  const errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError];
  for (const { prototype: holder } of errors) {
    for (const key of ['name', 'message', 'toString', 'constructor']) keepAssignable(holder, key);
  }
  for (const key of ['toString', 'toLocaleString', 'valueOf', 'constructor', 'hasOwnProperty']) {
    keepAssignable(prototype, key);
  }
  for (const key of ['toString', 'constructor']) {
    keepAssignable(Function.prototype, key);
    keepAssignable(Array.prototype, key);
    keepAssignable(Promise.prototype, key);
  }
  freezeAll(
    globalThis,
    // What no global leads to.
    getPrototypeOf(async () => {}),
    getPrototypeOf(function* () {}),
    getPrototypeOf(async function* () {}),
    getPrototypeOf([].values()),
    getPrototypeOf(''[Symbol.iterator]()),
    getPrototypeOf(new Map().entries()),
    getPrototypeOf(new Set().entries()),
    getPrototypeOf(''.matchAll(/a/g)),
    ...hidden,
  );
  return freezeAll;
});
