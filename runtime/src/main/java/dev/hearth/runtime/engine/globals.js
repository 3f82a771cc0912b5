// The web's globals that a recipe finds: timers, microtasks, and the way to console.js and events.js.
// Evaluated once per context, before any other code.
(function (host) {
  'use strict';

  const { defineProperty } = Object;
  const { apply } = Reflect;
  const then = Promise.prototype.then;
  const text = String;

  const setGlobal = (name, value) =>
    defineProperty(globalThis, name, { value, writable: true, configurable: true });

  const checkCallback = (callback) => {
    if (typeof callback !== 'function') {
      throw new TypeError('A timer takes a function.');
    }
  };
  const repeating = new Map();

  setGlobal('setTimeout', function setTimeout(callback, delay = 0, ...args) {
    checkCallback(callback);
    return host.startTimer(+delay || 0, () => apply(callback, undefined, args));
  });
  setGlobal('setInterval', function setInterval(callback, delay = 0, ...args) {
    checkCallback(callback);
    const handle = { timer: 0 };
    const tick = () => {
      handle.timer = host.startTimer(+delay || 0, tick);
      apply(callback, undefined, args);
    };
    handle.timer = host.startTimer(+delay || 0, tick);
    const id = handle.timer;
    repeating.set(id, handle);
    return id;
  });
  const clear = (id) => {
    const handle = repeating.get(id);
    repeating.delete(id);
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

  // ---- What is made at its first use -----------------------------------------------------------

  const setLazily = (name, make) =>
    defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        const value = make();
        setGlobal(name, value);
        return value;
      },
      set: (value) => setGlobal(name, value),
    });

  for (const name of ['DOMException', 'Event', 'EventTarget', 'AbortSignal', 'AbortController']) {
    setLazily(name, () => host.events()[name]);
  }
  setLazily('console', () => host.console()(host));
});
