import { test, eq, ok, throws, rejects, tick } from './harness.js';

test('events', 'an event has what it was made with', () => {
  const event = new Event('x', { bubbles: true, cancelable: true, composed: true });
  eq([event.type, event.bubbles, event.cancelable, event.composed], ['x', true, true, true]);
});
test('events', 'a new event has been nowhere', () => {
  const event = new Event('x');
  eq([event.target, event.currentTarget, event.eventPhase, event.defaultPrevented, event.composedPath().length], [null, null, 0, false, 0]);
  eq(typeof event.timeStamp, 'number');
});
test('events', 'an event needs a type', () => throws(() => new Event(), TypeError));
test('events', 'the type is a text', () => eq(new Event(null).type, 'null'));
test('events', 'the constants stand on class and instance', () => eq([Event.AT_TARGET, new Event('x').BUBBLING_PHASE, Event.NONE], [2, 3, 0]));
test('events', 'a listener gets the event at the target', () => {
  const target = new EventTarget();
  let seen;
  target.addEventListener('x', function (event) {
    seen = [event.target === target, event.currentTarget === target, this === target, event.eventPhase, event.composedPath()[0] === target];
  });
  ok(target.dispatchEvent(new Event('x')));
  eq(seen, [true, true, true, 2, true]);
});
test('events', 'after the dispatch the event is nowhere again', () => {
  const target = new EventTarget();
  const event = new Event('x');
  target.dispatchEvent(event);
  eq([event.currentTarget, event.eventPhase, event.target === target], [null, 0, true]);
});
test('events', 'the same listener counts once', () => {
  const target = new EventTarget();
  let count = 0;
  const listener = () => count++;
  target.addEventListener('x', listener);
  target.addEventListener('x', listener);
  target.addEventListener('x', listener, { capture: true });
  target.dispatchEvent(new Event('x'));
  eq(count, 2);
});
test('events', 'capture decides which listener is removed', () => {
  const target = new EventTarget();
  let count = 0;
  const listener = () => count++;
  target.addEventListener('x', listener, true);
  target.removeEventListener('x', listener);
  target.dispatchEvent(new Event('x'));
  target.removeEventListener('x', listener, true);
  target.dispatchEvent(new Event('x'));
  eq(count, 1);
});
test('events', 'once is once', () => {
  const target = new EventTarget();
  let count = 0;
  target.addEventListener('x', () => count++, { once: true });
  target.dispatchEvent(new Event('x'));
  target.dispatchEvent(new Event('x'));
  eq(count, 1);
});
test('events', 'a once listener that dispatches again is not called again', () => {
  const target = new EventTarget();
  let count = 0;
  target.addEventListener('x', () => {
    count++;
    target.dispatchEvent(new Event('x'));
  }, { once: true });
  target.dispatchEvent(new Event('x'));
  eq(count, 1);
});
test('events', 'preventDefault counts where it can', () => {
  const target = new EventTarget();
  target.addEventListener('x', (event) => event.preventDefault());
  eq([target.dispatchEvent(new Event('x', { cancelable: true })), target.dispatchEvent(new Event('x'))], [false, true]);
});
test('events', 'a passive listener prevents nothing', () => {
  const target = new EventTarget();
  target.addEventListener('x', (event) => event.preventDefault(), { passive: true });
  ok(target.dispatchEvent(new Event('x', { cancelable: true })));
});
test('events', 'returnValue false prevents', () => {
  const event = new Event('x', { cancelable: true });
  event.returnValue = false;
  eq([event.defaultPrevented, event.returnValue], [true, false]);
});
test('events', 'stopImmediatePropagation stops the others', () => {
  const target = new EventTarget();
  const seen = [];
  target.addEventListener('x', (event) => {
    seen.push(1);
    event.stopImmediatePropagation();
  });
  target.addEventListener('x', () => seen.push(2));
  target.dispatchEvent(new Event('x'));
  eq(seen, [1]);
});
test('events', 'handleEvent is asked for each time', () => {
  const target = new EventTarget();
  let asked = 0;
  const listener = {
    get handleEvent() {
      asked++;
      return function () {
        ok(this === listener, '`this` being the listener');
      };
    },
  };
  target.addEventListener('x', listener);
  target.dispatchEvent(new Event('x'));
  target.dispatchEvent(new Event('x'));
  eq(asked, 2);
});
test('events', 'null is no listener and no mistake', () => new EventTarget().addEventListener('x', null));
test('events', 'a number is no listener', () => throws(() => new EventTarget().addEventListener('x', 1), TypeError));
test('events', 'two arguments are needed', () => throws(() => new EventTarget().addEventListener('x'), TypeError));
test('events', 'a signal takes the listener away', () => {
  const target = new EventTarget();
  const controller = new AbortController();
  let count = 0;
  target.addEventListener('x', () => count++, { signal: controller.signal });
  target.dispatchEvent(new Event('x'));
  controller.abort();
  target.dispatchEvent(new Event('x'));
  eq(count, 1);
});
test('events', 'an aborted signal adds none', () => {
  const target = new EventTarget();
  let count = 0;
  target.addEventListener('x', () => count++, { signal: AbortSignal.abort() });
  target.dispatchEvent(new Event('x'));
  eq(count, 0);
});
test('events', 'a listener that was removed meanwhile is not called', () => {
  const target = new EventTarget();
  const seen = [];
  const second = () => seen.push(2);
  target.addEventListener('x', () => {
    seen.push(1);
    target.removeEventListener('x', second);
  });
  target.addEventListener('x', second);
  target.dispatchEvent(new Event('x'));
  eq(seen, [1]);
});
test('events', 'a listener that was added meanwhile waits for the next', () => {
  const target = new EventTarget();
  const seen = [];
  target.addEventListener('x', () => {
    seen.push(1);
    target.addEventListener('x', () => seen.push(2), { once: true });
  }, { once: true });
  target.dispatchEvent(new Event('x'));
  eq(seen, [1]);
  target.dispatchEvent(new Event('x'));
  eq(seen, [1, 2]);
});
test('events', 'only an event is dispatched', () => throws(() => new EventTarget().dispatchEvent({ type: 'x' }), TypeError));
test('events', 'an event that is being dispatched is not dispatched', () => {
  const target = new EventTarget();
  let name;
  target.addEventListener('x', (event) => {
    try {
      target.dispatchEvent(event);
    } catch (error) {
      name = error.name;
    }
  });
  target.dispatchEvent(new Event('x'));
  eq(name, 'InvalidStateError');
});
test('events', 'EventTarget can be built upon', () => {
  class Mine extends EventTarget {}
  let seen = false;
  const mine = new Mine();
  mine.addEventListener('x', () => (seen = true));
  mine.dispatchEvent(new Event('x'));
  ok(seen);
});
test('events', 'CustomEvent carries its detail', () => eq([new CustomEvent('x', { detail: 7 }).detail, new CustomEvent('x').detail], [7, null]));
test('events', 'CustomEvent is an Event', () => ok(new CustomEvent('x') instanceof Event));
test('events', 'class strings', () => eq([String(new Event('x')), String(new EventTarget()), String(new CustomEvent('x'))], ['[object Event]', '[object EventTarget]', '[object CustomEvent]']));
test('events', 'members are enumerable', () => ok('type' in Event.prototype && Object.keys(EventTarget.prototype).includes('dispatchEvent')));

