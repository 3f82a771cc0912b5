// The web's globals that a recipe finds: timers, microtasks, events, abort, console. Evaluated once
// per context, before any other code.
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

  class DOMException extends Error {
    #name;
    constructor(message = '', name = 'Error') {
      super(message);
      this.#name = name;
    }
    get name() {
      return this.#name;
    }
  }
  setGlobal('DOMException', DOMException);

  // ---- Events -----------------------------------------------------------------------------

  let isStopped;
  let setTarget;
  class Event {
    #type;
    #cancelable;
    #target = null;
    #prevented = false;
    #stopped = false;
    static {
      isStopped = (event) => event.#stopped;
      setTarget = (event, target) => {
        event.#target = target;
      };
    }
    constructor(type, options = {}) {
      this.#type = text(type);
      this.#cancelable = !!options.cancelable;
    }
    get type() {
      return this.#type;
    }
    get target() {
      return this.#target;
    }
    get cancelable() {
      return this.#cancelable;
    }
    get defaultPrevented() {
      return this.#prevented;
    }
    preventDefault() {
      if (this.#cancelable) this.#prevented = true;
    }
    stopImmediatePropagation() {
      this.#stopped = true;
    }
  }
  setGlobal('Event', Event);

  class EventTarget {
    #listeners = [];
    addEventListener(type, listener, options) {
      if (listener === null || listener === undefined) return;
      const known = this.#listeners.some((l) => l.type === type && l.listener === listener);
      const signal = options?.signal;
      if (known || signal?.aborted) return;
      this.#listeners.push({ type, listener, once: !!options?.once });
      signal?.addEventListener('abort', () => this.removeEventListener(type, listener), {
        once: true,
      });
    }
    removeEventListener(type, listener) {
      this.#listeners = this.#listeners.filter((l) => l.type !== type || l.listener !== listener);
    }
    dispatchEvent(event) {
      setTarget(event, this);
      for (const entry of [...this.#listeners]) {
        if (entry.type !== event.type || !this.#listeners.includes(entry)) continue;
        if (entry.once) this.removeEventListener(entry.type, entry.listener);
        try {
          if (typeof entry.listener === 'function') apply(entry.listener, this, [event]);
          else entry.listener.handleEvent(event);
        } catch (error) {
          // As on the web: one listener cannot stop the others, and its error is nobody's to catch.
          Promise.reject(error);
        }
        if (isStopped(event)) break;
      }
      return !event.defaultPrevented;
    }
  }
  setGlobal('EventTarget', EventTarget);

  // ---- Abort ------------------------------------------------------------------------------

  let newSignal;
  let abortSignal;
  class AbortSignal extends EventTarget {
    #aborted = false;
    #reason;
    #handler = null;
    static #mayConstruct = false;
    static {
      newSignal = () => {
        AbortSignal.#mayConstruct = true;
        try {
          return new AbortSignal();
        } finally {
          AbortSignal.#mayConstruct = false;
        }
      };
      abortSignal = (signal, reason) => {
        if (signal.#aborted) return;
        signal.#aborted = true;
        signal.#reason = reason;
        signal.dispatchEvent(new Event('abort'));
      };
    }
    constructor() {
      if (!AbortSignal.#mayConstruct) {
        throw new TypeError('Make an AbortController and take its signal.');
      }
      super();
    }
    get aborted() {
      return this.#aborted;
    }
    get reason() {
      return this.#reason;
    }
    get onabort() {
      return this.#handler;
    }
    set onabort(handler) {
      if (this.#handler !== null) this.removeEventListener('abort', this.#handler);
      this.#handler = typeof handler === 'function' ? handler : null;
      if (this.#handler !== null) this.addEventListener('abort', this.#handler);
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason;
    }
    static abort(reason) {
      const controller = new AbortController();
      controller.abort(reason);
      return controller.signal;
    }
  }
  setGlobal('AbortSignal', AbortSignal);

  class AbortController {
    #signal = newSignal();
    get signal() {
      return this.#signal;
    }
    abort(reason = new DOMException('This operation was aborted.', 'AbortError')) {
      abortSignal(this.#signal, reason);
    }
  }
  setGlobal('AbortController', AbortController);

  // ---- Console ----------------------------------------------------------------------------

  let inspector;
  const inspect = (...values) => {
    inspector ??= host.inspector();
    return inspector(...values);
  };
  const counts = new Map();
  const clocks = new Map();
  let indent = '';
  const printer = (isError) =>
    (...values) => {
      const line = values.length === 1 && typeof values[0] === 'string' ? values[0] : inspect(...values);
      host.print(isError, indent === '' ? line : indent + line.replaceAll('\n', '\n' + indent));
    };
  const out = printer(false);
  const err = printer(true);
  const elapsed = (label) => `${label}: ${(host.now() - clocks.get(label)).toFixed(3)} ms`;
  setGlobal('console', {
    log: out,
    info: out,
    debug: out,
    dir: (value) => out(value),
    table: (value) => out(value),
    warn: err,
    error: err,
    trace: (...values) => err(...values, new Error('Trace').stack),
    assert: (condition, ...values) => {
      if (!condition) err('Assertion failed' + (values.length ? ':' : ''), ...values);
    },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      out(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = 'default') => void counts.delete(label),
    time: (label = 'default') => void clocks.set(label, host.now()),
    timeLog: (label = 'default') => out(elapsed(label)),
    timeEnd: (label = 'default') => {
      out(elapsed(label));
      clocks.delete(label);
    },
    group: (...labels) => {
      if (labels.length) out(...labels);
      indent += '  ';
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
  });
});
