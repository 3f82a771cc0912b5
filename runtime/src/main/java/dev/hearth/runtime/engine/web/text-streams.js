// TextEncoderStream and TextDecoderStream: texts as bytes and back, a chunk at a time.
(function (web) {
  'use strict';

  const { expose } = web.use('idl');
  const { TextDecoder, encode } = web.use('encoding');
  const { TransformStream } = web.use('streams');
  const { charCodeAt, slice, toWellFormed } = web.methods('string');
  const { Bytes } = web.statics;

  class TextEncoderStream {
    #rest = '';
    #transform = new TransformStream({
      transform: (chunk, controller) => {
        let text = this.#rest + `${chunk}`;
        this.#rest = '';
        const last = text.length === 0 ? 0 : charCodeAt(text, text.length - 1);
        if (last >= 0xd800 && last <= 0xdbff) {
          this.#rest = slice(text, -1); // the other half may come with the next chunk
          text = slice(text, 0, -1);
        }
        if (text !== '') controller.enqueue(encode(toWellFormed(text)));
      },
      flush: (controller) => {
        if (this.#rest !== '') controller.enqueue(encode('\ufffd'));
      },
    });
    get encoding() {
      this.#rest;
      return 'utf-8';
    }
    get readable() {
      return this.#transform.readable;
    }
    get writable() {
      return this.#transform.writable;
    }
  }

  class TextDecoderStream {
    #decoder;
    #transform;
    constructor(label = 'utf-8', options = {}) {
      const decoder = new TextDecoder(label, options);
      this.#decoder = decoder;
      this.#transform = new TransformStream({
        transform(chunk, controller) {
          const text = decoder.decode(chunk, { stream: true });
          if (text !== '') controller.enqueue(text);
        },
        flush(controller) {
          const text = decoder.decode(new Bytes(0));
          if (text !== '') controller.enqueue(text);
        },
      });
    }
    get encoding() {
      return this.#decoder.encoding;
    }
    get fatal() {
      return this.#decoder.fatal;
    }
    get ignoreBOM() {
      return this.#decoder.ignoreBOM;
    }
    get readable() {
      return this.#transform.readable;
    }
    get writable() {
      return this.#transform.writable;
    }
  }

  return { TextEncoderStream: expose(TextEncoderStream), TextDecoderStream: expose(TextDecoderStream) };
});
