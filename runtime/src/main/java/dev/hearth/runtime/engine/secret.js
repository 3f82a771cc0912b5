// Secrets in JavaScript: objects without a value. Loaded with the first secret of a run, with what
// bootstrap.js took before any recipe could replace it. Returns what bootstrap.js needs of it.
(function (host, taken) {
  'use strict';

  const { stringify, freeze, apply, keys, weakMap, weakGet, weakSet } = taken;
  const MASK = '***';
  const MARK = 'hearth:secret';
  const TypeErrorOf = TypeError;
  const { ownKeys, getOwnPropertyDescriptor } = Reflect;

  /** By which name Java knows the value of each Secret. No recipe ever sees one. */
  const handles = weakMap();
  const handleOf = (value) =>
    typeof value === 'object' && value !== null ? apply(weakGet, handles, [value]) : undefined;

  class Secret {
    constructor() {
      throw new TypeErrorOf(
        'Secrets are not made in JavaScript: use `secret(name)` of `hearth:secret`, or a parameter with `secret: true`.',
      );
    }

    reveal() {
      const handle = handleOf(this);
      if (handle === undefined) throw new TypeErrorOf('This is no Secret.');
      return host.revealSecret(handle);
    }

    toString() {
      return MASK;
    }

    toJSON() {
      return MASK;
    }

    [Symbol.toPrimitive]() {
      return MASK;
    }

    [Symbol.for('nodejs.util.inspect.custom')]() {
      return MASK;
    }

    get [Symbol.toStringTag]() {
      return 'Secret';
    }
  }
  freeze(Secret);
  const made = freeze(Secret.prototype);
  // Who shares a realm with others must find no place on them to leave something at.
  for (const name of ownKeys(made)) {
    const { value, get } = getOwnPropertyDescriptor(made, name);
    freeze(value ?? get);
  }

  const of = (handle) => {
    const secret = { __proto__: made };
    apply(weakSet, handles, [secret, handle]);
    return freeze(secret);
  };

  /** What JSON shows of a Secret is its mask; for Java alone that becomes its handle. */
  function handleForMask(key, value) {
    return value === MASK ? (handleOf(this[key]) ?? value) : value;
  }

  return freeze({
    of,
    /** Puts Secrets in the place of their masks. */
    into: (object, places) => {
      for (let i = 0; i < places.length; i++) {
        const path = places[i][0];
        const last = path.length - 1;
        let inner = object;
        for (let j = 0; j < last; j++) inner = inner[path[j]];
        inner[path[last]] = of(places[i][1]);
      }
      return object;
    },
    is: (value) => handleOf(value) !== undefined,
    replace: handleForMask,
    reveal: (value) => host.revealSecret(handleOf(value)),
    write: (value) => stringify(value, handleForMask),
    /** Makes a Secret of what Java marked as one. */
    revive: (key, value) =>
      typeof value === 'object' && value !== null && typeof value[MARK] === 'string' && keys(value).length === 1
        ? of(host.keepSecret(value[MARK]))
        : value,
  });
});
