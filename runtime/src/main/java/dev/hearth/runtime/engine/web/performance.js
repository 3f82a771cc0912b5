// performance: the time since the run began, in milliseconds.
(function (web) {
  'use strict';

  const { expose } = web.use('idl');
  const { EventTarget } = web.use('events');
  const { host } = web;
  let constructs = false;

  class Performance extends EventTarget {
    #origin;
    constructor() {
      if (!constructs) throw new TypeError('There is one `performance`, and no other can be made.');
      super();
      this.#origin = host.timeOrigin();
    }
    now() {
      this.#origin;
      return host.now();
    }
    get timeOrigin() {
      return this.#origin;
    }
    toJSON() {
      return { timeOrigin: this.#origin };
    }
  }
  expose(Performance);
  constructs = true;
  const performance = new Performance();
  constructs = false;

  return { Performance, performance };
});
