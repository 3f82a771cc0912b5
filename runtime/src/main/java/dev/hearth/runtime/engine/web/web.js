// The way to the web's globals: what is looked up on the global object and is not there is made, when the
// web has it, by a script of this folder. Evaluated once per context, before any other code; an empty
// recipe pays for this page and nothing else.
(function () {
  'use strict';

  const { create, defineProperty, freeze, setPrototypeOf } = Object;

  let host;
  let bridge;
  let functions;
  let originals;
  /** Makes unchangeable what principals share; `undefined` where all code is one principal's. */
  let harden;
  const made = create(null);

  /** What a script of this folder exports; evaluated at the first use. */
  const use = (family) => {
    made[family] ??= shared(host.webScript(family)(web));
    return made[family];
  };
  const shared = (value) => (harden === undefined ? value : harden(value));

  const web = freeze({
    use,
    /** For what a family hands out and does not export: hardens it where principals share it. */
    shared,
    /** Whether anything of a family can exist yet. */
    isLoaded: (family) => made[family] !== undefined,
    /** Takes what later code could replace; done at the latest when a family is loaded. */
    takeOriginals: () => void (originals ??= host.webScript('originals')()),
    /** Methods as functions that take `this` first. */
    methods: (name) => (originals ??= host.webScript('originals')()).methods(name),
    get statics() {
      return (originals ??= host.webScript('originals')()).statics;
    },
    /** The way to operations, which bootstrap.js builds. */
    get bridge() {
      return bridge;
    },
    set bridge(built) {
      bridge ??= built;
    },
    get host() {
      return host;
    },
    lock: (freezeShared) => lock(freezeShared),
    /** What is Java. */
    get java() {
      return (functions ??= host.webFunctions());
    },
  });

  const familyOf = (name) => (typeof name === 'string' && host !== undefined ? host.webFamily(name) : null);
  const describe = (name, family) => ({ value: use(family)[name], writable: true, configurable: true, enumerable: false });
  const make = (name, family) => {
    const property = describe(name, family);
    if (harden === undefined) defineProperty(globalThis, name, property);
    return property.value;
  };
  const traps = {
    has: (rest, name) => familyOf(name) !== null || name in rest,
    get: (rest, name) => {
      const family = familyOf(name);
      return family === null ? rest[name] : make(name, family);
    },
    getOwnPropertyDescriptor: (rest, name) => {
      const family = familyOf(name);
      return family === null ? undefined : describe(name, family);
    },
    ownKeys: () => host.webNames().split('\n'),
  };
  const behind = new Proxy({}, traps);
  setPrototypeOf(globalThis, behind);

  /** In a run with libraries: nothing that is shared can be replaced, neither what is there nor what is made later. */
  const lock = (freezeShared) => {
    const refuse = () => false;
    traps.defineProperty = refuse;
    traps.deleteProperty = refuse;
    traps.setPrototypeOf = refuse;
    traps.preventExtensions = refuse;
    traps.set = (rest, name) => {
      if (familyOf(name) !== null) throw new TypeError(`\`${name}\` is shared and cannot be replaced.`);
      return false;
    };
    freeze(traps);
    harden = freezeShared(behind);
    return harden;
  };

  return (connected) => {
    host = connected;
    return web;
  };
})();