// ---- AbortSignal --------------------------------------------------------------------------------

test('abort', 'a new signal is not aborted', () => {
  const { signal } = new AbortController();
  eq([signal.aborted, signal.reason], [false, undefined]);
});
test('abort', 'an abort has a reason', () => {
  const controller = new AbortController();
  controller.abort();
  eq([controller.signal.aborted, controller.signal.reason.name, controller.signal.reason instanceof DOMException], [true, 'AbortError', true]);
});
test('abort', 'the reason is any value, the first one', () => {
  const controller = new AbortController();
  controller.abort(0);
  controller.abort(1);
  eq(controller.signal.reason, 0);
});
test('abort', 'the event comes once', () => {
  const controller = new AbortController();
  const seen = [];
  controller.signal.addEventListener('abort', (event) => seen.push(event.type));
  controller.signal.onabort = (event) => seen.push(`on${event.type}`);
  controller.abort();
  controller.abort();
  eq(seen, ['abort', 'onabort']);
});
test('abort', 'onabort is one handler', () => {
  const { signal } = new AbortController();
  eq(signal.onabort, null);
  const handler = () => {};
  signal.onabort = handler;
  ok(signal.onabort === handler);
  signal.onabort = 1;
  eq(signal.onabort, null);
});
test('abort', 'throwIfAborted throws the reason', () => {
  const controller = new AbortController();
  controller.signal.throwIfAborted();
  controller.abort('why');
  throws(() => controller.signal.throwIfAborted(), 'why'.constructor === String ? undefined : '');
});
test('abort', 'AbortSignal.abort is aborted', () => eq([AbortSignal.abort().aborted, AbortSignal.abort(7).reason, AbortSignal.abort().reason.name], [true, 7, 'AbortError']));
test('abort', 'AbortSignal is not made with new', () => throws(() => new AbortSignal(), TypeError));
test('abort', 'timeout aborts with a TimeoutError', async () => {
  const signal = AbortSignal.timeout(5);
  ok(!signal.aborted);
  await new Promise((resolve) => {
    signal.onabort = resolve;
    setTimeout(() => {}, 50); // a timeout alone keeps no program alive
  });
  eq(signal.reason.name, 'TimeoutError');
});
test('abort', 'timeout takes no negative number', () => throws(() => AbortSignal.timeout(-1)));
test('abort', 'timeout needs an argument', () => throws(() => AbortSignal.timeout(), TypeError));
test('abort', 'any follows its sources', () => {
  const [a, b] = [new AbortController(), new AbortController()];
  const any = AbortSignal.any([a.signal, b.signal]);
  ok(!any.aborted);
  b.abort('b');
  a.abort('a');
  eq([any.aborted, any.reason], [true, 'b']);
});
test('abort', 'any of none is never aborted', () => ok(!AbortSignal.any([]).aborted));
test('abort', 'any of an aborted one is aborted', () => eq(AbortSignal.any([new AbortController().signal, AbortSignal.abort('x')]).reason, 'x'));
test('abort', 'any of any', () => {
  const controller = new AbortController();
  const any = AbortSignal.any([AbortSignal.any([controller.signal])]);
  controller.abort('x');
  eq(any.reason, 'x');
});
test('abort', 'any takes signals only', () => throws(() => AbortSignal.any([{}]), TypeError));
test('abort', 'what depends is aborted before any listener hears', () => {
  const controller = new AbortController();
  const any = AbortSignal.any([controller.signal]);
  let seen;
  controller.signal.onabort = () => (seen = any.aborted);
  controller.abort();
  ok(seen);
});
test('abort', 'a signal is an EventTarget', () => ok(new AbortController().signal instanceof EventTarget));
test('abort', 'class strings', () => eq([String(new AbortController()), String(new AbortController().signal)], ['[object AbortController]', '[object AbortSignal]']));

