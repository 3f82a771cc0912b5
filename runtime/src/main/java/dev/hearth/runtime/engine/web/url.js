// URL. Java reads and writes it; here is the shape.
(function (web) {
  'use strict';

  const { expose, need, usv } = web.use('idl');
  const { split } = web.methods('string');
  const { java } = web;

  // Where each part stands in what Java says.
  const HREF = 0;
  const ORIGIN = 1;
  const PROTOCOL = 2;
  const USERNAME = 3;
  const PASSWORD = 4;
  const HOST = 5;
  const HOSTNAME = 6;
  const PORT = 7;
  const PATHNAME = 8;
  const SEARCH = 9;
  const HASH = 10;

  const parse = (args, what) => {
    need(args.length, 1, what);
    const url = usv(args[0]);
    return java.parseUrl(url, args[1] === undefined ? null : usv(args[1]));
  };

  class URL {
    #parts;
    #params;
    static #known;
    constructor(url, base = undefined) {
      const known = URL.#known ?? parse(arguments, 'URL');
      if (known === null) {
        const error = new TypeError(`Invalid URL: ${usv(url)}`);
        error.code = 'ERR_INVALID_URL';
        throw error;
      }
      this.#parts = split(known, '\n');
    }
    static parse(url, base = undefined) {
      const known = parse(arguments, 'URL.parse');
      if (known === null) return null;
      URL.#known = known;
      try {
        return new URL(known);
      } finally {
        URL.#known = undefined;
      }
    }
    static canParse(url, base = undefined) {
      return parse(arguments, 'URL.canParse') !== null;
    }
    #set(part, value) {
      this.#parts = split(java.setUrl(this.#parts[HREF], part, usv(value)), '\n');
    }
    get href() {
      return this.#parts[HREF];
    }
    set href(value) {
      const known = java.parseUrl(usv(value), null);
      if (known === null) throw new TypeError(`Invalid URL: ${usv(value)}`);
      this.#parts = split(known, '\n');
      this.#tellParams();
    }
    get origin() {
      return this.#parts[ORIGIN];
    }
    get protocol() {
      return this.#parts[PROTOCOL];
    }
    set protocol(value) {
      this.#set('protocol', value);
    }
    get username() {
      return this.#parts[USERNAME];
    }
    set username(value) {
      this.#set('username', value);
    }
    get password() {
      return this.#parts[PASSWORD];
    }
    set password(value) {
      this.#set('password', value);
    }
    get host() {
      return this.#parts[HOST];
    }
    set host(value) {
      this.#set('host', value);
    }
    get hostname() {
      return this.#parts[HOSTNAME];
    }
    set hostname(value) {
      this.#set('hostname', value);
    }
    get port() {
      return this.#parts[PORT];
    }
    set port(value) {
      this.#set('port', value);
    }
    get pathname() {
      return this.#parts[PATHNAME];
    }
    set pathname(value) {
      this.#set('pathname', value);
    }
    get search() {
      return this.#parts[SEARCH];
    }
    set search(value) {
      this.#set('search', value);
      this.#tellParams();
    }
    get searchParams() {
      this.#params ??= web.use('search-params').paramsOf(this.#parts[SEARCH], (query) => this.#set('search', query));
      return this.#params;
    }
    get hash() {
      return this.#parts[HASH];
    }
    set hash(value) {
      this.#set('hash', value);
    }
    toString() {
      return this.#parts[HREF];
    }
    toJSON() {
      return this.#parts[HREF];
    }
    #tellParams() {
      if (this.#params !== undefined) web.use('search-params').reset(this.#params, this.#parts[SEARCH]);
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
      return `URL ${this.#parts[HREF]}`;
    }
  }

  return { URL: expose(URL) };
});
