// Request.
(function (web) {
  'use strict';

  const { expose, need, usv, byteString, dictionary, isObject, oneOf } = web.use('idl');
  const { URL } = web.use('url');
  const { Headers, fill, isToken } = web.use('headers');
  const { extract, mixIn } = web.use('body');
  const { toUpperCase, slice, startsWith } = web.methods('string');
  const { indexOf } = web.methods('array');

  const NORMALIZED = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
  const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK'];

  const methodOf = (given) => {
    const method = byteString(given, 'A method');
    if (!isToken(method)) throw new TypeError(`'${method}' is not a method of HTTP.`);
    const upper = toUpperCase(method);
    if (indexOf(FORBIDDEN, upper) >= 0) throw new TypeError(`The method ${upper} is not possible here.`);
    return indexOf(NORMALIZED, upper) >= 0 ? upper : method;
  };

  /** Where it goes: read once, as the URL that the recipe sees, and as what is sent of it. */
  const addressOf = (input) => {
    const url = new URL(usv(input)); // a TypeError when it is none
    if (url.username !== '' || url.password !== '') {
      throw new TypeError('A URL with a user in it cannot be fetched; send the header `Authorization`.');
    }
    const { href, hash, hostname } = url;
    const sent = hash === '' ? href : slice(href, 0, -hash.length);
    return { href, sent, hostname, isData: startsWith(href, 'data:') };
  };

  let stateOf;
  class Request {
    #state;
    static {
      stateOf = (request) => request.#state;
    }
    constructor(input, init = {}) {
      need(arguments.length, 1, 'Request');
      const options = dictionary(init, 'Request');
      const from = isObject(input) && #state in input ? input.#state : undefined;
      const address = from === undefined ? addressOf(input) : from.address;
      const method = options.method === undefined ? (from?.method ?? 'GET') : methodOf(options.method);
      const redirect =
        options.redirect === undefined
          ? (from?.redirect ?? 'follow')
          : oneOf(options.redirect, ['follow', 'error', 'manual'], 'redirect');
      if (options.window !== undefined && options.window !== null) throw new TypeError('`window` can only be null.');
      const signal = options.signal === undefined ? from?.signal : (options.signal ?? undefined);
      if (signal !== undefined && !web.use('abort').isSignal(signal)) {
        throw new TypeError('The option `signal` takes an AbortSignal.');
      }
      const headers = new Headers();
      fill(headers, options.headers === undefined ? (from?.headers ?? {}) : options.headers);
      let body = null;
      if (options.body !== undefined && options.body !== null) {
        if (method === 'GET' || method === 'HEAD') throw new TypeError(`A ${method} request cannot have a body.`);
        const given = extract(options.body);
        body = given.body;
        if (body.content === undefined && options.duplex !== 'half') {
          throw new TypeError('A body that is a stream needs the option `duplex: "half"`.');
        }
        if (given.type !== null && !headers.has('content-type')) headers.append('content-type', given.type);
      } else if (from?.body != null) {
        if (method === 'GET' || method === 'HEAD') throw new TypeError(`A ${method} request cannot have a body.`);
        body = from.body.clone();
        from.body.use();
      }
      const own = signal === undefined ? undefined : web.use('abort').AbortSignal.any([signal]);
      this.#state = { address, method, redirect, headers, body, signal: own };
    }
    get method() {
      return this.#state.method;
    }
    get url() {
      return this.#state.address.href;
    }
    get headers() {
      return this.#state.headers;
    }
    get destination() {
      this.#state;
      return '';
    }
    get referrer() {
      this.#state;
      return 'about:client';
    }
    get referrerPolicy() {
      this.#state;
      return '';
    }
    get mode() {
      this.#state;
      return 'cors';
    }
    get credentials() {
      this.#state;
      return 'same-origin';
    }
    get cache() {
      this.#state;
      return 'default';
    }
    get redirect() {
      return this.#state.redirect;
    }
    get integrity() {
      this.#state;
      return '';
    }
    get keepalive() {
      this.#state;
      return false;
    }
    get signal() {
      // Made when somebody looks: one that nobody gave is never aborted.
      this.#state.signal ??= new (web.use('abort').AbortController)().signal;
      return this.#state.signal;
    }
    get duplex() {
      this.#state;
      return 'half';
    }
    clone() {
      const { address, body, headers, signal } = this.#state;
      const copy = new Request(address.href, { headers, signal });
      copy.#state = { ...this.#state, headers: copy.#state.headers, signal: copy.#state.signal, body: body === null ? null : body.clone() };
      return copy;
    }
  }
  mixIn(Request, (request) => stateOf(request).body, (request) => stateOf(request).headers.get('content-type'));
  expose(Request);

  return { Request, stateOf };
});
