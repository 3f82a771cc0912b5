// atob and btoa.
(function (web) {
  'use strict';

  const { need } = web.use('idl');
  const { encodeBase64, decodeBase64 } = web.java;
  const checked = (result, what) => {
    if (result !== null && result !== undefined) return result;
    const { DOMException } = web.use('dom-exception');
    throw new DOMException(what, 'InvalidCharacterError');
  };

  return {
    atob(data) {
      need(arguments.length, 1, 'atob');
      return checked(decodeBase64(`${data}`), 'The text is not Base64.');
    },
    btoa(data) {
      need(arguments.length, 1, 'btoa');
      return checked(encodeBase64(`${data}`), 'btoa takes characters up to U+00FF; encode the text with TextEncoder first.');
    },
  };
});
