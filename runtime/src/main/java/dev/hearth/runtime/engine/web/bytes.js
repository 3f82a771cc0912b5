// Bytes on their way between JavaScript and Java.
(function (web) {
  'use strict';

  const { isView, Bytes, Buffer } = web.statics;
  const { getPrototypeOf, getOwnPropertyDescriptor } = Object;
  const { apply } = Reflect;
  const getter = (prototype, name) => {
    const { get } = getOwnPropertyDescriptor(prototype, name);
    return (value) => apply(get, value, []);
  };
  const typed = getPrototypeOf(Bytes.prototype);
  const kindOf = getter(typed, Symbol.toStringTag); // undefined for what is no typed array
  const lengthOf = getter(typed, 'byteLength');
  const offsetOf = getter(typed, 'byteOffset');
  const bufferOf = getter(typed, 'buffer');
  const viewLength = getter(DataView.prototype, 'byteLength');
  const viewOffset = getter(DataView.prototype, 'byteOffset');
  const viewBuffer = getter(DataView.prototype, 'buffer');
  const size = getter(Buffer.prototype, 'byteLength');

  const isBuffer = (value) => {
    try {
      size(value);
      return true;
    } catch {
      return false;
    }
  };

  const isSource = (value) => isView(value) || (typeof value === 'object' && value !== null && isBuffer(value));

  /** The bytes of a buffer or of a view on one, not copied. */
  const view = (value) => {
    if (!isView(value)) return new Bytes(value);
    return kindOf(value) === undefined
      ? new Bytes(viewBuffer(value), viewOffset(value), viewLength(value))
      : new Bytes(bufferOf(value), offsetOf(value), lengthOf(value));
  };

  /** What Java made, as a buffer that is JavaScript's own. */
  const own = (made) => new Bytes(new Bytes(made));

  /** Calls Java with `before`, a buffer's bytes, and `after`. */
  const pass = (call, before, value, after) => {
    const bytes = view(value);
    const args = [];
    for (let i = 0; i < before.length; i++) args[args.length] = before[i];
    args[args.length] = bufferOf(bytes);
    args[args.length] = offsetOf(bytes);
    args[args.length] = lengthOf(bytes);
    for (let i = 0; i < after.length; i++) args[args.length] = after[i];
    return apply(call, undefined, args);
  };

  const copy = (value) => new Bytes(view(value));

  const { set } = web.methods('bytes');
  const join = (pieces) => {
    let total = 0;
    for (let i = 0; i < pieces.length; i++) total += lengthOf(pieces[i]);
    const whole = new Bytes(total);
    let at = 0;
    for (let i = 0; i < pieces.length; i++) {
      set(whole, pieces[i], at);
      at += lengthOf(pieces[i]);
    }
    return whole;
  };

  return { isSource, isBuffer, view, own, pass, copy, join, kindOf, lengthOf, offsetOf, bufferOf, size };
});
