// URLSearchParams: names and values in order, and the URL that they belong to, if any.
(function (web) {
  'use strict';

  const { expose, need, usv, outgoing, isObject, iterators } = web.use('idl');
  const { startsWith, slice } = web.methods('string');
  const { splice, sort } = web.methods('array');
  const { parse } = web.statics;
  const { encodeForm, parseForm } = web.java;

  const iteratorOver = iterators('URLSearchParams Iterator');

  const pairsOf = (query) => {
    const flat = parse(parseForm(startsWith(query, '?') ? slice(query, 1) : query));
    const pairs = [];
    for (let i = 0; i < flat.length; i += 2) pairs[pairs.length] = { name: flat[i], value: flat[i + 1] };
    return pairs;
  };

  const fromSequence = (init) => {
    const pairs = [];
    for (const pair of init) {
      if (!isObject(pair) || typeof pair[Symbol.iterator] !== 'function') {
        throw new TypeError('Each item of URLSearchParams is a pair of a name and a value.');
      }
      const both = [...pair];
      if (both.length !== 2) throw new TypeError('Each item of URLSearchParams is a pair of a name and a value.');
      pairs[pairs.length] = { name: usv(both[0]), value: outgoing(both[1]) };
    }
    return pairs;
  };

  const fromRecord = (init) => {
    const pairs = [];
    const names = Reflect.ownKeys(init);
    for (let i = 0; i < names.length; i++) {
      const own = Reflect.getOwnPropertyDescriptor(init, names[i]);
      if (own === undefined || !own.enumerable) continue;
      const name = usv(names[i]);
      const value = outgoing(init[names[i]]);
      let known = 0;
      while (known < pairs.length && pairs[known].name !== name) known++;
      pairs[known] = { name, value };
    }
    return pairs;
  };

  let paramsOf;
  let reset;
  class URLSearchParams {
    #pairs = [];
    #tell;
    static {
      paramsOf = (query, tell) => {
        const params = new URLSearchParams(query);
        params.#tell = tell;
        return params;
      };
      reset = (params, query) => {
        params.#pairs = pairsOf(query);
      };
    }
    constructor(init = '') {
      if (!isObject(init)) {
        this.#pairs = pairsOf(usv(init));
      } else {
        const iterate = init[Symbol.iterator];
        this.#pairs = iterate === undefined || iterate === null ? fromRecord(init) : fromSequence(init);
      }
    }
    #changed() {
      this.#tell?.(this.toString());
    }
    append(name, value) {
      need(arguments.length, 2, 'append');
      this.#pairs[this.#pairs.length] = { name: usv(name), value: outgoing(value) };
      this.#changed();
    }
    delete(name, value = undefined) {
      need(arguments.length, 1, 'delete');
      const key = usv(name);
      const only = value === undefined ? undefined : usv(value);
      const kept = [];
      for (let i = 0; i < this.#pairs.length; i++) {
        const pair = this.#pairs[i];
        if (pair.name !== key || (only !== undefined && pair.value !== only)) kept[kept.length] = pair;
      }
      this.#pairs = kept;
      this.#changed();
    }
    get(name) {
      need(arguments.length, 1, 'get');
      const key = usv(name);
      for (let i = 0; i < this.#pairs.length; i++) if (this.#pairs[i].name === key) return this.#pairs[i].value;
      return null;
    }
    getAll(name) {
      need(arguments.length, 1, 'getAll');
      const key = usv(name);
      const values = [];
      for (let i = 0; i < this.#pairs.length; i++) {
        if (this.#pairs[i].name === key) values[values.length] = this.#pairs[i].value;
      }
      return values;
    }
    has(name, value = undefined) {
      need(arguments.length, 1, 'has');
      const key = usv(name);
      const only = value === undefined ? undefined : usv(value);
      for (let i = 0; i < this.#pairs.length; i++) {
        const pair = this.#pairs[i];
        if (pair.name === key && (only === undefined || pair.value === only)) return true;
      }
      return false;
    }
    set(name, value) {
      need(arguments.length, 2, 'set');
      const key = usv(name);
      const given = outgoing(value);
      let found = false;
      for (let i = 0; i < this.#pairs.length; i++) {
        if (this.#pairs[i].name !== key) continue;
        if (found) splice(this.#pairs, i--, 1);
        else this.#pairs[i] = { name: key, value: given };
        found = true;
      }
      if (!found) this.#pairs[this.#pairs.length] = { name: key, value: given };
      this.#changed();
    }
    sort() {
      sort(this.#pairs, (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      this.#changed();
    }
    get size() {
      return this.#pairs.length;
    }
    forEach(callback, thisArg = undefined) {
      need(arguments.length, 1, 'forEach');
      if (typeof callback !== 'function') throw new TypeError('forEach takes a function.');
      for (let i = 0; i < this.#pairs.length; i++) {
        const { name, value } = this.#pairs[i];
        Reflect.apply(callback, thisArg, [value, name, this]);
      }
    }
    entries() {
      return iteratorOver((index) => {
        const pair = this.#at(index);
        return pair && [pair.name, pair.value];
      });
    }
    keys() {
      return iteratorOver((index) => this.#at(index)?.name);
    }
    values() {
      return iteratorOver((index) => this.#at(index)?.value);
    }
    #at(index) {
      return index < this.#pairs.length ? this.#pairs[index] : undefined;
    }
    toString() {
      let text = '';
      for (let i = 0; i < this.#pairs.length; i++) {
        const { name, value } = this.#pairs[i];
        text += `${i === 0 ? '' : '&'}${encodeForm(name)}=${encodeForm(value)}`;
      }
      return text;
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
      return `URLSearchParams { ${this.toString()} }`;
    }
  }
  expose(URLSearchParams);
  Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
    value: URLSearchParams.prototype.entries,
    writable: true,
    configurable: true,
  });

  return { URLSearchParams, paramsOf, reset };
});