// ---- DOMException ---------------------------------------------------------------------------------

test('DOMException', 'has message, name and code', () => {
  const error = new DOMException('m', 'AbortError');
  eq([error.message, error.name, error.code, String(error)], ['m', 'AbortError', 20, 'AbortError: m']);
});
test('DOMException', 'without arguments', () => {
  const error = new DOMException();
  eq([error.message, error.name, error.code], ['', 'Error', 0]);
});
test('DOMException', 'is an Error with a stack', () => {
  ok(new DOMException('m') instanceof Error);
  eq(typeof new DOMException('m').stack, 'string');
});
for (const [name, code] of [['NotFoundError', 8], ['SyntaxError', 12], ['TimeoutError', 23], ['DataCloneError', 25], ['InvalidCharacterError', 5], ['OperationError', 0]]) {
  test('DOMException', `${name} has code ${code}`, () => eq(new DOMException('', name).code, code));
}
test('DOMException', 'constants', () => eq([DOMException.ABORT_ERR, DOMException.prototype.DATA_CLONE_ERR], [20, 25]));
test('DOMException', 'class string', () => eq(Object.prototype.toString.call(new DOMException()), '[object DOMException]'));

// ---- Microtasks and the rest --------------------------------------------------------------------

test('globals', 'queueMicrotask runs before a timer and after this', async () => {
  const seen = [];
  setTimeout(() => seen.push('timer'), 0);
  queueMicrotask(() => seen.push('microtask'));
  seen.push('now');
  await new Promise((resolve) => setTimeout(resolve, 20));
  eq(seen, ['now', 'microtask', 'timer']);
});
test('globals', 'queueMicrotask takes a function', () => throws(() => queueMicrotask('x'), TypeError));
test('globals', 'self is globalThis', () => ok(globalThis.self === undefined || self === globalThis));
test('globals', 'performance.now goes on', async () => {
  const first = performance.now();
  await tick();
  ok(performance.now() >= first && first >= 0);
});
test('globals', 'performance.timeOrigin is when it began', () => ok(Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 5000));
test('globals', 'performance.toJSON', () => eq(performance.toJSON().timeOrigin, performance.timeOrigin));
test('globals', 'navigator says what this is', () => ok(globalThis.navigator === undefined || typeof navigator.userAgent === 'string'));
for (const name of ['URL', 'Event', 'fetch', 'Headers', 'ReadableStream', 'TextDecoder', 'structuredClone', 'AbortSignal', 'Blob', 'crypto', 'console', 'performance']) {
  test('globals', `${name} is not enumerable or as node has it, and can be replaced`, () => {
    globalThis[name]; // made now, if it was not
    const own = Object.getOwnPropertyDescriptor(globalThis, name);
    ok(own.configurable);
  });
}
