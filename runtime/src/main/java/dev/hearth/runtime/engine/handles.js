// Handles in what steps return: their names stand beside the result in the journal, with the places where they stood, so
// that data can look like anything and is never taken for one. Loaded with the first module that has handles, with what
// bootstrap.js took before any recipe could replace it.
(function (taken) {
  'use strict';

  const { stringify, freeze, apply, keys, weakMap, weakGet, weakSet } = taken;
  const { defineProperty, hasOwn } = Object;

  /** What each handle is: `{ module, kind, name }`. */
  const names = weakMap();
  /** How a handle of a kind is made again from its name, by `module kind`. */
  const makers = { __proto__: null };

  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
  const nameOf = (value) => (isObject(value) ? apply(weakGet, names, [value]) : undefined);

  /** Says how a module's handles are made again; returns what marks a handle as one. */
  const of = (module, kinds) => {
    for (const kind of keys(kinds)) makers[`${module} ${kind}`] = kinds[kind];
    return (kind, name, handle) => {
      apply(weakSet, names, [handle, freeze({ module, kind, name })]);
      return handle;
    };
  };

  /** The JSON of a result, and which handles stand where in it; `null` for none. */
  const write = (result, replace) => {
    const found = [];
    const places = weakMap();
    const json = stringify(result, function (key, value) {
      const above = apply(weakGet, places, [this]);
      const at = above === undefined ? [] : [...above, key];
      const name = isObject(value) ? nameOf(this[key]) : undefined;
      if (name !== undefined) found.push({ at, ...name });
      const shown = replace === undefined ? value : apply(replace, this, [key, value]);
      if (isObject(shown)) apply(weakSet, places, [shown, at]);
      return shown;
    });
    return { json, handles: found.length === 0 ? null : stringify(found) };
  };

  /** The recorded result with a handle in each of the places; what no module makes stays data. */
  const revive = (result, handles) => {
    const whole = { result };
    for (const { at, module, kind, name } of handles) {
      const maker = makers[`${module} ${kind}`];
      const path = ['result', ...at];
      const last = path.pop();
      const holder = path.reduce((above, key) => (isObject(above) && hasOwn(above, key) ? above[key] : undefined), whole);
      if (maker !== undefined && isObject(holder) && hasOwn(holder, last)) {
        defineProperty(holder, last, { value: maker(name), enumerable: true, writable: true, configurable: true });
      }
    }
    return whole.result;
  };

  return freeze({ of, write, revive });
});
