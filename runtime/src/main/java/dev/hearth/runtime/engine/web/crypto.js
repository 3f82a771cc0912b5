// crypto: random numbers, hashes, and HMAC.
(function (web) {
  'use strict';

  const { expose, need, isObject, dictionary } = web.use('idl');
  const { DOMException } = web.use('dom-exception');
  const bytes = web.use('bytes');
  const { java } = web;
  const { set } = web.methods('bytes');
  const { toUpperCase } = web.methods('string');
  const { indexOf } = web.methods('array');
  const { Bytes } = web.statics;

  const QUOTA = 65536;
  const WHOLE = [
    'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
    'BigInt64Array', 'BigUint64Array',
  ];
  const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
  const BLOCK = { __proto__: null, 'SHA-1': 64, 'SHA-256': 64, 'SHA-384': 128, 'SHA-512': 128 };

  const nameOf = (algorithm) => {
    const given = isObject(algorithm) ? algorithm.name : algorithm;
    if (given === undefined) throw new TypeError('An algorithm has a `name`.');
    return toUpperCase(`${given}`);
  };
  const hashOf = (algorithm) => {
    const name = nameOf(algorithm);
    if (indexOf(HASHES, name) < 0) {
      throw new DOMException(`The hash '${name}' is not supported; there are ${HASHES.join(', ')}.`, 'NotSupportedError');
    }
    return name;
  };
  const source = (data) => {
    if (!bytes.isSource(data)) throw new TypeError('The data is an ArrayBuffer or a view on one.');
    return bytes.copy(data);
  };

  let newKey;
  let secretOf;
  class CryptoKey {
    #secret;
    #algorithm;
    #extractable;
    #usages;
    static #constructs = false;
    static {
      newKey = (secret, algorithm, extractable, usages) => {
        CryptoKey.#constructs = true;
        try {
          const key = new CryptoKey();
          key.#secret = secret;
          key.#algorithm = algorithm;
          key.#extractable = extractable;
          key.#usages = usages;
          return key;
        } finally {
          CryptoKey.#constructs = false;
        }
      };
      secretOf = (key) => key.#secret;
    }
    constructor() {
      if (!CryptoKey.#constructs) throw new TypeError('Keys come from crypto.subtle.importKey or generateKey.');
    }
    get type() {
      this.#secret;
      return 'secret';
    }
    get extractable() {
      return this.#extractable;
    }
    get algorithm() {
      return this.#algorithm;
    }
    get usages() {
      return this.#usages;
    }
  }

  const hmacOnly = (algorithm) => {
    if (nameOf(algorithm) !== 'HMAC') {
      throw new DOMException('Only HMAC keys are supported here.', 'NotSupportedError');
    }
  };
  const usagesOf = (given) => {
    const usages = [];
    for (const usage of given) {
      const text = `${usage}`;
      if (text !== 'sign' && text !== 'verify') throw new DOMException('An HMAC key signs and verifies.', 'SyntaxError');
      if (indexOf(usages, text) < 0) usages[usages.length] = text;
    }
    if (usages.length === 0) throw new DOMException('A key needs a usage.', 'SyntaxError');
    return usages;
  };
  const mac = (algorithm, key, data, usage) => {
    hmacOnly(algorithm);
    if (!(key instanceof CryptoKey)) throw new TypeError('The key is a CryptoKey.');
    if (indexOf(key.usages, usage) < 0) throw new DOMException(`The key may not ${usage}.`, 'InvalidAccessError');
    const hash = key.algorithm.hash.name;
    const secret = secretOf(key);
    return bytes.pass(java.hmac, [hash, bytes.bufferOf(secret), 0, bytes.lengthOf(secret)], source(data), []);
  };

  class SubtleCrypto {
    static #constructs = true;
    static make() {
      const subtle = new SubtleCrypto();
      SubtleCrypto.#constructs = false;
      delete SubtleCrypto.make;
      return subtle;
    }
    constructor() {
      if (!SubtleCrypto.#constructs) throw new TypeError('There is one `crypto.subtle`, and no other can be made.');
    }
    async digest(algorithm, data) {
      need(arguments.length, 2, 'digest');
      return bytes.bufferOf(bytes.own(bytes.pass(java.digest, [hashOf(algorithm)], source(data), [])));
    }
    async importKey(format, keyData, algorithm, extractable, keyUsages) {
      need(arguments.length, 5, 'importKey');
      hmacOnly(algorithm);
      if (`${format}` !== 'raw') throw new DOMException('Keys are imported as `raw` bytes.', 'NotSupportedError');
      const hash = hashOf(algorithm.hash);
      const usages = usagesOf(keyUsages);
      const secret = source(keyData);
      if (secret.length === 0) throw new DOMException('A key needs bytes.', 'DataError');
      return newKey(secret, { name: 'HMAC', length: secret.length * 8, hash: { name: hash } }, !!extractable, usages);
    }
    async generateKey(algorithm, extractable, keyUsages) {
      need(arguments.length, 3, 'generateKey');
      hmacOnly(algorithm);
      const hash = hashOf(algorithm.hash);
      const usages = usagesOf(keyUsages);
      const length = dictionary(algorithm).length ?? BLOCK[hash] * 8;
      const secret = bytes.own(java.randomBytes(Math.ceil(length / 8)));
      return newKey(secret, { name: 'HMAC', length, hash: { name: hash } }, !!extractable, usages);
    }
    async exportKey(format, key) {
      need(arguments.length, 2, 'exportKey');
      if (!(key instanceof CryptoKey)) throw new TypeError('The key is a CryptoKey.');
      if (!key.extractable) throw new DOMException('The key may not be exported.', 'InvalidAccessError');
      if (`${format}` !== 'raw') throw new DOMException('Keys are exported as `raw` bytes.', 'NotSupportedError');
      return bytes.bufferOf(bytes.copy(secretOf(key)));
    }
    async sign(algorithm, key, data) {
      need(arguments.length, 3, 'sign');
      return bytes.bufferOf(bytes.own(mac(algorithm, key, data, 'sign')));
    }
    async verify(algorithm, key, signature, data) {
      need(arguments.length, 4, 'verify');
      const claimed = source(signature);
      const real = new Bytes(mac(algorithm, key, data, 'verify'));
      let difference = claimed.length ^ real.length; // all is compared, so that time tells nothing
      for (let i = 0; i < real.length; i++) difference |= real[i] ^ claimed[i];
      return difference === 0;
    }
  }
  const subtle = SubtleCrypto.make();

  class Crypto {
    static #constructs = true;
    static make() {
      const crypto = new Crypto();
      Crypto.#constructs = false;
      delete Crypto.make;
      return crypto;
    }
    #brand = true;
    constructor() {
      if (!Crypto.#constructs) throw new TypeError('There is one `crypto`, and no other can be made.');
    }
    get subtle() {
      this.#brand;
      return subtle;
    }
    getRandomValues(array) {
      this.#brand;
      need(arguments.length, 1, 'getRandomValues');
      if (!isObject(array) || indexOf(WHOLE, ArrayBuffer.isView(array) ? bytes.kindOf(array) : undefined) < 0) {
        throw new DOMException('getRandomValues fills arrays of whole numbers.', 'TypeMismatchError');
      }
      const room = bytes.view(array);
      if (room.length > QUOTA) {
        throw new DOMException(`getRandomValues fills ${QUOTA} bytes at a time.`, 'QuotaExceededError');
      }
      set(room, new Bytes(java.randomBytes(room.length)), 0);
      return array;
    }
    randomUUID() {
      this.#brand;
      return java.randomUuid();
    }
  }
  const crypto = Crypto.make();

  const made = { crypto, Crypto: expose(Crypto), CryptoKey: expose(CryptoKey), SubtleCrypto: expose(SubtleCrypto) };
  web.shared(subtle);
  return made;
});
