// AbortController and AbortSignal.
(function (web) {
  'use strict';

  const { expose, need } = web.use('idl');
  const { Event, EventTarget, addListener, removeListener, dispatch } = web.use('events');
  const { DOMException } = web.use('dom-exception');
  const { SetOf } = web.statics;
  const { add, delete: remove, forEach, clear } = web.methods('set');

  const aborted = () => new DOMException('This operation was aborted.', 'AbortError');

  let constructs = false;
  let abort;
  let onAbort;
  let isSignal;
  class AbortSignal extends EventTarget {
    #aborted = false;
    #reason;
    #handler = null;
    /** What the platform itself does when it is aborted, before any listener. */
    #steps = new SetOf();
    /** The signals made of this one by `any`. */
    #dependents = new SetOf();
    #leave;
    static {
      isSignal = (value) => typeof value === 'object' && value !== null && #steps in value;
      onAbort = (signal, step) => {
        add(signal.#steps, step);
        return () => remove(signal.#steps, step);
      };
      // All that hang on it are aborted before any listener hears of the first.
      const mark = (signal, reason, marked) => {
        if (signal.#aborted) return;
        signal.#aborted = true;
        signal.#reason = reason;
        marked[marked.length] = signal;
        signal.#leave?.();
        forEach(signal.#dependents, (dependent) => mark(dependent, reason, marked));
        clear(signal.#dependents);
      };
      abort = (signal, reason) => {
        const marked = [];
        mark(signal, reason, marked);
        for (let i = 0; i < marked.length; i++) {
          forEach(marked[i].#steps, (step) => step());
          clear(marked[i].#steps);
          dispatch(marked[i], new Event('abort'));
        }
      };
    }
    constructor() {
      if (!constructs) throw new TypeError('Make an AbortController and take its signal.');
      super();
    }
    get aborted() {
      return this.#aborted;
    }
    get reason() {
      return this.#reason;
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason;
    }
    get onabort() {
      return this.#handler;
    }
    set onabort(handler) {
      if (this.#handler !== null) removeListener(this, 'abort', this.#handler, false);
      this.#handler = typeof handler === 'function' ? handler : null;
      if (this.#handler !== null) {
        addListener(this, { type: 'abort', listener: handler, capture: false, once: false, passive: false, removed: false });
      }
    }
    static abort(reason = aborted()) {
      const signal = newSignal();
      signal.#aborted = true;
      signal.#reason = reason;
      return signal;
    }
    static timeout(milliseconds) {
      need(arguments.length, 1, 'AbortSignal.timeout');
      const wait = +milliseconds;
      if (!(wait >= 0 && wait <= Number.MAX_SAFE_INTEGER)) {
        throw new TypeError('AbortSignal.timeout takes milliseconds, 0 or more.');
      }
      const signal = newSignal();
      web.host.startQuietTimer(wait, () => abort(signal, new DOMException('The time is over.', 'TimeoutError')));
      return signal;
    }
    static any(signals) {
      need(arguments.length, 1, 'AbortSignal.any');
      const sources = [...signals];
      for (let i = 0; i < sources.length; i++) {
        if (!isSignal(sources[i])) throw new TypeError('AbortSignal.any takes signals.');
      }
      const signal = newSignal();
      for (let i = 0; i < sources.length; i++) {
        if (sources[i].#aborted) {
          signal.#aborted = true;
          signal.#reason = sources[i].#reason;
          return signal;
        }
      }
      for (let i = 0; i < sources.length; i++) add(sources[i].#dependents, signal);
      signal.#leave = () => {
        for (let i = 0; i < sources.length; i++) remove(sources[i].#dependents, signal);
      };
      return signal;
    }
  }

  const newSignal = () => {
    constructs = true;
    try {
      return new AbortSignal();
    } finally {
      constructs = false;
    }
  };

  class AbortController {
    #signal = newSignal();
    get signal() {
      return this.#signal;
    }
    abort(reason = aborted()) {
      abort(this.#signal, reason);
    }
  }

  return { AbortSignal: expose(AbortSignal), AbortController: expose(AbortController), onAbort, isSignal };
});
