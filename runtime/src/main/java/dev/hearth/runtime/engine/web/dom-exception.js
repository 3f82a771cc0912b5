// DOMException, with the codes that its names had in the old days.
(function (web) {
  'use strict';

  const { expose } = web.use('idl');
  const CODES = {
    __proto__: null,
    IndexSizeError: ['INDEX_SIZE_ERR', 1],
    HierarchyRequestError: ['HIERARCHY_REQUEST_ERR', 3],
    WrongDocumentError: ['WRONG_DOCUMENT_ERR', 4],
    InvalidCharacterError: ['INVALID_CHARACTER_ERR', 5],
    NoModificationAllowedError: ['NO_MODIFICATION_ALLOWED_ERR', 7],
    NotFoundError: ['NOT_FOUND_ERR', 8],
    NotSupportedError: ['NOT_SUPPORTED_ERR', 9],
    InUseAttributeError: ['INUSE_ATTRIBUTE_ERR', 10],
    InvalidStateError: ['INVALID_STATE_ERR', 11],
    SyntaxError: ['SYNTAX_ERR', 12],
    InvalidModificationError: ['INVALID_MODIFICATION_ERR', 13],
    NamespaceError: ['NAMESPACE_ERR', 14],
    InvalidAccessError: ['INVALID_ACCESS_ERR', 15],
    TypeMismatchError: ['TYPE_MISMATCH_ERR', 17],
    SecurityError: ['SECURITY_ERR', 18],
    NetworkError: ['NETWORK_ERR', 19],
    AbortError: ['ABORT_ERR', 20],
    URLMismatchError: ['URL_MISMATCH_ERR', 21],
    QuotaExceededError: ['QUOTA_EXCEEDED_ERR', 22],
    TimeoutError: ['TIMEOUT_ERR', 23],
    InvalidNodeTypeError: ['INVALID_NODE_TYPE_ERR', 24],
    DataCloneError: ['DATA_CLONE_ERR', 25],
  };

  class DOMException extends Error {
    #name;
    #message;
    constructor(message = '', options = 'Error') {
      const text = `${message}`;
      super(text);
      this.#message = text;
      if (typeof options === 'object' && options !== null) {
        this.#name = options.name === undefined ? 'Error' : `${options.name}`;
        if ('cause' in options) {
          Object.defineProperty(this, 'cause', { value: options.cause, writable: true, configurable: true });
        }
      } else {
        this.#name = `${options}`;
      }
      delete this.message; // or the own property of every error would hide the getter
    }
    get name() {
      return this.#name;
    }
    get message() {
      return this.#message;
    }
    get code() {
      return CODES[this.#name]?.[1] ?? 0;
    }
  }
  const constants = {};
  for (const name in CODES) constants[CODES[name][0]] = CODES[name][1];
  for (const [name, code] of [['DOMSTRING_SIZE_ERR', 2], ['NO_DATA_ALLOWED_ERR', 6], ['VALIDATION_ERR', 16]]) {
    constants[name] = code;
  }

  return { DOMException: expose(DOMException, constants) };
});
