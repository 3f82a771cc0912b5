// Headers: fields by name, in the order and form of the Fetch Standard.
(function (web) {
  'use strict';

  const { expose, need, byteString, isObject, iterators } = web.use('idl');
  const { toLowerCase, charCodeAt, slice, indexOf } = web.methods('string');
  const { splice, sort } = web.methods('array');

  const iteratorOver = iterators('Headers Iterator');
  const TOKEN = "!#$%&'*+-.^_`|~";

  /** Whether it is a word of HTTP; no regular expression, whose `exec` could be anyone's. */
  const isToken = (text) => {
    let fits = text.length > 0;
    for (let i = 0; i < text.length && fits; i++) {
      const c = charCodeAt(text, i);
      fits = (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || indexOf(TOKEN, text[i]) >= 0;
    }
    return fits;
  };

  const nameOf = (value) => {
    const name = byteString(value, 'The name of a header');
    if (!isToken(name)) throw new TypeError(`Headers: '${name}' is not a name of a header.`);
    return toLowerCase(name);
  };

  const isSpace = (c) => c === 9 || c === 10 || c === 13 || c === 32;
  const valueOf = (name, given) => {
    const revealed = web.bridge.revealed(given);
    const value = byteString(revealed, 'The value of a header');
    if (revealed === given && web.bridge.holdsMask(value)) {
      throw new TypeError(`Headers: '${name}' would send ***, the mask of a Secret. Write the Secret alone, or \`\${token.reveal()}\` in the text.`);
    }
    let from = 0;
    let to = value.length;
    while (from < to && isSpace(charCodeAt(value, from))) from++;
    while (to > from && isSpace(charCodeAt(value, to - 1))) to--;
    const inner = slice(value, from, to);
    for (let i = 0; i < inner.length; i++) {
      const c = charCodeAt(inner, i);
      if (c === 0 || c === 10 || c === 13) throw new TypeError('Headers: a value cannot have a line break in it.');
    }
    return inner;
  };

  let fieldsOf;
  let received;
  let guard;
  let fill;
  class Headers {
    /** In the order in which they came, names in lower case. */
    #fields = [];
    #immutable = false;
    static {
      fieldsOf = (headers) => headers.#fields;
      /** Of fields that came over the wire: Java has looked at them, so nothing is left to check. */
      received = (pairs) => {
        const headers = new Headers();
        for (let i = 0; i < pairs.length; i++) headers.#fields[i] = { name: pairs[i][0], value: pairs[i][1] };
        return guard(headers);
      };
      guard = (headers) => {
        headers.#immutable = true;
        return headers;
      };
      fill = (headers, init) => {
        if (!isObject(init)) throw new TypeError('Headers are made of an object, of pairs, or of other headers.');
        const iterate = init[Symbol.iterator];
        if (#fields in init && iterate === Headers.prototype[Symbol.iterator]) {
          for (let i = 0; i < init.#fields.length; i++) headers.append(init.#fields[i].name, init.#fields[i].value);
        } else if (iterate !== undefined && iterate !== null) {
          for (const pair of init) {
            const both = isObject(pair) ? [...pair] : [];
            if (both.length !== 2) throw new TypeError('Each item of Headers is a pair of a name and a value.');
            headers.append(both[0], both[1]);
          }
        } else {
          const names = Reflect.ownKeys(init);
          for (let i = 0; i < names.length; i++) {
            if (!Reflect.getOwnPropertyDescriptor(init, names[i])?.enumerable) continue;
            if (typeof names[i] === 'symbol') throw new TypeError('The name of a header is a text.');
            headers.append(names[i], init[names[i]]);
          }
        }
      };
    }
    constructor(init = undefined) {
      if (init !== undefined) fill(this, init);
    }
    #change() {
      if (this.#immutable) throw new TypeError('These headers cannot be changed.');
    }
    append(name, value) {
      need(arguments.length, 2, 'append');
      const field = { name: nameOf(name), value: valueOf(name, value) };
      this.#change();
      this.#fields[this.#fields.length] = field;
    }
    delete(name) {
      need(arguments.length, 1, 'delete');
      const key = nameOf(name);
      this.#change();
      for (let i = this.#fields.length - 1; i >= 0; i--) if (this.#fields[i].name === key) splice(this.#fields, i, 1);
    }
    get(name) {
      need(arguments.length, 1, 'get');
      const key = nameOf(name);
      let value = null;
      for (let i = 0; i < this.#fields.length; i++) {
        if (this.#fields[i].name === key) value = value === null ? this.#fields[i].value : `${value}, ${this.#fields[i].value}`;
      }
      return value;
    }
    getSetCookie() {
      const values = [];
      for (let i = 0; i < this.#fields.length; i++) {
        if (this.#fields[i].name === 'set-cookie') values[values.length] = this.#fields[i].value;
      }
      return values;
    }
    has(name) {
      need(arguments.length, 1, 'has');
      const key = nameOf(name);
      for (let i = 0; i < this.#fields.length; i++) if (this.#fields[i].name === key) return true;
      return false;
    }
    set(name, value) {
      need(arguments.length, 2, 'set');
      const field = { name: nameOf(name), value: valueOf(name, value) };
      this.#change();
      let found = false;
      for (let i = 0; i < this.#fields.length; i++) {
        if (this.#fields[i].name !== field.name) continue;
        if (found) splice(this.#fields, i--, 1);
        else this.#fields[i] = field;
        found = true;
      }
      if (!found) this.#fields[this.#fields.length] = field;
    }
    /** Sorted and combined; cookies stay apart. */
    #list() {
      const list = [];
      for (let i = 0; i < this.#fields.length; i++) {
        const { name, value } = this.#fields[i];
        let at = 0;
        while (at < list.length && (list[at].name !== name || name === 'set-cookie')) at++;
        if (at < list.length) list[at].value += `, ${value}`;
        else list[at] = { name, value, at };
      }
      return sort(list, (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.at - b.at));
    }
    forEach(callback, thisArg = undefined) {
      need(arguments.length, 1, 'forEach');
      if (typeof callback !== 'function') throw new TypeError('forEach takes a function.');
      const list = this.#list();
      for (let i = 0; i < list.length; i++) Reflect.apply(callback, thisArg, [list[i].value, list[i].name, this]);
    }
    entries() {
      return iteratorOver((index) => {
        const field = this.#list()[index];
        return field && [field.name, field.value];
      });
    }
    keys() {
      return iteratorOver((index) => this.#list()[index]?.name);
    }
    values() {
      return iteratorOver((index) => this.#list()[index]?.value);
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
      const list = this.#list();
      let text = '';
      for (let i = 0; i < list.length; i++) text += `${i === 0 ? '' : ', '}'${list[i].name}': '${list[i].value}'`;
      return `Headers { ${text} }`;
    }
  }
  expose(Headers);
  Object.defineProperty(Headers.prototype, Symbol.iterator, {
    value: Headers.prototype.entries,
    writable: true,
    configurable: true,
  });

  return { Headers, fieldsOf, received, guard, fill, isToken };
});
