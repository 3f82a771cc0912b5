// What Request and Response share: a body that can be read once, in any of its forms.
(function (web) {
  'use strict';

  const { outgoing, isObject } = web.use('idl');
  const bytes = web.use('bytes');
  const { encode, utf8 } = web.use('encoding');
  const { PromiseOf, Bytes, parse } = web.statics;
  const { then } = web.methods('promise');
  const { toLowerCase, startsWith } = web.methods('string');

  const isStream = (value) => web.isLoaded('streams') && value instanceof web.use('streams').ReadableStream;

  /** What a body is made of, and the type that goes with it. */
  const extract = (init) => {
    if (isStream(init)) {
      if (init.locked || init._disturbed) throw new TypeError('The stream of the body is used already.');
      return { body: new Body({ stream: init }), type: null };
    }
    if (isObject(init)) {
      if (bytes.isSource(init)) return { body: new Body({ content: bytes.copy(init) }), type: null };
      if (web.isLoaded('blob') && web.use('blob').isBlob(init)) {
        return { body: new Body({ content: web.use('blob').bytesOf(init) }), type: init.type === '' ? null : init.type };
      }
      if (web.isLoaded('form-data') && web.use('form-data').isFormData(init)) {
        const { content, type } = web.use('form-data').toMultipart(init);
        return { body: new Body({ content }), type };
      }
      if (web.isLoaded('search-params') && init instanceof web.use('search-params').URLSearchParams) {
        return {
          body: new Body({ content: encode(init.toString()) }),
          type: 'application/x-www-form-urlencoded;charset=UTF-8',
        };
      }
    }
    return { body: new Body({ content: encode(outgoing(init)) }), type: 'text/plain;charset=UTF-8' };
  };

  /**
   * One of: `content`, bytes that are there; `source`, bytes that Java has (`next`, `rest`, `text`,
   * `close`, each with what to call then); `stream`, a ReadableStream.
   */
  class Body {
    #content;
    #source;
    #stream;
    #used = false;
    constructor({ content, source, stream }) {
      this.#content = content;
      this.#source = source;
      this.#stream = stream;
    }
    get isUsed() {
      return this.#used || (this.#stream !== undefined && !!this.#stream._disturbed);
    }
    get isLocked() {
      return this.#stream !== undefined && this.#stream.locked;
    }
    /** The bytes, if they are there. */
    get content() {
      return this.#content;
    }
    get stream() {
      this.#stream ??= this.#content === undefined ? streamFrom(this.#source) : streamOf(this.#content);
      if (this.#used && !this.#stream._disturbed) then(this.#stream.cancel(), undefined, () => {});
      return this.#stream;
    }
    /** The stream for whoever sends it. */
    take() {
      const { stream } = this;
      this.use();
      return stream;
    }
    /** Marks it as read; what reads it is the caller. */
    use() {
      if (this.isUsed || this.isLocked) throw new TypeError('The body was read already.');
      this.#used = true;
    }
    /** All of it, as bytes or as a text. */
    read(isText, resolve, reject) {
      try {
        this.use();
      } catch (error) {
        reject(error);
        return;
      }
      if (this.#stream !== undefined) {
        collect(this.#stream, (all) => resolve(isText ? utf8(all) : all), reject);
      } else if (this.#content !== undefined) {
        resolve(isText ? utf8(this.#content) : bytes.copy(this.#content));
      } else if (isText) {
        this.#source.text(resolve, reject);
      } else {
        this.#source.rest((all) => resolve(all === undefined ? new Bytes(0) : bytes.own(all)), reject);
      }
    }
    clone() {
      if (this.isUsed || this.isLocked) throw new TypeError('A body that was read cannot be cloned.');
      if (this.#content !== undefined && this.#stream === undefined) return new Body({ content: this.#content });
      const both = this.stream.tee();
      this.#stream = both[0];
      this.#source = undefined;
      this.#content = undefined;
      return new Body({ stream: both[1] });
    }
  }

  const streamOf = (content) => web.use('blob').newBlob(content, '').stream();

  const streamFrom = (source) => {
    const { ReadableStream } = web.use('streams');
    return new ReadableStream(
      {
        type: 'bytes',
        pull: (controller) =>
          new PromiseOf((resolve, reject) =>
            source.next((chunk) => {
              if (chunk !== undefined) {
                controller.enqueue(bytes.own(chunk));
              } else {
                controller.close();
                controller.byobRequest?.respond(0);
              }
              resolve();
            }, reject),
          ),
        cancel: () => new PromiseOf((resolve, reject) => source.close(() => resolve(), reject)),
      },
      { highWaterMark: 0 },
    );
  };

  const collect = (stream, resolve, reject) => {
    const reader = stream.getReader();
    const pieces = [];
    const step = ({ done, value }) => {
      if (done) {
        resolve(bytes.join(pieces));
        return;
      }
      if (!isObject(value) || !ArrayBuffer.isView(value) || bytes.kindOf(value) !== 'Uint8Array') {
        reject(new TypeError('A body is a stream of Uint8Array chunks.'));
        return;
      }
      pieces[pieces.length] = value;
      pull();
    };
    const pull = () => then(reader.read(), (result) => {
      try {
        step(result);
      } catch (error) {
        reject(error);
      }
    }, reject);
    pull();
  };

  /** Adds the members that both interfaces have; `bodyOf` and `typeOf` ask an instance. */
  const mixIn = (Class, bodyOf, typeOf) => {
    const read = (self, isText, finish) =>
      new PromiseOf((resolve, reject) => {
        const body = bodyOf(self); // rejects with a TypeError for what is no instance
        const done = (value) => {
          try {
            resolve(finish(value));
          } catch (error) {
            reject(error);
          }
        };
        if (body === null) done(isText ? '' : new Bytes(0));
        else body.read(isText, done, reject);
      });
    const members = {
      get body() {
        const body = bodyOf(this);
        return body === null ? null : body.stream;
      },
      get bodyUsed() {
        const body = bodyOf(this);
        return body !== null && body.isUsed;
      },
      text() {
        return read(this, true, (text) => text);
      },
      json() {
        return read(this, true, (text) => parse(text));
      },
      bytes() {
        return read(this, false, (all) => all);
      },
      arrayBuffer() {
        return read(this, false, (all) => bytes.bufferOf(all));
      },
      blob() {
        return read(this, false, (all) => web.use('blob').newBlob(all, toLowerCase(typeOf(this) ?? '')));
      },
      formData() {
        return read(this, false, (all) => formOf(all, typeOf(this) ?? ''));
      },
    };
    const names = Object.getOwnPropertyNames(members);
    for (let i = 0; i < names.length; i++) {
      Object.defineProperty(Class.prototype, names[i], Object.getOwnPropertyDescriptor(members, names[i]));
    }
  };

  const formOf = (all, type) => {
    const { FormData, fromMultipart } = web.use('form-data');
    if (startsWith(toLowerCase(type), 'application/x-www-form-urlencoded')) {
      const form = new FormData();
      new (web.use('search-params').URLSearchParams)(utf8(all)).forEach((value, name) => form.append(name, value));
      return form;
    }
    const form = startsWith(toLowerCase(type), 'multipart/form-data') ? fromMultipart(all, type) : undefined;
    if (form === undefined) throw new TypeError('The body is no form.');
    return form;
  };

  return { Body, extract, mixIn };
});
