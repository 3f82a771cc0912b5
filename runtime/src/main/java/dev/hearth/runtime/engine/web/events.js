// The web's events, as they are where there is no tree: an event meets one target.
(function (web) {
  'use strict';

  const { expose, need, dictionary, isObject } = web.use('idl');
  const { apply } = Reflect;
  const { splice, slice } = web.methods('array');
  const { PromiseOf } = web.statics;

  let isStopped;
  let begin;
  let end;
  let isDispatched;
  let setPassive;
  class Event {
    #type;
    #bubbles;
    #cancelable;
    #composed;
    #target = null;
    #current = null;
    #phase = 0;
    #prevented = false;
    #stopped = false;
    #stoppedAtOnce = false;
    #passive = false;
    #dispatched = false;
    #time = web.host.now();
    static {
      isStopped = (event) => event.#stoppedAtOnce;
      isDispatched = (event) => event.#dispatched; // throws a TypeError for what is no event
      setPassive = (event, passive) => {
        event.#passive = passive;
      };
      begin = (event, target) => {
        event.#dispatched = true;
        event.#target = target;
        event.#current = target;
        event.#phase = 2;
      };
      end = (event) => {
        event.#dispatched = false;
        event.#current = null;
        event.#phase = 0;
        event.#stopped = false;
        event.#stoppedAtOnce = false;
        return !event.#prevented;
      };
    }
    constructor(type, options = {}) {
      need(arguments.length, 1, 'Event');
      const { bubbles = false, cancelable = false, composed = false } = dictionary(options, 'Event');
      this.#type = `${type}`;
      this.#bubbles = !!bubbles;
      this.#cancelable = !!cancelable;
      this.#composed = !!composed;
    }
    get type() {
      return this.#type;
    }
    get target() {
      return this.#target;
    }
    get srcElement() {
      return this.#target;
    }
    get currentTarget() {
      return this.#current;
    }
    composedPath() {
      return this.#current === null ? [] : [this.#current];
    }
    get eventPhase() {
      return this.#phase;
    }
    stopPropagation() {
      this.#stopped = true;
    }
    get cancelBubble() {
      return this.#stopped;
    }
    set cancelBubble(value) {
      if (value) this.#stopped = true;
    }
    stopImmediatePropagation() {
      this.#stopped = true;
      this.#stoppedAtOnce = true;
    }
    get bubbles() {
      return this.#bubbles;
    }
    get cancelable() {
      return this.#cancelable;
    }
    get returnValue() {
      return !this.#prevented;
    }
    set returnValue(value) {
      if (!value) this.preventDefault();
    }
    preventDefault() {
      if (this.#cancelable && !this.#passive) this.#prevented = true;
    }
    get defaultPrevented() {
      return this.#prevented;
    }
    get composed() {
      return this.#composed;
    }
    get isTrusted() {
      return false;
    }
    get timeStamp() {
      return this.#time;
    }
    initEvent(type, bubbles = false, cancelable = false) {
      need(arguments.length, 1, 'initEvent');
      if (this.#dispatched) return;
      this.#type = `${type}`;
      this.#bubbles = !!bubbles;
      this.#cancelable = !!cancelable;
      this.#target = null;
      this.#prevented = false;
      this.#stopped = false;
      this.#stoppedAtOnce = false;
    }
  }
  expose(Event, { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });

  class CustomEvent extends Event {
    #detail;
    constructor(type, options = {}) {
      need(arguments.length, 1, 'CustomEvent');
      super(type, options);
      this.#detail = dictionary(options, 'CustomEvent').detail ?? null;
    }
    get detail() {
      return this.#detail;
    }
    initCustomEvent(type, bubbles = false, cancelable = false, detail = null) {
      need(arguments.length, 1, 'initCustomEvent');
      if (isDispatched(this)) return;
      this.initEvent(type, bubbles, cancelable);
      this.#detail = detail;
    }
  }
  expose(CustomEvent);

  const captureOf = (options) => (isObject(options) ? !!options.capture : !!options);

  let addListener;
  let removeListener;
  let dispatch;
  let hasListeners;
  class EventTarget {
    #listeners = [];
    static {
      hasListeners = (target, type) => {
        const all = target.#listeners;
        for (let i = 0; i < all.length; i++) if (all[i].type === type) return true;
        return false;
      };
      addListener = (target, entry) => {
        const all = target.#listeners;
        for (let i = 0; i < all.length; i++) {
          const known = all[i];
          if (known.type === entry.type && known.listener === entry.listener && known.capture === entry.capture) return;
        }
        all[all.length] = entry;
      };
      removeListener = (target, type, listener, capture) => {
        const all = target.#listeners;
        for (let i = 0; i < all.length; i++) {
          if (all[i].type === type && all[i].listener === listener && all[i].capture === capture) {
            all[i].removed = true;
            splice(all, i, 1);
            return;
          }
        }
      };
      dispatch = (target, event) => {
        begin(event, target);
        const type = event.type;
        const all = slice(target.#listeners, 0);
        for (let phase = 0; phase < 2; phase++) {
          for (let i = 0; i < all.length && !isStopped(event); i++) {
            const entry = all[i];
            if (entry.type !== type || entry.removed || entry.capture !== (phase === 0)) continue;
            if (entry.once) removeListener(target, type, entry.listener, entry.capture);
            setPassive(event, entry.passive);
            run(entry.listener, target, event);
            setPassive(event, false);
          }
        }
        return end(event);
      };
    }
    addEventListener(type, listener, options) {
      need(arguments.length, 2, 'addEventListener');
      const signal = isObject(options) ? options.signal : undefined;
      const abort = signal === undefined ? undefined : web.use('abort');
      if (signal !== undefined && !abort.isSignal(signal)) {
        throw new TypeError('The option `signal` takes an AbortSignal.');
      }
      if (listener === null || listener === undefined) return;
      if (!isObject(listener)) throw new TypeError('A listener is a function, or an object with `handleEvent`.');
      if (signal?.aborted) return;
      const entry = {
        type: `${type}`,
        listener,
        capture: captureOf(options),
        once: isObject(options) && !!options.once,
        passive: isObject(options) && !!options.passive,
        removed: false,
      };
      addListener(this ?? globalThis, entry);
      if (signal !== undefined) {
        abort.onAbort(signal, () => removeListener(this, entry.type, listener, entry.capture));
      }
    }
    removeEventListener(type, listener, options) {
      need(arguments.length, 2, 'removeEventListener');
      removeListener(this, `${type}`, listener, captureOf(options));
    }
    dispatchEvent(event) {
      need(arguments.length, 1, 'dispatchEvent');
      if (!isObject(event)) throw new TypeError('dispatchEvent takes an Event.');
      if (isDispatched(event)) {
        const { DOMException } = web.use('dom-exception');
        throw new DOMException('The event is being dispatched already.', 'InvalidStateError');
      }
      return dispatch(this, event);
    }
  }
  expose(EventTarget);

  const run = (listener, target, event) => {
    try {
      if (typeof listener === 'function') {
        apply(listener, target, [event]);
      } else {
        const handle = listener.handleEvent;
        if (typeof handle !== 'function') throw new TypeError('`handleEvent` of a listener is no function.');
        apply(handle, listener, [event]);
      }
    } catch (error) {
      // As on the web: one listener cannot stop the others, and its error is nobody's to catch.
      PromiseOf.reject(error);
    }
  };

  return { Event, CustomEvent, EventTarget, addListener, removeListener, dispatch, hasListeners };
});
