// What a session asks of values: whether JSON says all that is in one, and which members it has.
// Loaded at the first use.
(function () {
  'use strict';

  const { create, entries, getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf, prototype } = Object;
  const { apply } = Reflect;
  const sourceOf = Function.prototype.toString;
  const DEEPEST = 100;
  const isIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

  /**
   * Functions, maps, errors and instances are more than their JSON; a cycle has none. Numbers and
   * texts are looked at in the loop: a call for each takes seven times as long.
   */
  const areExact = (values, depth) => {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      const plain = typeof value === 'number' ? value - value === 0 : typeof value === 'string' || isExact(value, depth);
      if (!plain) return false;
    }
    return true;
  };

  const isExact = (value, depth = 0) => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
      case 'undefined':
        return true;
      case 'number':
        return Number.isFinite(value);
      case 'object':
        break;
      default:
        return false;
    }
    if (value === null || value instanceof Date) return true;
    if (depth > DEEPEST) return false;
    if (Array.isArray(value)) return areExact(value, depth + 1);
    const made = getPrototypeOf(value);
    return (made === prototype || made === null) && areExact(Object.values(value), depth + 1);
  };

  // ---- Completion ----------------------------------------------------------------------------

  /** Whether a getter only hands out a variable, as those do that publish what an input declared. */
  const isHarmless = (getter, name) => apply(sourceOf, getter, []) === `() => ${name}`;

  /** What a plain property holds; `undefined` where code would have to run to know. */
  const read = (holder, name) => {
    for (let at = Object(holder); at !== null; at = getPrototypeOf(at)) {
      const own = getOwnPropertyDescriptor(at, name);
      if (own === undefined) continue;
      if (own.get === undefined) return own.value;
      return at === globalThis && isHarmless(own.get, name) ? apply(own.get, at, []) : undefined;
    }
    return undefined;
  };

  const isOffered = (name) => name !== 'constructor' && !name.startsWith('__') && isIdentifier.test(name);

  /** By this an object of a module tells what can follow it: a function that takes the steps behind the object. */
  const COMPLETE = Symbol.for('hearth.complete');

  const completerOf = (value) => {
    const complete = read(value, COMPLETE);
    return typeof complete === 'function' ? complete : undefined;
  };

  /**
   * What can be written after `a.b.`, or in front when there is no path; a name a line, or a promise of them. Nothing is
   * called for it but what tells what follows.
   */
  const following = (path) => {
    let value = globalThis;
    for (let i = 0; ; i++) {
      const complete = completerOf(value);
      if (complete !== undefined) return complete(path.slice(i));
      if (i === path.length) break;
      value = read(value, path[i]);
      if (value === undefined || value === null) return '';
    }
    const names = create(null);
    for (let at = Object(value); at !== null; at = getPrototypeOf(at)) {
      if (at === prototype && at !== value) break; // what every object has is noise
      for (const name of getOwnPropertyNames(at)) {
        if (isOffered(name)) names[name] = true;
      }
    }
    return entries(names).map(([name]) => name).join('\n');
  };

  /** Tells `done` the members, now or later. */
  const members = (done, path) => {
    const found = following([...path]);
    if (typeof found === 'string') done(found);
    else found.then((names) => done(names.join('\n')), () => done(''));
  };

  return { isExact: (value) => isExact(value), members };
})();
