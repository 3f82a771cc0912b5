// navigator: what this is.
(function (web) {
  'use strict';

  const { expose } = web.use('idl');
  let constructs = false;

  class Navigator {
    #userAgent;
    constructor() {
      if (!constructs) throw new TypeError('There is one `navigator`, and no other can be made.');
      this.#userAgent = web.host.userAgent();
    }
    get userAgent() {
      return this.#userAgent;
    }
  }
  expose(Navigator);
  constructs = true;
  const navigator = new Navigator();
  constructs = false;

  return { Navigator, navigator };
});
