// Timers and microtasks; the other globals of the web are in web/. Evaluated once per context, before any
// other code.
(function (host) {
  'use strict';

  const { defineProperty } = Object;
  const { apply } = Reflect;
  const then = Promise.prototype.then;
  const { get: mapGet, set: mapSet, delete: mapDelete, forEach: mapEach } = Map.prototype;

  const setGlobal = (name, value) =>
    defineProperty(globalThis, name, { value, writable: true, configurable: true });

  const checkCallback = (callback) => {
    if (typeof callback !== 'function') {
      throw new TypeError('A timer takes a function.');
    }
  };
  const startTimer = (delay, task) => {
    const id = host.startTimer(delay, task);
    if (id < 0) throw new RangeError('Too many timers wait; the setting limits.waitingOperations says how many may.');
    return id;
  };
  const repeating = new Map();

  /** Timers that do nothing but settle a promise, as in `new Promise((r) => setTimeout(r, ms))`. */
  const sleeps = new Map();
  const textOf = Function.prototype.toString;
  let settlerText;
  /** Only the language itself makes functions with the name and text of a promise's `resolve`. */
  const settlesPromise = (callback) => {
    if (callback.name !== '') return false;
    if (settlerText === undefined) {
      new Promise((resolve) => {
        settlerText = apply(textOf, resolve, []);
      });
    }
    return apply(textOf, callback, []) === settlerText;
  };

  setGlobal('setTimeout', function setTimeout(callback, delay = 0, ...args) {
    checkCallback(callback);
    const id = startTimer(+delay || 0, () => {
      apply(mapDelete, sleeps, [id]);
      apply(callback, undefined, args);
    });
    if (settlesPromise(callback)) apply(mapSet, sleeps, [id, callback]);
    return id;
  });

  /**
   * A run that is stopped does not wait for its sleeps: each is rejected, up to the timer `last`. Whether the timer
   * holds `resolve` or `reject` cannot be seen, so what it is called with is an error for the one, and for the other,
   * which would take it as the value, something that rejects when it is awaited.
   */
  const rejectSleeps = (last, newError) => {
    const pending = [];
    apply(mapEach, sleeps, [
      (settle, id) => {
        if (id > last) return;
        apply(mapDelete, sleeps, [id]);
        pending[pending.length] = settle;
      },
    ]);
    for (let i = 0; i < pending.length; i++) {
      const settle = pending[i];
      const error = newError();
      defineProperty(error, 'then', { configurable: true, value: (_, reject) => reject(error) });
      settle(error);
      delete error.then;
    }
  };
  setGlobal('setInterval', function setInterval(callback, delay = 0, ...args) {
    checkCallback(callback);
    const handle = { timer: 0 };
    const tick = () => {
      handle.timer = startTimer(+delay || 0, tick);
      apply(callback, undefined, args);
    };
    handle.timer = startTimer(+delay || 0, tick);
    const id = handle.timer;
    apply(mapSet, repeating, [id, handle]);
    return id;
  });
  const clear = (id) => {
    const handle = apply(mapGet, repeating, [id]);
    apply(mapDelete, repeating, [id]);
    apply(mapDelete, sleeps, [id]);
    host.stopTimer(Number(handle === undefined ? id : handle.timer) || 0);
  };
  setGlobal('clearTimeout', function clearTimeout(id) {
    clear(id);
  });
  setGlobal('clearInterval', function clearInterval(id) {
    clear(id);
  });
  setGlobal('queueMicrotask', function queueMicrotask(callback) {
    checkCallback(callback);
    // A throw must fail the run as from a timer, so nobody may handle this promise.
    apply(then, Promise.resolve(), [() => callback()]);
  });

  return { rejectSleeps };
});
