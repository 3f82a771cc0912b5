// Globals that are too small for a page of their own.
(function (web) {
  'use strict';

  return {
    self: globalThis,
    /** Nobody handles it, so it fails the run, as on the web it fails the page. */
    reportError: function reportError(error) {
      if (arguments.length === 0) throw new TypeError('reportError takes what is to be reported.');
      web.statics.PromiseOf.reject(error);
    },
  };
});
