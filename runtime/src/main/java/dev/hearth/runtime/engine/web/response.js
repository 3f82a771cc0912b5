// Response.
(function (web) {
  'use strict';

  const { expose, need, usv, byteString, dictionary } = web.use('idl');
  const { Headers, fill, guard } = web.use('headers');
  const { extract, mixIn, Body } = web.use('body');
  const { encode } = web.use('encoding');
  const { indexOf } = web.methods('array');
  const { charCodeAt } = web.methods('string');
  const { stringify } = web.statics;

  const BODILESS = [101, 103, 204, 205, 304];
  const REDIRECTS = [301, 302, 303, 307, 308];

  const reasonOf = (given) => {
    const text = byteString(given, 'statusText');
    for (let i = 0; i < text.length; i++) {
      const c = charCodeAt(text, i);
      if ((c < 32 && c !== 9) || c === 127) throw new TypeError('`statusText` cannot have a control character in it.');
    }
    return text;
  };

  let stateOf;
  let newResponse;
  let known; // the state of the response that is being made, when it is not a recipe that makes it
  class Response {
    #state;
    static {
      stateOf = (response) => response.#state;
      newResponse = (state) => {
        known = { type: 'default', url: '', redirected: false, status: 200, reason: '', body: null, ...state };
        return new Response();
      };
    }
    constructor(body = null, init = {}) {
      if (known !== undefined) {
        this.#state = known;
        known = undefined;
        return;
      }
      const { status = 200, statusText = '', headers } = dictionary(init, 'Response');
      const code = Math.trunc(+status) || 0;
      if (code < 200 || code > 599) throw new RangeError(`The status of a Response is 200 to 599, not ${status}.`);
      const reason = reasonOf(statusText);
      const fields = new Headers();
      if (headers !== undefined) fill(fields, headers);
      let own = null;
      if (body !== null && body !== undefined) {
        if (indexOf(BODILESS, code) >= 0) throw new TypeError(`A Response with status ${code} cannot have a body.`);
        const given = extract(body);
        own = given.body;
        if (given.type !== null && !fields.has('content-type')) fields.append('content-type', given.type);
      }
      this.#state = { type: 'default', url: '', redirected: false, status: code, reason, headers: fields, body: own };
    }
    static error() {
      return newResponse({ type: 'error', status: 0, headers: guard(new Headers()) });
    }
    static redirect(url, status = 302) {
      need(arguments.length, 1, 'redirect');
      const to = new (web.use('url').URL)(usv(url));
      const code = Math.trunc(+status) || 0;
      if (indexOf(REDIRECTS, code) < 0) throw new RangeError(`${status} is not the status of a redirect.`);
      return newResponse({ status: code, headers: guard(new Headers({ location: to.href })) });
    }
    static json(data, init = {}) {
      need(arguments.length, 1, 'json');
      const text = stringify(data);
      if (text === undefined) throw new TypeError('What has no JSON cannot be a body.');
      const response = new Response(encode(text), init);
      if (!response.headers.has('content-type')) response.headers.set('content-type', 'application/json');
      return response;
    }
    get type() {
      return this.#state.type;
    }
    get url() {
      return this.#state.url;
    }
    get redirected() {
      return this.#state.redirected;
    }
    get status() {
      return this.#state.status;
    }
    get ok() {
      return this.#state.status >= 200 && this.#state.status <= 299;
    }
    get statusText() {
      return this.#state.reason;
    }
    get headers() {
      return this.#state.headers;
    }
    clone() {
      const { body, headers } = this.#state;
      return newResponse({ ...this.#state, headers: new Headers(headers), body: body === null ? null : body.clone() });
    }
    [Symbol.for('nodejs.util.inspect.custom')]() {
      return `Response { ${this.#state.status} ${this.#state.reason}, url: '${this.#state.url}' }`;
    }
  }
  mixIn(Response, (response) => stateOf(response).body, (response) => stateOf(response).headers.get('content-type'));
  expose(Response);

  return { Response, newResponse, Body };
});
