// The web's events and abort signals. Evaluated at their first use, since most recipes need none and
// every start would pay for them.
(function () {
  'use strict';

  const { apply } = Reflect;
  const text = String;

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

  class AbortController {
    #signal = newSignal();
    get signal() {
      return this.#signal;
    }
    abort(reason = new DOMException('This operation was aborted.', 'AbortError')) {
      abortSignal(this.#signal, reason);
    }
  }

  return { DOMException, Event, EventTarget, AbortSignal, AbortController };
});
