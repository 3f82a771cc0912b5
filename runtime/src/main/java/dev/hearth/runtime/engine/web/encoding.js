// TextEncoder and TextDecoder; Java does both.
(function (web) {
  'use strict';

  const { expose, usv, dictionary, isObject } = web.use('idl');
  const bytes = web.use('bytes');
  const { encodeUtf8, encodingOf, newDecoder } = web.java;
  const { set, subarray } = web.methods('bytes');
  const { Bytes } = web.statics;

  const encode = (text) => bytes.own(encodeUtf8(text));

  class TextEncoder {
    #brand = true;
    get encoding() {
      this.#brand;
      return 'utf-8';
    }
    encode(input = '') {
      this.#brand;
      return encode(usv(input));
    }
    encodeInto(source, destination) {
      this.#brand;
      if (arguments.length < 2) throw new TypeError('encodeInto takes a text and a Uint8Array.');
      const text = usv(source);
      if (!isObject(destination) || bytes.kindOf(destination) !== 'Uint8Array') {
        throw new TypeError('encodeInto writes into a Uint8Array.');
      }
      const whole = encode(text);
      let written = bytes.lengthOf(whole);
      const room = bytes.lengthOf(destination);
      if (written > room) {
        written = room;
        while (written > 0 && (whole[written] & 0xc0) === 0x80) written--; // not half a character
      }
      set(destination, subarray(whole, 0, written), 0);
      let read = 0;
      for (let i = 0; i < written; i++) {
        const octet = whole[i];
        if ((octet & 0xc0) !== 0x80) read += octet >= 0xf0 ? 2 : 1;
      }
      return { read, written };
    }
  }

  class TextDecoder {
    #name;
    #fatal;
    #ignoreBom;
    #decode;
    constructor(label = 'utf-8', options = {}) {
      const wanted = `${label}`;
      const name = encodingOf(wanted);
      if (name === null || name === undefined) throw new RangeError(`The encoding '${wanted}' is not known.`);
      const { fatal, ignoreBOM } = dictionary(options, 'TextDecoder');
      this.#name = name;
      this.#fatal = !!fatal;
      this.#ignoreBom = !!ignoreBOM;
      this.#decode = newDecoder(name, this.#fatal, this.#ignoreBom);
    }
    get encoding() {
      return this.#name;
    }
    get fatal() {
      return this.#fatal;
    }
    get ignoreBOM() {
      return this.#ignoreBom;
    }
    decode(input = new Bytes(0), options = {}) {
      const decode = this.#decode;
      if (!bytes.isSource(input)) throw new TypeError('TextDecoder takes an ArrayBuffer or a view on one.');
      const text = bytes.pass(decode, [], input, [!!dictionary(options, 'decode').stream]);
      if (text === null || text === undefined) throw new TypeError(`The bytes are not of the encoding ${this.#name}.`);
      return text;
    }
  }

  const utf8 = (view, fatal = false, keepBom = false) => bytes.pass(newDecoder('utf-8', fatal, keepBom), [], view, [false]);

  return { TextEncoder: expose(TextEncoder), TextDecoder: expose(TextDecoder), encode, utf8 };
});
